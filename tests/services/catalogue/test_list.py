"""The catalogue as readers see it: what is listed, filtered, counted."""

import pytest

from core.text import slugify
from tests.services.catalogue.conftest import ALL, URL


def test_the_list_has_every_public_service_in_order_of_its_name(read):
    assert read().titles == sorted(ALL, key=lambda title: slugify(title))


@pytest.mark.parametrize("title", ["Bản nháp", "Dịch vụ nội bộ"])
def test_neither_a_draft_nor_a_private_service_is_told_of(read, title):
    assert title not in read().html


@pytest.mark.parametrize("wanted", ["csv", "json", "atom"])
def test_downloads_tell_of_no_draft_and_of_no_private_service(client, town, db, wanted):
    response = client.get(URL, {"format": wanted})
    text = (response.getvalue() if response.streaming else response.content).decode()
    assert not [title for title in ("Bản nháp", "Dịch vụ nội bộ") if title in text]


def test_each_language_lists_its_own_services(read):
    assert read("/en/services/").titles == ["Birth registration"]


def test_a_row_leads_to_the_public_address_of_the_service(read):
    urls = {row["title"]: row["url"] for row in read().listing.rows}
    assert urls["Đăng ký đất đai"] == "/dich-vu-cong/dang-ky-dat-dai/"


# --- filters -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ({"level": "4"}, {"Đăng ký kết hôn"}),
        ({"level": ["3", "4"]}, ALL - {"Đăng ký đất đai"}),
        ({"level": "unknown"}, {"Đăng ký đất đai"}),
        ({"extent": "partial"}, {"Đăng ký khai sinh"}),
        ({"extent": "full"}, {"Đăng ký kết hôn"}),
        ({"government": "commune"}, {"Đăng ký khai sinh", "Đăng ký kết hôn"}),
        ({"government": "ministry"}, {"Chứng thực chữ ký"}),
        ({"field": "dat-dai"}, {"Đăng ký đất đai"}),
        ({"unit": "xa-nam-son"}, {"Đăng ký khai sinh", "Đăng ký kết hôn"}),
        ({"audience": "organisation"}, {"Đăng ký đất đai"}),
        ({"event": "sinh-con"}, {"Đăng ký khai sinh"}),
        ({"payment": "1"}, {"Đăng ký kết hôn"}),
        ({"payment": "0"}, ALL - {"Đăng ký kết hôn"}),
        ({"field": "ho-tich", "unit": "phong-tu-phap"}, {"Đăng ký khai sinh"}),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)
def test_each_filter_leaves_what_it_names(read, parameters, found):
    assert set(read(**parameters).titles) == found


@pytest.mark.parametrize("words", ["đăng ký khai sinh", "dang ky khai sinh", "ĐĂNG  KÝ Khai sinh", "khai sinh đăng"])
def test_words_find_a_service_with_or_without_marks_in_any_order(read, words):
    assert read(q=words).titles == ["Đăng ký khai sinh"]


@pytest.mark.parametrize("words", ["so do", "lan dau"])
def test_words_find_a_service_by_its_keywords_and_its_full_name(read, words):
    assert read(q=words).titles == ["Đăng ký đất đai"]


def test_words_find_a_service_by_its_code(read, town):
    assert read(q=town.marriage.code).titles == ["Đăng ký kết hôn"]


def test_a_list_narrowed_by_a_life_event_says_what_it_is(read):
    assert "Con mới sinh" in read(event="sinh-con").html


def test_one_click_leads_to_level_3_and_4(read):
    assert "?level=3&level=4" in [link.url for link in read().listing.quick]


# --- counts --------------------------------------------------------------------------------------------------------


def test_counts_are_those_of_the_whole_list_where_nothing_is_chosen(read):
    assert read().counts("field") == {"ho-tich": 3, "dat-dai": 1}


def test_a_facet_does_not_narrow_itself(read):
    assert read(field="dat-dai").counts("field") == {"ho-tich": 3, "dat-dai": 1}


def test_a_facet_narrows_the_others(read):
    assert read(field="dat-dai").counts("level") == {"unknown": 1}


def test_words_narrow_the_counts(read):
    assert read(q="dang ky").counts("field") == {"ho-tich": 2, "dat-dai": 1}


def test_a_count_is_the_total_of_the_list_to_which_it_leads(read):
    counts = read(unit="xa-nam-son").counts("level")
    assert counts == {level: read(unit="xa-nam-son", level=level).total for level in counts}
