"""The changes of one batch, written in one transaction; nothing of a batch stays where it fails."""

import uuid
from collections.abc import Callable, Sequence
from functools import partial

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import PageLogEntry

from editorial.trace import mirror
from search.entries import postponed
from services import completeness
from services.importing.difference import STATED, Change, Portal, Status, compare, keys
from services.importing.indexes import index_pages
from services.importing.placing import insert_pages, publish_in_memory, update_pages
from services.importing.record import Record, StatedMaturity
from services.importing.vocabulary import save_new
from services.levels.recording import store_level
from services.models import Audience, MaturityRecord, Procedure, ServicePage


def apply_batch(records: Sequence[Record], portal: Portal, user, reason: str) -> list[Change]:
    """Write a batch and say what was done. A row that the database refuses is refused alone, the others are written."""
    try:
        return _apply(records, portal, user, reason)
    except (DatabaseError, ValidationError) as error:
        portal.renew()
        if len(records) == 1:
            return [Change(records[0], Status.REFUSED, reason=_reason(error))]
    return [change for record in records for change in apply_batch([record], portal, user, reason)]


def _reason(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return "; ".join(error.messages)
    return _("the database refuses the row: %(error)s") % {"error": error}


def _apply(records: Sequence[Record], portal: Portal, user, reason: str) -> list[Change]:
    with transaction.atomic(), postponed():
        changes = compare(records, portal)
        written = [change for change in changes if change.writes]
        _write_procedures(written, portal)
        _write_pages(written, portal, user)
        _log(written, user, reason)
        save = partial(_save_maturity, user=user, reason=reason)
        for change in changes:
            change.maturity_reason = record_maturity(change, portal, save)
        index_pages(_pages_to_index(written), [change.procedure for change in written])
    return changes


def _pages_to_index(written: list[Change]) -> list[ServicePage]:
    """The pages written, and those in other languages whose procedure changed."""
    pages = [change.page for change in written]
    others = ServicePage.objects.filter(
        procedure__in=[change.procedure for change in written if change.status is Status.CHANGED]
    ).select_related("procedure__field")
    return [*pages, *others.exclude(pk__in=[page.pk for page in pages])]


# --- procedures ----------------------------------------------------------------------------------------------------


def _write_procedures(changes: list[Change], portal: Portal) -> None:
    audiences = _audiences(changes, portal)
    save_new([change.procedure.field for change in changes])
    save_new([audience for _procedure, found in audiences for audience in found])
    old = [change.procedure for change in changes if change.procedure.pk]
    Procedure.objects.bulk_create([change.procedure for change in changes if not change.procedure.pk])
    Procedure.objects.bulk_update(old, ["name", "field", *STATED])
    _write_relation("audiences", {procedure.pk: {row.pk for row in found} for procedure, found in audiences})
    _write_relation("units", _unit_ids(changes))


def _audiences(changes: list[Change], portal: Portal) -> list[tuple[Procedure, list[Audience]]]:
    return [
        (change.procedure, [portal.vocabulary.audience(name) for name in change.record.procedure["audiences"]])
        for change in changes
        if "audiences" in change.record.procedure
    ]


def _unit_ids(changes: list[Change]) -> dict[int, set[int]]:
    """Only where the file names units or agencies at all: units that an editor chose stay otherwise."""
    return {change.procedure.pk: {unit.pk for unit in change.units} for change in changes if change.record.names_units}


def _write_relation(name: str, wanted: dict[int, set[int]]) -> None:
    """Make the many-to-many rows of procedures be these and no others."""
    relation = Procedure._meta.get_field(name)
    source, target = relation.m2m_field_name() + "_id", relation.m2m_reverse_field_name() + "_id"
    through = getattr(Procedure, name).through
    rows = through.objects.filter(**{f"{source}__in": wanted})
    present = {(row[source], row[target]): row["pk"] for row in rows.values("pk", source, target)}
    needed = {(pk, other) for pk, others in wanted.items() for other in others}
    through.objects.filter(pk__in=[pk for pair, pk in present.items() if pair not in needed]).delete()
    through.objects.bulk_create(
        through(**{source: pk, target: other}) for pk, other in sorted(needed.difference(present))
    )


# --- pages ---------------------------------------------------------------------------------------------------------


def _write_pages(changes: list[Change], portal: Portal, user) -> None:
    fresh = []
    for change in changes:
        page = change.page
        page.procedure = change.procedure
        if change.goes_live:
            publish_in_memory(page)
        if change.status is Status.NEW:
            page.owner = user
            change.section = change.section or portal.sections.other or portal.sections.make_default(user)
            fresh.append((page, change.section))
    insert_pages(fresh)
    changed = [change.page for change in changes if change.status is Status.CHANGED]
    update_pages(page for page in changed if not page.latest_revision_id)
    for page in changed:
        if page.latest_revision_id:
            _publish_revision(page, user)


def _publish_revision(page: ServicePage, user) -> None:
    """A page that editors have worked on gets a revision: its editor opens the latest one, not the row."""
    page.save_revision(user=user, clean=False).publish(user=user)
    ServicePage.objects.filter(pk=page.pk).update(import_digest=page.import_digest)
    page.refresh_from_db()


def _log(changes: list[Change], user, reason: str) -> None:
    """One line a page in Wagtail's log, all of one batch under one identifier."""
    now, together = timezone.now(), uuid.uuid4()
    content_type = ContentType.objects.get_for_model(ServicePage)
    entries = [
        PageLogEntry(
            page=change.page,
            content_type=content_type,
            label=change.page.title,
            action="wagtail.create" if change.status is Status.NEW else "wagtail.edit",
            timestamp=now,
            user=user,
            uuid=together,
            content_changed=True,
            data={"import": change.record.code, "comment": reason},
        )
        for change in changes
    ]
    PageLogEntry.objects.bulk_create(entries)
    mirror(entries)


# --- levels --------------------------------------------------------------------------------------------------------


def record_maturity(change: Change, portal: Portal, save: Callable[[MaturityRecord], str] | None = None) -> str:
    """Record the level or extent that the row states; why not is returned, empty where it is or none is stated.

    `save` stores a record or says why it cannot; without it nothing is written.

    A level is a dated fact: without its date it is not recorded, and a recorded one is never changed by an import.
    """
    stated = change.record.maturity
    if stated is None or change.status in {Status.HELD, Status.REFUSED}:
        return ""
    if stated.date is None:
        return _("stated without a date")
    unit = portal.units.find(stated.unit) if stated.unit else None
    if stated.unit and unit is None:
        return _("no unit is called “%(name)s”") % {"name": stated.unit}
    record = _maturity_record(stated, change.procedure, unit)
    if change.procedure.pk and (found := _recorded(record)):
        same = (found.level, found.extent) == (record.level, record.extent)
        return "" if same else _("another level is recorded for that day")
    reason = save(record) if save else _lacking(record, change)
    change.maturity_new = not reason
    return reason


def _recorded(record: MaturityRecord) -> MaturityRecord | None:
    return MaturityRecord.objects.valid().filter(procedure=record.procedure, unit=record.unit, date=record.date).first()


def _maturity_record(stated: StatedMaturity, procedure: Procedure, unit) -> MaturityRecord:
    return MaturityRecord(
        procedure=procedure,
        unit=unit,
        level=stated.level,
        extent=stated.extent,
        date=stated.date,
        decision_number=stated.decision_number,
        **dict.fromkeys(stated.flags, True),
    )


def _lacking(record: MaturityRecord, change: Change) -> str:
    """What the page, as it will be, lacks for the level: the same rule that `MaturityRecord.clean` asks."""
    live = change.goes_live or (change.page is not None and change.page.live)
    if not live:
        return ""
    need = completeness.Requirement.of(record.level, record.extent, record.flags)
    key = change.procedure.pk
    change.procedure.pk = change.page.procedure_id = key or -1
    try:
        return keys(completeness.missing(change.page, need))
    finally:
        change.procedure.pk = change.page.procedure_id = key


def _save_maturity(record: MaturityRecord, user, reason: str) -> str:
    try:
        store_level(record=record, user=user, reason=reason)
    except ValidationError as error:
        return "; ".join(error.messages)
    return ""
