"""The plan's figure for services is that of the list, the front page, the dashboard and the read API."""

import pytest

from core.page_cache import forget
from plans.models import PlanIndexPage
from plans.outcomes import outcomes
from tests import factories as make
from tests.plans.build import add_online_service, add_plan, add_target


@pytest.fixture
def plan(db, clock):
    """This year's plan over five services: one at level 4, one at 3, two below, one undetermined; and a draft."""
    section = make.add_unit("Phòng Tư pháp")
    for number, level in enumerate((4, 3, 2, 1, None)):
        procedure = make.add_procedure(units=[section.department])
        add_online_service(section, f"Thủ tục {number}", procedure)
        if level:
            make.add_level(procedure, level, online_result=True)
    make.add_service(section, "Bản nháp", make.add_procedure(units=[section.department]), live=False)
    found = add_plan(clock.now.year)
    add_target(found, value=55)
    forget()
    return found


def test_all_who_show_the_rate_show_the_same(client, clock, plan):
    (outcome,) = outcomes(plan, clock.now.date())
    expected = (outcome.rate.numerator, outcome.rate.denominator)
    front = client.get("/").context["rate"]
    listed = [client.get("/api/v1/services", query).json()["total"] for query in ({"level": ["3", "4"]}, {})]
    given = client.get(f"/api/v1/plans/{plan.year}").json()["outcomes"][0]["rate"]
    board = client.get(PlanIndexPage.objects.get(locale=make.locale()).get_url()).context["groups"][0]["rows"][0][
        "rate"
    ]
    assert expected == (2, 5)
    assert (front["numerator"], front["denominator"]) == expected
    assert tuple(listed) == expected
    assert (given["numerator"], given["denominator"]) == expected
    assert (board["numerator"], board["denominator"]) == expected
