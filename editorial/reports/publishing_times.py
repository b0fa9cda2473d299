"""How long it took until a page was first published, in working days, and whether that was on time.

The days are counted from the day of signing where the kind of page has one (`counted_from`), otherwise from when the
page was first sent for the review that led to its publication. Only pages that went through a review are measured:
what was taken over from elsewhere, or published by a superuser alone, took no time of this office.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import CharField, OuterRef, Subquery
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.fields import StreamField
from wagtail.models import Page, get_page_models
from wagtail.query import PageQuerySet

from core.exports import as_moment
from core.models import BasePage
from core.working_days import WorkingDays
from editorial.models import Submission
from editorial.reports.filters import content_type, kind_of_type


@dataclass(frozen=True, slots=True)
class Timing:
    """A page that was first published in a period. `start`, `days` and `due_on` are None where there was no review."""

    page: int
    title: str
    unit: int | None
    kind: str
    published_on: date
    start: date | None
    days: int | None
    due_on: date | None

    @property
    def is_measured(self) -> bool:
        return self.days is not None

    @property
    def is_on_time(self) -> bool:
        return self.due_on is not None and self.published_on <= self.due_on

    @property
    def is_late(self) -> bool:
        return self.due_on is not None and self.published_on > self.due_on


def timings(pages: PageQuerySet, since: date, until: date, calendar: WorkingDays) -> list[Timing]:
    """Those of `pages` (with their `unit`) that were first published from one day to another, the latest first."""
    published = pages.filter(
        first_published_at__gte=as_moment(since), first_published_at__lt=as_moment(until + timedelta(days=1))
    )
    signed = dict(_days_of_signing(published))
    rows = _with_review(published).order_by("-first_published_at", "-pk")
    wanted = ("pk", "title", "unit", "content_type_id", "first_published_at", "sent_at", "due_on")
    return [_timing(*row, signed=signed.get(row[0]), calendar=calendar) for row in rows.values_list(*wanted)]


def _timing(
    page: int,
    title: str,
    unit: int | None,
    type_number: int,
    published_at: datetime,
    sent_at: datetime | None,
    due_on: date | None,
    *,
    signed: date | None,
    calendar: WorkingDays,
) -> Timing:
    published_on = timezone.localdate(published_at)
    start = (signed or timezone.localdate(sent_at)) if sent_at else None
    return Timing(
        page=page,
        title=title,
        unit=unit,
        kind=kind_of_type(type_number),
        published_on=published_on,
        start=start,
        days=max(0, calendar.between(start, published_on)) if start else None,
        due_on=due_on,
    )


def _with_review(pages: PageQuerySet) -> PageQuerySet:
    """Pages with `sent_at` and `due_on` of the last review that began before they were first published."""
    reviews = Submission.objects.filter(
        workflow_state__base_content_type=content_type(Page._meta.label_lower),
        workflow_state__object_id=Cast(OuterRef("pk"), CharField()),
        workflow_state__created_at__lte=OuterRef("first_published_at"),
    ).order_by("-workflow_state__created_at")
    return pages.annotate(
        sent_at=Subquery(reviews.values("workflow_state__created_at")[:1]),
        due_on=Subquery(reviews.values("due_on")[:1]),
    )


def _days_of_signing(pages: PageQuerySet) -> Iterator[tuple[int, date]]:
    """(pk, day) of the pages of those kinds that know a day of signing; their texts are not read."""
    for model in get_page_models():
        if not issubclass(model, BasePage) or model.counted_from is BasePage.counted_from:
            continue
        texts = [field.name for field in model._meta.fields if isinstance(field, StreamField)]
        for page in model.objects.filter(pk__in=pages.values("pk")).defer(*texts):
            if page.counted_from:
                yield page.pk, page.counted_from
