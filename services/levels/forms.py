"""What the staff enters about levels in the admin."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from services.levels.advice import advice
from services.levels.policy import units_covered
from services.levels.recording import refuse


class LevelForm(WagtailAdminModelForm):
    """One record of a level. What contradicts itself is stored only when the user says so."""

    as_entered = forms.BooleanField(
        required=False,
        label=gettext_lazy("Record as entered"),
        help_text=gettext_lazy("Tick it where the portal warns or proposes and the entry is right all the same."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision_number"].required = True
        self.fields["unit"].queryset = units_covered(self.for_user)

    def _post_clean(self) -> None:
        """Rules of recording come after those of the model, on the whole record."""
        super()._post_clean()
        self.instance.recorded_by = self.for_user
        if self.errors:
            return
        try:
            refuse(record=self.instance, user=self.for_user)
        except forms.ValidationError as refused:
            self.add_error(None, refused)
        else:
            self._advise()

    def _advise(self) -> None:
        found = [] if self.cleaned_data["as_entered"] else advice(self.instance)
        if found:
            self.add_error("as_entered", [*found, _("Correct the entry, or tick this and save again.")])


class AnnulForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason for annulling the record"),
        max_length=255,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("It stands in the public history of the service."),
        error_messages={"required": gettext_lazy("Say why the record is annulled: readers see it.")},
    )
