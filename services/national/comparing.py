"""Comparison with a file of the national list from beginning to end: what is found replaces what was found before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Locale

from core.page_cache import today, touch
from services.exporting.rows import row_of
from services.importing.record import Record, read_record
from services.importing.report import Report
from services.importing.running import File, read_records
from services.importing.units import UnitNames
from services.maturity import state_on
from services.models import Procedure, ProcedureAlias, ServicePage
from services.models.national import FindingKind, NationalComparison, NationalFinding, NationalListing
from services.national.contrasts import contrasts
from services.national.levels import level_contrast
from services.tables.problems import UnreadableFile
from services.tables.values import Row

BATCH = 250
LEVELS = ("at_ministry", "at_province", "at_district", "at_commune")


@dataclass(slots=True)
class Comparison:
    """What was found so far. `whole`: the file lists every procedure in force, so what it lacks is abolished."""

    listed_on: date
    whole: bool
    units: UnitNames
    #: levels of government at which the portal's units carry out procedures
    levels: frozenset[str]
    findings: dict[tuple[str, str], NationalFinding] = field(default_factory=dict)
    listings: dict[str, NationalListing] = field(default_factory=dict)
    #: procedures that the list has
    listed: set[int] = field(default_factory=set)

    def add(self, kind: FindingKind, code: str, name: str, **values: Any) -> None:
        self.findings[code, kind] = NationalFinding(code=code, kind=kind, name=name, **values)


def compare_file(
    path: Path, *, listed_on: date, whole: bool = True, now: datetime | None = None
) -> tuple[NationalComparison, Report]:
    """Compare the catalogue with the file and keep what differs. UnreadableFile where nothing of it can be read.

    Rows that cannot be read are in the report; what they are about is neither missing nor abolished.
    """
    report = Report()
    found = Comparison(listed_on, whole, UnitNames.load(), _levels_here())
    records = read_records(File(path), report)
    rows = 0
    while batch := list(islice(records, BATCH)):
        rows += len(batch)
        _compare(batch, found)
    if not rows:
        raise UnreadableFile(_("No row of the file can be read."))
    if whole and report.is_read_to_the_end:
        _look_for_abolished(found, report.refused_codes)
    made = NationalComparison(
        file_name=path.name[:255],
        listed_on=listed_on,
        compared_at=now or timezone.now(),
        rows=rows,
        refused=report.refused,
    )
    _keep(made, found)
    return made, report


def _levels_here() -> frozenset[str]:
    executed = Procedure.objects.filter(units__isnull=False)
    return frozenset(level for level in LEVELS if executed.filter(**{level: True}).exists())


# --- one batch -----------------------------------------------------------------------------------------------------


def _compare(batch: Sequence[Record], found: Comparison) -> None:
    procedures = _procedures([record.code for record in batch])
    pages = _pages({procedure.pk for procedure in procedures.values()})
    for there in batch:
        if there.maturity:
            _list(there, found)
        procedure = procedures.get(there.code)
        if procedure is None:
            _look_for_missing(there, found)
            continue
        found.listed.add(procedure.pk)
        _contrast(there, procedure, pages.get(procedure.pk), found)


def _procedures(codes: list[str]) -> dict[str, Procedure]:
    """Procedures by the codes of the list, which may be other codes of theirs."""
    related = ("units", "audiences", "maturity_records")
    aliases = dict(ProcedureAlias.objects.filter(code__in=codes).values_list("code", "procedure_id"))
    wanted = Procedure.objects.select_related("field").prefetch_related(*related)
    by_id = wanted.in_bulk(set(aliases.values()))
    found = {procedure.code: procedure for procedure in wanted.filter(code__in=codes)}
    return {code: by_id[pk] for code, pk in aliases.items()} | found


def _pages(procedures: Iterable[int]) -> dict[int, ServicePage]:
    pages = ServicePage.objects.live().filter(procedure__in=procedures, locale=Locale.get_default())
    return {page.procedure_id: page for page in pages}


def _list(there: Record, found: Comparison) -> None:
    found.listings[there.code] = NationalListing(
        code=there.code,
        level=there.maturity.level,
        extent=there.maturity.extent or "",
        listed_on=found.listed_on,
    )


def _look_for_missing(there: Record, found: Comparison) -> None:
    """What is missing is what the portal's units carry out: by the list's agency, or by the level of government."""
    if _is_over(there):
        return
    units = [unit for name in there.agencies if (unit := found.units.find(name))]
    stated = {level for level in LEVELS if there.procedure.get(level)}
    if units or not stated or stated & found.levels:
        found.add(
            FindingKind.MISSING_HERE,
            there.code,
            there.page["full_name"],
            unit=units[0] if units else None,
            there=there.page.get("agency_text", ""),
        )


def _is_over(there: Record) -> bool:
    until = there.procedure.get("in_force_until")
    return until is not None and until < today()


def _is_in_force(procedure: Procedure) -> bool:
    begin, end = procedure.in_force_from, procedure.in_force_until
    return (begin is None or begin <= today()) and (end is None or end >= today())


def _contrast(there: Record, procedure: Procedure, page: ServicePage | None, found: Comparison) -> None:
    code, name = procedure.code, procedure.name or there.page["full_name"]
    if _is_over(there) and _is_in_force(procedure):
        until = there.procedure["in_force_until"]
        found.add(FindingKind.ABOLISHED_THERE, code, name, procedure=procedure, there=f"{until:%d/%m/%Y}")
    if there.maturity:
        stated, state = there.maturity, state_on(procedure.counting_records, today())
        if differing := level_contrast(state, stated.level, stated.extent):
            here, its = differing
            found.add(FindingKind.LEVEL, code, name, procedure=procedure, here=here, there=its)
    if page is None:
        return
    said, _problems = read_record(Row(0, row_of(page, procedure, found.units)))
    for kind, (here, its) in (contrasts(said, there) if said else {}).items():
        found.add(kind, code, name, procedure=procedure, here=here, there=its)


# --- the whole -----------------------------------------------------------------------------------------------------


def _look_for_abolished(found: Comparison, unread: set[str]) -> None:
    """Procedures in force with a live page that the whole list has by none of their codes."""
    pages = ServicePage.objects.live().filter(locale=Locale.get_default()).values("procedure")
    kept = Procedure.objects.filter(pk__in=pages, units__isnull=False).distinct().prefetch_related("aliases")
    for procedure in kept:
        codes = {procedure.code, *(alias.code for alias in procedure.aliases.all())}
        if procedure.pk not in found.listed and _is_in_force(procedure) and not codes & unread:
            found.add(FindingKind.ABOLISHED_THERE, procedure.code, procedure.name, procedure=procedure)


def _keep(made: NationalComparison, found: Comparison) -> None:
    """Put what was found in the place of what was found before; a finding that stays keeps when it was found."""
    with transaction.atomic():
        made.save()
        before = {(one.code, one.kind): one for one in NationalFinding.objects.select_for_update()}
        for key, finding in found.findings.items():
            old = before.get(key)
            finding.found_at = old.found_at if old else made.compared_at
            finding.told_at = old.told_at if old else None
        NationalFinding.objects.all().delete()
        NationalFinding.objects.bulk_create(found.findings.values(), batch_size=500)
        NationalListing.objects.all().delete()
        NationalListing.objects.bulk_create(found.listings.values(), batch_size=500)
        touch()
