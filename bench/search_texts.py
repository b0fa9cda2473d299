"""Made-up documents and questions for `make bench-search`: the demo's own clauses, put together anew, always the same.

Clauses are drawn as words of a language are: a few stand everywhere, most are rare; half of a text keeps to one
subject. So titles have some 15 syllables, texts some 240, and syllables are spread as in real documents.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

from bench.catalogue import ACTIONS, FIELDS, OCCASIONS
from bench.database import ROOT
from core.text import fold

SEED = 240
DEMO = ROOT / "home" / "demo"
VOCABULARY = ROOT / "search" / "vocabulary" / "vi.tsv"
#: syllables of a text
LENGTH = 240
#: questions by how they are typed; 200 in all
QUESTIONS = {"with marks": 50, "without marks": 60, "with a typing error": 30, "citizens' words": 30, "numbers": 30}
TYPES = ("Kế hoạch", "Quyết định", "Công văn", "Báo cáo", "Thông báo", "Chỉ thị", "Tờ trình")
SYMBOLS = ("KH-UBND", "QĐ-UBND", "UBND-VP", "BC-UBND", "TB-UBND", "CT-UBND", "TTr-UBND")
#: what a document does about a service's subject
VERBS = ("về việc", "triển khai", "tăng cường quản lý", "hướng dẫn", "kiểm tra", "tổng kết công tác", "phối hợp về")


@dataclass(frozen=True, slots=True)
class Text:
    title: str
    body: str
    #: number of the document or the service's code, and its year
    number: int
    year: int
    symbol: str


class Writer:
    """Texts one after the other; the same for the same number of them."""

    def __init__(self) -> None:
        self.random = Random(SEED)
        self.subjects = _clauses_by_subject()
        self.common = sorted({clause for clauses in self.subjects for clause in clauses})
        self.random.shuffle(self.common)
        self.weights = list(accumulate(1 / (place + 5) for place in range(len(self.common))))
        self.things = [thing for things in FIELDS.values() for thing in things]
        self.places = _places()

    def texts(self, count: int) -> Iterator[Text]:
        used: set[str] = set()
        while len(used) < count:
            title, symbol, year = self._title()
            if title not in used:
                used.add(title)
                yield Text(title, self._body(), self.random.randint(1, 4000), year, symbol)

    def _title(self) -> tuple[str, str, int]:
        choice = self.random.choice
        place, year = choice(self.places), self.random.randint(2005, 2026)
        kind = self.random.randrange(len(TYPES))
        subject = choice((*VERBS, "", ""))
        clause = choice(choice(self.subjects)).split()[: self.random.randint(0, 6)]
        end = choice((f"năm {year}", f"tại {place}", "", ""))
        parts = (TYPES[kind], subject, choice(ACTIONS).lower(), choice(self.things), choice(OCCASIONS), *clause, end)
        return " ".join(" ".join(parts).split()), SYMBOLS[kind], year

    def service_title(self) -> str:
        choice = self.random.choice
        return f"{choice(ACTIONS)} {choice(self.things)}{choice(OCCASIONS)}"

    def _body(self) -> str:
        subject, wanted = self.random.choice(self.subjects), self.random.lognormvariate(0, 0.5) * LENGTH
        parts: list[str] = []
        while wanted > 0:
            general = self.random.choices(self.common, cum_weights=self.weights, k=2)
            for clause in (*general, self.random.choice(subject), self.random.choice(subject)):
                parts.append(clause)
                wanted -= clause.count(" ") + 1
        return ". ".join(parts)


def questions() -> list[tuple[str, str]]:
    """The 200 questions, each with the way in which it is typed."""
    random = Random(SEED)
    things = [thing for things in FIELDS.values() for thing in things]

    def plain() -> str:
        return f"{random.choice(ACTIONS).lower()} {random.choice(things)}{random.choice(OCCASIONS[:8])}"

    phrases = [line.split("\t")[0] for line in VOCABULARY.read_text().splitlines()[1:] if line[0] != "#"]
    makers = {
        "with marks": plain,
        "without marks": lambda: fold(plain()),
        "with a typing error": lambda: _mistyped(fold(plain()), random),
        "citizens' words": lambda: f"thủ tục {random.choice(phrases)} cần giấy tờ gì",
        "numbers": lambda: f"{random.randint(1, 4000)} {random.choice(('kh ubnd', 'qđ ubnd', '/KH-UBND'))}",
    }
    return [(makers[way](), way) for way, count in QUESTIONS.items() for _number in range(count)]


def _mistyped(text: str, random: Random) -> str:
    """Two neighbouring letters of the longest word change places."""
    words = text.split()
    at = max(range(len(words)), key=lambda place: len(words[place]))
    cut = random.randint(1, max(1, len(words[at]) - 2))
    word = words[at]
    words[at] = word[: cut - 1] + word[cut : cut + 1] + word[cut - 1] + word[cut + 1 :]
    return " ".join(words)


def _clauses_by_subject() -> list[list[str]]:
    """The clauses of each service and document of the demo, of three syllables at least."""
    found = []
    for file in sorted(DEMO.rglob("*.toml")):
        for rows in tomllib.loads(file.read_text()).values():
            for row in rows if isinstance(rows, list) else ():
                clauses = [clause for text in _strings(row) for clause in _clauses(text)]
                if len(clauses) > 5:
                    found.append(clauses)
    return found


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            if not name.endswith(("_en", "url", "phone")):
                yield from _strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)


def _clauses(text: str) -> Iterator[str]:
    for clause in text.replace(";", ".").replace(",", ".").split("."):
        if clause.count(" ") >= 2 and "://" not in clause:
            yield clause.strip()


def _places() -> list[str]:
    units = tomllib.loads((Path(DEMO) / "departments.toml").read_text())
    names = {text for text in _strings(units) if text.startswith(("UBND", "Ủy ban", "Phòng", "Trường", "Trạm"))}
    return sorted(name for name in names if len(name) < 45)
