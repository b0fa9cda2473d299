"""Going through lists in parts, and what it costs."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from search.rebuilding import rebuild
from tests.api.conftest import ADD, KINDS, forget

LISTS = (*KINDS, "search?q=số")
#: pages of each kind, beside the unit under which they are
MANY = 22


def joined(path, query):
    return f"{path}{'&' if '?' in path else '?'}{query}"


def queries_of(client, path):
    """Queries of a list whose read model this worker has already, as after the first reader of a publication."""
    client.get(f"/api/v1/{joined(path, 'limit=199')}")
    with CaptureQueriesContext(connection) as queries:
        assert client.get(f"/api/v1/{joined(path, 'limit=200')}").status_code == 200
    return len(queries)


def queries(client):
    rebuild()
    forget()
    return {path: queries_of(client, path) for path in LISTS}


@pytest.fixture(scope="module")
def many(section):
    """A portal with many pages of each kind, and the queries of each list when there was one page of each."""
    for kind in KINDS:
        ADD[kind](section, 1)
    few = queries(Client())
    for number in range(2, MANY + 1):
        for kind in KINDS:
            ADD[kind](section, number)
    rebuild()
    return few


@pytest.mark.parametrize("path", LISTS)
def test_a_list_asks_the_database_as_often_for_one_row_as_for_many(client, many, path):
    assert queries(client)[path] == many[path] <= 12


def walk(get, address):
    items = []
    while address:
        answer = get(address).json()
        items += answer["items"]
        address = answer["next"]
        assert len(items) <= answer["total"]
    return [item["id"] for item in items], answer["total"]


@pytest.mark.parametrize("path", LISTS)
def test_going_through_all_parts_gives_each_item_once(get, many, path):
    ids, total = walk(get, joined(path, "limit=5"))
    assert len(ids) == len(set(ids)) == total >= MANY
    assert ids == walk(get, joined(path, "limit=200"))[0]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_published_or_taken_back_meanwhile_neither_repeats_nor_skips_an_item(get, section, many, kind):
    first = get(kind, limit=10).json()
    expected = set(walk(get, joined(kind, "limit=200"))[0])
    seen = [item["id"] for item in first["items"]]
    ADD[kind](section, 99)
    Page.objects.get(pk=seen[-1]).specific.unpublish()
    rest, _total = walk(get, first["next"])
    assert not set(seen) & set(rest)
    assert expected <= {*seen, *rest}


@pytest.mark.parametrize(
    "cursor", ["", "x", "WzFd", "WyJzZXJ2aWNlcyIsInh4Il0", "WyJzZXJ2aWNlcyIsMSwyXQ", "é", "===", "bnVsbA"]
)
def test_a_malformed_cursor_is_refused(get, section, cursor):
    ADD["services"](section)
    answer = get("services", cursor=cursor)
    assert (answer.status_code, answer.json()["errors"][0]["name"]) == (400, "cursor")


def test_a_cursor_of_another_list_is_refused(get, section):
    for number in (1, 2):
        ADD["announcements"](section, number)
    cursor = get("announcements", limit=1).json()["next"].rpartition("cursor=")[2]
    assert get("directives", cursor=cursor).status_code == 400
