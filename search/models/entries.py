from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page

from search.querysets import WAITING, VersionedQuerySet
from search.syllables import tokens_of


class SearchEntry(models.Model):
    """What search knows of one live page: its text, also analysed, its codes, facet values and dates.

    It is what the database engines search, and what other engines are fed from. It holds no address (a move changes
    those of descendants without a signal) and nothing that the calendar changes.
    """

    page = models.OneToOneField(Page, on_delete=models.CASCADE, primary_key=True, related_name="search_entry")
    #: without an index of its own, which that of locale and kind serves for
    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(_("kind"), max_length=40)
    title = models.TextField(_("title"))
    summary = models.TextField(_("summary"), blank=True)
    body = models.TextField(_("text"), blank=True)
    #: popular names, one a line
    keywords = models.TextField(_("keywords"), blank=True)
    #: what the ranker is told, packed (facts.py); empty in entries from before
    facts = models.TextField(blank=True)
    #: tokens of summary, body and files, written together (syllables.py): what the ranker looks through
    text_signs = models.TextField(blank=True)
    text_length = models.PositiveIntegerField(_("length in syllables"), default=0)
    #: title and text of each file of the page
    files = models.JSONField(default=list)
    #: codes and references in normal form, e.g. ["1.001193"] or ["45/kh-ubnd"]
    identifiers = models.JSONField(default=list)
    #: facet name → values, e.g. {"field": ["ho-tich"], "unit": ["phong-tu-phap"], "year": ["2019"]}
    facets = models.JSONField(default=dict)
    #: what the hit's template shows beside title and extract, made by the kind of content
    shown = models.JSONField(default=dict)
    date = models.DateField(_("date"), null=True, blank=True)
    #: 0 to 1: what the kind of content makes of the entry, whatever is asked
    prior = models.FloatField(default=0.0)
    #: grows with every change; `version` > `pushed_version` means that an outside engine does not have it yet
    version = models.PositiveBigIntegerField(default=1)
    pushed_version = models.PositiveBigIntegerField(default=0)
    #: moment of the last change, from which the age of what waits is counted
    changed_at = models.DateTimeField(default=timezone.now)

    objects = VersionedQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["locale", "kind"], name="entry_locale_kind"),
            models.Index(fields=["changed_at"], condition=WAITING, name="entry_waiting"),
        ]
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")

    def __str__(self) -> str:
        return self.title

    @cached_property
    def text_tokens(self) -> list[str]:
        """Folded syllables and words of summary, body and files."""
        return tokens_of(self.text_signs)


class SearchIdentifier(models.Model):
    """A code or reference of an entry in normal form: what makes a typed code the first hit.

    Four an entry, so no more indexes than are asked: the constraint's serves for the entry.
    """

    entry = models.ForeignKey(SearchEntry, on_delete=models.CASCADE, related_name="identifier_rows", db_index=False)
    value = models.CharField(max_length=80)

    class Meta:
        indexes = [models.Index(fields=["value"], name="identifier_value")]
        constraints = [models.UniqueConstraint(fields=["entry", "value"], name="one_identifier_an_entry")]

    def __str__(self) -> str:
        return self.value


class Tombstone(models.Model):
    """An entry that was taken away, until an outside engine knows: the deletion's place in the entry's versions.

    An entry that comes back goes on counting from here, so that no old push can undo a newer one.
    """

    page_id = models.PositiveBigIntegerField(primary_key=True)
    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+")
    version = models.PositiveBigIntegerField()
    pushed_version = models.PositiveBigIntegerField(default=0)
    removed_at = models.DateTimeField(auto_now_add=True)

    objects = VersionedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.page_id} v{self.version}"
