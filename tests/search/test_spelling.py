"""A word that nobody writes may be one edit away from one that somebody does; codes and numbers are what they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.keystrokes import is_syllable
from search.spelling import LONGEST, may_be_misspelt, one_edit_away


@pytest.mark.parametrize("word", ["hon", "honn", "ket", "giay", "taxi", "kt", "marriage", "a" * LONGEST])
def test_words_of_letters_may_be_misspelt(word):
    assert may_be_misspelt(word)


@pytest.mark.parametrize("word", ["1001193", "001193", "h26", "a1", "15", "1.001193", "nd-cp", "covid19"])
def test_codes_and_numbers_are_never_misspelt(word):
    assert not may_be_misspelt(word)


@pytest.mark.parametrize("word", ["", "x", "la", "ky", "đỏ", "日本語", "a" * (LONGEST + 1)])
def test_short_syllables_other_scripts_and_endless_words_are_left_alone(word):
    assert not may_be_misspelt(word)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("honn", "hon"),
        ("kht", "khat"),
        ("knet", "ket"),
        ("gaiy", "giay"),
        ("sanh", "sinh"),
        ("sihn", "sinh"),
        ("khia", "khai"),
        ("kt", "kit"),
    ],
)
def test_a_letter_more_less_other_or_two_swapped_is_one_edit(typed, meant):
    assert meant in one_edit_away(typed)


@pytest.mark.parametrize(("typed", "other"), [("kt", "ket hon"), ("hnno", "hon"), ("khai", "khai"), ("sinh", "khai")])
def test_what_is_further_away_or_the_word_itself_is_none(typed, other):
    assert other not in one_edit_away(typed)


def test_only_vietnamese_words_have_to_be_syllables():
    assert "marriage" in one_edit_away("mariage", "en")
    assert one_edit_away("mariage", "vi") == ()


@given(st.text("abcdeghiklmnopqrstuvxy", min_size=1, max_size=8))
def test_each_edit_is_another_syllable_of_about_the_same_length_given_once(word):
    edits = one_edit_away(word)
    assert word not in edits
    assert len(set(edits)) == len(edits)
    assert all(is_syllable(edit) and abs(len(edit) - len(word)) <= 1 for edit in edits)


@given(st.text("abhinx", min_size=1, max_size=5), st.data())
def test_an_edit_leads_back(word, data):
    edit = data.draw(st.sampled_from(one_edit_away(word, "en")))
    assert not edit or word in one_edit_away(edit, "en")


@given(st.text(max_size=40))
def test_any_word_may_be_asked_about(word):
    if may_be_misspelt(word):
        assert word.isascii() and word.isalpha() and len(word) <= LONGEST
