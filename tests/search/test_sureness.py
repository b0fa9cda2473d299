"""Whether a first hit is told as an answer, or with the remark that perhaps nothing answers."""

import pytest

from search.analysis import query_terms
from search.phrases import phrase
from search.query import Hit
from search.ranking import rank
from search.scoring import Candidate

LAND = "Hòa giải tranh chấp đất đai"


def is_sure(question, title, text=(), locale="vi"):
    candidate = Candidate(1, "service", title, (phrase(title, locale),), body=frozenset(text), prior=1.0)
    return Hit(1, None, rank([query_terms(question, locale)], [candidate], threshold=-1)[0]).is_sure


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("khai sinh", "Đăng ký khai sinh"),
        ("tranh chấp đất", LAND),
        ("dat", "Đất"),
        ("tiêm chó dại", "Tiêm phòng bệnh dại cho chó"),
        ("tiem cho meo dai", "Lịch tiêm phòng bệnh dại cho chó, mèo"),
    ],
)
def test_neighbours_many_syllables_or_a_whole_title_are_an_answer(question, title):
    assert is_sure(question, title)


@pytest.mark.parametrize(
    ("question", "title"),
    [("cho dai", LAND), ("chó dại", LAND), ("chó cắn", "Chế độ cho cán bộ"), ("đá bóng", "Xổ số kiến thiết")],
)
def test_scattered_syllables_and_other_marks_are_none(question, title):
    assert not is_sure(question, title)


def test_a_text_with_all_that_was_asked_answers():
    assert is_sure("phí thẩm định", "Thông báo", ["phi", "tham", "dinh", "phi_tham", "tham_dinh"])


def test_a_text_that_says_what_the_title_says_with_other_marks_is_none():
    text = ["cho", "can", "cho_can", "bo", "can_bo"]
    assert is_sure("chó cắn", "Tiêm phòng bệnh dại", text)
    assert not is_sure("chó cắn", "Chế độ cho cán bộ", text)
    assert is_sure("thẩm định phí", "Chế độ của gia đình", ["phi", "tham", "dinh", "tham_dinh", "dinh_phi"])


def test_one_syllable_of_several_is_in_every_long_text():
    assert query_terms("cho dai").informative == ("dai",)
    assert not is_sure("cho dai", "Thông báo", ["dai"])
    assert is_sure("dai", "Thông báo", ["dai"])


def test_english_words_need_no_neighbours():
    assert is_sure("birth certificate", "Certificate of birth", locale="en")
