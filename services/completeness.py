"""What a service must tell before it may be published at a level: TT 32/2017/TT-BTTTT Điều 5.

Level 1 asks for eleven items, level 2 for a form, level 3 for an address for applying, level 4 or toàn trình for
online payment (or no fee) and a way the result comes back. "None" and "no limit" count as given.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise, lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.publishing import MissingItem
from services.maturity import OnlineExtent


@dataclass(frozen=True, slots=True)
class Requirement:
    """What a level asks of the page: the highest level, whether it is toàn trình, what its flags state."""

    level: int = 1
    full: bool = False
    flags: frozenset[str] = frozenset()

    @classmethod
    def of(cls, level: int | None, extent: str | None, flags: frozenset[str]) -> "Requirement":
        return cls(level or 1, extent == OnlineExtent.FULL, flags)

    @classmethod
    def highest(cls, needs: "Iterable[Requirement]") -> "Requirement":
        """The one that asks for most; level 1 where there is none."""
        return max(needs, key=lambda need: (need.level, need.full), default=cls())


@dataclass(frozen=True, slots=True)
class Item:
    """One item: its key, the page's field where it is entered, its name, and the test that it is given."""

    key: str
    field: str
    name: Any
    given: Callable[[Any], bool]


def _text(field: str) -> Callable[[Any], bool]:
    return lambda page: bool((getattr(page, field) or "").strip())


ITEMS = (
    Item("name", "title", gettext_lazy("name of the service"), _text("title")),
    Item("steps", "steps", gettext_lazy("steps"), lambda page: bool(page.steps)),
    Item(
        "channels",
        "channels",
        gettext_lazy("ways of applying, of receipt and of return"),
        lambda page: bool(page.channels),
    ),
    Item("papers", "cases", gettext_lazy("papers of the dossier and their number"), lambda page: page.has_papers),
    Item(
        "time_limit",
        "channels",
        gettext_lazy("time limit of at least one way of applying"),
        lambda page: page.has_time_limit,
    ),
    Item(
        "audience",
        "procedure",
        gettext_lazy("who may apply (in the record of the procedure)"),
        lambda page: page.has_audience,
    ),
    Item("agency", "agency_text", gettext_lazy("agency that settles the procedure"), lambda page: page.has_agency),
    Item("result", "result", gettext_lazy("result"), _text("result")),
    Item("legal_bases", "legal_bases", gettext_lazy("legal bases"), lambda page: bool(page.legal_bases)),
    Item(
        "decision", "decision_number", gettext_lazy("decision that announced the procedure"), _text("decision_number")
    ),
    Item("code", "procedure", gettext_lazy("record of the procedure"), lambda page: page.procedure_id is not None),
)


def _missing(name: Promise) -> str:
    return _("Missing for publishing: %(item)s.") % {"item": name}


#: put together when it is shown: a report looks through all services and only counts
_sentence = lazy(_missing, str)


def missing(page: Any, need: Requirement) -> list[MissingItem]:
    """What `page` lacks for `need`, in the order of the rule, which asks for conditions and fees "where they exist"."""
    found = [MissingItem(item.key, item.field, _sentence(item.name)) for item in ITEMS if not item.given(page)]
    return found + _missing_for_level(page, need)


def _missing_for_level(page: Any, need: Requirement) -> list[MissingItem]:
    found = []
    if need.level >= 2 and not page.has_form:
        found.append(
            MissingItem("form", "cases", gettext_lazy("Level 2 and above needs a form file with at least one paper."))
        )
    if (need.level >= 3 or need.full) and not page.apply_url:
        message = gettext_lazy("Level 3, level 4 and fully online need an address for applying online.")
        found.append(MissingItem("apply_url", "apply_url", message))
    if need.level >= 4 or need.full:
        if "online_payment" not in need.flags and not page.is_free:
            message = gettext_lazy("Level 4 and fully online need online payment, or no fee.")
            found.append(MissingItem("payment", "channels", message))
        if not need.flags & {"online_result", "postal_result"}:
            message = gettext_lazy(
                "Level 4 and fully online need a way in which the result comes back: online or by post."
            )
            found.append(MissingItem("return", "channels", message))
    return found
