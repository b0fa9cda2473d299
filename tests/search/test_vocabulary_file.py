"""The vocabulary that comes with the portal: every phrase once, right in form, and read as something."""

import unicodedata
from collections import Counter

import pytest

from core.text import fold
from search.reading import Rule, Vocabulary, readings
from search.vocabulary_file import SHIPPED, parse

GROUPS = {
    "viết tắt",
    "gõ trên điện thoại",
    "chính tả",
    "vùng miền",
    "việc cần làm",
    "giấy tờ, đồ vật",
    "sự kiện",
    "cư trú",
    "công an",
    "hộ tịch, chứng thực",
    "đất đai",
    "xây dựng",
    "kinh doanh",
    "giao thông",
    "lao động, bảo hiểm",
    "y tế",
    "chính sách xã hội",
    "giáo dục",
    "nông nghiệp",
    "văn hóa",
    "quân sự",
    "khiếu nại, tiếp dân",
}


@pytest.fixture(scope="module")
def text():
    return SHIPPED.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def rows(text):
    return parse(text)


@pytest.fixture(scope="module")
def vocabulary(rows):
    return Vocabulary.of(Rule.of(row.phrase, row.readings) for row in rows)


def test_the_shipped_file_has_no_fault_and_covers_how_people_speak(rows):
    assert len(rows) >= 600


def test_no_phrase_stands_twice(rows):
    assert [phrase for phrase, n in Counter(row.folded for row in rows).items() if n > 1] == []


def test_every_phrase_has_one_to_four_readings_none_empty(rows):
    assert [row.phrase for row in rows if not 1 <= len(row.readings) <= 4 or not all(map(fold, row.readings))] == []


def test_no_phrase_is_read_as_itself(rows):
    assert [row.phrase for row in rows if row.folded in map(fold, row.readings)] == []


def test_every_group_is_known_and_used(rows):
    assert {row.group for row in rows} == GROUPS


def test_letters_are_composed_and_columns_are_three(text):
    assert unicodedata.is_normalized("NFC", text)
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert {line.count("\t") for line in lines} == {2}
    assert [line for line in lines if line != line.strip() or "  " in line] == []


def test_no_phrase_is_one_of_those_single_syllables_that_stand_in_many_words(rows):
    syllables = {"mất", "bố", "má", "sạp", "bán", "mua", "sổ", "thẻ", "giấy", "đất", "nhà"}
    assert syllables.isdisjoint(row.phrase for row in rows)


@pytest.mark.parametrize(
    ("question", "official"),
    [
        ("mới sinh em bé thì làm giấy tờ gì", "đăng ký khai sinh"),
        ("mat cccd", "cấp lại thẻ căn cước"),
        ("xin giấy độc thân", "giấy xác nhận tình trạng hôn nhân"),
        ("làm mất bằng lái xe máy", "cấp lại giấy phép lái xe"),
        ("đk kết hôn", "đăng ký kết hôn"),
        ("ra riêng", "tách hộ"),
        ("nhà có người mất", "đăng ký khai tử"),
        ("tien nguoi gia", "trợ cấp hưu trí xã hội"),
        ("rút bảo hiểm 1 lần", "bảo hiểm xã hội một lần"),
    ],
)
def test_citizens_words_are_read_as_official_ones(question, official, vocabulary):
    assert any(official in reading.text for reading in readings(question, vocabulary)[1:])


@pytest.mark.parametrize(
    "question",
    [
        "đăng ký khai sinh",
        "đăng ký thường trú",
        "cấp lại giấy phép xây dựng",
        "thay đổi nội dung đăng ký hộ kinh doanh",
        "chứng thực chữ ký người dịch",
        "sửa chữa, cải tạo công trình",
        "cấp giấy phép bán lẻ rượu",
    ],
)
def test_official_names_are_left_as_they_are(question, vocabulary):
    assert [reading.text for reading in readings(question, vocabulary)] == [question]
