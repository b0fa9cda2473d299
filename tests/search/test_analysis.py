"""Text and questions become tokens once, in Python, for every engine; extracts are cut from the original."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text import fold
from search.analysis import (
    MAX_QUERY_LENGTH,
    MAX_QUERY_TERMS,
    extract,
    find_code,
    pairs,
    query_terms,
    stem,
    tokens,
)
from search.question_words import Compounds

any_text = st.text(alphabet=st.characters(), max_size=400)
bytes_as_text = st.binary(max_size=300).map(lambda raw: raw.decode("utf-8", "surrogateescape"))
questions = st.one_of(any_text, bytes_as_text)


def plain(segments):
    return "".join(segment.text for segment in segments)


def marked(segments):
    return [segment.text for segment in segments if segment.marked]


def test_vietnamese_becomes_folded_syllables():
    assert tokens("Đăng ký KHAI SINH, kết-hôn (2019)") == ["dang", "ky", "khai", "sinh", "ket", "hon", "2019"]


def test_neighbours_become_pairs():
    assert pairs(["dang", "ky", "khai", "sinh"]) == ["dang_ky", "ky_khai", "khai_sinh"]
    assert pairs(["mot"]) == []


def test_a_code_is_a_token_as_a_whole_and_by_its_number():
    assert tokens("mã 1.001193") == ["ma", "1001193", "001193"]
    assert tokens("1.001193.000.00.00.H26")[:2] == ["1001193", "001193"]


def test_composition_and_marks_make_no_difference():
    text = "Cấp giấy chứng nhận quyền sử dụng đất"
    assert tokens(text) == tokens(unicodedata.normalize("NFD", text)) == tokens(fold(text).upper())


@given(questions)
def test_whatever_is_indexed_becomes_storable_tokens(text):
    found = tokens(text)
    for token in (*found, *pairs(found)):
        assert re.fullmatch(r"\w+", token)
        assert len(token) <= 81
        token.encode("utf-8")


@pytest.mark.parametrize(
    ("forms", "root"),
    [
        (["register", "registers", "registered", "registering"], "register"),
        (["copy", "copies", "copied", "copying"], "copy"),
        (["certificate", "certificates"], "certificat"),
        (["marriage", "marriages"], "marriag"),
        (["plan", "plans", "planned", "planning"], "plan"),
        (["address", "addresses", "addressed"], "address"),
        (["tax", "taxes"], "tax"),
        (["file", "files"], "file"),
        (["fee", "fees"], "fee"),
        (["license", "licenses", "licensed", "licensing"], "licens"),
        (["status"], "status"),
        (["need"], "need"),
        (["thing"], "thing"),
        (["h26"], "h26"),
    ],
)
def test_english_forms_share_a_stem(forms, root):
    assert {stem(form) for form in forms} == {root}


def test_only_english_is_stemmed():
    assert tokens("marriages", "en") == ["marriag"]
    assert tokens("hồ sơ đinh hings") == ["ho", "so", "dinh", "hings"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1.001193", "1.001193"),
        ("1001193", "1.001193"),
        ("TTHC 1.001193", "1.001193"),
        ("mã thủ tục: 1.001193.", "1.001193"),
        ("1.001193.000.00.00.H26", "1.001193"),
        ("1 001193", "1.001193"),
        ("t-hcm-bs152", "T-HCM-BS152"),
        ("T-HCM-BS152-TT", "T-HCM-BS152-TT"),
        ("0912345678", None),
        ("01001193", None),
        ("2.000.000 đồng", None),
        ("45/KH-UBND", None),
        ("15/11/2019", None),
        ("đăng ký khai sinh", None),
        ("", None),
    ],
)
def test_a_procedure_code_is_recognised_as_typed(text, code):
    assert find_code(text) == code


@pytest.mark.parametrize(
    ("question", "informative"),
    [
        ("Thủ tục đăng ký lại khai sinh cần giấy tờ gì?", "dang ky lai khai sinh"),
        ("làm giấy khai sinh ở đâu", "giay khai sinh"),
        ("cho tôi hỏi đăng ký kết hôn mất bao lâu", "dang ky ket hon"),
        ("Đăng ký khai tử như thế nào", "dang ky khai tu"),
        ("thủ tục", "thu tuc"),
        ("trợ cấp xã hội", "tro cap xa hoi"),
        ("hồ sơ đầu tư ở đâu", "dau tu"),
        ("CHÓ DẠI", "cho dai"),
        ("", ""),
    ],
)
def test_question_words_are_told_from_the_topic(question, informative):
    assert " ".join(query_terms(question).informative) == informative


TITLES = [
    "Trợ cấp xã hội hằng tháng",
    "Hỗ trợ xã hội cho người cao tuổi",
    "Kế hoạch cải cách hành chính",
    "Cấp thẻ cho người mua",
    "Cấp giấy cho tổ chức",
    "Hỏi đáp xã giao",
]


@pytest.mark.parametrize(
    ("question", "informative"),
    [
        ("tro cap xa hoi", "tro cap xa hoi"),
        ("trợ cấp xa hoi", "tro cap xa hoi"),
        ("hoi tro cap", "tro cap"),
        ("cai cach hanh chinh", "cai cach hanh chinh"),
        ("cải cách hành chính", "cai cach hanh chinh"),
        ("cách làm thẻ", "the"),
        ("the cho nguoi gia", "the nguoi gia"),
    ],
)
def test_titles_tell_compounds_from_question_words(question, informative):
    compounds = Compounds([list(zip(tokens(title), title.lower().split(), strict=True)) for title in TITLES])
    assert " ".join(query_terms(question, "vi", compounds).informative) == informative


def test_english_question_words_too():
    assert query_terms("how do I register the marriage", "en").informative == ("register", "marriag")


def test_a_question_keeps_the_words_typed_with_marks():
    query = query_terms("Khai TỬ lai")
    assert query.accented == {"tử"}
    assert query.syllables == ("khai", "tu", "lai")
    assert query.pairs == ("khai_tu", "tu_lai")


in_pieces = st.lists(
    st.sampled_from(["1.001193", "ấ", "d\u0323", "\u0301", "\u200b", "\u1161", "-", "\x1d", " ", "\n", "Đ", "9"])
)


@given(st.one_of(questions, in_pieces.map("".join)))
def test_white_space_parts_a_text_without_changing_its_tokens(text):
    words = re.findall(r"(?<![0-9.])[1-9]\.[0-9]{6}(?![0-9])|[^\W_]{1,40}", fold(text))
    assert tokens(text) == [
        token for word in words for token in ((word[0] + word[2:], word[2:]) if "." in word else (word,))
    ]


@given(questions, st.sampled_from(["vi", "en"]))
def test_any_question_is_survived_and_bounded(text, locale):
    query = query_terms(text, locale)
    assert len(query.original) <= MAX_QUERY_LENGTH
    assert len(query.syllables) <= MAX_QUERY_TERMS
    assert set(query.informative) <= set(query.syllables)
    assert query.is_empty == (not query.informative)
    for token in (*query.syllables, *query.pairs):
        token.encode("utf-8")
        assert re.fullmatch(r"\w+", token)


@pytest.mark.parametrize("question", ['"', "''", "\x00", "   ", "( OR *", "a" * 5000, "một " * 1100])
def test_what_breaks_search_engines_is_only_text(question):
    query = query_terms(question)
    assert all(token.isalnum() for token in query.syllables)


def test_an_extract_marks_accented_words_for_an_unaccented_question():
    segments = extract("Hồ sơ đăng ký khai sinh cho trẻ", ["khai", "sinh"])
    assert plain(segments) == "Hồ sơ đăng ký khai sinh cho trẻ"
    assert marked(segments) == ["khai sinh"]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_an_extract_is_cut_round_the_most_terms_at_whole_words(form):
    text = unicodedata.normalize(
        form, "Căn cứ Luật; " * 30 + "khai báo. Đăng ký khai sinh tại xã. " + "Xong việc " * 60
    )
    segments = extract(text, ["dang", "ky", "khai", "sinh"], width=80)
    assert [unicodedata.normalize("NFC", found) for found in marked(segments)] == ["khai", "Đăng ký khai sinh"]
    assert segments[0].text == "… "
    assert segments[-1].text == " …"
    body = plain(segments[1:-1])
    assert len(body) <= 80
    assert f" {body} " in text


def test_without_a_term_an_extract_is_the_beginning():
    assert plain(extract("Một hai ba bốn", ["nam"], width=8)) == "Một hai …"
    assert plain(extract("Một hai.", [])) == "Một hai."
    assert extract("", ["mot"]) == []


def test_an_extract_leaves_escaping_to_its_caller():
    assert plain(extract('<b>Khai & "sinh"</b>', ["sinh"])) == '<b>Khai & "sinh"</b>'


def test_an_english_extract_marks_other_forms_of_a_word():
    assert marked(extract("Two marriages registered", ["marriag", "register"], locale="en")) == ["marriages registered"]


@given(questions, st.lists(st.sampled_from(["a", "khai", "1"])), st.integers(20, 300))
def test_an_extract_is_a_piece_of_the_original_with_terms_marked(text, terms, width):
    segments = extract(text, terms, width)
    assert plain([segment for segment in segments if segment.text not in ("… ", " …")]) in text
    for found in marked(segments):
        assert set(tokens(found)) <= set(terms)
