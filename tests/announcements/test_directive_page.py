from datetime import date

import pytest
from django.core.files.base import ContentFile

from announcements.models import DirectiveFile, DirectiveRelation
from core.models import PortalDocument
from tests.announcements.conftest import add_directive


@pytest.fixture(scope="module")
def line(units):
    """Three instructions: each replaces the one before it."""
    office = units.office
    first = add_directive(office, "01/CT-UBND", date(2015, 1, 5), abstract="Kỷ cương hành chính")
    second = add_directive(
        office, "03/CT-UBND", date(2018, 3, 20), expires_on=date(2019, 11, 10), replaces=[first], abstract="Kỷ luật"
    )
    third = add_directive(
        office,
        "07/CT-UBND",
        date(2019, 11, 11),
        replaces=[second],
        abstract="Siết chặt <kỷ luật>",
        field=units.it,
        drafting_unit=units.justice.department,
        signer="Nguyễn Văn An",
        position="Phó Chủ tịch",
        authority="KT",
        urgency="khan",
        recipients="Các phòng, ban",
        effective_on=date(2019, 11, 11),
    )
    return first, second, third


@pytest.fixture
def page(read):
    def page(directive):
        answer = read(f"/van-ban/{directive.slug}/")
        assert answer.status == 200
        return answer

    return page


def test_a_replaced_document_says_so_before_its_particulars(line, page):
    answer = page(line[1])
    notice = answer.response.context_data["notice"]
    assert notice["kind"] == "error"
    assert "11/11/2019" in notice["title"]
    assert "07/CT-UBND" in notice["text"]
    assert "&lt;kỷ luật&gt;" in notice["text"]
    assert notice["button_url"] == "/van-ban/07-ct-ubnd-2019/"
    assert answer.html.index("notice-error") < answer.html.index('class="record')


def test_the_button_of_a_replaced_document_leads_to_the_one_in_force(line, page):
    assert page(line[0]).response.context_data["notice"]["button_url"] == "/van-ban/07-ct-ubnd-2019/"


def test_the_validity_of_a_replaced_document_is_told_over_time(line, page):
    entries = page(line[1]).response.context_data["timeline"]
    assert [(entry["title"], entry["present"]) for entry in entries] == [
        ("Chỉ thị 07/CT-UBND", True),
        ("Chỉ thị 03/CT-UBND", False),
    ]


def test_a_replacement_that_is_a_draft_or_private_changes_nothing(units, page):
    old = add_directive(units.office, "60/KH-UBND")
    add_directive(units.office, "61/KH-UBND", replaces=[old], live=False)
    add_directive(units.office, "62/KH-UBND", replaces=[old], restricted=True)
    answer = page(old)
    assert answer.response.context_data["notice"]["kind"] == "ok"
    assert "61/KH" not in answer.html
    assert "62/KH" not in answer.html


def test_a_replacement_to_come_is_announced_and_counts_from_its_day(units, page, calendar):
    old = add_directive(units.office, "63/KH-UBND")
    add_directive(units.office, "64/KH-UBND", date(2019, 11, 12), effective_on=date(2019, 12, 1), replaces=[old])
    notice = page(old).response.context_data["notice"]
    assert notice["kind"] == "ok"
    assert "01/12/2019" in notice["text"]
    calendar.day = date(2019, 12, 1)
    assert page(old).response.context_data["notice"]["kind"] == "error"


def test_documents_that_replace_each_other_do_not_hang_the_page(units, page):
    one = add_directive(units.office, "65/KH-UBND")
    two = add_directive(units.office, "66/KH-UBND", replaces=[one])
    DirectiveRelation.objects.create(page=one, kind="replaces", target=two)
    assert page(one).response.context_data["notice"]["kind"] == "error"


def test_the_record_shows_what_is_known(line, page):
    shown = {row["value"]: row for row in page(line[2]).response.context_data["record"] if row["value"]}
    known = {"07/CT-UBND", "11/11/2019", "Văn phòng", "Nguyễn Văn An", "Công nghệ thông tin", "Phòng Tư pháp"}
    assert known <= set(shown)
    assert shown["Phòng Tư pháp"]["url"].endswith("/phong-tu-phap/")
    assert shown["Nguyễn Văn An"]["note"].startswith("Phó Chủ tịch, ")


def test_a_field_without_a_value_is_not_shown(line, page):
    html = page(line[0]).html
    assert html.count("<dt>") == 4  # number, date of issue, issuer, and the day from which it was replaced
    assert "20/03/2018" in html


def test_an_amended_document_warns_and_links_to_what_amends_it(units, page):
    old = add_directive(units.office, "70/KH-UBND")
    add_directive(units.office, "71/KH-UBND", date(2019, 8, 20), amends=[old])
    notice = page(old).response.context_data["notice"]
    assert (notice["kind"], notice["url"]) == ("warn", "/van-ban/71-kh-ubnd-2019/")
    related = page(add_directive(units.office, "72/KH-UBND", amends=[old])).response.context_data["related"]
    assert [entry["title"] for entry in related] == ["Kế hoạch 72/KH-UBND", "Kế hoạch 70/KH-UBND"]


def test_a_document_known_by_its_number_only_is_named_without_a_link(units, page):
    directive = add_directive(units.office, "73/KH-UBND")
    DirectiveRelation.objects.create(page=directive, kind="repeals", reference="16/KH-UBND ngày 21/01/2018")
    entry = page(directive).response.context_data["related"][1]
    assert (entry["title"], entry["url"]) == ("16/KH-UBND ngày 21/01/2018", "")


def test_a_draft_that_a_document_replaces_is_not_told_of_beyond_its_number(units, page):
    draft = add_directive(units.office, "74/KH-UBND", live=False, abstract="Chưa công bố")
    answer = page(add_directive(units.office, "75/KH-UBND", replaces=[draft]))
    assert "Chưa công bố" not in answer.html
    assert f"/{draft.slug}/" not in answer.html


@pytest.mark.parametrize(
    ("dates", "kind"),
    [
        ({}, "ok"),
        ({"expires_on": date(2019, 11, 15)}, "ok"),
        ({"expires_on": date(2019, 11, 14)}, "grey"),
        ({"effective_on": date(2019, 11, 16)}, "info"),
    ],
)
def test_the_notice_has_the_colour_of_the_state(units, page, dates, kind):
    assert page(add_directive(units.office, "80/KH-UBND", **dates)).response.context_data["notice"]["kind"] == kind


def test_files_are_shown_with_type_and_size(units, page):
    directive = add_directive(units.office, "81/KH-UBND", live=False)
    document = PortalDocument.objects.create(title="Kế hoạch 81", file=ContentFile(b"x" * 2048, name="kh81.pdf"))
    directive.files.set([DirectiveFile(document=document, title="Bản ký số")])
    directive.save_revision().publish()
    (row,) = page(directive).response.context_data["files"]
    assert (row["title"], row["type"], row["size"]) == ("Bản ký số", "PDF", 2048)
    assert "2 KB" in page(directive).text


def test_the_way_back_names_the_type(line, page):
    last = page(line[0]).response.context_data["breadcrumbs"][-1]
    assert last == {"title": "Chỉ thị", "url": "/van-ban/?type=chi-thi"}


def test_the_path_in_the_tree_leads_to_the_public_address(line, client, calendar):
    directive = line[2]
    response = client.get(directive.url_path.removeprefix("/trang-chu-vi"))
    assert (response.status_code, response.url) == (301, "/van-ban/07-ct-ubnd-2019/")


def test_a_document_moved_to_another_unit_keeps_its_address(units, read):
    directive = add_directive(units.office, "82/KH-UBND")
    directive.move(units.justice, pos="last-child")
    assert read("/van-ban/82-kh-ubnd-2019/").status == 200
    assert type(directive).objects.get(pk=directive.pk).section.name == units.justice.title


def test_the_same_number_in_another_unit_has_an_address_of_its_own(units, read):
    add_directive(units.office, "83/KH-UBND")
    second = add_directive(units.justice, "83/KH-UBND")
    assert second.slug == "83-kh-ubnd-2019-2"
    assert read(f"/van-ban/{second.slug}/").status == 200


def test_drafts_are_not_there_and_private_ones_ask_who_is_reading(units, client, calendar):
    add_directive(units.office, "84/KH-UBND", live=False)
    add_directive(units.office, "85/KH-UBND", restricted=True)
    assert client.get("/van-ban/84-kh-ubnd-2019/").status_code == 404
    assert client.get("/van-ban/85-kh-ubnd-2019/").status_code == 302


def test_a_document_asks_as_often_with_twenty_relations_as_with_one(units, count_queries):
    targets = [add_directive(units.office, f"{number}/BC-UBND") for number in range(100, 120)]
    one = add_directive(units.office, "90/KH-UBND", replaces=targets[:1])
    many = add_directive(units.office, "91/KH-UBND", amends=targets)
    assert count_queries(f"/van-ban/{many.slug}/").again == count_queries(f"/van-ban/{one.slug}/").again
