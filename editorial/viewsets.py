"""Lists in which the portal board keeps rules of approval, the calendar, time limits and intervals of review."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet

from core.admin import DayColumn
from editorial.models.calendar import DayOff, SwappedDay
from editorial.models.limits import TimeLimit
from editorial.models.rules import ApprovalRule
from editorial.models.upkeep import UpkeepRule


class ApprovalRuleViewSet(SnippetViewSet):
    model = ApprovalRule
    icon = "check"
    menu_label = _("Rules of approval")
    menu_order = 700
    add_to_settings_menu = True
    list_display = ["__str__", "needs_board", "unit_quorum", "board_quorum"]
    search_backend_name = None
    search_fields = ["kind"]


class DayOffViewSet(SnippetViewSet):
    model = DayOff
    icon = "calendar"
    menu_label = _("Further days off")
    menu_order = 710
    add_to_settings_menu = True
    list_display = [DayColumn("day", label=_("day off"), sort_key="day"), "name"]
    search_backend_name = None
    search_fields = ["name"]


class SwappedDayViewSet(SnippetViewSet):
    model = SwappedDay
    icon = "calendar-alt"
    menu_label = _("Exchanged days")
    menu_order = 711
    add_to_settings_menu = True
    list_display = [
        DayColumn("worked", label=_("day worked"), sort_key="worked"),
        DayColumn("off", label=_("day off for it"), sort_key="off"),
        "reason",
    ]
    search_backend_name = None
    search_fields = ["reason"]


class TimeLimitViewSet(SnippetViewSet):
    model = TimeLimit
    icon = "time"
    menu_label = _("Time limits")
    menu_order = 712
    add_to_settings_menu = True
    list_display = ["__str__", "normal_days", "urgent_days", "very_urgent_days", "starts_with", "basis"]
    search_backend_name = None
    search_fields = ["kind", "basis"]


class UpkeepRuleViewSet(SnippetViewSet):
    model = UpkeepRule
    icon = "rotate"
    menu_label = _("Intervals of review")
    menu_order = 713
    add_to_settings_menu = True
    list_display = ["__str__", "months"]
    search_backend_name = None
    search_fields = ["kind"]


RULES = (ApprovalRuleViewSet, DayOffViewSet, SwappedDayViewSet, TimeLimitViewSet, UpkeepRuleViewSet)
