"""What an import would do, row by row: built in memory from the records and from what the portal has."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from wagtail.models import Page, WorkflowState

from core.publishing import MissingItem
from core.text import fold
from departments.models import Department, DepartmentPage
from services.importing.fields import FieldChange, differences
from services.importing.gate import missing_for_first_level
from services.importing.record import Record
from services.importing.units import Sections, UnitNames
from services.importing.vocabulary import Vocabulary
from services.models import Procedure, ProcedureAlias, ServicePage

#: primary key of a procedure that is not saved yet, while the publish gate looks at it
_UNSAVED = -1
#: fields of the procedure that a row states as they are
STATED = ("at_ministry", "at_province", "at_district", "at_commune", "in_force_from", "in_force_until")


class Status(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    HELD = "held"
    REFUSED = "refused"


@dataclass(slots=True)
class Change:
    """One row and what becomes of it. `page` and `procedure` are in memory, with the new values."""

    record: Record
    status: Status
    page: ServicePage | None = None
    procedure: Procedure | None = None
    units: list[Department] = field(default_factory=list)
    section: DepartmentPage | None = None
    fields: list[FieldChange] = field(default_factory=list)
    missing: list[MissingItem] = field(default_factory=list)
    goes_live: bool = False
    reason: str = ""
    #: why the stated level is not recorded; empty: it is, or was before, or none is stated
    maturity_reason: str = ""
    #: True where the stated level is one that was not recorded before
    maturity_new: bool = False

    @property
    def writes(self) -> bool:
        return self.status in {Status.NEW, Status.CHANGED}


@dataclass(slots=True)
class Portal:
    """What an import needs to know of the portal, loaded once and renewed after a rollback."""

    units: UnitNames
    sections: Sections
    vocabulary: Vocabulary

    @classmethod
    def load(cls, section: str) -> "Portal":
        portal = cls(UnitNames.load(), Sections.load(section), Vocabulary())
        portal.vocabulary.reload()
        return portal

    def renew(self) -> None:
        self.vocabulary.reload()
        self.sections.forget_new()


@dataclass(slots=True)
class _Stored:
    """Procedures and pages of one batch's codes."""

    procedures: dict[str, Procedure]
    pages: dict[int, ServicePage]
    aliases: dict[str, str]
    in_workflow: set[str]


def compare(records: Sequence[Record], portal: Portal) -> list[Change]:
    """The changes that the records amount to. Writes nothing."""
    stored = _load([record.code for record in records], portal)
    return [_compare(record, portal, stored) for record in records]


def _load(codes: list[str], portal: Portal) -> _Stored:
    procedures = Procedure.objects.filter(code__in=codes).select_related("field")
    procedures = procedures.prefetch_related("audiences", "units", "maturity_records")
    by_code = {procedure.code: procedure for procedure in procedures}
    pages = ServicePage.objects.filter(procedure__code__in=codes, locale=portal.sections.locale)
    by_procedure = {page.procedure_id: page for page in pages}
    aliases = ProcedureAlias.objects.filter(code__in=codes).values_list("code", "procedure__code")
    states = WorkflowState.objects.active().filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id__in=[str(page.pk) for page in by_procedure.values()],
    )
    return _Stored(by_code, by_procedure, dict(aliases), set(states.values_list("object_id", flat=True)))


def _compare(record: Record, portal: Portal, stored: _Stored) -> Change:
    if other := stored.aliases.get(record.code):
        reason = _("the code is another code of procedure %(code)s") % {"code": other}
        return Change(record, Status.REFUSED, reason=reason)
    units, unknown = _units(record, portal)
    if unknown:
        return Change(record, Status.REFUSED, reason=_("no unit is called “%(name)s”") % {"name": unknown})
    procedure = stored.procedures.get(record.code)
    page = stored.pages.get(procedure.pk) if procedure else None
    if page is not None:
        page.procedure = procedure
    digest = record.digest([unit.pk for unit in units])
    if page is None:
        return _new(record, portal, procedure, units, digest)
    if page.import_digest == digest:
        return Change(record, Status.UNCHANGED, page, procedure, units)
    fields = differences(record, page, units, portal.units)
    if not fields:
        return Change(record, Status.UNCHANGED, page, procedure, units)
    if reason := _held(page, stored):
        return Change(record, Status.HELD, page, procedure, units, reason=reason)
    return _changed(record, portal, Change(record, Status.CHANGED, page, procedure, units, fields=fields), digest)


def _units(record: Record, portal: Portal) -> tuple[list[Department], str]:
    """Executing units of the row, and a name that means none: agencies need be no unit, named units must be."""
    if record.units is None:
        return portal.units.match(record.agencies), ""
    found = {name: portal.units.named(name) for name in record.units}
    unknown = next((name for name, unit in found.items() if unit is None), "")
    return list({unit.pk: unit for unit in found.values() if unit}.values()), unknown


def _held(page: ServicePage, stored: _Stored) -> str:
    """Why the page is somebody's work in progress; empty where it is not."""
    if str(page.pk) in stored.in_workflow:
        return _("waits for approval")
    if page.has_unpublished_changes:
        return _("has an unpublished draft")
    return _("is locked") if page.locked else ""


def _new(record, portal: Portal, procedure, units: list[Department], digest: str) -> Change:
    existing = procedure is not None
    procedure = procedure or Procedure(code=record.code, pk=_UNSAVED)
    page = ServicePage(locale=portal.sections.locale, procedure=procedure, import_digest=digest, live=False)
    _set_procedure(procedure, record, portal)
    _set_page(page, record)
    missing = page.missing_items() if existing else missing_for_first_level(page)
    if not existing:
        procedure.pk = None
    section = portal.sections.of(units)
    return Change(record, Status.NEW, page, procedure, units, section, missing=missing, goes_live=not missing)


def _changed(record, portal: Portal, change: Change, digest: str) -> Change:
    page, procedure = change.page, change.procedure
    tolerated = {item.key for item in page.missing_items()} if page.live else set()
    _keep_forms(page, record)
    _set_procedure(procedure, record, portal)
    _set_page(page, record)
    page.import_digest = digest
    change.missing = page.missing_items()
    worse = [item for item in change.missing if item.key not in tolerated]
    if page.live and worse:
        change.status = Status.REFUSED
        change.reason = _("the live page would lose what it needs: %(items)s") % {"items": keys(worse)}
    change.goes_live = page.live or not change.missing
    return change


def keys(items: Iterable[MissingItem]) -> str:
    return ", ".join(item.key for item in items)


# --- values in memory ----------------------------------------------------------------------------------------------


def _set_procedure(procedure: Procedure, record: Record, portal: Portal) -> None:
    values = record.procedure
    procedure.name = record.page["full_name"]
    procedure.field = portal.vocabulary.field(values["field"])
    for name in STATED:
        if name in values:
            setattr(procedure, name, values[name])
    if "audiences" in values:
        procedure.audiences.set([portal.vocabulary.audience(name) for name in values["audiences"]])


def _set_page(page: ServicePage, record: Record) -> None:
    for name, value in record.page.items():
        setattr(page, name, value)
    page.draft_title = page.title


def _keep_forms(page: ServicePage, record: Record) -> None:
    """Form files are chosen by editors; a paper of the same name keeps its own, of two of one name each in turn."""
    forms: dict[str, list[int | None]] = {}
    for paper in page.papers if "cases" in record.page else ():
        forms.setdefault(fold(paper["name"]), []).append(paper["form"].pk if paper["form"] else None)
    for case in record.page.get("cases", ()):
        for paper in case["value"]["papers"]:
            if left := forms.get(fold(paper["value"]["name"])):
                paper["value"]["form"] = left.pop(0) if len(left) > 1 else left[0]
