"""What is asked when a look-up is kept."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SaveForm(forms.Form):
    name = forms.CharField(
        label=_("Save this look-up as"),
        max_length=120,
        error_messages={"required": _("Give the look-up a name.")},
    )
    is_shared = forms.BooleanField(label=_("Show it to all colleagues"), required=False)
    query = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)
