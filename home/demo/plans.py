"""The plan of 2019 with its targets, and sample reports of the units on what the portal cannot measure."""

import hashlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from announcements.models import DirectivePage
from departments.models import Department, Field
from home.demo.accounts import UNIT
from home.demo.reading import read
from plans.measures.questions import questions
from plans.models import Plan, Report, Target

NOTE = "Số liệu mẫu của bản trình diễn."
#: the author whose figures wait for the head of the unit
AUTHOR = "bientap"


def load_plans() -> None:
    """Create the plan where its year has none; what is there already is kept."""
    row = read("plan")
    if Plan.objects.filter(year=row["year"]).exists():
        return
    targets = row.pop("target")
    issuer = Department.objects.get(name=row.pop("issuer"))
    page = DirectivePage.objects.filter(reference=row["number"], issued_on=row["date"]).first()
    plan = Plan.objects.create(issuer=issuer, page=page, is_public=True, **row)
    for position, values in enumerate(targets):
        sample = values.pop("sample", None)
        target = _target(plan, position, values)
        if sample is not None:
            Report.objects.bulk_create(_reports(target, sample))
    _leave_one_open(plan)


def _target(plan: Plan, position: int, values: dict[str, Any]) -> Target:
    units, fields = values.pop("units", []), values.pop("fields", [])
    if name := values.pop("responsible", ""):
        values["responsible"] = Department.objects.get(name=name)
    target = Target(plan=plan, sort_order=position, **values)
    target.units.set(Department.objects.filter(name__in=units))
    target.fields.set(Field.objects.filter(name__in=fields))
    target.full_clean()
    target.save()
    return target


def _reports(target: Target, sample: dict[str, Any]) -> Iterator[Report]:
    """Confirmed figures of every unit for every period of the year."""
    ends = target.plan.period_ends()
    (question,) = questions([target], target.plan.last_day)
    for unit in question.units:
        for number, end in enumerate(ends, start=1):
            part, whole = _figures(unit, sample, number / len(ends))
            yield _report(target, unit, end, part, whole)


def _figures(unit: Department, sample: dict[str, Any], passed: float) -> tuple[int, int]:
    """The two numbers of a unit when a part of the year has passed."""
    is_behind = unit.name in sample["behind"] if "behind" in sample else False
    if "whole" not in sample:
        return (0 if is_behind else 1), 1
    least, greatest = sample["whole"]
    whole = round(least + (greatest - least) * _spread(unit.slug))
    if sample.get("grows"):
        whole = round(whole * passed)
    first, last = sample["share"]
    share = first + (last - first) * (passed - 0.25) / 0.75
    return round(whole * (sample["behind_share"] if is_behind else share)), whole


def _report(target: Target, unit: Department, end: date, part: int, whole: int) -> Report:
    moment = timezone.make_aware(datetime.combine(end + timedelta(days=3), time(9, 0)))
    return Report(
        target=target,
        unit=unit,
        period_end=end,
        numerator=part,
        denominator=whole,
        evidence_url="https://example.org/minh-chung",
        note=NOTE,
        reported_at=moment,
        is_confirmed=True,
        decided_at=moment,
        is_sample=True,
    )


def _leave_one_open(plan: Plan) -> None:
    """A correction of the demo's unit waits for its head."""
    author = get_user_model().objects.filter(username=AUTHOR).first()
    latest = (
        Report.objects.filter(target__plan=plan, unit__name=UNIT, numerator__gt=1).order_by("-period_end", "pk").first()
    )
    if author is None or latest is None:
        return
    latest.pk = None
    latest.numerator, latest.reported_by, latest.reported_at = latest.numerator - 1, author, timezone.now()
    latest.is_confirmed = latest.decided_at = None
    latest.save(force_insert=True)


def _spread(word: str) -> float:
    """A number from 0 to 1 that is always the same for a word."""
    return int.from_bytes(hashlib.sha256(word.encode()).digest()[:4]) / 0xFFFFFFFF
