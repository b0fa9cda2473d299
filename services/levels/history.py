"""The levels of a service for its public page: what holds today, and the whole history, annulled records included."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from wagtail.models import Page

from core.page_cache import per_version, today
from core.templatetags.portal import vn_date
from departments.models import Department
from services.maturity import Capability, State, current_records, records_on, state_on
from services.models.maturity import CAPABILITY_LABELS
from services.models.procedures import Procedure


@dataclass(frozen=True, slots=True)
class Shown:
    """`maturity` as templates/services/service_page.html has it; None where nothing was ever recorded."""

    state: State
    maturity: dict[str, Any] | None


@per_version
def shown(procedure_id: int) -> Shown:
    """What the page of a procedure says of its levels today."""
    procedure = Procedure.objects.prefetch_related("maturity_records").get(pk=procedure_id)
    records, counting = list(procedure.maturity_records.all()), procedure.counting_records
    return Shown(state_on(counting, today()), _maturity(records, counting) if records else None)


def _maturity(records: Sequence[Any], counting: Sequence[Any]) -> dict[str, Any]:
    """`records` are all of a procedure, the newest first; `counting` those from which its levels follow."""
    current = current_records(counting, today())
    deciding = records_on(counting, today())
    present = deciding[0] if deciding and deciding[0].unit_id is None else None
    own = [record for unit, record in current.items() if unit is not None]
    differing = [r for r in own if not present or (r.level, r.extent) != (present.level, present.extent)]
    entries = _Entries(current, _names(records), decision_urls(records))
    return {
        "allows": _allows(present),
        "history": [entries.of(record) for record in records if record.unit_id is None],
        "unit_history": [entries.of(record) for record in records if record.unit_id is not None],
        "by_unit": [
            {"unit": entries.names.get(r.unit_id, ""), "url": "", "level": r.level, "extent": r.extent}
            for r in sorted(differing, key=lambda r: (r.date, r.id))
        ],
        "note": _("The levels shown are samples, not facts.") if any(r.is_sample for r in records) else "",
    }


class _Entries:
    """Makes entries of templates/components/timeline.html."""

    def __init__(self, current: Mapping[int | None, Any], names: Mapping[int, str], urls: Mapping[int, str]) -> None:
        self.current, self.names, self.urls = current, names, urls

    def of(self, record: Any) -> dict[str, Any]:
        present = record == self.current.get(record.unit_id)
        decision = {"number": record.decision_number, "url": self.urls.get(record.decision_page_id, "")}
        return {
            "present": present,
            "level": record.level,
            "extent": record.extent,
            "tag": _tag(record, present),
            "date": record.date,
            "decision": decision if record.decision_number else None,
            "text": self.names.get(record.unit_id, ""),
            "annulled": _annulled(record),
        }


def _tag(record: Any, present: bool) -> dict[str, str] | None:
    if record.is_annulled:
        return {"kind": "error", "text": _("Annulled")}
    if present:
        return {"kind": "info", "text": _("Now")}
    return {"kind": "grey", "text": _("Not yet in force")} if record.date > today() else None


def _annulled(record: Any) -> str:
    if not record.is_annulled:
        return ""
    values = {"day": vn_date(localdate(record.annulled_at)), "reason": record.annulled_reason}
    return _("Annulled on %(day)s: %(reason)s") % values


def _names(records: Iterable[Any]) -> Mapping[int, str]:
    return unit_labels() if any(record.unit_id for record in records) else {}


@per_version
def unit_labels() -> dict[int, str]:
    return {unit.pk: unit.label for unit in Department.objects.all()}


def decision_urls(records: Iterable[Any]) -> dict[int, str]:
    """Addresses of the decisions' pages that everybody may read, by the page's id."""
    wanted = {record.decision_page_id for record in records if record.decision_page_id}
    pages = Page.objects.live().public().filter(pk__in=wanted).specific() if wanted else []
    urls = {page.pk: page.get_url() for page in pages}
    return {pk: url for pk, url in urls.items() if url}


def _allows(record: Any) -> list[dict[str, Any]]:
    if record is None:
        return []
    shown = [flag for flag in Capability if flag != Capability.PRESENCE_REQUIRED or flag in record.flags]
    return [{"text": CAPABILITY_LABELS[flag], "met": flag.value in record.flags} for flag in shown]
