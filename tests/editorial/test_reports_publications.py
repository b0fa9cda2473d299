"""Who published what: by the history of the pages."""

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.models import PageLogEntry

from core.templatetags.portal import vn_date
from editorial.models import ApprovalRule
from editorial.withdrawing import withdraw
from services.models import ServicePage
from tests import factories as make
from tests.editorial.conftest import decide, edit
from tests.editorial.test_reports import ask, queries_of, table_of

TIME, EVENT, PAGE, KIND, UNIT, BY, FOR_UNIT, FOR_BOARD, REASON = range(9)


def rows_of(client, **query):
    return table_of(ask(client, "publications", format="csv", **query))[1:]


@pytest.fixture
def published(sent, as_):
    decide(as_("head"), sent, "approve")
    decide(as_("board"), sent, "approve")
    return sent


def test_a_publication_names_who_approved_at_which_step(published, as_):
    (row,) = rows_of(as_("board"))
    assert row[PAGE] == published.title and row[UNIT] == "Phòng Tư pháp"
    assert (row[BY], row[FOR_UNIT], row[FOR_BOARD]) == ("ban-bien-tap", "truong-phong", "ban-bien-tap")


def test_approvals_before_a_page_was_sent_back_do_not_count(sent, as_):
    decide(as_("head"), sent, "approve")
    decide(as_("board"), sent, "reject", comment="Thiếu căn cứ")
    edit(as_("author"), sent, "submit")
    decide(as_("deputy"), sent, "approve")
    decide(as_("board"), sent, "approve")
    (row,) = rows_of(as_("board"))
    assert row[FOR_UNIT] == "pho-phong"


def test_everybody_of_several_who_approved_is_named(sent, as_):
    ApprovalRule.objects.create(unit_quorum="all")
    for name in ("head", "deputy"):
        decide(as_(name), sent, "approve")
    decide(as_("board"), sent, "approve")
    (row,) = rows_of(as_("board"))
    assert row[FOR_UNIT] == "truong-phong; pho-phong"


def test_publishing_alone_is_one_row_with_its_reason(draft, as_):
    url = reverse("editorial:publish", args=[draft.pk])
    as_("admin").post(url, {"reason": "Tin khẩn về bão"})
    (row,) = rows_of(as_("board"))
    assert row[BY] == "quan-tri" and row[REASON] == "Tin khẩn về bão" and row[FOR_UNIT] == ""


def test_a_page_published_alone_and_later_by_approval_is_two_rows(draft, as_):
    as_("admin").post(reverse("editorial:publish", args=[draft.pk]), {"reason": "Tin khẩn"})
    edit(as_("author"), draft, "submit", conditions="Điều kiện mới")
    decide(as_("head"), draft, "approve")
    decide(as_("board"), draft, "approve")
    assert [row[BY] for row in rows_of(as_("board"))] == ["ban-bien-tap", "quan-tri"]


def test_a_withdrawal_is_a_row_with_its_reason(published, as_, people):
    page = ServicePage.objects.get(pk=published.pk)
    withdraw(page=page, user=people.board, reason="Thủ tục đã bãi bỏ")
    row = rows_of(as_("board"))[0]
    assert (row[EVENT], row[BY], row[REASON]) == ("Rút trang", "ban-bien-tap", "Thủ tục đã bãi bỏ")
    assert len(rows_of(as_("board"))) == 2


def test_a_head_reads_of_the_own_unit_only(published, as_):
    assert len(rows_of(as_("head"))) == 1
    assert rows_of(as_("other_head")) == []


def test_the_filter_by_person_finds_who_published_and_who_approved(published, as_, people):
    client = as_("board")
    assert len(rows_of(client, user=people.board.pk)) == 1
    assert len(rows_of(client, user=people.head.pk)) == 1


@pytest.mark.parametrize("value", ["abc", "9" * 30, "\x00", "-1"])
def test_a_person_who_is_none_is_answered_with_the_field_named(as_, value):
    answer = ask(as_("board"), "publications", user=value)
    assert answer.status_code == 400 and "user" in answer.context["form"].errors


def test_the_filters_by_unit_and_kind_narrow(published, as_, office):
    client = as_("board")
    assert len(rows_of(client, unit=office.section.department_id, kind="services.servicepage")) == 1
    assert rows_of(client, unit=office.other.department_id) == []
    assert rows_of(client, kind="announcements.announcementpage") == []
    assert rows_of(client, unit="outside") == []


def test_the_period_counts_both_its_days(published, as_):
    today = timezone.localdate()
    client = as_("board")
    assert len(rows_of(client, since=vn_date(today), until=vn_date(today))) == 1
    tomorrow = today + timedelta(days=1)
    assert rows_of(client, since=vn_date(tomorrow), until=vn_date(tomorrow)) == []


def test_a_page_that_was_deleted_stays_in_the_report_of_the_board(published, as_):
    ServicePage.objects.get(pk=published.pk).delete()
    (row,) = rows_of(as_("board"))
    assert row[PAGE] == published.title and row[UNIT] == ""
    assert ask(as_("board"), "publications").status_code == 200


def test_a_title_that_looks_like_a_formula_runs_in_no_spreadsheet(published, as_):
    PageLogEntry.objects.filter(page=published.pk).update(label="=HYPERLINK(1)")
    client = as_("board")
    (row,) = rows_of(client)
    assert row[PAGE] == "'=HYPERLINK(1)"
    sheet = load_workbook(io.BytesIO(ask(client, "publications", format="xlsx").content)).active
    cell = sheet.cell(row=2, column=PAGE + 1)
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")


def test_markup_in_a_reason_is_shown_as_text(draft, as_):
    as_("admin").post(reverse("editorial:publish", args=[draft.pk]), {"reason": "<script>alert(1)</script>"})
    assert "<script>alert(1)" not in ask(as_("board"), "publications").content.decode()


def publish_more(section, people, number):
    for page in [make.add_service(section, f"Thủ tục {count}", live=False) for count in range(number)]:
        page.save_revision(user=people.author).publish(user=people.board, skip_permission_checks=True)


def test_twenty_rows_take_as_many_queries_as_one(section, people, as_):
    client = as_("board")
    publish_more(section, people, 1)
    first = queries_of(client, "publications")
    publish_more(section, people, 19)
    assert queries_of(client, "publications") == first
