"""What functions remember for readers between requests."""

import time

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from core import page_cache
from core.page_cache import PageCacheMiddleware, per_version, per_version_each
from tests.core.page_cache.conftest import publish


@pytest.fixture
def counted():
    """A remembered function and the list of its calls."""
    calls = []

    @per_version
    def double(number):
        calls.append(number)
        return number * 2

    return double, calls


def in_a_request(function, method="get", url="/"):
    """Run `function` as a reader's request would."""

    def answer(request):
        function()
        return HttpResponse("")

    PageCacheMiddleware(answer)(getattr(RequestFactory(), method)(url))


def twice(double):
    return [double(4), double(4)]


def test_a_memo_is_computed_once_in_a_request(counted, db):
    in_a_request(lambda: twice(counted[0]))
    assert counted[1] == [4]


def test_a_memo_is_kept_for_the_next_request(counted, db):
    for url in ("/a/", "/b/"):
        in_a_request(lambda: counted[0](4), url=url)
    assert counted[1] == [4]


def test_a_memo_is_computed_anew_after_a_change(counted, db, committed, town):
    in_a_request(lambda: counted[0](4))
    with committed():
        publish(town)
    in_a_request(lambda: counted[0](4), url="/b/")
    assert counted[1] == [4, 4]


def test_outside_of_requests_nothing_is_remembered(counted):
    twice(counted[0])
    assert counted[1] == [4, 4]


def test_the_staff_use_what_is_remembered_of_public_pages(counted, db):
    in_a_request(lambda: counted[0](4))
    in_a_request(lambda: counted[0](4), url="/admin/pages/")
    assert counted[1] == [4]


@pytest.mark.parametrize(("method", "url"), [("post", "/"), ("post", "/admin/pages/"), ("get", "/documents/1/x/")])
def test_where_something_may_be_rolled_back_nothing_is_remembered(counted, db, method, url):
    in_a_request(lambda: twice(counted[0]), method, url)
    assert counted[1] == [4, 4]


def test_a_result_of_none_is_remembered_as_well(db):
    calls = []
    nothing = per_version(lambda: calls.append(1))
    in_a_request(lambda: (nothing(), nothing()))
    assert calls == [1]


@pytest.fixture
def tripled():
    """A function remembered for each of many items, and the lists of items with which it was called."""
    calls = []

    @per_version_each(lambda item: item)
    def triple(items):
        calls.append(items)
        return (item * 3 for item in items)

    return triple, calls


def test_of_many_items_only_those_are_made_that_are_not_remembered(tripled, db):
    triple, calls = tripled
    in_a_request(lambda: [triple([1, 2]), triple([3, 2, 1, 4])])
    assert calls == [[1, 2], [3, 4]]


def test_of_many_items_each_has_its_own_result_in_their_order(tripled, db):
    found = []
    in_a_request(lambda: [found.append(tripled[0](items)) for items in ([1, 2], [3, 2, 1, 4])])
    assert found == [[3, 6], [9, 6, 3, 12]]


def test_what_is_remembered_of_many_items_is_made_anew_after_a_change(tripled, db, committed, town):
    in_a_request(lambda: tripled[0]([1]))
    with committed():
        publish(town)
    in_a_request(lambda: tripled[0]([1]), url="/b/")
    assert tripled[1] == [[1], [1]]


def test_what_is_remembered_of_many_items_is_made_anew_on_a_new_day(tripled, db, tomorrow):
    in_a_request(lambda: tripled[0]([1]))
    tomorrow()
    in_a_request(lambda: tripled[0]([1]), url="/b/")
    assert tripled[1] == [[1], [1]]


def test_outside_of_requests_nothing_is_remembered_of_many_items(tripled):
    assert [tripled[0]([1, 2]), tripled[0]([2])] == [[3, 6], [6]]
    assert tripled[1] == [[1, 2], [2]]


@pytest.fixture
def two_memos(monkeypatch):
    """A worker that has room for two memos."""
    monkeypatch.setattr(page_cache._memos, "size", 2)


def test_what_was_not_asked_for_for_longest_is_forgotten(counted, db, two_memos):
    double, calls = counted
    in_a_request(lambda: [double(number) for number in (1, 2, 1, 3, 1, 2)])
    assert calls == [1, 2, 3, 2]


def test_nothing_is_remembered_for_longer_than_five_minutes(counted, db, monkeypatch):
    in_a_request(lambda: counted[0](4))
    later = time.monotonic() + 301
    monkeypatch.setattr(time, "monotonic", lambda: later)
    in_a_request(lambda: counted[0](4), url="/b/")
    assert counted[1] == [4, 4]
