"""The short form by which a unit reports on one indicator, and the one by which its head decides."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from plans.duties import ReportDuty
from plans.models import Target
from plans.reporting import problems

#: greatest number that is taken for a count
LARGEST = 100_000_000
#: bytes of a file of evidence
LARGEST_FILE = 20 * 1024 * 1024
YES, NO = "1", "0"
NO_NUMBER = gettext_lazy("Give a whole number, without a fraction.")


class ReportForm(forms.Form):
    """Two numbers, or yes or no, and what proves them. Field names are those of `plans.reporting.report`."""

    use_required_attribute = False

    numerator = forms.IntegerField(min_value=0, max_value=LARGEST, error_messages={"invalid": NO_NUMBER})
    denominator = forms.IntegerField(min_value=0, max_value=LARGEST, error_messages={"invalid": NO_NUMBER})
    evidence = forms.FileField(
        label=gettext_lazy("File of evidence"),
        required=False,
        help_text=gettext_lazy("The report, the list or a picture of the screen. Readers do not see it."),
    )
    url = forms.URLField(label=gettext_lazy("Or its address"), required=False, max_length=500, assume_scheme="https")
    note = forms.CharField(
        label=gettext_lazy("Note on the figures"), required=False, max_length=500, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, *args: Any, duty: ReportDuty, **kwargs: Any) -> None:
        super().__init__(*args, initial=_initial(duty), **kwargs)
        self.duty = duty
        _name_numbers(self, duty.target)
        self.fields["evidence"].validators.append(FileExtensionValidator(settings.WAGTAILDOCS_EXTENSIONS))
        if self.has_kept_evidence:
            self.fields["evidence"].help_text = _("Left empty: the evidence given before holds for these figures, too.")

    @property
    def has_kept_evidence(self) -> bool:
        """Figures were reported for this period before: their evidence is taken over where none is given."""
        return self.duty.report is not None

    def clean_evidence(self) -> Any:
        file = self.cleaned_data["evidence"]
        if file and file.size > LARGEST_FILE:
            raise ValidationError(_("The file is larger than 20 MB."))
        return file

    def clean_denominator(self) -> int:
        return 1 if self.duty.target.is_answer else self.cleaned_data["denominator"]

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if not {"numerator", "denominator"} <= values.keys():
            return values
        kept = self.duty.report
        has_evidence = values.get("evidence") or "evidence" in self.errors or (kept and kept.evidence_id)
        found = problems(
            target=self.duty.target,
            unit=self.duty.unit,
            period_end=self.duty.period_end,
            numerator=values["numerator"],
            denominator=values["denominator"],
            evidence=has_evidence,
            url=values.get("url") or "url" in self.errors or (kept.evidence_url if kept else ""),
        )
        for name, message in found.items():
            self.add_error(name if name in self.fields else None, message)
        return values


def _name_numbers(form: ReportForm, target: Target) -> None:
    if target.is_answer:
        choices = [(YES, pgettext("answer of a unit", "Yes")), (NO, pgettext("answer of a unit", "No"))]
        form.fields["numerator"] = forms.TypedChoiceField(
            label=target.name, choices=choices, coerce=int, widget=forms.RadioSelect
        )
        form.fields["denominator"] = forms.IntegerField(required=False, widget=forms.HiddenInput)
        return
    form.fields["numerator"].label = target.part_label
    form.fields["denominator"].label = target.whole_label


def _initial(duty: ReportDuty) -> dict[str, Any]:
    """What was reported for this period before: a correction begins with it."""
    report = duty.report
    if report is None:
        return {}
    return {"numerator": report.numerator, "denominator": report.denominator, "note": report.note}


class DecisionForm(forms.Form):
    """Confirm, or send back with a reason: which of the two, the button says."""

    CONFIRM, RETURN = "confirm", "return"

    decision = forms.ChoiceField(choices=((CONFIRM, CONFIRM), (RETURN, RETURN)), widget=forms.HiddenInput)
    reason = forms.CharField(required=False, max_length=500)

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if values.get("decision") == self.RETURN and not (values.get("reason") or "").strip():
            self.add_error("reason", _("Say what has to be corrected."))
        return values
