"""References are read however they are typed, and only if they are references (NĐ 30/2020/NĐ-CP)."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from announcements.reference import (
    MAX_LENGTH,
    MESSAGES,
    TYPE_NAMES,
    InvalidReference,
    Reference,
    ReferenceKind,
    find,
    parse,
)

ISSUERS = ["UBND", "HĐND", "VP", "BTTTT", "CP", "TTg", "LĐTBXH", "SGDĐT", "GDNN-GDTX", "CA"]
UNITS = ["", "VP", "TTDLCNS", "TNMT-XD"]
numbers = st.integers(min_value=1, max_value=999999)
suffixes = st.sampled_from(["", "", "a", "b"])
years = st.integers(min_value=1945, max_value=2099)
types = st.sampled_from(sorted(TYPE_NAMES))
issuers = st.sampled_from(ISSUERS)
admin = st.builds(Reference, st.just(ReferenceKind.ADMIN), numbers, issuers, suffix=suffixes, type_abbreviation=types)
letters = st.builds(
    Reference,
    st.just(ReferenceKind.LETTER),
    numbers,
    st.sampled_from(["UBND", "VP", "SCT", "HĐND"]),
    suffix=suffixes,
    unit=st.sampled_from(UNITS),
)
legal = st.builds(
    Reference, st.just(ReferenceKind.LEGAL), numbers, issuers, suffix=suffixes, year=years, type_abbreviation=types
)
law = st.builds(Reference, st.just(ReferenceKind.LAW), numbers, st.sampled_from(["QH15", "UBTVQH14"]), year=years)
party = st.builds(
    Reference, st.just(ReferenceKind.PARTY), numbers, st.sampled_from(["TU", "HU", "TW"]), type_abbreviation=types
)
references = st.one_of(admin, letters, legal, law, party)


@pytest.mark.parametrize(
    ("text", "kind", "canonical"),
    [
        ("45/KH-UBND", "admin", "45/KH-UBND"),
        ("8/ttr-vp", "admin", "08/TTr-VP"),
        ("1837/QD-UBND", "admin", "1837/QĐ-UBND"),
        ("Số: 07 / nq – hdnd", "admin", "07/NQ-HĐND"),
        ("01/KH-GDNN-GDTX", "admin", "01/KH-GDNN-GDTX"),
        ("12a/qđ-ldtbxh", "admin", "12a/QĐ-LĐTBXH"),
        ("103/CV-BQL", "admin", "103/CV-BQL"),
        ("01/KH-LĐTB&XH", "admin", "01/KH-LĐTB&XH"),
        ("9567/VP-TTDLCNS", "letter", "9567/VP-TTDLCNS"),
        ("3273/ubnd-vp", "letter", "3273/UBND-VP"),
        ("45/UBND", "letter", "45/UBND"),
        ("05/2024/QĐ-UBND", "legal", "05/2024/QĐ-UBND"),
        ("01 /2018/QD-UBND", "legal", "01/2018/QĐ-UBND"),
        ("28/2018/qd-ttg", "legal", "28/2018/QĐ-TTg"),
        ("08/2015/nd-cp", "legal", "08/2015/NĐ-CP"),
        ("01/2020/L-CTN", "legal", "01/2020/L-CTN"),
        ("148/2025/qh15", "law", "148/2025/QH15"),
        ("326/2016/UBTVQH14", "law", "326/2016/UBTVQH14"),
        ("341-KH/TU", "party", "341-KH/TU"),
    ],
)
def test_parse_reads_the_form_and_restores_how_it_is_printed(text, kind, canonical):
    reference = parse(text)
    assert (reference.kind, reference.text) == (kind, canonical)


def test_parts_of_a_letter():
    reference = parse("9567/VP-TTDLCNS")
    assert (reference.number, reference.issuer, reference.unit) == (9567, "VP", "TTDLCNS")
    assert reference.type_name == "Công văn"


@pytest.mark.parametrize(("typed", "name"), [("HĐ", "Hợp đồng"), ("hđ", "Hợp đồng"), ("HD", "Hướng dẫn")])
def test_a_contract_is_no_guidance(typed, name):
    assert parse(f"12/{typed}-UBND").type_name == name


def test_the_27_types_of_the_decree_that_have_an_abbreviation_come_first():
    assert list(TYPE_NAMES.values()).index("Phiếu báo") == 26


@pytest.mark.parametrize(
    ("text", "code", "position"),
    [
        ("", "number_missing", None),
        ("kế hoạch", "number_missing", 0),
        ("KH-UBND", "number_missing", 0),
        ("00/KH-UBND", "number_out_of_range", 0),
        ("1234567/KH-UBND", "number_out_of_range", 0),
        ("45/KH_UBND", "character", 5),
        ("45 /KH", "issuer_missing", 4),
        ("45/2019/KH", "issuer_missing", 8),
        ("45/2019/XYZ-UBND", "type_unknown", 8),
        ("45-XYZ/TU", "type_unknown", 3),
        ("45/1900/QĐ-UBND", "year_out_of_range", 3),
        ("45/19/QĐ-UBND", "year_out_of_range", 3),
        ("45/KH-UBND/2019", "form", None),
        ("45/KH-", "form", None),
        ("15/11/2019", "form", None),
        ("1.001193", "character", 1),
        ("4" * (MAX_LENGTH + 1), "too_long", None),
    ],
)
def test_what_is_no_reference_is_refused_with_a_reason(text, code, position):
    with pytest.raises(InvalidReference) as caught:
        parse(text)
    assert (caught.value.code, caught.value.position) == (code, position)
    assert str(caught.value) == MESSAGES[code]


@given(references)
def test_what_is_printed_is_read_back(reference):
    assert parse(reference.text) == reference


@given(references, st.sampled_from(["NFC", "NFD"]), st.sampled_from(["", " ", "  ", "\u00a0"]), st.booleans())
def test_case_marks_blanks_and_dashes_make_no_difference(reference, form, blank, lower):
    text = reference.text.lower() if lower else reference.text
    text = text.replace("/", f"{blank}/{blank}").replace("-", f"{blank}\u2013{blank}")
    assert parse(unicodedata.normalize(form, text)).key == reference.key


@given(references)
def test_unaccented_capitals_have_the_same_key(reference):
    assert parse(reference.text.replace("Đ", "D").upper().replace("A/", "a/")).key == reference.key


@given(references)
def test_a_printed_reference_is_found_in_a_question(reference):
    assert find(f"cho tôi xem {reference.text} với").keys[0] == find(reference.text).keys[0]
    assert reference.key in find(reference.text).keys


@pytest.mark.parametrize(
    ("query", "key", "year"),
    [
        ("45 kh ubnd", "45/kh-ubnd", None),
        ("45 KH UBND 2019", "45/kh-ubnd", 2019),
        ("kế hoạch 45 kh ubnd năm 2019", "45/kh-ubnd", 2019),
        ("45/kh-ubnd/2019", "45/kh-ubnd", 2019),
        ("45/KH-UBND 2019", "45/kh-ubnd", 2019),
        ("45/KH/UBND", "45/kh-ubnd", None),
        ("45-KH/UBND", "45/kh-ubnd", None),
        ("so 45/kh-ubnd", "45/kh-ubnd", None),
        ("Kế hoạch số 45/KH-UBND ngày 15/02/2019 của huyện", "45/kh-ubnd", 2019),
        ("45/KH - UBND - huyện", "45/kh-ubnd", None),
        ("ngày 1/nam có 45/KH-UBND", "45/kh-ubnd", None),
        ("01 /2018/QD-UBND", "01/2018/qd-ubnd", 2018),
        ("123 2020 nd cp", "123/2020/nd-cp", 2020),
        ("148 2025 qh15", "148/2025/qh15", 2025),
        ("341 kh tu", "341-kh/tu", None),
        ("9567 vp ttdlcns", "9567/vp-ttdlcns", None),
        ("8 ttr vp", "08/ttr-vp", None),
        ("415 gddt mn", "415/gddt-mn", None),
        ("415 GDĐT-MN", "415/gddt-mn", None),
        ("cv 415 gddt mn", "415/gddt-mn", None),
        ("QĐ số 2460 qd ubnd", "2460/qd-ubnd", None),
    ],
)
def test_find_reads_a_reference_as_it_is_typed(query, key, year):
    found = find(query)
    assert (found.key, found.year) == (key, year)


def test_a_year_typed_after_the_issuer_may_belong_to_a_legal_document():
    assert "05/2024/qd-ubnd" in find("05/QĐ-UBND 2024").keys
    assert "45/kh-ubnd" in find("45/2019/KH-UBND").keys


@pytest.mark.parametrize(
    "query",
    [
        "",
        "dang ky khai sinh",
        "15/11/2019",
        "2 giay khai sinh",
        "1.001193",
        "1.001193.000.00.00.H26",
        "3 da nang",
        "24/7",
        "1/nam-nu",
        "nha 12/3 ngo 5",
        "45 ubnd",
        "thông tư 02/2022",
        "làm 2 sổ hộ khẩu",
        "15 gpxd nha o",
        "2 cccd",
        "hd 2 lao dong",
    ],
)
def test_find_leaves_other_questions_alone(query):
    assert find(query) is None


hostile = st.text(alphabet=st.one_of(st.sampled_from("0159/- -akhqdđĐubn.&("), st.characters()), max_size=400)


@given(hostile)
def test_hostile_text_is_read_or_refused(text):
    find(text)
    try:
        reference = parse(text)
    except InvalidReference:
        return
    assert parse(reference.text) == reference


@pytest.mark.parametrize("part", ["1", "a", "-", "/", " ", "a-", "1/", "a ", "1/a-", "đ", "kh ", "1 "])
def test_repetition_takes_no_time(part):
    started = time.perf_counter()
    for text in (part * 200, "1" + part * 200, "1/kh-" + part * 200 + "!"):
        find(text)
        with pytest.raises(InvalidReference):
            parse(text * 2)
    assert time.perf_counter() - started < 0.5
