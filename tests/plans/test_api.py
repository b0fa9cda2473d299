"""Plans in the read API: the dashboard's figures, nothing that is not public."""

from datetime import date

import pytest

from plans.models import Measure, Scope
from plans.outcomes import outcomes
from tests.plans.build import add_plan, add_report, add_target


@pytest.fixture
def get(client, db):
    def get(path, **query):
        return client.get(f"/api/v1/plans{path}", query)

    return get


def test_the_list_has_public_plans_by_year(get):
    add_plan(2019), add_plan(2018), add_plan(2020, is_public=False)
    found = get("").json()
    assert ([item["year"] for item in found["items"]], found["total"]) == ([2018, 2019], 2)
    assert found["items"][0]["issuer"]["name"] == "Ủy ban nhân dân"


def test_a_plan_has_its_outcomes_with_whole_rates(get, plan, target, commune):
    add_target(plan, value=55)
    add_report(target, commune.department, 90, 100)
    found = get("/2019", date="2019-10-31").json()
    first = found["outcomes"][0]
    (outcome, _levels) = outcomes(plan, date(2019, 10, 31))
    assert (found["day"], first["state"], first["target"]) == ("2019-10-31", "not_met", 95)
    assert first["gap"] == pytest.approx(outcome.gap)
    assert first["rate"] == {
        "numerator": 90,
        "denominator": 100,
        "value": 0.9,
        "units": ["cấp xã (1 đơn vị)"],
        "date": "2019-09-30",
        "formula": "văn bản qua mạng ÷ tổng số văn bản",
        "source": "báo cáo của đơn vị",
    }
    assert first["units_behind"][0]["unit"]["name"] == "Xã Bắc Sơn"
    assert found["outcomes"][1]["rate"]["value"] is None


def test_units_that_are_yet_to_report_are_named(get, plan, target, commune):
    first = get("/2019").json()["outcomes"][0]
    assert (first["state"], first["rate"], [unit["name"] for unit in first["missing"]]) == (
        "not_reported",
        None,
        ["Xã Bắc Sơn"],
    )


@pytest.mark.parametrize(
    ("path", "public", "status"), [("/2018", True, 404), ("/2019", False, 404), ("/2019", True, 200)]
)
def test_only_a_public_plan_is_there(get, path, public, status):
    add_plan(is_public=public)
    assert get(path).status_code == status


@pytest.mark.parametrize(
    ("query", "name"), [({"date": "32/13"}, "date"), ({"day": "1"}, "day"), ({"limit": "3"}, "limit")]
)
def test_what_cannot_be_read_is_refused_by_name(get, plan, query, name):
    response = get("/2019", **query)
    assert response.status_code == 400
    assert name in response.content.decode()


def test_the_number_of_queries_is_the_same_with_more_targets(get, plan, target, commune, django_assert_max_num_queries):
    for number in range(10):
        more = add_target(plan, Measure.REPORTED_SHARE, 95, scope=Scope.COMMUNES, name=f"Chỉ tiêu {number}")
        add_report(more, commune.department, 1, 1)
    get("/2018")
    with django_assert_max_num_queries(12):
        assert len(get("/2019").json()["outcomes"]) == 11
