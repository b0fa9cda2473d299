"""Checks of links: which addresses there are, which are asked for now, and what is written down of each."""

import time
from collections.abc import Iterator, Set
from dataclasses import dataclass

from django.conf import settings
from django.db.models import F, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from services.models import LinkCheck, ServicePage
from services.models.links import LinkFault
from services.quality.probing import Answer, Pace, Prober

#: fields of a service that lead its readers to another host
ADDRESS_FIELDS = ("apply_url", "source_url")
#: faults that the other addresses of a host would share
OF_THE_HOST = frozenset({LinkFault.UNKNOWN_HOST, LinkFault.NO_CONNECTION, LinkFault.TOO_SLOW, LinkFault.NOT_SECURE})


@dataclass(frozen=True, slots=True)
class Outcome:
    """Numbers of a run: addresses asked for, and those of them that did not answer."""

    checked: int
    faulty: int


def check_links(*, seconds: float | None = None) -> Outcome:
    """Ask for what is due, one request at a time, for about so many seconds; without a limit, for all of it."""
    note_addresses()
    prober = Prober(
        agent=f"Mozilla/5.0 (compatible; link check of the portal at {settings.WAGTAILADMIN_BASE_URL})",
        seconds=settings.PORTAL_LINK_TIMEOUT,
        pace=Pace(settings.PORTAL_LINK_PAUSE),
        inner=tuple(settings.PORTAL_LINK_NETWORKS),
    )
    ends = None if seconds is None else time.monotonic() + seconds
    checked, faulty, away = 0, 0, set()
    for pk, address in _claimed(ends, away):
        answer = prober.probe(address)
        _write_down(pk, answer)
        checked, faulty = checked + 1, faulty + answer.is_fault
        if answer.fault in OF_THE_HOST:
            away.add(_host(address))
    return Outcome(checked, faulty)


def note_addresses() -> None:
    """Keep one row for each address that a service names, and none for others."""
    named = set()
    for field in ADDRESS_FIELDS:
        pages = ServicePage.objects.exclude(**{field: ""}).order_by()
        named.update(pages.values_list(field, flat=True).distinct())
    known = dict(LinkCheck.objects.order_by().values_list("address", "pk"))
    new = [LinkCheck(address=address) for address in sorted(named - known.keys())]
    LinkCheck.objects.bulk_create(new, batch_size=500, ignore_conflicts=True)
    gone = [pk for address, pk in known.items() if address not in named]
    for start in range(0, len(gone), 500):
        LinkCheck.objects.filter(pk__in=gone[start : start + 500]).delete()


def _claimed(ends: float | None, away: Set[str]) -> Iterator[tuple[int, str]]:
    """Addresses that are due, each taken by one run only. Hosts that turned out to be `away` are left alone for the
    rest of the run; their other addresses stay due.
    """
    for pk, address in list(LinkCheck.objects.due(timezone.now()).values_list("pk", "address")):
        if ends is not None and time.monotonic() >= ends:
            return
        now = timezone.now()
        due = LinkCheck.objects.due(now).order_by().filter(pk=pk)
        if _host(address) not in away and due.update(checked_at=now):
            yield pk, address


def _host(address: str) -> str:
    """The host with its port, as written."""
    return address.partition("//")[2].partition("/")[0].lower()


def _write_down(pk: int, answer: Answer) -> None:
    row = LinkCheck.objects.filter(pk=pk)
    if not answer.is_fault:
        row.update(status=answer.status, reason="", failed_since=None, tries=0)
        return
    since = Coalesce(F("failed_since"), Value(timezone.now()))
    row.update(status=answer.status, reason=answer.fault, failed_since=since, tries=F("tries") + 1)
