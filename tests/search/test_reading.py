"""A question is also read with the official words for what people say, and nothing else of it changes."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text import fold, nfc
from search.reading import MAX_READINGS, Applied, Rule, Vocabulary, readings


def vocabulary(**phrases):
    """Phrases with `_` for blanks; several official readings are separated by `|`."""
    return Vocabulary.of(Rule.of(phrase.replace("_", " "), official.split("|")) for phrase, official in phrases.items())


WORDS = vocabulary(
    sổ_đỏ="giấy chứng nhận",
    làm_sổ_đỏ="đăng ký đất đai",
    bằng_lái="giấy phép lái xe",
    bán="chuyển nhượng",
    hoà_giải="giải quyết tranh chấp",
    đk="đăng ký",
    CT="chứng thực",
    GPXD="giấy phép xây dựng",
)


def read(text, words=WORDS):
    """Every reading beside the typed one."""
    typed, *others = readings(text, words)
    assert typed.text == nfc(text)
    assert typed.applied == ()
    return [one.text for one in others]


@pytest.mark.parametrize(
    ("typed", "official"),
    [
        ("sổ đỏ", "giấy chứng nhận"),
        ("so do", "giấy chứng nhận"),
        ("SỔ ĐỎ", "giấy chứng nhận"),
        ("sổ  đỏ", "giấy chứng nhận"),
        ("sổ-đỏ", "giấy chứng nhận"),
        ("bán", "chuyển nhượng"),
        ("ban", "chuyển nhượng"),
        ("gpxd", "giấy phép xây dựng"),
        ("ĐK", "đăng ký"),
        ("dk", "đăng ký"),
    ],
)
def test_a_phrase_is_read_as_official_words_however_it_is_typed(typed, official):
    assert read(typed) == [official]


@pytest.mark.parametrize("typed", ["", "?", "khai sinh", "sổ", "đỏ sổ", "sổđỏ", "sổ hồng đỏ"])
def test_what_is_no_phrase_has_one_reading(typed):
    assert read(typed) == []


@pytest.mark.parametrize("typed", ["bạn", "bàn", "số đo", "số đỏ", "họa giải"])
def test_other_marks_are_another_word(typed):
    assert read(typed) == []


@pytest.mark.parametrize("typed", ["hoà giải", "hòa giải", "HÒA GIẢI", "hoa giai", "hoa giải"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_old_and_new_placement_of_the_tone_are_alike_in_either_composition(typed, form):
    assert read(unicodedata.normalize(form, typed)) == ["giải quyết tranh chấp"]


def test_the_longest_phrase_is_read_first_and_none_within_it():
    assert read("làm sổ đỏ") == ["đăng ký đất đai"]
    assert read("xin sổ đỏ") == ["xin giấy chứng nhận"]


@pytest.mark.parametrize(
    ("typed", "official"),
    [
        ("sổ đỏ, ở đâu?", "giấy chứng nhận, ở đâu?"),
        ("  (sổ đỏ)  ", "  (giấy chứng nhận)  "),
        ("Mất SỔ ĐỎ 1.001193", "Mất giấy chứng nhận 1.001193"),
        ("sổ đỏ của ông A/B", "giấy chứng nhận của ông A/B"),
    ],
)
def test_the_rest_of_the_text_stays(typed, official):
    assert read(typed) == [official]


@pytest.mark.parametrize("typed", ["bằng cái lái", "bằng của lái", "BẰNG CÁI LÁI", "bang cai lai"])
def test_one_filler_may_stand_between_the_words_of_a_phrase(typed):
    assert read(typed) == ["giấy phép lái xe"]


@pytest.mark.parametrize("typed", ["bằng cái chiếc lái", "bằng mới lái", "cái bằng", "bằng cái"])
def test_two_fillers_or_other_words_between_are_too_much(typed):
    assert read(typed) == []


def test_a_filler_before_or_after_a_phrase_is_no_part_of_it():
    assert read("cái bằng lái cho") == ["cái giấy phép lái xe cho"]


def test_a_phrase_may_have_a_filler_of_its_own():
    assert read("cho con ăn", vocabulary(cho_con="nuôi con")) == ["nuôi con ăn"]


@pytest.mark.parametrize(("typed", "found"), [("CT", 1), ("ct", 0), ("Ct", 0), ("giấy CT", 1), ("gct", 0)])
def test_an_abbreviation_of_two_letters_needs_its_capitals(typed, found):
    assert len(read(typed)) == found


def test_every_phrase_is_read_then_each_alone_the_longest_first():
    assert read("đk bán sổ đỏ") == [
        "đăng ký chuyển nhượng giấy chứng nhận",
        "đk bán giấy chứng nhận",
        "đăng ký bán sổ đỏ",
        "đk chuyển nhượng sổ đỏ",
    ]


def test_alternatives_come_in_their_order_with_their_rank():
    words = vocabulary(bằng="văn bằng|giấy phép|bằng khen")
    found = readings("mất bằng", words)
    assert [one.text for one in found] == ["mất bằng", "mất văn bằng", "mất giấy phép", "mất bằng khen"]
    assert [one.rank for one in found] == [0, 0, 1, 2]


def test_an_alternative_stands_beside_the_likeliest_words_for_other_phrases():
    words = vocabulary(bằng="văn bằng|giấy phép", mất="cấp lại")
    assert read("mất bằng", words)[:2] == ["cấp lại văn bằng", "cấp lại giấy phép"]


def test_what_was_applied_is_told_as_it_was_typed():
    found = readings("Mất CÁI bằng cái lái, so do", WORDS)[1]
    assert found.applied == (Applied("bằng cái lái", "giấy phép lái xe"), Applied("so do", "giấy chứng nhận"))


def test_official_words_that_hold_a_phrase_are_read_again_and_come_first():
    words = vocabulary(xin_xây_nhà="xin GPXD", GPXD="giấy phép xây dựng")
    found = readings("xin xây nhà", words)
    assert [one.text for one in found] == ["xin xây nhà", "xin giấy phép xây dựng", "xin GPXD"]
    assert found[1].applied == (Applied("xin xây nhà", "xin GPXD"), Applied("GPXD", "giấy phép xây dựng"))


@pytest.mark.parametrize("typed", ["tạm vắng", "vắng"])
def test_official_words_that_hold_their_own_phrase_are_read_once(typed):
    words = vocabulary(tạm_vắng="khai báo tạm vắng", vắng="khai báo tạm vắng")
    assert read(typed, words) == ["khai báo tạm vắng"]


def test_two_phrases_that_stand_for_each_other_come_to_an_end():
    words = vocabulary(kết_hôn="cưới", cưới="kết hôn")
    assert read("kết hôn", words) == ["cưới"]


def test_a_phrase_without_letters_or_readings_is_no_rule():
    words = Vocabulary.of([Rule.of("", ["x"]), Rule.of("!?", ["x"]), Rule.of("nhà tạm", [])])
    assert words == Vocabulary()


def test_syllables_of_phrases_are_known_words():
    assert vocabulary(sổ_đỏ="x", đk="y").words == {"so", "do", "dk"}


some_words = ["sổ", "đỏ", "so", "do", "bằng", "lái", "cái", "đk", "CT", "ct", "bán", "bạn", "khai", ",", "tạm", "vắng"]
questions = st.one_of(st.lists(st.sampled_from(some_words), max_size=12).map(" ".join), st.text(max_size=120))
rules = st.lists(
    st.builds(Rule.of, questions.map(lambda text: text[:30]), st.lists(questions, max_size=4)), max_size=8
).map(Vocabulary.of)


@given(questions, rules)
def test_any_question_has_its_typed_reading_and_at_most_four_different_ones_more(text, words):
    found = readings(text, words)
    assert found[0].text == nfc(text)
    assert 1 <= len(found) <= MAX_READINGS
    assert len({fold(one.text) for one in found}) == len(found)
    assert all(one.applied and one.rank >= 0 for one in found[1:])
