"""Targets for dossiers, by figures that can be counted by hand."""

from datetime import date

import pytest

from plans.models import Comparison, Measure, Scope
from plans.outcomes import OutcomeState, outcomes
from tests import factories as make
from tests.plans.build import add_target
from tests.services.dossiers.reported import report

OCTOBER = date(2019, 10, 31)


@pytest.fixture
def communes(db):
    return [make.add_unit(f"Xã {name}", kind="commune").department for name in ("Bắc Sơn", "Nam Sơn")]


@pytest.fixture
def status(db):
    return make.add_field("Hộ tịch")


def only(plan, on=OCTOBER):
    (found,) = outcomes(plan, on)
    return found


def online(plan, **values):
    return add_target(plan, Measure.ONLINE_DOSSIERS, 90, **{"scope": Scope.COMMUNES, **values})


def test_online_dossiers_of_communes_are_online_of_online_and_in_person(plan, communes, status):
    online(plan, comparison=Comparison.ABOVE)
    report(communes[0], (2019, 1), (80, 20, 7, 0, 0, 0), field=status)
    report(communes[1], (2019, 10), (290, 10, 0, 0, 0, 0), field=status)
    found = only(plan)
    assert (found.rate.numerator, found.rate.denominator, found.state) == (370, 400, OutcomeState.MET)
    assert [(unit.name, rate.percent) for unit, rate in found.units_behind] == [("Xã Bắc Sơn", 80)]
    assert [(day.month, rate.denominator) for day, rate in found.trend] == [(3, 100), (6, 100), (9, 100), (10, 400)]


def test_months_that_are_not_over_on_the_day_do_not_count(plan, communes, status):
    online(plan)
    report(communes[0], (2019, 9), (9, 1, 0, 0, 0, 0), field=status)
    report(communes[0], (2019, 10), (0, 90, 0, 0, 0, 0), field=status)
    assert only(plan, date(2019, 10, 30)).rate.denominator == 10
    assert only(plan, OCTOBER).rate.denominator == 100


def test_a_field_of_the_district_leaves_other_fields_and_communes_out(plan, communes, status):
    justice = make.add_unit("Phòng Tư pháp").department
    land = make.add_field("Đất đai")
    online(plan, scope=Scope.DISTRICT, fields=[status])
    report(justice, (2019, 2), (3, 1, 0, 0, 0, 0), field=status)
    report(justice, (2019, 2), (50, 50, 0, 0, 0, 0), field=land)
    report(communes[0], (2019, 2), (70, 30, 0, 0, 0, 0), field=status)
    assert (only(plan).rate.numerator, only(plan).rate.denominator) == (3, 4)


def test_a_field_without_dossiers_is_none_arose_where_figures_were_handed_in(plan, status):
    justice = make.add_unit("Phòng Tư pháp").department
    online(plan, scope=Scope.DISTRICT, fields=[make.add_field("Xuất bản")])
    assert only(plan).state == OutcomeState.NOT_REPORTED
    report(justice, (2019, 2), (3, 1, 0, 0, 0, 0), field=status)
    assert only(plan).state == OutcomeState.NONE_AROSE


def test_a_unit_that_carries_out_services_and_hands_in_nothing_is_missing(plan, communes, status):
    online(plan)
    section = make.add_unit("Xã Phù Lỗ", kind="commune")
    make.add_service(section, "Đăng ký khai sinh", make.add_procedure(status, units=[section.department]))
    report(communes[0], (2019, 1), (95, 5, 0, 0, 0, 0), field=status)
    found = only(plan)
    assert (found.state, [unit.name for unit in found.missing]) == (OutcomeState.NOT_REPORTED, ["Xã Phù Lỗ"])


def test_dossiers_on_time_are_early_and_on_time_of_all_finished(plan, communes, status):
    add_target(plan, Measure.ON_TIME, 95)
    report(communes[0], (2019, 3), (0, 100, 0, 30, 65, 5), field=status, is_sample=True)
    found = only(plan)
    assert (found.rate.percent, found.state, found.is_sample) == (95, OutcomeState.MET, True)


def test_before_the_first_month_is_over_nothing_is_known(plan, communes, status):
    online(plan)
    report(communes[0], (2019, 1), (95, 5, 0, 0, 0, 0), field=status)
    assert only(plan, date(2019, 1, 30)).state == OutcomeState.NOT_REPORTED
    assert only(plan, date(2019, 1, 31)).state != OutcomeState.NOT_REPORTED
