"""How a deadline or a state is shown: always in words, with a colour and an icon beside them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

#: working days from which on a deadline is not soon
FAR = 4


@dataclass(frozen=True, slots=True)
class Badge:
    """`tone` is "error", "warn", "info", "ok" or "grey"."""

    tone: str
    icon: str
    text: str


def deadline_badge(days: int) -> Badge:
    """A deadline by the working days left: 0 on its last day, negative once it has passed."""
    if days < 0:
        text = ngettext("%(days)d working day overdue", "%(days)d working days overdue", -days)
        return Badge("error", "warning", text % {"days": -days})
    if days == 0:
        return Badge("warn", "time", _("Due today"))
    text = ngettext("%(days)d working day left", "%(days)d working days left", days) % {"days": days}
    return Badge("info" if days < FAR else "grey", "time", text)
