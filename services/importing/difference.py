"""What an import would do, row by row: built in memory from the records and from what the portal has."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _
from wagtail.models import Page, WorkflowState

from core.publishing import MissingItem
from core.text import fold
from departments.models import Department, DepartmentPage
from services.importing.gate import missing_for_first_level
from services.importing.record import Record
from services.importing.units import Sections, UnitNames
from services.importing.vocabulary import Vocabulary
from services.models import Procedure, ProcedureAlias, ServicePage

#: primary key of a procedure that is not saved yet, while the publish gate looks at it
_UNSAVED = -1
STREAMS = ("steps", "channels", "cases", "legal_bases")
LEVELS = ("at_ministry", "at_province", "at_district", "at_commune")


class Status(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    HELD = "held"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class FieldChange:
    name: str
    old: str
    new: str


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
    #: why the stated level is not recorded; empty: it is, or none is stated
    maturity_reason: str = ""

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
    units = portal.units.match(record.agencies)
    procedure = stored.procedures.get(record.code)
    page = stored.pages.get(procedure.pk) if procedure else None
    if page is not None:
        page.procedure = procedure
    digest = record.digest([unit.pk for unit in units])
    if page is None:
        return _new(record, portal, procedure, units, digest)
    if page.import_digest == digest:
        return Change(record, Status.UNCHANGED, page, procedure, units)
    if reason := _held(page, stored):
        return Change(record, Status.HELD, page, procedure, units, reason=reason)
    return _changed(record, portal, page, units, digest)


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


def _changed(record, portal: Portal, page: ServicePage, units: list[Department], digest: str) -> Change:
    procedure = page.procedure
    tolerated = {item.key for item in page.missing_items()} if page.live else set()
    old = _snapshot(page, procedure, record)
    old_units = sorted(unit.name for unit in procedure.units.all())
    _keep_forms(page, record)
    _set_procedure(procedure, record, portal)
    _set_page(page, record)
    new = _snapshot(page, procedure, record)
    fields = [FieldChange(name, _shown(old[name]), _shown(new[name])) for name in new if new[name] != old[name]]
    new_units = sorted(unit.name for unit in units)
    if old_units != new_units:
        fields.append(FieldChange("units", _shown(old_units), _shown(new_units)))
    page.import_digest = digest
    missing = page.missing_items()
    change = Change(record, Status.CHANGED, page, procedure, units, fields=fields, missing=missing)
    worse = [item for item in missing if item.key not in tolerated]
    if page.live and worse:
        change.status = Status.REFUSED
        change.reason = _("the live page would lose what it needs: %(items)s") % {"items": keys(worse)}
    change.goes_live = page.live or not missing
    return change


def keys(items: Iterable[MissingItem]) -> str:
    return ", ".join(item.key for item in items)


# --- values in memory ----------------------------------------------------------------------------------------------


def _set_procedure(procedure: Procedure, record: Record, portal: Portal) -> None:
    values = record.procedure
    procedure.name = record.page["full_name"]
    procedure.field = portal.vocabulary.field(values["field"])
    for name in LEVELS:
        if name in values:
            setattr(procedure, name, values[name])
    if "audiences" in values:
        procedure.audiences.set([portal.vocabulary.audience(name) for name in values["audiences"]])


def _set_page(page: ServicePage, record: Record) -> None:
    for name, value in record.page.items():
        setattr(page, name, value)
    page.draft_title = page.title


def _keep_forms(page: ServicePage, record: Record) -> None:
    """Form files are chosen by editors; a paper of the same name keeps its own."""
    forms = {fold(paper["name"]): paper["form"].pk for paper in page.papers if paper["form"]}
    for case in record.page.get("cases", ()) if forms else ():
        for paper in case["value"]["papers"]:
            paper["value"]["form"] = forms.get(fold(paper["value"]["name"]))


def _snapshot(page: ServicePage, procedure: Procedure, record: Record) -> dict[str, Any]:
    """The values that the record speaks of, in a form that can be compared."""
    found = {name: _plain(page, name) for name in record.page}
    found |= {name: getattr(procedure, name) for name in LEVELS if name in record.procedure}
    found["field"] = procedure.field.name
    if "audiences" in record.procedure:
        found["audiences"] = sorted(row.name for row in procedure.audiences.all())
    return found


def _plain(page: ServicePage, name: str) -> Any:
    value = getattr(page, name)
    if name not in STREAMS:
        return value
    raw = json.loads(json.dumps(page._meta.get_field(name).get_prep_value(value), cls=DjangoJSONEncoder))
    return _without_ids(json.loads(raw) if isinstance(raw, str) else raw)


def _without_ids(value: Any) -> Any:
    """Block data without identifiers and without the difference between nothing and an empty text."""
    if isinstance(value, dict):
        return {key: _without_ids(part) for key, part in value.items() if key != "id" and part not in (None, "", [])}
    return [_without_ids(part) for part in value] if isinstance(value, list) else value


def _shown(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    text = " ".join(text.split())
    return text if len(text) <= 80 else text[:79] + "…"
