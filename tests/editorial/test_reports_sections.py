"""Stale and empty sections, by unit and language."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page

from departments.models import Department
from editorial.models import UpkeepRule
from tests import factories as make
from tests.editorial.test_reports import ask, queries_of, table_of

VIETNAMESE, SERVICES = "Tiếng Việt", "dịch vụ công"


def rows_of(client, **query):
    """Rows as mappings of the columns' names."""
    names, *rows = table_of(ask(client, "sections", format="csv", **query))
    return [dict(zip(names, row, strict=True)) for row in rows]


def row_of(client, unit="Phòng Tư pháp", language=VIETNAMESE, **query):
    rows = rows_of(client, **query)
    return next(row for row in rows if (row["Đơn vị"], row["Ngôn ngữ của chuyên mục"]) == (unit, language))


def published_days_ago(page, days):
    Page.objects.filter(pk=page.pk).update(last_published_at=timezone.now() - timedelta(days=days))


def test_a_section_counts_its_live_pages_by_kind(section, draft, as_):
    make.add_service(section, "Đăng ký kết hôn")
    row = row_of(as_("board"))
    assert (row[SERVICES], row["Số trang đang đăng"], row["Tình trạng chuyên mục"]) == ("1", "1", "đang hoạt động")


def test_each_language_has_a_row_of_its_own(section, office, as_):
    make.add_service(section)
    client = as_("board")
    assert row_of(client)["Số trang đang đăng"] == "1"
    assert row_of(client, language="English")["Số trang đang đăng"] == "0"
    assert {row["Ngôn ngữ của chuyên mục"] for row in rows_of(client, language="en")} == {"English"}


def test_empty_sections_come_first_then_the_longest_quiet(section, office, as_):
    third = make.add_unit("Phòng Y tế")
    published_days_ago(make.add_service(section), 10)
    published_days_ago(make.add_service(third), 50)
    units = [row["Đơn vị"] for row in rows_of(as_("board"), language="vi")]
    assert units == ["Phòng Văn hóa", "Phòng Y tế", "Phòng Tư pháp"]


@pytest.mark.parametrize(("quiet", "found"), [("30", True), ("90", False), ("empty", False)])
def test_the_filter_by_quiet_time(section, as_, quiet, found):
    published_days_ago(make.add_service(section), 30)
    units = [row["Đơn vị"] for row in rows_of(as_("board"), language="vi", quiet=quiet)]
    assert ("Phòng Tư pháp" in units) is found and "Phòng Văn hóa" in units


def test_with_a_kind_only_pages_of_this_kind_count(section, as_):
    make.add_service(section)
    row = row_of(as_("board"), kind="announcements.announcementpage")
    assert row["Số trang đang đăng"] == "0" and SERVICES not in row


def test_overdue_reviews_are_counted(section, as_):
    UpkeepRule.objects.update_or_create(kind="services.servicepage", defaults={"months": 6})
    published_days_ago(make.add_service(section), 200)
    make.add_service(section, "Đăng ký kết hôn")
    client = as_("board")
    assert row_of(client)["Số trang quá hạn rà soát"] == "1"
    assert len(rows_of(client, overdue="on")) == 1


def test_a_closed_unit_is_reported_as_long_as_it_shows_something(section, as_):
    Department.objects.filter(pk=section.department_id).update(valid_to=date(2020, 1, 1))
    units = [row["Đơn vị"] for row in rows_of(as_("board"))]
    assert "Phòng Tư pháp" not in units
    make.add_service(section)
    assert row_of(as_("board"))["Tình trạng chuyên mục"] == "đơn vị đã kết thúc hoạt động"


def test_a_head_reads_of_the_own_sections_only(as_):
    assert {row["Đơn vị"] for row in rows_of(as_("head"))} == {"Phòng Tư pháp"}
    assert {row["Đơn vị"] for row in rows_of(as_("other_head"))} == {"Phòng Văn hóa"}


@pytest.mark.parametrize(("field", "value"), [("language", "fr"), ("quiet", "7")])
def test_a_filter_that_cannot_be_read_is_answered_with_the_field_named(as_, field, value):
    answer = ask(as_("board"), "sections", **{field: value})
    assert answer.status_code == 400 and field in answer.context["form"].errors


def test_twenty_sections_take_as_many_queries_as_three(section, as_):
    client = as_("board")
    make.add_service(section)
    first = queries_of(client, "sections")
    for number in range(17):
        make.add_service(make.add_unit(f"Phòng {number}"), f"Thủ tục {number}")
    assert queries_of(client, "sections") == first
