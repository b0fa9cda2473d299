"""Steps of the editorial work in Wagtail's log: what they are called, and the reason that the history shows."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry, LogFormatter

#: action → what it is called, what the history says; the reason given is shown with each
ACTIONS = {
    "vote": (_("Approve as one of several"), _("Approved, others are still asked")),
    "publish_alone": (_("Publish without approval"), _("Published without the approval of others")),
    "escalate": (_("Hand on for approval"), _("Not decided in time: others were asked to decide")),
    "confirm": (_("Confirm that it still holds"), _("Confirmed: it still holds as it is")),
    "withdraw": (_("Withdraw a page"), _("Withdrawn")),
    "unschedule": (_("Cancel the day of publication"), _("The day of publication was cancelled")),
}


class WithReason(LogFormatter):
    def format_comment(self, log_entry: Any) -> str:
        return log_entry.data.get("comment", "")


def register_log_actions(registry: LogActionRegistry) -> None:
    for name, (label, message) in ACTIONS.items():
        formatter = type(f"Log_{name}", (WithReason,), {"label": label, "message": message})
        registry.register_action(f"editorial.{name}")(formatter)
