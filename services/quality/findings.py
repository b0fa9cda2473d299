"""What is found wanting with the services of the portal: one entry for each page, and one for its draft."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Case, Count, Exists, F, JSONField, Max, OuterRef, Q, Subquery, When
from django.db.models.functions import Length, Substr
from django.utils.translation import gettext_lazy as _

from core.models import PortalDocument
from core.page_cache import per_version, today
from departments.models import DepartmentPage
from services.completeness import ITEMS, missing
from services.level_book import executing_units
from services.models import LinkCheck, Procedure, ServicePage
from services.models.links import LinkFault
from services.quality.contents import KEYS, STREAMS, TEXTS, Contents, Known, files_of
from services.quality.stated import NOTHING, Stated, stated_levels

ITEM, LEVEL, FORM, LINK = "items", "level", "forms", "links"
KINDS = {
    ITEM: _("Items missing for the stated level"),
    LEVEL: _("No record of the level"),
    FORM: _("Forms missing"),
    LINK: _("Links that fail"),
}
ITEM_NAMES = {item.key: item.name for item in ITEMS}
CHANGED = "has_unpublished_changes"
IS_DRAFT = Q(live=False) | Q(**{CHANGED: True})
#: what a row tells of its page beside the contents
PAGE = ("pk", "unit", "live", "code", "audience", "draft", CHANGED)


@dataclass(frozen=True, slots=True)
class Finding:
    """A page as readers see it, or its draft, with what is wanting; nothing is where all four are empty."""

    page: int
    unit: int | None
    is_draft: bool
    title: str
    code: str
    level: int
    items: tuple[Any, ...]
    #: units without a record of a level; `no_level` where nobody has one
    unstated: tuple[int, ...]
    no_level: bool
    #: papers without their form; `no_form` where the level asks for one and there is none at all
    papers: tuple[str, ...]
    no_form: bool
    addresses: tuple[str, ...]

    def kinds(self, failing: Mapping[str, Any]) -> set[str]:
        """Kinds of what is wanting; `failing` are addresses that do not answer."""
        found = {
            ITEM: bool(self.items),
            LEVEL: self.no_level or bool(self.unstated),
            FORM: self.no_form or bool(self.papers),
            LINK: any(address in failing for address in self.addresses),
        }
        return {kind for kind, is_wanting in found.items() if is_wanting}


def failing_links() -> dict[str, str]:
    """Addresses that fail, and why in words."""
    rows = LinkCheck.objects.failing().order_by().values_list("address", "reason", "status")
    words = dict(LinkFault.choices)
    return {
        address: f"{words.get(reason, reason)} ({status})" if status else str(words.get(reason, reason))
        for address, reason, status in rows
    }


def findings() -> list[Finding]:
    """By title: one for each live service in the portal's own language whose procedure has not ended, and one for each
    of these services that is not live, or whose draft differs from what readers see.
    """
    return _examined(*_pages().filter(IS_DRAFT).order_by().aggregate(Max("latest_revision"), Count("pk")).values())


@per_version
def _examined(_latest: int | None, _drafts: int) -> list[Finding]:
    """Remembered as long as nothing public changes and no draft: this is what the two numbers tell."""
    drafts = Case(When(IS_DRAFT, then=F("latest_revision__content")), default=None, output_field=JSONField())
    pages = _pages().annotate(code=F("procedure__code"), unit=_unit(), audience=_has_audience(), draft=drafts)
    read = list(pages.order_by("title", "pk").values(*PAGE, *TEXTS, *STREAMS, *KEYS))
    rows = [row for page in read for row in _versions(page)]
    executing, levels = executing_units(), stated_levels()
    with_audience = frozenset(row["procedure"] for row in read if row["audience"])
    known = Known(_files_there(rows), with_audience, frozenset(executing))
    return [_finding(row, known, levels, executing) for row in rows]


def _pages() -> Any:
    pages = ServicePage.objects.filter(locale__language_code=settings.LANGUAGE_CODE, alias_of__isnull=True)
    return pages.exclude(procedure__in_force_until__lt=today())


def _unit() -> Subquery:
    """The unit in whose section a service lies: services are children of sections."""
    section = Substr(OuterRef("path"), 1, Length(OuterRef("path")) - ServicePage.steplen)
    return Subquery(DepartmentPage.objects.filter(path=section).values("department_id")[:1])


def _has_audience() -> Exists:
    return Exists(Procedure.audiences.through.objects.filter(procedure=OuterRef("procedure")))


def _versions(page: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What readers see of a page, and its draft where there is another or none of the former."""
    if page["live"]:
        yield page | {"is_draft": False}
    if not page["live"] or page[CHANGED]:
        yield page | _as_revised(page["draft"] or page) | {"is_draft": True}


def _as_revised(content: Mapping[str, Any]) -> dict[str, Any]:
    return {name: content.get(name) for name in (*TEXTS, *STREAMS, *KEYS)}


def _finding(
    row: Mapping[str, Any], known: Known, levels: Mapping[int, Stated], executing: Mapping[int, Sequence[int]]
) -> Finding:
    contents, stated = Contents(row, known), levels.get(row["procedure"], NOTHING)
    lacking = missing(contents, stated.need)
    is_second = row["is_draft"] and row["live"]  # what is of the procedure is told with the page that readers see
    units = executing.get(row["procedure"], ())
    unstated = [] if is_second else stated.unstated(units)
    nobody = stated is NOTHING or (bool(unstated) and len(unstated) == len(units))
    return Finding(
        page=row["pk"],
        unit=row["unit"],
        is_draft=row["is_draft"],
        title=contents.title,
        code=row["code"],
        level=stated.need.level if stated is not NOTHING else 0,
        items=tuple(ITEM_NAMES.get(item.key) or item.message.rstrip(".") for item in lacking if item.key != "form"),
        unstated=tuple(unstated),
        no_level=nobody and not is_second,
        papers=tuple(contents.papers_without_form),
        no_form=any(item.key == "form" for item in lacking),
        addresses=tuple(dict.fromkeys(contents.addresses)),
    )


def _files_there(rows: Iterable[Mapping[str, Any]]) -> frozenset[int]:
    """Ids among the files named that exist; asked for by range, for there may be more than a query takes."""
    named = set(files_of(rows))
    return frozenset(_existing(named)) if named else frozenset()


def _existing(named: set[int]) -> Iterator[int]:
    ids = PortalDocument.objects.order_by().filter(pk__range=(min(named), max(named))).values_list("pk", flat=True)
    return (pk for pk in ids if pk in named)
