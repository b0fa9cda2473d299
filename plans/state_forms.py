"""Which plan, and as of which day: the same for the admin and the read API."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.filters import DayField
from plans.models import Plan
from plans.outcomes import current_plan, plan_of_year, years


class StateForm(forms.Form):
    """A year for which there is a plan, and a day; without them the plan in force and today."""

    use_required_attribute = False

    year = forms.TypedChoiceField(label=_("Year of the plan"), required=False, coerce=int, empty_value=None)
    date = DayField(label=_("Figures of the day"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [("", _("The plan in force")), *((year, str(year)) for year in years())]

    def plan(self) -> Plan | None:
        """The plan asked for, after validation; None where there is none at all."""
        year = self.cleaned_data["year"]
        return plan_of_year(year) if year else current_plan()
