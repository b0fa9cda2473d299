"""What the results page shows of a hit: title and extract with marks, address, and what its kind adds."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import Any, NamedTuple

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.http import HttpRequest
from django.utils.html import escape
from django.utils.safestring import SafeString

from core.addresses import page_urls
from core.text import fold, fold_with_map, nfc
from search.analysis import Query, Segment, extract
from search.kinds import Known, kind_named
from search.models import SearchEntry
from search.query import Hit
from search.question import Question

EXTRACT_WIDTH = 150  # characters: two lines of the list
PASSAGE = 250  # characters out of which an extract is cut
SCOPE = 4000  # characters of a text in which a passage is looked for

_SENTENCE_END = re.compile(r"[.;:?!]\s+|\s*\n\s*")


def marked(segments: Sequence[Segment]) -> SafeString:
    """Segments as markup: escaped, what was found in <mark>."""
    escaped = ((escape(part.text), part.marked) for part in segments)
    return SafeString("".join([f"<mark>{text}</mark>" if is_found else text for text, is_found in escaped]))


def marked_title(title: str, reading: Query) -> SafeString:
    return marked(extract(title, reading.informative, width=len(title) + 1, locale=reading.locale))


def extract_of(texts: Sequence[str], reading: Query, width: int = EXTRACT_WIDTH) -> list[Segment]:
    """The extract of the first text that has a word of the question, else the beginning of the first with any text."""
    beginning: list[Segment] = []
    for text in filter(str.strip, texts):
        segments = extract(_passage(text, reading.informative), reading.informative, width, reading.locale)
        if any(part.marked for part in segments):
            return segments
        beginning = beginning or segments
    return beginning


class Extract(NamedTuple):
    """What a hit says, in the words of the reading that it answers.

    `file`: the name of the file it is from, "" where the page itself says it. `shown`: as `EntryData.shown`.
    """

    segments: list[Segment]
    file: str = ""
    shown: Mapping[str, Any] = MappingProxyType({})


def extracts(hits: Sequence[Hit], width: int = EXTRACT_WIDTH) -> dict[int, Extract]:
    """By page id. Where the page itself does not say why it is a hit, its files are looked through."""
    found, silent = {}, {}
    has_files = ExpressionWrapper(~Q(files=[]), output_field=BooleanField())
    rows = SearchEntry.objects.filter(pk__in=[hit.page_id for hit in hits])
    said = {pk: told for pk, *told in rows.values_list("pk", "summary", "body", "shown", has_files)}
    for hit in hits:
        summary, body, shown, has_files_too = said.get(hit.page_id, ("", "", {}, False))
        segments = extract_of((summary, body), hit.reading, width)
        found[hit.page_id] = Extract(segments, shown=shown)
        if has_files_too and not any(part.marked for part in segments) and not _is_named(hit.title, hit.reading):
            silent[hit.page_id] = hit.reading
    for page_id, (file, segments) in _in_files(silent, width).items():
        found[page_id] = found[page_id]._replace(segments=segments, file=file)
    return found


def _is_named(title: str, reading: Query) -> bool:
    """Whether a title has all that was asked."""
    folded = fold(title)
    return all(term in folded for term in reading.informative)


def _in_files(readings: Mapping[int, Query], width: int) -> dict[int, tuple[str, list[Segment]]]:
    """Name and extract of the first file of each page that has a word of the reading."""
    found: dict[int, tuple[str, list[Segment]]] = {}
    stored = SearchEntry.objects.filter(pk__in=readings).values_list("pk", "files") if readings else ()
    for pk, files in stored:
        reading = readings[pk]
        for name, text in files:
            passage = _passage(text, reading.informative, scope=len(text))
            segments = extract(passage, reading.informative, width, reading.locale)
            if any(part.marked for part in segments):
                found[pk] = (name, segments)
                break
    return found


def _passage(text: str, terms: Sequence[str], scope: int = SCOPE) -> str:
    """The text from the sentence or line on that names most of the terms: cutting extracts word by word is slow."""
    if len(text) <= PASSAGE:
        return text
    starts = [0, *(found.end() for found in _SENTENCE_END.finditer(text, 0, scope)), scope]

    def named(start: int, end: int) -> int:
        folded = fold(text[start : min(end, start + EXTRACT_WIDTH)])
        return sum(term in folded for term in terms)

    best, most = 0, 0
    for start, end in pairwise(starts):
        if (count := named(start, end)) > most:
            best, most = start, count
        if most == len(terms):
            break
    return text[best : best + PASSAGE]


def as_typed_with_marks(question: Question, hits: Sequence[Hit]) -> str:
    """The question as the first titles that have it write it, with marks; empty where it was typed with some."""
    if question.accented or len(question.syllables) < 2:
        return ""
    for hit in hits[:10]:
        folded, starts = fold_with_map(hit.title)
        at = f" {folded} ".find(f" {question.folded} ")
        if at >= 0:
            original = nfc(hit.title[starts[at] : starts[at + len(question.folded)]]).lower()
            return "" if original == question.folded else original
    return ""


def present(hits: Sequence[Hit], request: HttpRequest) -> list[dict[str, Any]]:
    """For each hit what components/hit.html takes. One query for all, at most one a kind, one for addresses."""
    by_kind: dict[str, list[Known]] = {}
    for hit in hits:
        by_kind.setdefault(hit.kind, []).append(hit.entry)
    added: dict[int, dict[str, Any]] = {}
    for name, entries in by_kind.items():
        added.update(kind_named(name).hits(entries, request))
    found = extracts(hits)
    # Pages whose kind does not give their address.
    urls = page_urls([hit.page_id for hit in hits if "url" not in added.get(hit.page_id, {})], request)
    return [
        _presented(hit, found[hit.page_id]) | {"url": urls.get(hit.page_id, "")} | added.get(hit.page_id, {})
        for hit in hits
    ]


def _presented(hit: Hit, said: Extract) -> dict[str, Any]:
    kind = kind_named(hit.kind)
    return {
        "page_id": str(hit.page_id),
        "kind": kind.label,
        "title": marked_title(hit.title, hit.reading),
        "extract": marked(said.segments),
        "file": said.file,
        "meta": said.shown.get("meta", []),
        "template": kind.template,
    }
