"""Lists in which the portal board keeps rules of approval, the calendar, time limits and intervals of review."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet

from core.admin import DayColumn
from editorial.models.calendar import DayOff, SwappedDay
from editorial.models.limits import TimeLimit
from editorial.models.rules import ApprovalRule
from editorial.models.upkeep import UpkeepRule


class RuleViewSet(SnippetViewSet):
    """Stands among the settings; there are few rows, which the database searches."""

    add_to_settings_menu = True
    search_backend_name = None


class ApprovalRuleViewSet(RuleViewSet):
    model = ApprovalRule
    icon = "check"
    menu_label = _("Rules of approval")
    menu_order = 700
    list_display = ["__str__", "needs_board", "unit_quorum", "board_quorum"]
    search_fields = ["kind"]


class DayOffViewSet(RuleViewSet):
    model = DayOff
    icon = "calendar"
    menu_label = _("Further days off")
    menu_order = 710
    list_display = [DayColumn("day", label=_("day off"), sort_key="day"), "name"]
    search_fields = ["name"]


class SwappedDayViewSet(RuleViewSet):
    model = SwappedDay
    icon = "calendar-alt"
    menu_label = _("Exchanged days")
    menu_order = 711
    list_display = [
        DayColumn("worked", label=_("day worked"), sort_key="worked"),
        DayColumn("off", label=_("day off for it"), sort_key="off"),
        "reason",
    ]
    search_fields = ["reason"]


class TimeLimitViewSet(RuleViewSet):
    model = TimeLimit
    icon = "time"
    menu_label = _("Time limits")
    menu_order = 712
    list_display = ["__str__", "normal_days", "urgent_days", "very_urgent_days", "starts_with", "basis"]
    search_fields = ["kind", "basis"]


class UpkeepRuleViewSet(RuleViewSet):
    model = UpkeepRule
    icon = "rotate"
    menu_label = _("Intervals of review")
    menu_order = 713
    list_display = ["__str__", "months"]
    search_fields = ["kind"]


RULES = (ApprovalRuleViewSet, DayOffViewSet, SwappedDayViewSet, TimeLimitViewSet, UpkeepRuleViewSet)
