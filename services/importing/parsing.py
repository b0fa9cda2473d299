"""Prose of the national database as the values of a service page: names, audiences, levels, steps, legal bases.

Pure: no database, no settings. Texts that the source lost its structure in are kept whole rather than guessed at.
"""

import html
import re
from collections.abc import Iterable
from typing import Any

from core.text import fold

Value = dict[str, Any]

TITLE_LENGTH = 255
_DEBRIS = re.compile(r"\AKhông có thông tin(?=Từ khóa|Cơ quan thực hiện|Mô tả|\Z)")


_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")
_LINE_END = re.compile(r"<br\s*/?>|</(?:p|div|li|tr|h[1-6])>", re.IGNORECASE)


def without_markup(text: str) -> str:
    """HTML as lines of text; what has no tags stays as it is, references such as `&lt;` included."""
    if not _TAG.search(text):
        return text
    return html.unescape(_TAG.sub("", _LINE_END.sub("\n", text)))


def one_line(text: str) -> str:
    return " ".join(text.split())


def without_debris(text: str) -> str:
    """Empty where a crawler took headings of the page for the text ("Không có thông tinTừ khóa…")."""
    return "" if _DEBRIS.match(text) else text


# --- names ---------------------------------------------------------------------------------------------------------

# "Thủ tục hải quan đối với …" is a name; "Thủ tục cấp …" says only that it is a procedure.
_PROCEDURE = re.compile(
    r"\AThủ tục:?\s+(?!hải quan|biên phòng|điện tử|đối với|thanh toán|thuế|hành chính)", re.IGNORECASE
)
_BOUNDARIES = (
    re.compile(r";"),
    re.compile(r"\s\("),
    re.compile(r",? trong (?:các )?trường hợp"),
    re.compile(r",? đối với"),
    re.compile(r","),
)
_SHORTEST_TITLE = 40


def short_title(name: str, length: int = TITLE_LENGTH) -> str:
    """The name as a title: without "Thủ tục", at most `length` characters, cut where a clause ends or after a word."""
    name = _PROCEDURE.sub("", " ".join(name.split()))
    name = name[:1].upper() + name[1:]
    if len(name) <= length:
        return name
    for boundary in _BOUNDARIES:
        ends = [found.start() for found in boundary.finditer(name, _SHORTEST_TITLE, length)]
        balanced = [end for end in ends if name.count("(", 0, end) == name.count(")", 0, end)]
        if balanced:
            return name[: balanced[-1]].rstrip(" ,;.")
    return name[: length - 1].rsplit(" ", 1)[0].rstrip(" ,;.(") + "…"


_DECISION = re.compile(r"(\d+[a-zđ]?)\s*\.?\s*/\s*Q[ĐD]\s*-\s*([A-ZĐ][A-ZĐ0-9]*(?:-[A-ZĐ][A-ZĐ0-9]*)*)")


def decision_number(text: str) -> str:
    """Number of the announcing decision: "Quyết định số 6225/QĐ-BQP" is 6225/QĐ-BQP; unknown forms stay as they are."""
    text = " ".join(text.split())
    found = _DECISION.search(text)
    if found:
        return f"{found[1]}/QĐ-{found[2]}"
    return re.sub(r"\A(?:quyết định\s+)?(?:số\s+)", "", text, flags=re.IGNORECASE)


# --- levels of government and audiences ----------------------------------------------------------------------------

_LEVELS = (
    ("at_ministry", re.compile(r"\b(?:cap bo|bo|trung uong)\b")),
    ("at_province", re.compile(r"\b(?:cap )?tinh\b")),
    ("at_district", re.compile(r"\b(?:cap )?huyen\b")),
    ("at_commune", re.compile(r"\b(?:cap )?xa\b")),
)


def government_levels(texts: Iterable[str]) -> dict[str, bool]:
    """Levels that carry the procedure out; a commune that only receives for the province ("tiếp nhận tại") does not."""
    named = " , ".join(fold(text).split(" - tiep nhan")[0] for text in texts)
    return {field: bool(pattern.search(named)) for field, pattern in _LEVELS}


_OFFICIALS = "Cán bộ, công chức, viên chức"
_INDIVIDUALS = re.compile(r"\A(?:cong dan|nguoi |ca nhan|can bo|cong chuc|vien chuc|dang vien|ho gia dinh)")


def audiences(text: str) -> list[str]:
    """Names of those who may apply, split at commas outside brackets; "Cán bộ, công chức, viên chức" is one name."""
    protected = re.sub(re.escape(_OFFICIALS), _OFFICIALS.replace(",", "\0"), text, flags=re.IGNORECASE)
    parts = re.split(r"[,;\n](?![^()]*\))", protected)
    names = (part.replace("\0", ",").strip(" .") for part in parts)
    return distinct(names)


def distinct(names: Iterable[str]) -> list[str]:
    """The names once each, case and marks apart."""
    return list({fold(name): name for name in names if name}.values())


def audience_group(name: str) -> str:
    """individual or organisation."""
    return "individual" if _INDIVIDUALS.match(fold(name)) else "organisation"


# --- result, steps, legal bases ------------------------------------------------------------------------------------

_RESULT_CODE = re.compile(r"(?:[A-Z0-9]+[-.])*KQ\.?\d+")


def result(text: str) -> str:
    """The result without the database's own codes (KQ0360) on lines of their own."""
    lines = text.split("\n")
    kept = [line for line in lines if not _RESULT_CODE.fullmatch(line)]
    return "\n".join(kept).strip() or text


_STEP = re.compile(
    r"^(?:[-+*•–]\s*)?(?:[a-zđ0-9]{1,2}[).]\s*)?(Bước\s+\d+[a-z]?)\s*[:.)–-]?\s*", re.MULTILINE | re.IGNORECASE
)
_LETTER = re.compile(r"^[a-zđ]\)\s*", re.MULTILINE)
_NUMBER = re.compile(r"^\d{1,2}[.)]\s+", re.MULTILINE)
_BULLET = re.compile(r"^[-–•]\s*", re.MULTILINE)
_LONGEST_HEADING = 110


def steps(text: str) -> list[Value]:
    """The steps, split at "Bước 1:", else at a), b), else at 1., 2., else at hyphens; else one step."""
    if not text:
        return []
    if _STEP.search(text):
        return _numbered(text)
    for mark in (_LETTER, _NUMBER, _BULLET):
        if len(mark.findall(text)) >= 2:
            return [_step("", part) for part in _parts(mark, text)]
    return [_step("", text)]


def _parts(mark: re.Pattern[str], text: str) -> list[str]:
    starts = [found.span() for found in mark.finditer(text)]
    bounds = [start for start, _end in starts[1:]] + [len(text)]
    parts = [text[: starts[0][0]]] + [text[end:stop] for (_start, end), stop in zip(starts, bounds, strict=True)]
    return [part for part in (part.strip() for part in parts) if part]


def _numbered(text: str) -> list[Value]:
    """Steps named by the source. Its names are kept where they do not simply count 1, 2, 3: cases count anew."""
    found = list(_STEP.finditer(text))
    names = [" ".join(match[1].split()).capitalize() for match in found]
    plain = names == [f"Bước {number}" for number in range(1, len(names) + 1)]
    before = text[: found[0].start()].strip()
    steps = [_step("", before)] if before else []
    bounds = [match.start() for match in found[1:]] + [len(text)]
    for name, match, stop in zip(names, found, bounds, strict=True):
        body = text[match.end() : stop].strip()
        if body:
            steps.append(_step("" if plain and not before else name, body))
    return steps


def _step(name: str, body: str) -> Value:
    """A first line that is short and followed by more is the step's heading."""
    first, _newline, rest = body.partition("\n")
    if rest and len(first) <= _LONGEST_HEADING and not first.startswith(("-", "+", "*")):
        heading = first.rstrip(" :;.,")
        return {"title": f"{name}. {heading}" if name else heading, "text": rest.strip()}
    return {"title": name, "text": body}


_REFERENCE = re.compile(r"\d+[a-z]?(?:\.\d+)?/(?:\d{4}/)?(?:QH\d+|[A-ZĐ][A-Za-zĐđ]*(?:-[A-ZĐ0-9]+)+)(?:/QH\d+)?")


def legal_bases(text: str) -> list[Value]:
    """One a line: "Title (number)", or a title that has its number inside."""
    found: dict[tuple[str, str], Value] = {}
    for line in text.split("\n"):
        line = without_debris(re.sub(r"\A[-+*•–]\s*", "", line)).strip(" ;")
        if not line:
            continue
        bracketed = re.fullmatch(r"(.+?)\s*\(([^()\s]{3,120})\)", line)
        if bracketed and re.match(r"\d+[.\w]*/", bracketed[2]):
            title, number = bracketed[1], bracketed[2]
        else:
            reference = _REFERENCE.search(line)
            title, number = line, reference[0] if reference else ""
        found.setdefault((fold(title), number), {"number": number, "title": title, "in_force": None, "url": ""})
    return list(found.values())
