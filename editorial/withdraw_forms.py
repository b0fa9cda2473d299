"""What is asked before a page is taken back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page

from editorial.withdrawing import live_translations, successors

#: characters of a reason: readers see it
LONGEST_REASON = 2000


class WithdrawForm(forms.Form):
    """Why a live page is withdrawn, and what its readers are led to."""

    reason = forms.CharField(
        label=_("Reason of the withdrawal"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Readers who come to the old address see it."),
        error_messages={"required": _("Say why the page is withdrawn: its readers are told.")},
    )
    successor = forms.ModelChoiceField(
        label=_("Page that replaces it"),
        queryset=Page.objects.none(),
        required=False,
        widget=AdminPageChooser(),
        help_text=_("Readers of the old address are led there. It must be online, for everybody."),
        error_messages={"invalid_choice": _("The page that replaces it must be one that everybody can read.")},
    )
    with_translations = forms.BooleanField(label=_("Withdraw its translations as well"), required=False, initial=True)

    def __init__(self, page: Page, data: Any = None) -> None:
        super().__init__(data)
        self.fields["successor"].queryset = successors(page)
        translated = [translation.locale.get_display_name() for translation in live_translations(page)]
        if translated:
            self.fields["with_translations"].help_text = ", ".join(translated)
        else:
            del self.fields["with_translations"]


class UnscheduleForm(forms.Form):
    """Why an approved page does not go online on its day."""

    reason = forms.CharField(
        label=_("Why does it not go online?"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("The reason is kept in the page's history."),
        error_messages={"required": _("Say why the page does not go online.")},
    )
