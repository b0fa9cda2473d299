"""What the copy of a plan is called."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from plans.models import Plan


class CopyForm(forms.ModelForm):
    """Year, number and day of the new plan; everything else is edited afterwards."""

    class Meta:
        model = Plan
        fields = ["year", "number", "date"]
        widgets = {"date": AdminDateInput()}

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, initial={"year": plan.year + 1}, **kwargs)
        self.fields["number"].help_text = _("For example 45/KH-UBND.")
