"""The plans' part of the admin's menu."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from plans.rights import has_reports


class PlansItem(MenuItem):
    """For whoever may keep plans."""

    def is_shown(self, request: Any) -> bool:
        return request.user.has_perm("plans.change_plan")


class ReportsItem(MenuItem):
    """For whoever reports for a unit or confirms reports."""

    def is_shown(self, request: Any) -> bool:
        return has_reports(request.user)


def plans_item() -> SubmenuMenuItem:
    items = [
        MenuItem(_("How the plan stands"), reverse("plans:state"), name="plan-state", icon_name="success", order=1),
        ReportsItem(_("Reports on targets"), reverse("plans:reports"), name="plan-reports", icon_name="edit", order=2),
        PlansItem(_("Plans"), reverse("wagtailsnippets_plans_plan:list"), name="plans", icon_name="list-ul", order=3),
    ]
    return SubmenuMenuItem(
        pgettext_lazy("menu of the admin", "Plan"), Menu(items=items), name="plans", icon_name="success", order=520
    )
