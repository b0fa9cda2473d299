import csv
import io
import json
from datetime import date

import pytest
from django.utils.translation import gettext

from tests.announcements.conftest import add_announcement

URL = "/thong-bao/"


@pytest.fixture(scope="module")
def notices(units):
    """Five that everybody may read, one for people who sign in, one draft."""
    office, justice = units.office, units.justice
    urgent = {"kind": "disaster", "is_urgent": True}
    add_announcement(office, "Cảnh báo cháy rừng cấp V", date(2019, 11, 14), expires_on=date(2019, 11, 20), **urgent)
    add_announcement(office, "Bão số 3", date(2019, 8, 1), expires_on=date(2019, 8, 5), **urgent)
    add_announcement(justice, "Lịch tiếp công dân", date(2019, 10, 1), kind="schedule", expires_on=date(2019, 10, 31))
    add_announcement(justice, "Lịch tiếp công dân mới", date(2019, 11, 1), kind="schedule", summary="Tại trụ sở")
    add_announcement(justice, "+Tạm dừng hệ thống", date(2019, 11, 2), kind="outage", expires_on=date(2019, 11, 15))
    add_announcement(justice, "Thông báo nội bộ", restricted=True)
    add_announcement(justice, "Thông báo nháp", live=False)
    return units


@pytest.fixture
def listed(notices, read):
    return lambda **parameters: read(URL, **parameters)


def test_the_list_has_what_everybody_may_read_newest_first(listed):
    assert listed().titles == [
        "Cảnh báo cháy rừng cấp V",
        "+Tạm dừng hệ thống",
        "Lịch tiếp công dân mới",
        "Lịch tiếp công dân",
        "Bão số 3",
    ]
    assert listed().total == 5


def test_neither_a_draft_nor_a_private_announcement_is_told_of(listed):
    for form in ({}, {"format": "csv"}, {"format": "json"}, {"format": "atom"}):
        answer = listed(**form)
        text = answer.response.getvalue().decode() if answer.response.streaming else answer.html
        assert "nội bộ" not in text
        assert "nháp" not in text


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ({"q": "lich tiep"}, ["Lịch tiếp công dân mới", "Lịch tiếp công dân"]),
        ({"q": "trụ SỞ"}, ["Lịch tiếp công dân mới"]),
        ({"kind": "outage"}, ["+Tạm dừng hệ thống"]),
        ({"unit": "van-phong"}, ["Cảnh báo cháy rừng cấp V", "Bão số 3"]),
        ({"state": "expired"}, ["Lịch tiếp công dân", "Bão số 3"]),
        ({"state": "in_force", "unit": "phong-tu-phap"}, ["+Tạm dừng hệ thống", "Lịch tiếp công dân mới"]),
        ({"urgent": "1"}, ["Cảnh báo cháy rừng cấp V"]),
        ({"published_to": "01/11/2019", "unit": "phong-tu-phap"}, ["Lịch tiếp công dân mới", "Lịch tiếp công dân"]),
        ({"published_from": "02/11/2019", "published_to": "2019-11-13"}, ["+Tạm dừng hệ thống"]),
    ],
)
def test_each_filter_leaves_what_it_names(listed, parameters, found):
    assert listed(**parameters).titles == found


def test_a_facet_does_not_narrow_itself(listed):
    page = listed(state="expired")
    assert page.counts("state") == {"in_force": 3, "expired": 2}
    assert page.counts("kind") == {"schedule": 1, "disaster": 1}


def test_quick_filters_count_all_those_in_force_and_the_urgent_ones(listed):
    quick = listed(urgent="1").listing.quick
    assert [(link.count, link.url, link.current) for link in quick] == [
        (5, "?", False),
        (3, "?state=in_force", False),
        (1, "?urgent=1", True),
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("published_from", "2019"),
        ("published_to", "32/01/2019"),
        ("kind", "x"),
        ("unit", "x"),
        ("state", "x"),
        ("urgent", "0"),
    ],
)
def test_a_malformed_value_is_answered_with_the_field_named(listed, name, value):
    page = listed(**{name: value})
    assert page.status == 400
    assert [error["field"] for error in page.listing.errors] == [name]


def test_a_page_past_the_end_is_404(listed):
    assert listed(page="2").status == 404


def test_downloads_have_the_rows_of_the_list_and_run_no_formula(listed):
    shown = listed(unit="phong-tu-phap").titles
    rows = list(csv.DictReader(io.StringIO("\n".join(listed(unit="phong-tu-phap", format="csv").lines))))
    assert [row["title"].removeprefix("'") for row in rows] == shown
    assert rows[0]["title"].startswith("'+")
    objects = json.loads(listed(unit="phong-tu-phap", format="json").response.getvalue())
    assert [row["title"] for row in objects] == shown
    assert [row["state"] for row in objects] == ["in_force", "in_force", "expired"]
    assert listed(unit="phong-tu-phap", format="atom").html.count("<entry") == 3
    assert listed(format="xlsx").response.content[:2] == b"PK"


def test_an_expired_announcement_says_so_in_the_list(listed):
    tags = {row["title"]: row["status"] for row in listed().listing.rows}
    assert tags["Bão số 3"]["kind"] == "grey"
    assert "05/08/2019" in tags["Bão số 3"]["text"]
    assert tags["+Tạm dừng hệ thống"] is None


def test_the_list_asks_as_often_for_twenty_rows_as_for_one(notices, count_queries):
    before = count_queries(f"{URL}?urgent=1")
    for number in range(20):
        add_announcement(notices.office, f"Thông báo số {number}")
    assert count_queries(URL) == before
    assert before.again <= 12


def test_an_expired_announcement_stays_readable_and_says_so_first(notices, read):
    page = read("/thong-bao/lich-tiep-cong-dan/")
    assert page.status == 200
    notice = page.response.context_data["notice"]
    assert notice["kind"] == "grey"
    assert "31/10/2019" in notice["title"]
    assert page.html.index(str(notice["title"])) < page.html.index('class="detail"')


def test_an_announcement_holds_to_the_end_of_its_last_day(notices, read, calendar):
    url = "/thong-bao/tam-dung-he-thong/"
    assert read(url).response.context_data["notice"] is None
    calendar.day = date(2019, 11, 16)
    assert read(url).response.context_data["notice"] is not None


def test_the_urgent_banner_comes_and_goes_with_the_days(notices, read, calendar):
    word = f"{gettext('Urgent')}:"
    shown = {}
    for day in (13, 14, 20, 21):
        calendar.day = date(2019, 11, day)
        shown[day] = word in read(URL).text
    assert shown == {13: False, 14: True, 20: True, 21: False}


def test_an_urgent_announcement_is_tagged_while_it_is_urgent(notices, read, calendar):
    url = "/thong-bao/canh-bao-chay-rung-cap-v/"
    page = read(url)
    assert page.response.context_data["urgent"]
    assert "20/11/2019" in page.response.context_data["status"]["text"]
    calendar.day = date(2019, 11, 21)
    assert not read(url).response.context_data["urgent"]


def test_an_announcement_published_today_for_a_later_day_is_dated_today(notices, read):
    page = add_announcement(notices.office, "Cắt điện", date(2019, 12, 1), live=False)
    page.save_revision().publish()
    type(page).objects.filter(pk=page.pk).update(first_published_at="2019-11-15T01:00:00Z")
    assert read(URL).listing.rows[0]["date"] == date(2019, 11, 15)
    assert read("/thong-bao/cat-dien/").response.context_data["status"]["kind"] == "info"


def test_telephone_numbers_can_be_pressed(notices, read):
    from announcements.models import Hotline

    page = add_announcement(
        notices.office, "Đường dây nóng", live=False, summary="Gọi 114 hoặc 024 3885 0114 & chờ <5 phút>, 115 người."
    )
    page.hotlines.set([Hotline(label="Trực ban", phone="(024) 3885.0000")])
    page.save_revision().publish()
    html = read("/thong-bao/duong-day-nong/").html
    assert 'href="tel:114"' in html
    assert 'href="tel:02438850114"' in html
    assert 'href="tel:02438850000"' in html
    assert "&lt;5 phút&gt;" in html
