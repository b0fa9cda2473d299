"""Small builders of plans, targets and reports; say only what differs."""

from datetime import date
from decimal import Decimal
from typing import Any

from departments.models import Department, DepartmentPage
from plans.models import Comparison, Measure, Plan, Report, Scope, Target
from services.models import Procedure, ServicePage
from tests import factories as make


def add_plan(year: int = 2019, **values: Any) -> Plan:
    """A public plan without targets."""
    issuer = (
        values.pop("issuer", None)
        or Department.objects.get_or_create(name="Ủy ban nhân dân", defaults={"kind": "leadership"})[0]
    )
    defaults = {"number": "45/KH-UBND", "date": date(year, 2, 12), "title": "Ứng dụng công nghệ thông tin"}
    return Plan.objects.create(year=year, issuer=issuer, **{**defaults, "is_public": True, **values})


def add_target(plan: Plan, measure: str = Measure.LEVELS, value: Any = 55, **values: Any) -> Target:
    """A target of the plan after those it has; what units report comes with its words."""
    units, fields = values.pop("units", ()), values.pop("fields", ())
    words = {
        "name": "Dịch vụ công mức độ 3 trở lên",
        "comparison": Comparison.AT_LEAST,
        "scope": Scope.WHOLE,
        "sort_order": plan.targets.count(),
    }
    if measure == Measure.REPORTED_SHARE:
        words |= {
            "name": "Văn bản xử lý qua mạng",
            "counted": "văn bản",
            "part_label": "Văn bản xử lý qua mạng",
            "whole_label": "Tổng số văn bản",
            "formula": "văn bản qua mạng ÷ tổng số văn bản",
            "source": "báo cáo của đơn vị",
        }
    elif measure == Measure.REPORTED_ANSWER:
        words |= {"name": "Phần mềm một cửa", "source": "báo cáo của đơn vị"}
    target = Target.objects.create(plan=plan, measure=measure, value=Decimal(value), **{**words, **values})
    target.units.set(units)
    target.fields.set(fields)
    target.save()
    return target


def add_report(
    target: Target, unit: Department, numerator: int, denominator: int, until: date = date(2019, 9, 30), **values: Any
) -> Report:
    """Confirmed figures of a unit until a day; `is_confirmed=None` for those that wait."""
    return Report.objects.create(
        target=target,
        unit=unit,
        period_end=until,
        numerator=numerator,
        denominator=denominator,
        **{"is_confirmed": True, "evidence_url": "https://example.org/bao-cao", **values},
    )


def add_online_service(section: DepartmentPage, title: str, procedure: Procedure) -> ServicePage:
    """A live service with all that level 4 asks for, whatever its level is."""
    channels = [make.channel(), make.channel("online")]
    texts = {"papers": [make.paper(form=make.add_file())], "channels": channels}
    return make.add_service(section, title, procedure, apply_url="https://dichvucong.gov.vn/nop", **texts)
