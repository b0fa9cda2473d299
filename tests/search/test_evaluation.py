"""Labelled questions are asked in every manner in which people type, and what is measured is what the names say."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text import fold, nfc
from search.evaluation import (
    DEPTH,
    VARIANTS,
    Labelled,
    Outcome,
    abbreviated,
    by_kind,
    evaluate,
    measures,
    misspelt,
    ndcg,
    old_placement,
    outcome,
    raw_telex,
    unaccented,
)
from search.spelling import one_edit_away

words = ["đăng", "ký", "khai", "sinh", "hoà", "giải", "UBND", "người", "Ủy", "ở", "1.001193", "?"]
questions = st.one_of(st.lists(st.sampled_from(words), max_size=10).map(" ".join), st.text(max_size=120))


def test_without_marks_no_letter_is_lost():
    assert unaccented("Đăng ký ở Ủy ban, đất") == "Dang ky o Uy ban, dat"


@pytest.mark.parametrize(
    ("new", "old"),
    [
        ("hoà giải", "hòa giải"),
        ("Khoẻ", "Khỏe"),
        ("thuỷ lợi", "thủy lợi"),
        ("ỦY BAN", "ỦY BAN"),
        ("UỶ BAN", "ỦY BAN"),
        ("toá", "tóa"),
        ("quý quà quỷ", "quý quà quỷ"),
        ("toàn, hoàn", "toàn, hoàn"),
        ("mùa mưa, lúa", "mùa mưa, lúa"),
        ("hòa", "hòa"),
    ],
)
def test_the_old_school_puts_the_tone_on_the_first_of_two_open_vowels(new, old):
    assert old_placement(new) == old


def test_tones_are_placed_in_decomposed_text_as_well():
    assert old_placement(unicodedata.normalize("NFD", "hoà giải")) == "hòa giải"


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("Đăng ký kinh doanh", "ĐKKD"),
        ("đăng ký khai sinh", "đk khai sinh"),
        ("cấp giấy chứng nhận quyền sử dụng đất", "cấp GCNQSDĐ"),
        ("giấy chứng nhận, quyền sử dụng đất", "GCN, QSDĐ"),
        ("có được không", "có đc ko"),
        ("đăng kýx", "đăng kýx"),
    ],
)
def test_the_longest_phrase_is_abbreviated_and_whole_words_only(text, short):
    assert abbreviated(text) == short


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("đăng ký", "ddawng kys"),
        ("Đất", "ddaats"),
        ("người", "nguwowif"),
        ("được", "dduwowcj"),
        ("khai sinh 1.001193", "khai sinh 1.001193"),
        ("hỏi, ngã", "hoir, ngax"),
    ],
)
def test_raw_keys_have_marks_after_their_letter_and_the_tone_last(text, keys):
    assert raw_telex(text) == keys


def test_a_typing_error_is_one_edit_in_one_longer_word():
    text = "giay phep xay dung"
    wrong = misspelt(text)
    (changed,) = [(one, other) for one, other in zip(text.split(), wrong.split(), strict=True) if one != other]
    assert changed[1] in one_edit_away(changed[0], "en")


@pytest.mark.parametrize("text", ["", "ở xã", "1.001193", "a bc 12345"])
def test_short_words_and_numbers_get_no_typing_error(text):
    assert misspelt(text) == text


@given(questions)
def test_a_question_gets_the_same_typing_error_every_time(text):
    assert misspelt(text) == misspelt(text)


@given(questions, st.sampled_from(["unaccented", "nfd", "old_placement", "upper"]))
def test_these_manners_change_no_word_once_folded(text, variant):
    vietnamese = "".join(char for char in nfc(text) if char.isascii() or char in "ăâđêôơưáàảãạýỷỉờởồốớộ")
    assert fold(VARIANTS[variant](vietnamese)) == fold(vietnamese)


@given(questions, st.sampled_from(sorted(VARIANTS)))
def test_any_text_can_be_typed_in_every_manner(text, variant):
    assert isinstance(VARIANTS[variant](text), str)


def test_as_typed_and_in_capitals_are_what_they_say():
    assert VARIANTS["typed"]("Hoà ") == "Hoà "
    assert VARIANTS["upper"]("đăng ký") == "ĐĂNG KÝ"


@pytest.mark.parametrize(
    ("found", "expected", "result"),
    [
        (["a", "b"], {"a"}, Outcome(1, False)),
        (["x", "b", "a"], {"a", "b"}, Outcome(2, False)),
        (["x"], {"a"}, Outcome(0, False)),
        ([], {"a"}, Outcome(0, True)),
        ([], set(), Outcome(0, True)),
        (["x"] * (DEPTH - 1) + ["a"], {"a"}, Outcome(DEPTH, False)),
        (["x"] * DEPTH + ["a"], {"a"}, Outcome(0, False)),
    ],
)
def test_the_first_right_answer_of_ten_counts(found, expected, result):
    assert outcome(found, expected) == result


def test_measures_are_shares_of_the_questions():
    outcomes = [Outcome(1, False), Outcome(2, False), Outcome(5, False), Outcome(6, False), Outcome(0, True)]
    assert measures(outcomes) == {"mrr": 0.373, "success1": 0.2, "success5": 0.6, "empty": 0.2}


def test_nothing_asked_measures_nothing():
    assert set(measures([]).values()) == {0}


@given(st.lists(st.builds(Outcome, st.integers(0, DEPTH), st.booleans()), min_size=1))
def test_success_at_one_is_at_most_the_reciprocal_rank_and_success_at_five(outcomes):
    found = measures(outcomes)
    assert found["success1"] <= found["mrr"] + 0.001
    assert found["success1"] <= found["success5"] <= 1


LABELLED = [
    Labelled("Đăng ký", frozenset({"1"}), "title"),
    Labelled("kết hôn", frozenset({"2"}), "spoken"),
    Labelled("bay", frozenset(), "title"),
]


def test_every_question_is_asked_in_every_manner_wanted():
    asked, begun = [], []

    def ask(text):
        asked.append(text)
        return ["2"] if "hon" in text else []

    found = evaluate(LABELLED, ask, ["typed", "unaccented"], begun.append)
    assert asked == ["Đăng ký", "kết hôn", "bay", "Dang ky", "ket hon", "bay"]
    assert begun == ["typed", "unaccented"]
    assert [one.rank for one in found["typed"]] == [0, 0, 0]
    assert [one.rank for one in found["unaccented"]] == [0, 1, 0]


def test_all_eight_manners_are_the_rule():
    assert set(evaluate(LABELLED, lambda text: [])) == set(VARIANTS)
    assert len(VARIANTS) == 8


def test_measures_are_told_by_kind_of_question():
    outcomes = [Outcome(1, False), Outcome(2, False), Outcome(0, True)]
    found = by_kind(LABELLED, outcomes)
    assert list(found) == ["title", "spoken"]
    assert found["title"] == measures([outcomes[0], outcomes[2]])
    assert found["spoken"] == measures([outcomes[1]])


def test_outcomes_of_other_questions_are_refused():
    with pytest.raises(ValueError, match="shorter"):
        by_kind(LABELLED, [Outcome(1, False)])


def test_graded_answers_in_their_best_order_are_worth_one_and_less_the_lower_they_stand():
    grades = {"a": 3, "b": 1}
    assert ndcg(["a", "b", "x"], grades) == 1
    assert 1 > ndcg(["a", "x", "b"], grades) > ndcg(["b", "a"], grades) > ndcg(["x", "b"], grades) > 0
    assert ndcg(["x"] * 10 + ["a"], grades) == ndcg([], grades) == ndcg(["a"], {}) == 0
