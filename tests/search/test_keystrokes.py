"""Raw keys of an input method that was off become the words that were meant; everything else stays as it was typed."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text import fold
from search.evaluation import old_placement, raw_telex
from search.keystrokes import is_syllable, telex, vni, with_marks

any_text = st.one_of(
    st.text(max_size=200), st.binary(max_size=200).map(lambda raw: raw.decode("utf-8", "surrogateescape"))
)


@pytest.mark.parametrize(
    "word",
    [
        "a",
        "y",
        "uy",
        "ba",
        "gi",
        "gia",
        "giay",
        "giet",
        "gieng",
        "qua",
        "quoc",
        "quyet",
        "nghieng",
        "khuyu",
        "thuong",
        "truoc",
        "xuyen",
        "hoac",
        "ky",
        "u",
    ],
)
def test_vietnamese_syllables_are_known_without_their_marks(word):
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["kys", "online", "web", "ddat", "hoon", "keets", "taxi", "bn", "ng", "wifi", "1a"])
def test_other_words_are_no_syllables(word):
    assert not is_syllable(word)


def test_nothing_is_no_syllable():
    assert not is_syllable("")


@pytest.mark.parametrize(
    ("keys", "word"),
    [
        ("ddawng", "đăng"),
        ("kys", "ký"),
        ("keets", "kết"),
        ("hoon", "hôn"),
        ("nhaf", "nhà"),
        ("ddaats", "đất"),
        ("huyeenj", "huyện"),
        ("quyeenf", "quyền"),
        ("gieengs", "giếng"),
        ("gif", "gì"),
        ("uyr", "ủy"),
        ("hoaf", "hòa"),
        ("toans", "toán"),
        ("ngoaif", "ngoài"),
        ("khuyru", "khuỷu"),
        ("uwu", "ưu"),
        ("owr", "ở"),
        ("ow", "ơ"),
    ],
)
def test_telex_keys_make_a_syllable(keys, word):
    assert telex(keys) == unicodedata.normalize("NFC", word)


@pytest.mark.parametrize(
    ("keys", "word"),
    [
        ("nguwowif", "người"),
        ("nguowif", "người"),
        ("nguoiwf", "người"),
        ("dduwowcj", "được"),
        ("dduowcj", "được"),
        ("dduocwj", "được"),
        ("ruouwj", "rượu"),
        ("luuw", "lưu"),
        ("cuuws", "cứu"),
        ("chuaw", "chưa"),
        ("thuowr", "thuở"),
        ("quawng", "quăng"),
        ("dangwd", "đăng"),
        ("ddoongf", "đồng"),
        ("dodongf", "đồng"),
        ("tieens", "tiến"),
        ("tiesne", "tiến"),
    ],
)
def test_marks_may_be_typed_late(keys, word):
    assert telex(keys) == word


@pytest.mark.parametrize(
    "word",
    ["khai", "sinh", "toan", "online", "ok", "email", "web", "wifi", "covid", "dd", "aa", "kss", "quaw", "a", "s"],
)
def test_what_is_a_syllable_already_or_becomes_none_is_no_telex(word):
    assert telex(word) is None


@pytest.mark.parametrize(
    ("keys", "word"),
    [
        ("d9a8ng", "đăng"),
        ("d9ang8", "đăng"),
        ("ky1", "ký"),
        ("ke61t", "kết"),
        ("ket61", "kết"),
        ("ho6n", "hôn"),
        ("gia61y", "giấy"),
        ("nguo72i", "người"),
        ("d9u7o75c", "được"),
        ("ruou75", "rượu"),
        ("luu7", "lưu"),
        ("thuo73", "thuở"),
        ("quy1", "quý"),
        ("thuy3", "thủy"),
    ],
)
def test_vni_keys_make_a_syllable(keys, word):
    assert vni(keys) == word


@pytest.mark.parametrize(
    "word", ["khai", "h26", "kt3", "nd123", "covid19", "quan12", "f0", "q1", "b6", "h5n1", "1a", "12", "a66"]
)
def test_what_becomes_no_syllable_is_no_vni(word):
    assert vni(word) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ddawng kys khai sinh", "đăng ký khai sinh"),
        ("đăng kys kết hoon", "đăng ký kết hôn"),
        ("sổ ddor, nhaf ddaats?", "sổ đỏ, nhà đất?"),
        ("d9a8ng ky1 khai sinh", "đăng ký khai sinh"),
        ("gia61y khai sinh, ho65 kha63u", "giấy khai sinh, hộ khẩu"),
        ("ddawng kys 1.001193", "đăng ký 1.001193"),
    ],
)
def test_words_of_raw_keys_in_a_question_are_composed(typed, meant):
    assert with_marks(typed) == meant


def test_capitals_are_keys_as_well():
    assert fold(with_marks("DDAWNG KYS")) == "dang ky"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1.001193",
        "1001193",
        "1.001193.000.00.00.H26",
        "T-HCM-BS152",
        "15/2020/NĐ-CP",
        "15/2020/QD-UBND",
        "mẫu h26 kt3",
        "UBND TTHC GPXD CCCD BHYT BHXH HKD",
        "đăng ký khai sinh",
        "dang ky khai sinh",
        "Ủy ban nhân dân huyện",
    ],
)
def test_codes_abbreviations_and_proper_words_stay(text):
    assert with_marks(text) == text


@pytest.mark.parametrize("text", ["ky1", "quan1", "bằng lái xe A1", "bằng lái xe A1 A2", "hồ sơ a3 a4"])
def test_a_digit_at_the_end_of_one_word_or_of_letters_is_no_vni(text):
    assert with_marks(text) == text


def test_known_words_stay_beside_words_that_are_composed():
    assert with_marks("taxi") != "taxi"
    assert with_marks("Taxi ddieenj", {"taxi"}) == "Taxi điện"


def test_known_words_typed_in_vni_stay_too():
    assert with_marks("ky1 ho6n", {"ky1"}) == "ky1 hôn"


PHRASES = [
    "đăng ký khai sinh cho trẻ em",
    "giấy xác nhận tình trạng hôn nhân",
    "chuyển nhượng quyền sử dụng đất",
    "ủy ban nhân dân huyện",
    "cưỡng chế thuế, nghĩa vụ quân sự",
    "bưu điện, quỹ khuyến học, giếng nước",
    "lưu trú của người nước ngoài",
    "khiếu nại quyết định thuở trước",
    "cứu trợ, rượu, hươu, ưu đãi",
]


@pytest.mark.parametrize("phrase", PHRASES)
def test_what_is_typed_with_the_method_off_is_what_was_meant(phrase):
    assert with_marks(raw_telex(phrase)) == old_placement(phrase)


@given(st.sampled_from(PHRASES), st.sampled_from(["NFC", "NFD"]))
def test_text_with_marks_stays_in_either_composition(phrase, form):
    text = unicodedata.normalize(form, phrase)
    assert with_marks(text) == text


@given(any_text)
def test_any_text_is_survived_and_only_its_ascii_words_change(text):
    composed = with_marks(text)
    assert [char for char in composed if not char.isalnum()] == [char for char in text if not char.isalnum()]
    assert len(composed) <= len(text)


@given(st.text("abcdeghiklmnopqrstuvxyfjwz0123456789", max_size=12))
def test_keys_make_one_composed_syllable_or_nothing(keys):
    for made in filter(None, (telex(keys), vni(keys))):
        assert made.isalpha()
        assert unicodedata.is_normalized("NFC", made)
        assert is_syllable(fold(made))
