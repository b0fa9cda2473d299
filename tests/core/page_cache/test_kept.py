"""Whole pages kept for readers: when they are answered from memory, and who passes by."""

import time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import factories as make
from tests.core.page_cache.conftest import PUBLIC, SERVICE


@pytest.mark.parametrize("url", PUBLIC)
def test_a_page_is_made_once_and_then_answered_from_memory(visit, url):
    assert (visit(url).cache, visit(url).cache) == ("miss", "hit")


def test_an_answer_from_memory_is_the_same_answer(visit):
    first, second = visit(), visit()
    assert (second.content, second.status_code) == (first.content, first.status_code)


def test_an_answer_from_memory_carries_the_same_headers(visit):
    first, second = ({**visit().headers, "X-Portal-Cache": ""} for _ in range(2))
    assert second == first


def test_an_answer_from_memory_asks_the_database_for_nothing_but_the_version(visit):
    visit()
    with CaptureQueriesContext(connection) as queries:
        visit()
    assert len(queries) == 1


@pytest.mark.parametrize("url", PUBLIC)
def test_a_public_page_sets_no_cookie(visit, url):
    assert not visit(url).cookies


@pytest.mark.parametrize("url", PUBLIC)
def test_a_public_page_varies_neither_by_cookie_nor_by_language(visit, url):
    assert not {"cookie", "accept-language"} & set(visit(url).headers.get("Vary", "").lower().split(", "))


def test_parameters_that_no_page_knows_do_not_split_the_cache(visit):
    visit("/dich-vu-cong/")
    assert visit("/dich-vu-cong/?utm_source=thu&fbclid=1").cache == "hit"


def test_parameters_that_a_list_knows_are_told_apart(visit):
    visit("/dich-vu-cong/")
    assert visit("/dich-vu-cong/?level=unknown").cache == "miss"


def test_the_order_of_parameters_does_not_split_the_cache(visit):
    visit("/dich-vu-cong/?q=khai&level=unknown")
    assert visit("/dich-vu-cong/?level=unknown&q=khai").cache == "hit"


def test_two_host_names_have_answers_of_their_own(visit):
    visit()
    assert visit(headers={"host": "localhost"}).cache == "miss"


def test_a_reader_s_page_writes_nothing_to_the_database(visit):
    with CaptureQueriesContext(connection) as queries:
        visit()
    assert {query["sql"].split()[0] for query in queries} == {"SELECT"}


# --- passes by -----------------------------------------------------------------------------------------------------


def test_who_has_a_session_passes_by(visit, editor):
    visit()
    assert "X-Portal-Cache" not in editor.get(SERVICE).headers


def test_a_page_made_for_a_session_is_not_kept(visit, editor):
    editor.get(SERVICE)
    assert visit().cache == "miss"


@pytest.mark.parametrize(
    "url", ["/khong-co/", "/dich-vu-cong/khong-co/", "/dich-vu-cong/?level=9", "/van-ban/?page=99"]
)
def test_errors_are_not_kept(visit, url):
    visit(url)
    assert visit(url).cache is None


def test_a_private_page_is_not_kept(visit, town):
    make.restrict(town.service)
    visit()
    assert visit().cache is None


@pytest.mark.parametrize("url", ["/admin/login/", "/health/live", "/documents/1/x.pdf"])
def test_what_is_no_page_for_readers_is_not_kept(visit, url):
    visit(url)
    assert visit(url).cache is None


def test_only_reading_is_answered_from_memory(visit):
    visit()
    assert "X-Portal-Cache" not in Client().post(SERVICE).headers


def test_the_cache_can_be_switched_off(visit, settings):
    settings.PORTAL_PAGE_CACHE = False
    visit()
    assert visit().cache is None


def test_a_page_is_kept_for_five_minutes_at_most(visit, monkeypatch):
    visit()
    later = time.monotonic() + 301
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert visit().cache == "miss"
