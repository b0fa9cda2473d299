"""The staff's look-up: the filters of the public catalogue, totals, downloads, rows to record for."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.page_cache import forget
from departments.roles import ROLES
from tests import factories as make


@pytest.fixture
def levels(procedures):
    make.add_level(procedures[0], None, extent="partial")
    make.add_level(procedures[1], 1)
    return procedures


def look_up(client, **query):
    return client.get(reverse("levels:lookup"), query)


def titles(response):
    return [row["title"] for row in response.context["listing"].rows]


# --- who -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.key)
def test_every_role_looks_up_levels(client, portal, role):
    user = portal.users.get(role.key) or make.add_member(role, portal.own)
    client.force_login(user)
    assert look_up(client).status_code == 200
    assert reverse("levels:lookup") in client.get(reverse("wagtailadmin_home")).content.decode()


def test_a_stranger_is_asked_to_sign_in(client, portal):
    assert look_up(client).status_code == 302


# --- what ----------------------------------------------------------------------------------------------------------


def test_without_filters_every_service_is_listed(as_, levels):
    assert titles(look_up(as_("staff_reader"))) == ["Kết hôn", "Khai sinh", "Khai tử"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"level": "1"}, ["Kết hôn"]),
        ({"level": "unknown"}, ["Khai sinh", "Khai tử"]),
        ({"extent": "partial"}, ["Khai sinh"]),
        ({"level": "1", "date": "2018-12-31"}, []),
        ({"payment": "0", "q": "khai"}, ["Khai sinh", "Khai tử"]),
    ],
)
def test_the_filters_are_those_of_the_public_catalogue(as_, client, levels, query, found):
    assert titles(look_up(as_("staff_reader"), **query)) == found


def test_services_of_level_3_and_4_are_one_click_away(as_, levels):
    links = look_up(as_("staff_reader")).context["listing"].quick
    assert any(link.url.endswith("?level=3&level=4") for link in links)


def test_totals_are_those_of_the_listed_services(as_, levels):
    context = look_up(as_("staff_reader"), q="khai").context
    assert [(row.level, row.exact) for row in context["levels"]][-1] == (None, 2)
    assert (context["rate"]["numerator"], context["rate"]["denominator"]) == (0, 2)


def test_the_rate_counts_services_of_every_level(as_, levels):
    rate = look_up(as_("staff_reader"), level="1").context["rate"]
    assert (rate["numerator"], rate["denominator"]) == (0, 3)


def test_the_columns_are_chosen(as_, levels):
    columns = look_up(as_("staff_reader"), columns=["code", "fee"]).context["columns"]
    assert [column.name for column in columns] == ["code", "fee"]


def test_a_download_has_the_rows_of_the_page(as_, levels):
    response = look_up(as_("staff_reader"), q="khai", columns=["title"], format="json")
    assert [row["title"] for row in json.loads(b"".join(response))] == ["Khai sinh", "Khai tử"]


@pytest.mark.parametrize("query", [{"level": "7"}, {"date": "31/02/2020"}, {"format": "pdf"}, {"page": "x"}])
def test_a_malformed_query_is_refused_with_the_field_named(as_, levels, query):
    response = look_up(as_("staff_reader"), **query)
    assert (response.status_code, len(response.context["listing"].errors)) == (400, 1)


def test_a_page_past_the_end_is_not_found(as_, levels):
    assert look_up(as_("staff_reader"), page="9").status_code == 404


@pytest.mark.parametrize(("role", "offered"), [("publisher", True), ("reviewer", True), ("staff_reader", False)])
def test_only_those_who_record_levels_are_offered_to_choose(as_, levels, role, offered):
    html = look_up(as_(role)).content.decode()
    assert ('name="service"' in html) == offered


def test_twenty_services_cost_no_more_queries_than_one(as_, portal, levels, db):
    client = as_("publisher")
    few = queries(client)
    make.add_services(portal.own, 20, levels[0].field)
    assert queries(client) <= few


def queries(client):
    forget()
    look_up(client)
    with CaptureQueriesContext(connection) as seen:
        look_up(client)
    return len(seen)
