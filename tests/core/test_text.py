"""Folding is what search, references and slugs compare by: one form for every way of typing."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text import fold, fold_with_map, nfc, same, slugify

VOWELS = {
    "a": "aăâ",
    "e": "eê",
    "i": "i",
    "o": "oôơ",
    "u": "uư",
    "y": "y",
}
TONES = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
LETTERS = [
    (unicodedata.normalize("NFC", letter + tone), plain)
    for plain, letters in VOWELS.items()
    for letter in letters
    for tone in TONES
] + [("đ", "d")]
any_text = st.text(alphabet=st.characters(), max_size=60)


@pytest.mark.parametrize(("letter", "plain"), LETTERS)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_every_vietnamese_letter_folds_to_its_plain_letter(letter, plain, form):
    for written in (letter, letter.upper()):
        assert fold(unicodedata.normalize(form, written)) == plain


def test_there_are_all_67_marked_letters_in_the_table_above():
    assert sum(letter != plain for letter, plain in LETTERS) == 67


@pytest.mark.parametrize("letter", ["\u00d0", "\u00f0", "\u0189", "\u0256"])
def test_look_alikes_of_d_with_bar_fold_to_d(letter):
    assert fold(letter) == "d"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Thủ tục  ĐĂNG KÝ\tkhai sinh\n", "thu tuc dang ky khai sinh"),
        ("hòa hoà HOÀ", "hoa hoa hoa"),
        ("Quyết\u00a0định", "quyet dinh"),
        ("a\x00b\u200bc\ufeffd\u00ad", "abcd"),
        ("a\x00\u0302", "a"),
        ("e\u0323\u0302 e\u0302\u0323", "e e"),
        ("q\u0302", "q"),
        ("café", "cafe"),
        ("\ud800x", "x"),
        ("", ""),
        (" \t\n ", ""),
        ("\u0301", ""),
    ],
)
def test_fold(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize("text", ["йод", "東京", "한국", "हिन्दी", "άλφα"])
def test_other_scripts_keep_their_marks(text):
    assert fold(text) == text
    assert fold(unicodedata.normalize("NFD", text)) == text


@given(any_text)
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(any_text)
def test_composition_does_not_change_the_fold(text):
    readable = "".join(char for char in text if unicodedata.category(char) not in ("Cf", "Cc", "Cs"))
    assert fold(unicodedata.normalize("NFD", readable)) == fold(unicodedata.normalize("NFC", readable))


@given(any_text)
def test_a_fold_can_be_stored_and_has_single_blanks(text):
    folded = fold(text)
    folded.encode("utf-8")
    assert "\x00" not in folded
    assert folded == " ".join(folded.split())


@given(any_text)
def test_the_map_belongs_to_the_same_fold(text):
    folded, starts = fold_with_map(text)
    assert folded == fold(text)
    assert len(starts) == len(folded) + 1
    assert starts == sorted(starts)
    assert all(0 <= start <= len(text) for start in starts)


@given(st.lists(st.sampled_from(["Đăng", "ký", "khai", "SINH", "tử", "Hoà", "2019"]), min_size=1), st.data())
def test_the_original_of_a_folded_word_is_that_word(words, data):
    form = data.draw(st.sampled_from(["NFC", "NFD"]))
    blank = data.draw(st.sampled_from([" ", "  ", "\n", "\u00a0"]))
    text = unicodedata.normalize(form, blank.join(words))
    folded, starts = fold_with_map(text)
    at = 0
    for word in words:
        end = at + len(fold(word))
        assert nfc(text[starts[at] : starts[end]]) == word
        at = end + 1
    assert folded == fold(text)


def test_nfc_composes_and_keeps_case():
    assert nfc("Đa\u0302\u0301t") == "Đất"


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Đăng ký khai sinh có yếu tố nước ngoài", "dang-ky-khai-sinh-co-yeu-to-nuoc-ngoai"),
        ("Quyết định số 45/QĐ-UBND (2019)", "quyet-dinh-so-45-qd-ubnd-2019"),
        ("--- ", ""),
        ("東京", ""),
    ],
)
def test_slugify(text, slug):
    assert slugify(text) == slug


def test_a_long_slug_is_cut_between_words():
    assert slugify("mot hai ba", max_length=8) == "mot-hai"
    assert slugify("mot hai ba", max_length=7) == "mot-hai"
    assert slugify("mothaiba", max_length=5) == "motha"


@given(any_text, st.integers(min_value=1, max_value=40))
def test_a_slug_is_ascii_words_within_its_length(text, length):
    slug = slugify(text, max_length=length)
    assert slug == "" or all(word.isascii() and word.isalnum() for word in slug.split("-"))
    assert len(slug) <= length


def test_same_ignores_case_marks_and_blanks_only():
    assert same("Phòng  Nội vụ", "PHONG NOI VU")
    assert not same("Phòng Nội vụ", "Phòng Nội vụ 2")
