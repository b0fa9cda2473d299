"""What other pages and search show of documents and announcements."""

from datetime import date

import pytest
from wagtail.models import Locale

from announcements.registration import announcement_block, directive_block
from announcements.rows import latest_announcements, latest_directives
from announcements.search_kinds import announcement_entry, directive_entry, recognise_reference
from search.models import SearchEntry
from tests.announcements.conftest import add_announcement, add_directive


@pytest.fixture(scope="module")
def published(units):
    for number in range(10, 17):
        add_directive(units.justice, f"{number}/BC-PTP", date(2019, 3, number))
        add_announcement(units.justice, f"Thông báo {number}", date(2019, 3, number))
    add_directive(units.justice, "17/BC-PTP", date(2019, 4, 1), live=False)
    add_directive(units.justice, "18/BC-PTP", date(2019, 4, 1), restricted=True)
    add_announcement(units.justice, "Nháp", live=False)
    add_announcement(units.justice, "Nội bộ", restricted=True)
    add_announcement(units.justice, "Đã hết hạn", date(2019, 10, 1), expires_on=date(2019, 10, 2))
    add_directive(units.office, "45/KH-UBND", field=units.it, drafting_unit=units.justice.department)
    return units


def test_a_unit_shows_its_five_latest_documents_and_a_link_to_all(published, read, rf, calendar):
    content = directive_block(published.justice, rf.get("/"))["content"]
    assert [row["reference"] for row in content["rows"]] == [f"Báo cáo {n}/BC-PTP" for n in (16, 15, 14, 13, 12)]
    assert content["url"] == "/van-ban/?issuer=phong-tu-phap"
    assert read(content["url"]).total == 7
    assert "7" in content["link_text"]


def test_a_unit_shows_its_five_latest_announcements_and_a_link_to_all(published, read, rf, calendar):
    content = announcement_block(published.justice, rf.get("/"))["content"]
    assert [row["title"] for row in content["rows"]][:2] == ["Đã hết hạn", "Thông báo 16"]
    assert len(content["rows"]) == 5
    assert read(content["url"]).total == 8


def test_a_unit_without_announcements_shows_no_block(published, rf, calendar):
    assert announcement_block(published.office, rf.get("/")) is None


def test_the_front_page_has_the_latest_that_hold(published, calendar):
    locale = published.vi.pk
    rows = latest_announcements(locale, count=2)
    assert [row["title"] for row in rows] == ["Thông báo 16", "Thông báo 15"]
    rows = latest_directives(locale, count=1)
    assert [(row["reference"], row["url"]) for row in rows] == [("Báo cáo 16/BC-PTP", "/van-ban/16-bc-ptp-2019/")]


def test_another_language_has_nothing_of_this_one(published, calendar):
    english = Locale.objects.get(language_code="en").pk
    assert latest_directives(english) == latest_announcements(english) == []


def test_search_knows_number_year_units_field_and_text(published):
    entry = directive_entry(type(published.office).objects.get(pk=published.office.pk).get_children().last().specific)
    assert entry.identifiers == ("45/kh-ubnd", "45/kh-ubnd:2019", "ke hoach 45", "ke hoach 45:2019")
    assert entry.facets == {
        "unit": ("van-phong", "phong-tu-phap"),
        "field": ("cong-nghe-thong-tin",),
        "year": ("2019",),
    }
    assert "Nội dung văn bản." in entry.body


def test_search_knows_the_unit_of_an_announcement(published, calendar):
    entry = announcement_entry(add_announcement(published.justice, "Lịch", date(2019, 11, 1), summary="Tại trụ sở"))
    assert (entry.summary, entry.facets["unit"]) == ("Tại trụ sở", ("phong-tu-phap",))


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("45 kh ubnd", "45/kh-ubnd"),
        ("45/KH-UBND năm 2019", "45/kh-ubnd:2019"),
        ("kế hoạch 45", "ke hoach 45"),
        ("KH số 045", "ke hoach 45"),
        ("qd 2460", "quyet dinh 2460"),
        ("Quyết định số 2460 năm 2019", "quyet dinh 2460:2019"),
        ("công văn 415/2018", "cong van 415:2018"),
        ("kế hoạch 5 năm", None),
        ("nhà số 45", None),
        ("khai sinh", None),
    ],
)
def test_a_number_is_recognised_in_a_question(question, meant):
    assert meant in recognise_reference(question) if meant else recognise_reference(question) == ()


def test_an_entry_follows_its_page(published, calendar):
    page = add_directive(published.office, "99/KH-UBND", live=False)
    assert not SearchEntry.objects.filter(page=page).exists()
    page.save_revision().publish()
    assert SearchEntry.objects.get(page=page).kind == "directive"
    page.refresh_from_db()
    page.unpublish()
    assert not SearchEntry.objects.filter(page=page).exists()


def test_a_typed_number_is_the_first_hit_and_says_whether_it_holds(published, read):
    page = read("/tim-kiem/", q="45 kh ubnd")
    assert page.status == 200
    assert "/van-ban/45-kh-ubnd-2019/" in page.html
    assert "Kế hoạch 45/KH-UBND" in page.text
