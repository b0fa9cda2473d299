"""References of official documents (số, ký hiệu văn bản): read tolerantly, checked strictly.

The form is that of Nghị định 30/2020/NĐ-CP, Phụ lục I (số, ký hiệu) and Phụ lục III (abbreviations of the
types), of Luật Ban hành văn bản quy phạm pháp luật 2015 for legal documents, and of Hướng dẫn
36-HD/VPTW for the Party's:

    admin   45/KH-UBND            number / type - issuer
    letter  9567/VP-TTDLCNS       number / issuer - unit (công văn, which has no type abbreviation)
    legal   05/2024/QĐ-UBND       number / year / type - issuer
    law     148/2025/QH15         number / year / National Assembly and its term
    party   341-KH/TU             number - type / issuer
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from core.text import fold, fold_with_map, nfc

MAX_LENGTH = 255
FIRST_YEAR, LAST_YEAR = 1945, 2099

# NĐ 30/2020/NĐ-CP, Phụ lục III (công văn and thư công have no abbreviation there); in the last two lines legal
# documents, consolidated texts (Pháp lệnh 01/2012/UBTVQH13) and CV, the Party's công văn, which others write too.
_TYPE_TABLE = (
    "NQ Nghị quyết, QĐ Quyết định, CT Chỉ thị, QC Quy chế, QyĐ Quy định, TC Thông cáo, TB Thông báo, HD Hướng dẫn, "
    "CTr Chương trình, KH Kế hoạch, PA Phương án, ĐA Đề án, DA Dự án, BC Báo cáo, BB Biên bản, TTr Tờ trình, "
    "HĐ Hợp đồng, CĐ Công điện, BGN Bản ghi nhớ, BTT Bản thoả thuận, GUQ Giấy uỷ quyền, GM Giấy mời, "
    "GGT Giấy giới thiệu, GNP Giấy nghỉ phép, PG Phiếu gửi, PC Phiếu chuyển, PB Phiếu báo, "
    "L Lệnh, NĐ Nghị định, NQLT Nghị quyết liên tịch, PL Pháp lệnh, TT Thông tư, TTLT Thông tư liên tịch, "
    "VBHN Văn bản hợp nhất, CV Công văn"
)
# Abbreviation as printed: Vietnamese name.
TYPE_NAMES: dict[str, str] = {
    abbreviation: name for abbreviation, _, name in (row.partition(" ") for row in _TYPE_TABLE.split(", "))
}
_TYPES_BY_KEY: dict[str, list[str]] = {}
for _abbreviation in TYPE_NAMES:
    _TYPES_BY_KEY.setdefault(fold(_abbreviation), []).append(_abbreviation)

# Issuers typed without their đ, or whose abbreviation is not all capitals; B, S and P before one stand for
# ministry, provincial and district department.
_ISSUERS = ["HĐND", "LĐTBXH", "GDĐT", "KHĐT", "LĐLĐ", "BCĐ", "BĐD", "HĐXTVC", "TTg"]
_ISSUERS_BY_KEY = {fold(level + name): level + name for name in _ISSUERS for level in ("", "B", "S", "P")}
_LAW_ISSUER = re.compile(r"(?:qh|ubtvqh)[0-9]{1,2}")
_PARTY_ISSUERS = frozenset({"tw", "tu", "hu", "qu", "du", "thu"})

_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_TOKEN = re.compile(r"(?P<number>[0-9]+)|(?P<word>[a-z][a-z0-9&]*)|(?P<sign>[/-])|(?P<blank> )|(?P<other>.)")
_NUMBER, _WORD = r"(?<![0-9a-z.,/-])[0-9]{1,6}[a-z]?", r"[a-z][a-z0-9&]{0,19}"
_SIGNED = re.compile(
    rf"{_NUMBER} ?(?:(?:/ ?[0-9]{{4}} ?)?/ ?{_WORD}(?: ?- ?{_WORD})?|- ?{_WORD} ?/ ?{_WORD})(?:-{_WORD}){{0,4}}"
)
_YEAR = re.compile(r"(?<![0-9a-z.,])(?:19[4-9]|20[0-9])[0-9](?![0-9a-z.,])")
_TYPES_TYPED = "|".join(
    sorted({*map(fold, TYPE_NAMES.values()), *(key for key in _TYPES_BY_KEY if len(key) > 1)}, reverse=True)
)
_UNSIGNED = re.compile(
    rf"(?:(?:{_TYPES_TYPED}|van ban) )?(?:so ?:? ?)?(?P<number>[0-9]{{1,6}}[a-z]?)[ /-]+"
    rf"(?:(?P<year>[0-9]{{4}})[ /-]+)?(?P<words>{_WORD}(?:[ /-]+{_WORD}){{0,4}})[ /(-]*(?:[0-9]{{4}})?\)?"
)
# A Vietnamese syllable without marks: what an abbreviation does not look like.
_SYLLABLE = re.compile(r"(?:[bcdghklmnpqrstvx]|ch|gh|gi|kh|ngh?|nh|ph|qu|th|tr)?[aeiouy]{1,3}(?:ch|[cmpt]|ng?|nh)?")
_HEADING = re.compile(r"so ?:? ?(?=[0-9])")

MESSAGES = {
    "too_long": "A reference has at most 255 characters.",
    "number_missing": "A reference begins with its number.",
    "number_out_of_range": "The number of a reference is from 1 to 999999.",
    "character": "This character does not belong in a reference.",
    "form": "This is none of the forms of a reference, such as 45/KH-UBND.",
    "type_unknown": "This abbreviation of a document type is not known.",
    "issuer_missing": "The abbreviation of the issuer is missing.",
    "year_out_of_range": "The year of a reference is from 1945 to 2099.",
}


class InvalidReference(ValueError):
    """Text that is no reference: `code` is a key of `MESSAGES`, `position` an index in the text where known."""

    def __init__(self, code: str, position: int | None = None) -> None:
        super().__init__(MESSAGES[code])
        self.code = code
        self.position = position


class ReferenceKind(StrEnum):
    """The five forms of a reference; see the module's docstring."""

    ADMIN = "admin"
    LETTER = "letter"
    LEGAL = "legal"
    LAW = "law"
    PARTY = "party"


@dataclass(frozen=True)
class Reference:
    """A reference in its parts, capitals and `Đ` as they are printed.

    `year` is that of the reference itself (legal and law only). Numbers restart every year in every issuer's
    register, so that a document is known by reference and year of issue together.
    """

    kind: ReferenceKind
    number: int
    issuer: str
    suffix: str = ""
    year: int | None = None
    type_abbreviation: str = ""
    unit: str = ""

    @property
    def text(self) -> str:
        """As it is printed, the number with at least two digits."""
        number = f"{self.number:02d}{self.suffix}"
        issuer = "-".join(filter(None, (self.issuer, self.unit)))
        if self.kind is ReferenceKind.PARTY:
            return f"{number}-{self.type_abbreviation}/{issuer}"
        symbol = "-".join(filter(None, (self.type_abbreviation, issuer)))
        return f"{number}/{self.year}/{symbol}" if self.year else f"{number}/{symbol}"

    @property
    def key(self) -> str:
        """The form in which references are looked up: `45/kh-ubnd`."""
        return fold(self.text).replace("&", "")

    @property
    def type_name(self) -> str:
        """The Vietnamese name of the type; that of the letter is not printed. Empty for laws."""
        return "Công văn" if self.kind is ReferenceKind.LETTER else TYPE_NAMES.get(self.type_abbreviation, "")

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class _Token:
    kind: str
    key: str
    printed: str
    position: int


def _tokens(text: str) -> Iterator[_Token]:
    folded, starts = fold_with_map(text.translate(_DASHES))
    heading = _HEADING.match(folded)
    for match in _TOKEN.finditer(folded, heading.end() if heading else 0):
        kind = match.lastgroup or ""
        if kind == "blank":
            continue
        position = starts[match.start()]
        if kind == "other":
            raise InvalidReference("character", position)
        capitals = nfc(text[position : starts[match.end()]].upper())
        printed = "".join(char for char in capitals if fold(char))
        yield _Token(kind, match[0], printed.replace("\u00d0", "Đ").replace("\u0189", "Đ"), position)


def parse(text: str) -> Reference:
    """The reference that the text is.

    Tolerant of case, marks, decomposed letters, blanks round the signs, long dashes, `D` for `Đ` and a leading
    "Số:". Raises `InvalidReference`.
    """
    if len(text) > MAX_LENGTH:
        raise InvalidReference("too_long")
    tokens = list(_tokens(text))
    if not tokens or tokens[0].kind != "number":
        raise InvalidReference("number_missing", tokens[0].position if tokens else None)
    number = int(tokens[0].key) if len(tokens[0].key) <= 6 else 0
    if not number:
        raise InvalidReference("number_out_of_range", tokens[0].position)
    suffix = ""
    if len(tokens) > 2 and tokens[1].kind == "word" and len(tokens[1].key) == 1:
        suffix = tokens.pop(1).key
    signs = "".join(token.key if token.kind == "sign" else token.kind[0] for token in tokens)
    words = [token for token in tokens[1:] if token.kind == "word"]
    if re.fullmatch(r"n/w(?:-w)*", signs):
        return _admin_or_letter(number, suffix, words)
    if re.fullmatch(r"n/n/w(?:-w)*", signs):
        return _legal_or_law(number, suffix, _year(tokens[2]), words)
    if re.fullmatch(r"n-w/w(?:-w)*", signs):
        kind = ReferenceKind.PARTY
        return Reference(kind, number, _issuer(words[1:]), suffix=suffix, type_abbreviation=_type(words[0]))
    raise InvalidReference("form")


def _admin_or_letter(number: int, suffix: str, words: list[_Token]) -> Reference:
    if words[0].key not in _TYPES_BY_KEY:
        issuer, unit = _issuer(words[:1]), "-".join(map(_printed, words[1:]))
        return Reference(ReferenceKind.LETTER, number, issuer, suffix=suffix, unit=unit)
    if len(words) == 1:
        raise InvalidReference("issuer_missing", words[0].position)
    kind = ReferenceKind.ADMIN
    return Reference(kind, number, _issuer(words[1:]), suffix=suffix, type_abbreviation=_type(words[0]))


def _legal_or_law(number: int, suffix: str, year: int, words: list[_Token]) -> Reference:
    if len(words) == 1:
        if not _LAW_ISSUER.fullmatch(words[0].key):
            code = "issuer_missing" if words[0].key in _TYPES_BY_KEY else "type_unknown"
            raise InvalidReference(code, words[0].position)
        return Reference(ReferenceKind.LAW, number, words[0].printed, suffix=suffix, year=year)
    abbreviation, issuer = _type(words[0]), _issuer(words[1:])
    return Reference(ReferenceKind.LEGAL, number, issuer, suffix=suffix, year=year, type_abbreviation=abbreviation)


def _type(word: _Token) -> str:
    """The abbreviation as printed; where two share a key (HD, HĐ) the one typed, else the first."""
    known = _TYPES_BY_KEY.get(word.key)
    if known is None:
        raise InvalidReference("type_unknown", word.position)
    return next((abbreviation for abbreviation in known if abbreviation.upper() == word.printed), known[0])


def _printed(word: _Token) -> str:
    return _ISSUERS_BY_KEY.get(word.key, word.printed)


def _issuer(words: list[_Token]) -> str:
    if len(words[0].key) < 2:
        raise InvalidReference("issuer_missing", words[0].position)
    return "-".join(map(_printed, words))


def _year(token: _Token) -> int:
    year = int(token.key) if len(token.key) == 4 else 0
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise InvalidReference("year_out_of_range", token.position)
    return year


@dataclass(frozen=True)
class ReferenceQuery:
    """A reference as somebody typed it to find it: keys to look up, the likeliest first, and a year of issue."""

    keys: tuple[str, ...]
    year: int | None = None

    @property
    def key(self) -> str:
        return self.keys[0]


def find(query: str) -> ReferenceQuery | None:
    """The reference that a reader's question names, or None. Only the first 255 characters are read.

    With its signs (`45/kh-ubnd`) it may stand anywhere in the question. Without them (`45 kh ubnd`) it must be all
    of it, and what stands for the issuer must not be a word, so that "3 da nang" is no project of an issuer NANG.
    """
    folded = fold(query[:MAX_LENGTH].translate(_DASHES)).replace(" nam ", " ")
    reference, end = None, 0
    for signed in _SIGNED.finditer(folded):
        if reference := _reading(signed[0], with_signs=True):
            end = signed.end()
            break
    if reference is None and (unsigned := _UNSIGNED.fullmatch(folded)):
        words = "-".join(re.split("[ /-]+", unsigned["words"]))
        reference = _reading("/".join(filter(None, (unsigned["number"], unsigned["year"], words))), with_signs=False)
        end = unsigned.end("words")
    if reference is None:
        return None
    later = _YEAR.search(folded, end)
    year = reference.year or (int(later[0]) if later else None)
    return ReferenceQuery(tuple(dict.fromkeys(form.key for form in _forms(reference, year))), year)


def _reading(typed: str, *, with_signs: bool) -> Reference | None:
    try:
        reference = parse(typed)
    except InvalidReference:
        return None
    parts = fold(f"{reference.issuer}-{reference.unit}".strip("-")).split("-")
    if reference.kind is ReferenceKind.LETTER:
        are_signs = re.search("ubnd|hdnd|vp", parts[0]) or not any(map(_SYLLABLE.fullmatch, parts))
        known = with_signs or (len(parts) > 1 and are_signs)
        return reference if known and not _SYLLABLE.fullmatch(parts[0]) else None
    if with_signs or not any(_SYLLABLE.fullmatch(part) and part not in _PARTY_ISSUERS for part in parts):
        return reference
    return None


def _forms(reference: Reference, year: int | None) -> list[Reference]:
    """The forms under which a reference typed like this may be registered, the likeliest first."""
    if reference.kind in (ReferenceKind.LAW, ReferenceKind.LETTER):
        return [reference]
    admin = replace(reference, kind=ReferenceKind.ADMIN, year=None)
    legal = [replace(reference, kind=ReferenceKind.LEGAL, year=year)] if year else []
    party = replace(admin, kind=ReferenceKind.PARTY)
    if reference.kind is ReferenceKind.LEGAL:
        return [*legal, admin]
    return [party, admin] if fold(reference.issuer) in _PARTY_ISSUERS else [admin, *legal, party]
