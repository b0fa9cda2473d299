"""Titles and popular names, analysed once: what is kept with an entry is what the ranker reads."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.models import SearchEntry
from search.phrases import phrase, read_stored, stored
from search.query import search


def test_words_stand_between_blanks_so_that_none_is_found_within_another():
    assert " sinh " in phrase("Đăng ký khai sinh", "vi").folded
    assert " sin " not in phrase("Đăng ký khai sinh", "vi").folded


def test_the_main_part_ends_before_the_cases():
    found = phrase("Cấp giấy phép xây dựng đối với nhà ở riêng lẻ", "vi")
    assert found.main == " cap giay phep xay dung "
    assert " rieng " in found.informative
    assert phrase("Đăng ký kết hôn có yếu tố nước ngoài", "vi").main == " dang ky ket hon "


def test_question_words_are_not_what_a_title_is_about():
    assert phrase("Thủ tục kết hôn", "vi").informative == " ket hon "


def test_words_with_marks_are_kept_as_they_are_written():
    assert phrase("Bán đất", "vi").accented == " bán đất "


@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(["vi", "en"]))
def test_what_is_stored_is_read_again_for_any_text(title, keywords, locale):
    names = [title, *filter(str.strip, keywords.splitlines())]
    assert read_stored(stored(title, keywords, locale)) == tuple(phrase(name, locale) for name in names)


@pytest.mark.django_db
def test_an_entry_from_before_names_were_kept_is_ranked_as_the_others(add_page, home):
    first, second = add_page("Khoan giếng").pk, add_page("Khoan giếng làng").pk
    SearchEntry.objects.filter(pk=first).update(names="")
    hits = search("khoan giếng", home.locale).items
    assert [hit.page_id for hit in hits] == [first, second]
    assert hits[0].score > hits[1].score
