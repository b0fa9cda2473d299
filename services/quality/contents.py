"""What services tell, read from stored values: thousands at once, without building a block or fetching a file."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from core.blocks import PlainValue, plain_values
from core.text import fold
from services.models import ServicePage

#: columns of ServicePage, or entries of a revision, that are read
TEXTS = ("title", "agency_text", "competent_text", "result", "decision_number", "apply_url", "source_url")
STREAMS = ("steps", "channels", "cases", "legal_bases")
KEYS = ("procedure", "competent_unit")
#: a paper that is to be filled in, by how it is called: tờ khai, đơn đề nghị, … theo mẫu
NAMES_A_FORM = re.compile(r"^(to khai|ban khai|don (?!vi\b))|\btheo mau\b|\bmau so\b")


@dataclass(frozen=True, slots=True)
class Known:
    """What other tables say: files that are there, procedures with audiences, procedures with executing units."""

    files: frozenset[int]
    with_audience: frozenset[int]
    with_units: frozenset[int]


class Contents:
    """A service as `completeness.missing` asks for it; what it says of a page is what the page says of itself."""

    def __init__(self, values: Mapping[str, Any], known: Known) -> None:
        for name in TEXTS:
            setattr(self, name, values.get(name) or "")
        for name in STREAMS:
            setattr(self, name, _plain(name, values.get(name)))
        self.procedure_id: int | None = values.get("procedure")
        self.competent_unit_id: int | None = values.get("competent_unit")
        self.known = known

    @property
    def papers(self) -> list[PlainValue]:
        return [paper for case in self.cases for paper in case["papers"] or []]

    @property
    def has_papers(self) -> bool:
        return bool(self.papers)

    @property
    def has_form(self) -> bool:
        return any(paper["form"] in self.known.files for paper in self.papers)

    @property
    def papers_without_form(self) -> list[str]:
        """Names of papers that speak of a form and give none; those that are only shown are left out."""
        lacking = (paper for paper in self.papers if paper["form"] not in self.known.files and not paper["show_only"])
        return [paper["name"] for paper in lacking if names_a_form(paper["name"] or "", paper["note"] or "")]

    @property
    def has_time_limit(self) -> bool:
        return any(
            channel["time_value"] is not None or (channel["time_text"] or "").strip() for channel in self.channels
        )

    @property
    def has_audience(self) -> bool:
        return self.procedure_id in self.known.with_audience

    @property
    def has_agency(self) -> bool:
        named = self.agency_text.strip() or self.competent_text.strip() or self.competent_unit_id
        return bool(named) or self.procedure_id in self.known.with_units

    @property
    def is_free(self) -> bool:
        return all(fee["amount"] == 0 for channel in self.channels for fee in channel["fees"] or [])

    @property
    def addresses(self) -> list[str]:
        return [address for address in (self.apply_url, self.source_url) if address]


def names_a_form(name: str, note: str = "") -> bool:
    return bool(NAMES_A_FORM.search(fold(name)) or NAMES_A_FORM.search(fold(note)))


def files_of(values: Iterable[Mapping[str, Any]]) -> Iterator[int]:
    """Ids of the files that papers name, whether these are there or not."""
    for row in values:
        for case in _plain("cases", row.get("cases")):
            yield from (paper["form"] for paper in case["papers"] or [] if paper["form"])


def _plain(name: str, stored: Any) -> list[Any]:
    """Values of a stream, from a column, or from a revision where it is a text."""
    return plain_values(ServicePage._meta.get_field(name).to_python(stored)) if stored else []
