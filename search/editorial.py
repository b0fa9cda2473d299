"""How staff write citizens' words and best bets: what their forms ask for, and that a change is in force at once."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from core.page_cache import today, touch
from core.text import fold, nfc
from search.models import BestBet, VocabularyEntry
from search.vocabulary_file import LONGEST_PHRASE, SHORTEST_PHRASE, letters


class VocabularyForm(WagtailAdminModelForm):
    """Errors stand at their fields; an entry that staff changed is none of the shipped ones any more."""

    def clean_phrase(self) -> str:
        phrase = " ".join(nfc(self.cleaned_data["phrase"]).split())
        folded = fold(phrase)
        if letters(phrase) < SHORTEST_PHRASE:
            raise ValidationError(_("Write at least two letters: a single one stands in too many questions."))
        if len(folded) > LONGEST_PHRASE:
            raise ValidationError(_("This is too long."))
        other = VocabularyEntry.objects.filter(folded=folded).exclude(pk=self.instance.pk).first()
        if other:
            text = _("“%(phrase)s” is there already; marks and capitals make no difference.")
            raise ValidationError(text % {"phrase": other.phrase})
        return phrase

    def clean_readings(self) -> str:
        lines = [" ".join(nfc(line).split()) for line in self.cleaned_data["readings"].splitlines()]
        readings = list(dict.fromkeys(line for line in lines if line))
        if not readings or not all(map(letters, readings)):
            raise ValidationError(_("Write one reading a line; none may be empty."))
        if fold(self.data.get("phrase", "")) in map(fold, readings):
            raise ValidationError(_("A reading is the phrase itself."))
        return "\n".join(readings)

    def save(self, commit: bool = True) -> VocabularyEntry:
        if self.has_changed():
            self.instance.is_shipped = False
        return super().save(commit)


class BestBetForm(WagtailAdminModelForm):
    def clean_question(self) -> str:
        question = " ".join(nfc(self.cleaned_data["question"]).split())
        if not letters(question):
            raise ValidationError(_("Write the question as people type it."))
        if len(fold(question)) > BestBet._meta.get_field("folded").max_length:
            raise ValidationError(_("This is too long."))
        return question

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        begin, end = cleaned.get("valid_from"), cleaned.get("valid_until")
        if begin and end and end < begin:
            self.add_error("valid_until", _("The last day is before the first one."))
        page, locale = cleaned.get("page"), cleaned.get("locale")
        if page and locale and page.locale_id != locale.pk:
            self.add_error("page", _("This page is in another language."))
        elif page and locale and cleaned.get("question") and self._is_there(cleaned):
            self.add_error("page", _("This page is recommended for this question already."))
        return cleaned

    def _is_there(self, cleaned: dict[str, Any]) -> bool:
        same = BestBet.objects.filter(
            folded=fold(cleaned["question"]), locale=cleaned["locale"], page_id=cleaned["page"].pk
        )
        return same.exclude(pk=self.instance.pk).exists()


#: state of a best bet → words
BET_STATES = {
    "waiting": gettext_lazy("not yet begun"),
    "in force": gettext_lazy("in force"),
    "expired": gettext_lazy("has ended"),
    "not live": gettext_lazy("page not published"),
}


def bet_state(bet: BestBet) -> str:
    """A key of `BET_STATES`: whether readers are shown the bet today."""
    if bet.valid_until and bet.valid_until < today():
        return "expired"
    if bet.valid_from and bet.valid_from > today():
        return "waiting"
    return "in force" if bet.page.live else "not live"


def _in_force_at_once(**_kwargs: Any) -> None:
    touch()


for _model in (VocabularyEntry, BestBet):
    post_save.connect(_in_force_at_once, sender=_model)
    post_delete.connect(_in_force_at_once, sender=_model)
