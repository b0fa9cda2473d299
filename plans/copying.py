"""Next year's plan begins as a copy of this year's."""

from datetime import date
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from plans.models import Plan, Target

#: what a copy does not take over: it is that of the new plan, or said anew
OWN = ("id", "year", "number", "date", "page", "document", "is_public")


@transaction.atomic
def copy_plan(plan: Plan, *, year: int, number: str, date: date, user: Any) -> Plan:
    """A plan of another year with the same targets, which readers do not see yet. Reports stay with the old one.

    ValidationError, by field, where there is a plan for the year or a value cannot be.
    """
    kept = {
        field.attname: getattr(plan, field.attname) for field in Plan._meta.concrete_fields if field.name not in OWN
    }
    copy = Plan(**kept, year=year, number=number, date=date)
    copy.full_clean()
    copy.save()
    for target in plan.targets.prefetch_related("units", "fields"):
        _copy_target(target, copy)
    log(instance=copy, action="wagtail.create", user=user)
    return copy


def _copy_target(target: Target, plan: Plan) -> None:
    fields = [field for field in Target._meta.concrete_fields if field.name not in {"id", "plan"}]
    copy = Target(plan=plan, **{field.attname: getattr(target, field.attname) for field in fields})
    copy.units.set(target.units.all())
    copy.fields.set(target.fields.all())
    copy.save()
