from datetime import date

import pytest

from plans.models import Comparison, Measure, Scope
from plans.outcomes import OutcomeState, current_plan, outcomes, plan_of_year, years
from tests import factories as make
from tests.plans.build import add_online_service, add_plan, add_report, add_target

OCTOBER = date(2019, 10, 31)


@pytest.fixture
def justice(db):
    return make.add_unit("Phòng Tư pháp")


def add_services(section, *levels, **procedure):
    for number, level in enumerate(levels):
        made = make.add_procedure(units=[section.department], **procedure)
        add_online_service(section, f"Thủ tục {section.title} {number}", made)
        if level:
            make.add_level(made, level, online_result=True)


def only(plan, on=OCTOBER):
    (found,) = outcomes(plan, on)
    return found


# --- levels --------------------------------------------------------------------------------------------------------


def test_the_level_target_counts_services_of_level_3_and_4_among_all(plan, justice):
    add_services(justice, 4, 3, 2, None)
    add_target(plan, value=55)
    found = only(plan)
    assert (found.rate.numerator, found.rate.denominator, found.state) == (2, 4, OutcomeState.NOT_MET)
    assert found.gap == pytest.approx(-5)
    assert found.units_behind == [(justice.department, found.units_behind[0][1])]


def test_levels_are_those_of_the_day_of_the_figures(plan, justice):
    procedure = make.add_procedure(units=[justice.department])
    add_online_service(justice, "Đăng ký khai sinh", procedure)
    make.add_level(procedure, 2, date(2019, 1, 1))
    make.add_level(procedure, 3, date(2019, 7, 1))
    add_target(plan, value=100)
    assert only(plan, date(2019, 6, 30)).state == OutcomeState.NOT_MET
    found = only(plan, date(2019, 8, 1))
    assert found.state == OutcomeState.MET
    assert [(day, rate.numerator) for day, rate in found.trend] == [
        (date(2019, 3, 31), 0),
        (date(2019, 6, 30), 0),
        (date(2019, 8, 1), 1),
    ]


def test_a_plan_is_measured_no_later_than_the_end_of_its_year(plan, justice):
    add_services(justice, 3)
    add_target(plan)
    assert only(plan, date(2026, 5, 1)).rate.date == date(2019, 12, 31)


def test_communes_are_measured_by_the_procedures_of_the_commune_level(plan, justice):
    commune = make.add_unit("Xã Bắc Sơn", kind="commune")
    add_services(justice, 4)
    add_services(commune, 2, 3, at_district=False, at_commune=True)
    add_target(plan, scope=Scope.COMMUNES)
    assert (only(plan).rate.numerator, only(plan).rate.denominator) == (1, 2)


def test_a_named_unit_and_field_narrow_the_services(plan, justice):
    other = make.add_unit("Phòng Kinh tế")
    land = make.add_field("Đất đai")
    add_services(justice, 4, field=land)
    add_services(justice, 1)
    add_services(other, 1, field=land)
    add_target(plan, scope=Scope.UNITS, units=[justice.department], fields=[land])
    assert (only(plan).rate.numerator, only(plan).rate.denominator) == (1, 1)
    assert only(plan).rate.units == ("Phòng Tư pháp",)


def test_where_no_service_is_counted_none_arose(plan):
    add_target(plan)
    assert (only(plan).state, only(plan).gap) == (OutcomeState.NONE_AROSE, None)


# --- comparison ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("comparison", "met"), [(Comparison.AT_LEAST, True), (Comparison.ABOVE, False), (Comparison.EQUAL, True)]
)
def test_a_result_that_is_just_the_target_is_more_only_where_it_has_to_be(plan, justice, comparison, met):
    add_services(justice, 3, 1)
    add_target(plan, value=50, comparison=comparison)
    assert only(plan).state == (OutcomeState.MET if met else OutcomeState.NOT_MET)


# --- reports -------------------------------------------------------------------------------------------------------


@pytest.fixture
def communes(db):
    return [make.add_unit(f"Xã {name}", kind="commune").department for name in ("Bắc Sơn", "Nam Sơn")]


def reported(plan, **values):
    return add_target(plan, Measure.REPORTED_SHARE, 95, scope=Scope.COMMUNES, **values)


def test_reports_of_units_are_added_up(plan, communes):
    target = reported(plan)
    add_report(target, communes[0], 90, 100)
    add_report(target, communes[1], 300, 300)
    found = only(plan)
    assert (found.rate.numerator, found.rate.denominator, found.state) == (390, 400, OutcomeState.MET)
    assert [(unit.name, rate.numerator) for unit, rate in found.units_behind] == [("Xã Bắc Sơn", 90)]


def test_the_latest_period_of_a_unit_counts_and_of_it_the_latest_confirmed_row(plan, communes):
    target = reported(plan)
    add_report(target, communes[0], 1, 10, date(2019, 6, 30))
    add_report(target, communes[0], 10, 20)
    add_report(target, communes[0], 19, 20)
    add_report(target, communes[0], 20, 20, is_confirmed=None)
    add_report(target, communes[0], 20, 20, is_confirmed=False)
    add_report(target, communes[1], 5, 5)
    found = only(plan)
    assert (found.rate.numerator, found.rate.denominator) == (24, 25)
    assert [(day.month, rate.numerator) for day, rate in found.trend] == [(6, 1), (9, 24), (10, 24)]


def test_as_long_as_a_unit_has_not_reported_the_target_is_not_decided(plan, communes):
    target = reported(plan)
    assert (only(plan).state, only(plan).rate) == (OutcomeState.NOT_REPORTED, None)
    add_report(target, communes[0], 100, 100)
    found = only(plan)
    assert (found.state, found.rate.percent) == (OutcomeState.NOT_REPORTED, 100)
    assert [unit.name for unit in found.missing] == ["Xã Nam Sơn"]


def test_units_that_report_nothing_to_count_are_no_units_behind(plan, communes):
    target = reported(plan)
    for unit in communes:
        add_report(target, unit, 0, 0)
    assert (only(plan).state, only(plan).units_behind) == (OutcomeState.NONE_AROSE, [])


def test_yes_and_no_are_counted_in_units(plan, communes):
    target = add_target(plan, Measure.REPORTED_ANSWER, 100, scope=Scope.COMMUNES)
    add_report(target, communes[0], 1, 1)
    add_report(target, communes[1], 0, 1)
    found = only(plan)
    assert (found.rate.numerator, found.rate.denominator, found.state) == (1, 2, OutcomeState.NOT_MET)


def test_a_unit_that_has_ended_reports_no_more(plan, communes):
    target = reported(plan)
    add_report(target, communes[0], 10, 10)
    communes[1].valid_to = date(2019, 3, 1)
    communes[1].save()
    assert only(plan).state == OutcomeState.MET


# --- which plan ----------------------------------------------------------------------------------------------------


def test_readers_see_public_plans_by_year(db):
    add_plan(2018), add_plan(2019), add_plan(2020, is_public=False)
    assert years() == (2019, 2018)
    assert plan_of_year(2020) is None
    assert current_plan().year == 2019


# --- how much it takes ---------------------------------------------------------------------------------------------


def test_targets_and_units_more_take_no_queries_more(plan, communes, django_assert_max_num_queries):
    for number in range(8):
        target = reported(plan, name=f"Chỉ tiêu {number}")
        for unit in communes:
            add_report(target, unit, 1, 1)
    for number in range(6):
        make.add_unit(f"Xã {number}", kind="commune")
    with django_assert_max_num_queries(5):
        assert len(outcomes(plan, OCTOBER)) == 8
