"""What the report counts by unit and names by service, to whom, and at what cost."""

import datetime

import pytest
from django.urls import reverse

from core.page_cache import today
from services.levels.recording import annul
from services.models import LinkCheck, Procedure, ServicePage
from tests import factories as make
from tests.editorial.test_reports import ask, queries_of, table_of
from tests.services.quality.conftest import add_whole_service

BY_UNIT, SERVICES = "completeness", "completeness-services"
TITLE, CODE, UNIT, STATE, STATED, ITEMS, LEVEL, FORMS, LINKS = range(9)


def rows_of(client, name=SERVICES, **query):
    return table_of(ask(client, name, format="csv", **query))[1:]


def row_of(client, title, **query):
    (row,) = [row for row in rows_of(client, **query) if row[TITLE] == title]
    return row


def test_the_figures_of_each_unit_are_those_counted_by_hand(as_):
    rows = rows_of(as_("publisher"), BY_UNIT)
    assert rows[0] == ["Tất cả các đơn vị", "6", "4", "0", "2", "1", "1", "1"]
    assert rows[1:] == [
        ["Phòng Tư pháp", "5", "4", "0", "2", "1", "1", "1"],
        ["Phòng Văn hóa", "1", "0", "0", "0", "0", "0", "0"],
    ]


def test_every_figure_leads_to_as_many_services(as_):
    client = as_("publisher")
    cells = [cell for row in ask(client, BY_UNIT).context["rows"] for cell in row if cell.url]
    assert len(cells) == 10
    assert [len(client.get(cell.url).context["rows"]) for cell in cells] == [cell.value for cell in cells]


def test_a_service_that_lacks_nothing_is_not_named(as_, portal):
    assert portal.whole.title not in {row[TITLE] for row in rows_of(as_("publisher"))}


def test_a_service_without_any_record_is_named_as_such(as_):
    row = row_of(as_("publisher"), "Kết hôn")
    assert (row[LEVEL], row[STATED], row[FORMS]) == ("chưa có bản ghi nào", "", "")


def test_of_a_service_that_some_units_have_recorded_the_others_are_named(as_):
    assert row_of(as_("publisher"), "Chứng thực")[LEVEL] == "Phòng Văn hóa"


def test_a_record_of_tomorrow_or_an_annulled_one_is_none(as_, portal):
    make.add_level(portal.unlevelled.procedure, 2, on=today() + datetime.timedelta(days=1))
    mistake = make.add_level(portal.unlevelled.procedure, 2)
    annul(record=mistake, user=portal.users["publisher"], reason="Nhập nhầm")
    assert row_of(as_("publisher"), "Kết hôn")[LEVEL]


def test_a_form_whose_file_was_deleted_is_missing_by_the_level_and_by_its_paper(as_):
    row = row_of(as_("publisher"), "Khai tử")
    assert row[FORMS] == "không có biểu mẫu nào, mức độ yêu cầu phải có; Đơn đề nghị"


def test_a_link_that_fails_is_told_with_its_reason_and_one_that_failed_twice_is_not(as_):
    client = as_("publisher")
    assert row_of(client, "Nhận cha mẹ con")[LINKS] == "https://hong.example.vn/nop: máy chủ trả lời báo lỗi (404)"
    assert len(rows_of(client, kind="links")) == 1


def test_what_a_level_asks_for_is_told_by_the_highest_of_any_unit(as_, portal):
    make.add_level(portal.draft.procedure, 2)
    make.add_level(portal.draft.procedure, 4, unit=portal.own.department)
    row = row_of(as_("publisher"), portal.draft.title)
    assert (row[STATED], row[FORMS]) == ("4", "không có biểu mẫu nào, mức độ yêu cầu phải có")
    assert "địa chỉ nộp" in row[ITEMS] and "trả kết quả" in row[ITEMS]


def test_a_draft_is_told_apart_with_the_items_that_it_lacks(as_):
    row = row_of(as_("author"), "Hộ tịch lưu động")
    assert row[STATE] == "bản nháp" and {"trình tự thực hiện", "kết quả"} <= set(row[ITEMS].split("; "))


def test_the_draft_of_a_live_page_is_told_beside_what_readers_see(as_, portal):
    page = ServicePage.objects.get(pk=portal.unlevelled.pk)
    page.result = ""
    page.save_revision()
    rows = {row[STATE]: row for row in rows_of(as_("author")) if row[TITLE] == page.title}
    assert (rows["bản nháp"][ITEMS], rows["bản nháp"][LEVEL]) == ("kết quả", "")
    assert (rows["đang hiển thị"][ITEMS], rows["đang hiển thị"][LEVEL]) == ("", "chưa có bản ghi nào")


def test_a_procedure_that_has_ended_needs_nothing_any_more(as_, portal):
    ended = Procedure.objects.filter(pk=portal.unlevelled.procedure_id)
    ended.update(in_force_until=today() - datetime.timedelta(days=1))
    assert "Kết hôn" not in {row[TITLE] for row in rows_of(as_("publisher"))}


def test_translations_are_not_counted_again(as_, portal):
    make.add_service(portal.english, "Marriage", portal.unlevelled.procedure)
    assert rows_of(as_("publisher"), BY_UNIT)[0][1] == "6"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"kind": "items"}, {"Hộ tịch lưu động"}),
        ({"kind": "level", "state": "live"}, {"Kết hôn", "Chứng thực"}),
        ({"kind": "forms"}, {"Khai tử"}),
        ({"kind": "links"}, {"Nhận cha mẹ con"}),
        ({"state": "draft"}, {"Hộ tịch lưu động"}),
        ({"unit": "outside"}, set()),
    ],
)
def test_the_filters_narrow(as_, query, expected):
    assert {row[TITLE] for row in rows_of(as_("publisher"), **query)} == expected


def test_a_state_that_there_is_not_is_answered_with_the_field_named(as_):
    answer = ask(as_("publisher"), SERVICES, state="gone")
    assert answer.status_code == 400 and "state" in answer.context["form"].errors


@pytest.mark.parametrize("name", [BY_UNIT, SERVICES])
@pytest.mark.parametrize("role", ["author", "reviewer", "publisher", "staff_reader", "superuser"])
def test_authors_heads_board_and_staff_readers_read_it(as_, role, name):
    client = as_(role)
    assert ask(client, name).status_code == 200
    assert ask(client, name, format="xlsx").status_code == 200


@pytest.mark.parametrize("name", [BY_UNIT, SERVICES])
@pytest.mark.parametrize("role", ["translator", "administrator", "nobody"])
def test_others_do_not_nor_its_files(as_, role, name):
    client = as_(role)
    assert {ask(client, name, format=format).status_code for format in ("", "csv", "xlsx")} == {302}


@pytest.mark.parametrize("role", ["author", "reviewer"])
def test_of_other_units_a_unit_reads_nothing(as_, portal, role):
    client = as_(role)
    assert [row[0] for row in rows_of(client, BY_UNIT)] == ["Phòng Tư pháp"]
    assert ask(client, SERVICES, unit=portal.other.department_id).status_code == 400


def test_staff_readers_read_of_every_unit_but_of_no_draft_and_are_led_to_no_editor(as_):
    client = as_("staff_reader")
    assert {row[STATE] for row in rows_of(client)} == {"đang hiển thị"}
    assert ask(client, SERVICES, state="draft").status_code == 400
    assert [row[-1] for row in rows_of(client, BY_UNIT)] == ["0", "0", "0"]
    assert "/edit/" not in "".join(cell.url for row in ask(client, SERVICES).context["rows"] for cell in row)


@pytest.mark.parametrize("role", ["author", "reviewer", "publisher", "staff_reader"])
def test_the_menu_leads_to_it(as_, role):
    answer = as_(role).get(reverse("wagtailadmin_home"))
    assert reverse("editorial:report", args=[BY_UNIT]) in answer.content.decode()


def test_whoever_reads_of_services_alone_is_offered_no_other_report(as_):
    titles = {str(report["title"]) for report in ask(as_("author"), BY_UNIT).context["reports"]}
    assert titles == {"Mức độ và hồ sơ còn thiếu"}


def test_it_says_so_where_links_are_not_checked(as_, settings):
    settings.PORTAL_LINK_CHECK = False
    assert "PORTAL_LINK_CHECK" in ask(as_("author"), BY_UNIT).content.decode()
    settings.PORTAL_LINK_CHECK = True
    assert "PORTAL_LINK_CHECK" not in ask(as_("author"), BY_UNIT).content.decode()


@pytest.mark.parametrize("name", [BY_UNIT, SERVICES])
def test_twenty_services_more_take_as_many_queries(as_, portal, name):
    client = as_("publisher")
    before = queries_of(client, name)
    for number in range(20):
        page = add_whole_service(portal.own, f"Thủ tục {number}", level=None, apply_url=f"https://{number}.example.vn/")
        page.save_revision()
        make.add_service(portal.own, f"Bản nháp {number}", live=False).save_revision()
        LinkCheck.objects.create(address=page.apply_url, tries=3)
    assert queries_of(client, name) == before
