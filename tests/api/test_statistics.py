"""Dossier statistics in the API: every rate whole, the filters of the report, and nothing else."""

from datetime import date

import pytest

from tests import factories
from tests.services.dossiers.reported import report


@pytest.fixture
def figures(section):
    unit = section.department
    procedure = factories.add_procedure(factories.add_field("Hộ tịch"), units=[unit])
    factories.add_level(procedure, 3, date(2018, 1, 1))
    report(unit, (2019, 2), (30, 10, 5, 10, 20, 10), procedure=procedure)
    report(unit, (2019, 4), (1, 1, 0, 0, 0, 0), procedure=procedure)
    return unit


def test_without_months_it_is_the_year_up_to_the_latest_month_reported(get, figures):
    answer = get("statistics").json()
    assert (answer["month_from"], answer["month_to"]) == ("2019-01", "2019-04")
    assert [row["month"] for row in answer["months"]] == ["2019-01", "2019-02", "2019-03", "2019-04"]


def test_a_rate_comes_with_all_that_explains_it(get, figures):
    total = get("statistics", month_from="2019-02", month_to="02/2019", locale="en").json()["total"]
    assert total["counts"]["received_by_post"] == 5
    rate = total["online_a"]
    assert (rate["numerator"], rate["denominator"], rate["value"], rate["by_post"]) == (30, 40, 0.75, 5)
    assert (rate["units"], rate["date"]) == (["Phòng Tư pháp"], "2019-02-28")
    assert rate["formula"].startswith("online ÷ (online + in person)") and rate["source"].startswith("figures reported")
    assert [total[name]["value"] for name in ("online_b", "on_time")] == [30 / 45, 0.75]


def test_none_arose_is_null(get, figures):
    assert get("statistics", month_from="2019-04").json()["total"]["on_time"]["value"] is None


def test_parts_add_up_to_the_total(get, figures):
    answer = get("statistics").json()
    for part in ("units", "fields", "months"):
        counts = [row["counts"] for row in answer[part]]
        assert {name: sum(row[name] for row in counts) for name in counts[0]} == answer["total"]["counts"]


def test_units_and_fields_narrow_it(get, figures):
    assert get("statistics", unit=figures.slug, field="ho-tich").json()["total"]["counts"]["received_online"] == 31
    assert get("statistics", kind="commune").json()["total"]["counts"]["received_online"] == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("month_from", "13/2019"),
        ("month_to", "1999-12"),
        ("month_to", "2018-01&month_from=2019-01"),
        ("unit", "khong-co"),
        ("kind", "planet"),
        ("limit", "5"),
        ("q", "a"),
    ],
)
def test_what_cannot_be_read_is_named(get, figures, name, value):
    answer = get(f"statistics?{name}={value}")
    assert answer.status_code == 400 and [error["name"] for error in answer.json()["errors"]] == [name]


def test_it_takes_as_many_queries_for_many_units_as_for_one(get, figures, django_assert_max_num_queries):
    for number in range(20):
        unit = factories.add_unit(f"Xã số {number}", kind="commune").department
        procedure = factories.add_procedure(factories.add_field(f"Lĩnh vực {number}"), units=[unit])
        report(unit, (2019, 3), (1, 1, 1, 1, 1, 1), procedure=procedure)
    with django_assert_max_num_queries(12):
        assert len(get("statistics").json()["units"]) == 21
