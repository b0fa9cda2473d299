"""The public history of a service: every record, by unit, newest first, annulled ones marked."""

from datetime import date, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.page_cache import forget
from services.levels.recording import annul
from tests import factories as make

START = date(2019, 1, 1)


@pytest.fixture
def page(db):
    return make.add_service(make.add_unit("Phòng Tư pháp"), apply_url="https://dvc.example/nop")


def shown(client, page):
    return client.get(page.get_url()).context_data["maturity"]


def annulled(record, reason="Nhập nhầm mức"):
    return annul(record=record, user=make.add_administrator(), reason=reason)


def test_the_newest_record_comes_first(client, page):
    for year in (2019, 2021, 2020):
        make.add_level(page.procedure, 1, date(year, 1, 1))
    assert [entry["date"].year for entry in shown(client, page)["history"]] == [2021, 2020, 2019]


def test_an_annulled_record_is_struck_through_with_day_and_reason(client, page):
    annulled(make.add_level(page.procedure, None, START, extent="partial"), "Nhập nhầm <mức>")
    html = client.get(page.get_url()).content.decode()
    assert "<s>" in html
    assert f"Hủy bỏ ngày {date.today():%d/%m/%Y}: Nhập nhầm <mức>" in unescape(html)
    assert "<mức>" not in html


def test_an_annulled_record_is_never_the_present_one(client, page):
    make.add_level(page.procedure, 1, START)
    annulled(make.add_level(page.procedure, None, START + timedelta(days=9), extent="partial"))
    assert [entry["present"] for entry in shown(client, page)["history"]] == [False, True]


def test_a_service_all_of_whose_records_are_annulled_still_shows_them(client, page):
    annulled(make.add_level(page.procedure, 1, START))
    found = shown(client, page)
    assert (len(found["history"]), found["allows"]) == (1, [])


def test_a_record_of_a_day_to_come_says_so(client, page):
    make.add_level(page.procedure, 1, date.today() + timedelta(days=30))
    (entry,) = shown(client, page)["history"]
    assert (entry["present"], entry["tag"]["text"]) == (False, "Chưa có hiệu lực")


def test_records_of_units_stand_apart_with_the_unit_named(client, page):
    make.add_level(page.procedure, None, START, extent="partial")
    make.add_level(page.procedure, 1, START, unit=page.procedure.units.get())
    found = shown(client, page)
    assert [entry["text"] for entry in found["unit_history"]] == ["Phòng Tư pháp"]
    assert len(found["history"]) == 1


def test_the_decision_links_to_its_page_where_readers_may_read_it(client, page):
    decision = make.add_service(page.get_parent().specific, "Quyết định")
    hidden = make.add_service(page.get_parent().specific, "Bản nháp", live=False)
    make.add_level(page.procedure, 1, START, decision_number="1/QĐ", decision_page=decision)
    make.add_level(page.procedure, 1, date(2018, 1, 1), decision_number="0/QĐ", decision_page=hidden)
    urls = [entry["decision"]["url"] for entry in shown(client, page)["history"]]
    assert urls == [decision.get_url(), ""]


def test_a_long_history_costs_no_further_queries(client, page):
    make.add_level(page.procedure, 1, START, decision_number="1/QĐ", decision_page=page)
    few = queries(client, page)
    for day in range(1, 20):
        make.add_level(page.procedure, 1, START + timedelta(days=day), decision_number="1/QĐ", decision_page=page)
    assert queries(client, page) == few


def queries(client, page):
    forget()
    with CaptureQueriesContext(connection) as seen:
        client.get(page.get_url())
    return len(seen)
