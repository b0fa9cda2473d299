"""The dashboard asks the database as often with many units, targets and services as with one of each."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.page_cache import forget
from plans.models import Measure, Scope
from tests import factories as make
from tests.plans.build import add_online_service, add_plan, add_report, add_target

ADDRESS = "/ke-hoach-so-lieu/?year=2019&date=31/10/2019"
MOST_QUERIES = 20


def grow(plan, number: int) -> None:
    """So many units, each with a service of its own field, a target and a report."""
    for _each in range(number):
        index = plan.targets.count()
        section = make.add_unit(f"Xã số {index}", kind="commune")
        procedure = make.add_procedure(field=make.add_field(f"Lĩnh vực {index}"), units=[section.department])
        add_online_service(section, f"Thủ tục {index}", procedure)
        make.add_level(procedure, 3, date(2017, 1, 1))
        add_target(plan, fields=[procedure.field])
        target = add_target(plan, Measure.REPORTED_SHARE, 95, scope=Scope.UNITS, units=[section.department])
        add_report(target, section.department, 90, 100)


def queries(client) -> list[str]:
    """Statements of an answer by a worker that has answered others before, of another day among them."""
    forget()
    client.get("/ke-hoach-so-lieu/?year=2019&date=30/10/2019")
    with CaptureQueriesContext(connection) as captured:
        assert client.get(ADDRESS).status_code == 200
    return [query["sql"] for query in captured.captured_queries]


@pytest.mark.django_db
def test_the_number_of_queries_does_not_grow(client):
    plan = add_plan()
    grow(plan, 1)
    few = queries(client)
    grow(plan, 19)
    many = queries(client)
    assert len(many) == len(few)
    assert len(few) <= MOST_QUERIES, "\n".join(few)


@pytest.mark.django_db
def test_a_page_that_was_asked_for_before_takes_one_query(client):
    grow(add_plan(), 1)
    queries(client)
    with CaptureQueriesContext(connection) as captured:
        client.get(ADDRESS)
    assert len(captured) == 1
