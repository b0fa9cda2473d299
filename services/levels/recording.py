"""Recording a level and annulling one: the admin's form, recording in bulk and the import of a file all come here."""

from collections.abc import Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from core.page_cache import touch
from editorial.trace import mirror
from services.levels.policy import covers
from services.models.maturity import ANNULMENT, MaturityRecord

#: rows of one statement
BATCH = 200


def record_level(*, record: MaturityRecord, user: Any, reason: str = "") -> MaturityRecord:
    """Store a new record in the user's name, with its entry in the log, which keeps the reason where one is given.

    ValidationError where the user may not speak for the unit, no decision is named, the unit does not carry out the
    procedure, a level is recorded for the day, or a live page lacks what the level asks for.
    """
    refuse(record=record, user=user)
    return store_level(record=record, user=user, reason=reason)


@transaction.atomic
def store_level(*, record: MaturityRecord, user: Any, reason: str) -> MaturityRecord:
    """As `record_level`, of whoever answers for a file: the units of all are theirs, the file may name no decision."""
    record.recorded_by = user
    record.full_clean()
    record.save()
    data = {"comment": reason} if reason else None
    log(instance=record, action="wagtail.create", user=user, content_changed=True, data=data)
    return record


def record_levels(*, records: Sequence[MaturityRecord], user: Any, reason: str = "") -> None:
    """Store many records that were looked at (`services.levels.batches`), all or none, with an entry in the log each.

    Their signals are not sent, one by one they would take a minute for a thousand: what hangs on them is done here.
    ValidationError where a level was recorded for one of the days meanwhile.
    """
    for record in records:
        record.recorded_by = user
    try:
        with transaction.atomic():
            MaturityRecord.objects.bulk_create(records, batch_size=BATCH)
            entries = [_entry(record, user, reason) for record in records]
            ModelLogEntry.objects.bulk_create(entries, batch_size=BATCH)
            mirror(entries)
            touch()
    except IntegrityError as error:
        message = _("For one of these services a level was recorded from the same day on, meanwhile.")
        raise ValidationError(message) from error


def _entry(record: MaturityRecord, user: Any, reason: str) -> ModelLogEntry:
    return ModelLogEntry(
        content_type=ContentType.objects.get_for_model(MaturityRecord),
        object_id=str(record.pk),
        label=str(record),
        action="wagtail.create",
        user=user,
        timestamp=timezone.now(),
        data={"comment": reason} if reason else {},
        content_changed=True,
    )


def refuse(*, record: MaturityRecord, user: Any) -> None:
    """ValidationError, by field, where what staff enters is not to be recorded; the model itself refuses the rest."""
    errors = {}
    if not record.decision_number.strip():
        errors["decision_number"] = _("Name the decision that the level rests on.")
    if not covers(user, record.unit_id):
        errors["unit"] = _("You record levels for the units that you head only: choose one of them.")
    elif record.unit_id and record.procedure_id and not _carries_out(record):
        errors["unit"] = _("This unit does not carry out the procedure.")
    if errors:
        raise ValidationError(errors)


def _carries_out(record: MaturityRecord) -> bool:
    return record.unit_id in {unit.pk for unit in record.procedure.units.all()}


def annul(*, record: MaturityRecord, user: Any, reason: str) -> MaturityRecord:
    """Mark a record as entered by mistake: it stays, with the reason, and counts nowhere. Whoever calls asks the right.

    ValidationError where no reason is given or somebody was faster.
    """
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the record is annulled: readers see it.")})
    with transaction.atomic():
        held = MaturityRecord.objects.valid().select_for_update().filter(pk=record.pk).first()
        if held is None:
            raise ValidationError(_("This record is annulled already."))
        held.annulled_at, held.annulled_by, held.annulled_reason = timezone.now(), user, reason.strip()
        held.save(update_fields=ANNULMENT)
        log(instance=held, action="services.annul", user=user, data={"comment": held.annulled_reason})
    return held
