"""Texts with one character a syllable: nothing is lost, and what is found is what stands there."""

from hypothesis import given
from hypothesis import strategies as st

from search.analysis import pairs, tokens
from search.sought import Words
from search.syllables import sign, signs, tokens_of

SYLLABLES = "khai sinh ket hon nghiep quoc thuyen giay ubnd 45 2019 nd xa api 中文"
TEXTS = st.lists(st.sampled_from(SYLLABLES.split()), max_size=12)


def test_every_folded_syllable_of_a_common_text_is_one_character():
    text = tokens(
        "Ủy ban nhân dân xã, phường, thị trấn tiếp nhận hồ sơ đăng ký khai sinh, kết hôn, giấy chứng nhận quyền sử dụng"
        " đất; thuyền trưởng, quốc tịch, nghiệp vụ, chuyển nhượng, khuyến nông, xuất khẩu, nguy hiểm, huyện, thuê, mượn"
    )
    assert len(signs(text)) == len(text)


@given(st.lists(st.text("abcdefghiklmnopqrstuvxy0123456789", min_size=1, max_size=9), max_size=20))
def test_what_was_written_together_is_read_again(words):
    assert tokens_of(signs(words)) == words


@given(TEXTS, TEXTS)
def test_a_text_tells_which_syllables_and_pairs_it_has(text, asked):
    wanted = tuple(dict.fromkeys([*asked, *pairs(asked)]))
    having = {*text, *pairs(text)}
    words = Words(signs(text))
    assert words.intersection(wanted) == having.intersection(wanted)
    assert all((token in words) == (token in having) for token in wanted)


def test_a_pair_is_found_whose_halves_are_not_asked_about_themselves():
    assert Words(signs(["khai", "tu"])).intersection(("khai_tu",)) == {"khai_tu"}


def test_a_word_within_another_is_not_found():
    assert Words(signs(["hdndubnd"])).intersection(("ubnd", "hdnd")) == frozenset()


def test_no_sign_can_stand_in_a_token():
    assert not any(character.isalnum() for character in sign("khai_sinh"))
