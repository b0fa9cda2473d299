"""What a reader asks of the dashboard: which plan, as of which day."""

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from core.filters import DayField
from core.page_cache import today
from core.parameters import register_parameters
from core.templatetags.portal import vn_date
from plans.models.plans import Plan
from plans.outcomes import current_plan, day_of_figures, plan_of_year

register_parameters("year", "date")


class PlanFilter(forms.Form):
    """`year` of a plan and `date` of its figures; neither: the present plan today."""

    use_required_attribute = False
    year = forms.IntegerField(
        required=False,
        min_value=1900,
        max_value=9999,
        label=_("Year of the plan"),
        error_messages={
            "invalid": _("Enter a year, for example 2019"),
            "min_value": _("Enter a year, for example 2019"),
            "max_value": _("Enter a year, for example 2019"),
        },
    )
    date = DayField(label=_("Figures until"))

    def clean_date(self) -> datetime.date | None:
        day = self.cleaned_data["date"]
        if day and day > today():
            raise ValidationError(_("There are no figures of days to come."))
        if day and (year := self.cleaned_data.get("year")) and day.year < year:
            raise ValidationError(_("The plan begins on %(day)s."), params={"day": vn_date(datetime.date(year, 1, 1))})
        return day

    def plan(self) -> Plan | None:
        """The plan asked for; None where there is none at all, Http404 where there is none for the year."""
        day = self.cleaned_data["date"]
        year = self.cleaned_data["year"] or (day.year if day else None)
        if year is None:
            return current_plan()
        found = plan_of_year(year)
        if found is None:
            raise Http404("no plan for this year")
        return found

    def day(self, plan: Plan) -> datetime.date:
        """The day by which the plan is measured: never after its last."""
        return day_of_figures(plan, self.cleaned_data["date"] or today())
