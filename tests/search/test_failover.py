"""Whatever befalls the outside engine, readers get their answer from the database and notice nothing."""

import logging
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.test import Client

from search.checks import check_engine
from search.engines import answering, engine, failover
from search.engines.base import Asked, Filters
from search.engines.failover import FailoverEngine
from search.outbox import sync
from tests.search.outside import drop_indexes, outside, proxy  # noqa: F401 - fixtures

ROOT = Path(__file__).resolve().parents[2]
FAULTS = ("refuse", "hang", "cut", "drip")
pytestmark = pytest.mark.django_db


@pytest.fixture
def pages(outside, add_page):  # noqa: F811
    """Three pages, pushed."""
    made = [add_page("Xin phép xây nhà"), add_page("Xin phép sửa nhà"), add_page("Đào giếng")]
    sync(outside)
    return made


@pytest.fixture(autouse=True)
def tried_soon(monkeypatch):
    monkeypatch.setattr(failover, "PAUSES", (0.2,))


def break_down(proxy, fault):  # noqa: F811
    if fault == "refuse":
        proxy.refuse()
    else:
        proxy.mode = fault


def timed(call):
    started = time.monotonic()
    result = call()
    return result, time.monotonic() - started


def wait_until(condition, seconds=10):
    until = time.monotonic() + seconds
    while not condition() and time.monotonic() < until:
        time.sleep(0.05)
    return condition()


def test_questions_go_to_the_outside_engine(pages, proxy, ask):  # noqa: F811
    before = proxy.requests
    assert ask("xin phép xây nhà").titles[0] == "Xin phép xây nhà"
    assert proxy.requests > before
    assert answering() == "elasticsearch"


def test_both_engines_give_the_same_page(pages, ask, settings):
    outside_html = ask("xin phep nha").html
    settings.SEARCH_ELASTICSEARCH_URL = ""
    assert ask("xin phep nha").html == outside_html


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_costs_one_reader_a_second_and_nobody_an_answer(pages, proxy, ask, caplog, fault):  # noqa: F811
    expected = ask("xin phép nhà").titles
    break_down(proxy, fault)
    with caplog.at_level(logging.INFO):
        first, seconds = timed(lambda: ask("xin phép nhà ở"))
        assert (first.status, set(first.titles), seconds < 2.5) == (200, set(expected), True)
        later = [timed(lambda question=question: ask(question)) for question in ("nhà xin phép", "phép nhà", "giếng")]
    assert [answer.total for answer, _seconds in later] == [2, 2, 1]
    assert max(seconds for _answer, seconds in later) < 0.9
    warnings = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert [record.name for record in warnings] == ["search.engines.failover"]
    assert answering() == "sqlite"


def test_the_page_says_nothing_of_a_fault(pages, proxy, ask):  # noqa: F811
    well = ask("xin phép nhà").html
    proxy.refuse()
    assert ask("xin phép nhà").html == well


@pytest.mark.parametrize("fault", FAULTS)
def test_the_engine_is_asked_again_once_it_is_well(pages, proxy, ask, fault):  # noqa: F811
    break_down(proxy, fault)
    ask("xây nhà")
    assert answering() == "sqlite"
    proxy.mode = "pass"
    if fault == "refuse":
        proxy.accept()
    assert wait_until(lambda: answering() == "elasticsearch")
    before = proxy.requests
    assert ask("sửa nhà").titles[0] == "Xin phép sửa nhà"
    assert proxy.requests > before


@pytest.mark.parametrize("fault", FAULTS)
def test_publishing_does_not_wait_and_is_found_at_once(pages, proxy, ask, add_page, fault):  # noqa: F811
    _added, usual = timed(lambda: add_page("Cấp giấy phép xây dựng"))
    break_down(proxy, fault)
    asked = proxy.requests
    page, seconds = timed(lambda: add_page("Đăng ký tạm trú"))
    assert seconds < max(1.0, 5 * usual)
    assert proxy.requests == asked
    assert ask("tạm trú").titles == [page.title]


def test_a_publication_is_found_before_it_is_pushed(pages, proxy, ask, add_page):  # noqa: F811
    add_page("Đăng ký tạm trú")
    pages[2].title = "Khoan giếng"
    pages[2].save()
    assert (ask("tạm trú").total, ask("khoan giếng").titles, ask("đào").titles) == (1, ["Khoan giếng"], [])
    assert answering() == "elasticsearch"


@pytest.mark.parametrize(("limit", "sizes"), [(1, [1, 1, 1]), (2, [2, 2, 1]), (3, [3])])
def test_what_waits_is_found_under_each_of_several_filters(pages, add_page, home, limit, sizes):
    page_ids = [page.pk for page in pages[:2]] + [add_page("Xin phép dựng nhà").pk]
    asked = Asked(("xin", "phep", "nha"), ("nha",))
    several = [
        Filters(home.locale_id, pages=pages) for pages in (None, frozenset(page_ids[::2]), frozenset(page_ids[1:2]))
    ]
    found = engine().candidates_of_each(asked, several, limit)
    assert [len(one.ids) for one in found] == sizes
    assert found == [engine().candidates(asked, filters, limit) for filters in several[: len(found)]]
    assert answering() == "elasticsearch"


def test_several_filters_are_asked_in_one_request(pages, proxy, home):  # noqa: F811
    several = [Filters(home.locale_id), Filters(home.locale_id, pages=frozenset({pages[1].pk}))]
    asked, before = Asked(("nha",)), proxy.requests
    engine().candidates(asked, several[0], 1)
    once = proxy.requests - before
    found = engine().candidates_of_each(asked, several, 1)
    assert found[1].ids == (pages[1].pk,)
    assert proxy.requests == before + 2 * once


def test_what_was_taken_away_is_found_no_more_before_it_is_pushed(pages, ask):
    pages[0].unpublish()
    pages[1].delete()
    assert ask("xin phép nhà").total == 0


def test_while_much_waits_the_database_answers(pages, proxy, ask, add_page, monkeypatch):  # noqa: F811
    monkeypatch.setattr(failover, "FEW", 1)
    for number in range(3):
        add_page(f"Họp thôn số {number}")
    assert ask("họp thôn").total == 3


def test_a_lost_index_is_answered_by_the_database(pages, outside, ask):  # noqa: F811
    drop_indexes(outside)
    assert ask("xin phép nhà").total == 2
    sync(outside)
    assert wait_until(lambda: answering() == "elasticsearch")
    assert ask("phép nhà").total == 2


def test_a_question_that_the_engine_refuses_leaves_it_in_use(pages, outside, monkeypatch):  # noqa: F811
    from search.engines.base import Asked, Filters

    whole = outside.client.msearch
    monkeypatch.setattr(
        outside.client, "msearch", lambda **options: whole(index=options["index"], searches=[{}, {"x": 1}])
    )
    found = engine().candidates(Asked(("giếng", "gieng"), ()), Filters(pages[0].locale_id))
    assert found.ids == (pages[2].pk,)
    assert answering() == "elasticsearch"


def test_the_health_check_names_the_engine_and_counts_what_waits(pages, proxy, ask, add_page):  # noqa: F811
    add_page("Đăng ký tạm trú")
    check = Client().get("/health/ready").json()["checks"]["search"]
    assert check == {
        "ok": True,
        "available": True,
        "engine": "elasticsearch",
        "outbox": {"waiting": 1, "oldest_seconds": check["outbox"]["oldest_seconds"]},
    }
    proxy.refuse()
    ask("xây nhà")
    check = Client().get("/health/ready").json()["checks"]["search"]
    assert (check["ok"], check["engine"]) == (True, "sqlite")


def test_without_its_address_nothing_of_it_is_loaded():
    code = (
        "import django, sys; django.setup();"
        "from search.engines import engine, outside_engine; from search import tasks;"
        "assert outside_engine() is None; engine();"
        "assert not {'elasticsearch', 'elastic_transport'} & set(sys.modules)"
    )
    environment = {"DJANGO_SETTINGS_MODULE": "portal.settings.test", "PATH": "", "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, check=True)


def test_without_its_address_the_database_answers_alone():
    assert not isinstance(engine(), FailoverEngine)


@pytest.mark.parametrize(
    "wrong",
    [
        {"URL": "search.example.org:9200"},
        {"URL": "http://search.example.org", "USER": "portal", "API_KEY": "abc"},
        {"URL": "http://search.example.org", "PREFIX": "Cổng"},
        {"URL": "https://search.example.org:99999"},
        {"URL": "https://search.example.org", "USER": "portal"},
        {"URL": "http://search.example.org", "CA": "/etc/ssl/certs/ca-certificates.crt"},
    ],
)
def test_settings_that_cannot_work_are_refused_at_start_and_nobody_is_asked(settings, ask, add_page, wrong):
    for name, value in wrong.items():
        setattr(settings, f"SEARCH_ELASTICSEARCH_{name}", value)
    assert [message.id for message in check_engine()] == ["search.E003"]
    add_page("Xin phép xây nhà")
    assert ask("xin phép xây nhà").total == 1
