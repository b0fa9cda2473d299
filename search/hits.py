"""What the results page shows of a hit: title and extract with marks, address, and what its kind adds."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.http import HttpRequest
from django.utils.html import escape
from django.utils.safestring import SafeString
from wagtail.models import Page

from core.text import fold, fold_with_map, nfc
from search.analysis import Query, Segment, extract
from search.kinds import kind_named
from search.models import SearchEntry
from search.query import Hit

EXTRACT_WIDTH = 150  # characters: two lines of the list
PASSAGE = 250  # characters out of which an extract is cut
SCOPE = 4000  # characters of a text in which a passage is looked for
#: what is read of an entry: what is shown, and what kinds look at
COLUMNS = ("locale_id", "kind", "title", "summary", "body", "shown")

_SENTENCE_END = re.compile(r"[.;:?!]\s+|\s*\n\s*")


def marked(segments: Sequence[Segment]) -> SafeString:
    """Segments as markup: escaped, what was found in <mark>."""
    escaped = ((escape(part.text), part.marked) for part in segments)
    return SafeString("".join([f"<mark>{text}</mark>" if is_found else text for text, is_found in escaped]))


def marked_title(title: str, question: Query) -> SafeString:
    return marked(extract(title, question.informative, width=len(title) + 1, locale=question.locale))


def extract_of(texts: Sequence[str], question: Query, width: int = EXTRACT_WIDTH) -> list[Segment]:
    """The extract of the first text that has a word of the question, else the beginning of the first with any text."""
    beginning: list[Segment] = []
    for text in filter(str.strip, texts):
        segments = extract(_passage(text, question.informative), question.informative, width, question.locale)
        if any(part.marked for part in segments):
            return segments
        beginning = beginning or segments
    return beginning


def file_extracts(
    entries: Sequence[SearchEntry], question: Query, width: int = EXTRACT_WIDTH
) -> dict[int, tuple[str, list[Segment]]]:
    """By page id, name and extract of the file that was found, for hits whose own texts do not say why they are."""
    may_be_silent = [entry for entry in entries if getattr(entry, "has_files", True)]
    silent = [entry.pk for entry in may_be_silent if not _speaks_for_itself(entry, question)]
    found: dict[int, tuple[str, list[Segment]]] = {}
    stored = SearchEntry.objects.filter(pk__in=silent).values_list("pk", "files") if silent else ()
    for pk, files in stored:
        for name, text in files:
            passage = _passage(text, question.informative, scope=len(text))
            segments = extract(passage, question.informative, width, question.locale)
            if any(part.marked for part in segments):
                found[pk] = (name, segments)
                break
    return found


def _speaks_for_itself(entry: SearchEntry, question: Query) -> bool:
    """True where the title has all that was asked, or summary or text any of it."""
    title = fold(entry.title)
    if all(term in title for term in question.informative):
        return True
    return any(part.marked for part in extract_of([entry.summary, entry.body], question))


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


def as_typed_with_marks(question: Query, hits: Sequence[Hit]) -> str:
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


def present(hits: Sequence[Hit], question: Query, request: HttpRequest) -> list[dict[str, Any]]:
    """For each hit what components/hit.html takes. One query for all, at most one a kind, one for addresses."""
    rows = SearchEntry.objects.filter(pk__in=[hit.page_id for hit in hits]).only(*COLUMNS)
    rows = rows.annotate(has_files=ExpressionWrapper(~Q(files=[]), output_field=BooleanField()))
    entries = {entry.pk: entry for entry in rows}
    added: dict[int, dict[str, Any]] = {}
    for name in dict.fromkeys(hit.kind for hit in hits):
        of_kind = [entries[hit.page_id] for hit in hits if hit.kind == name and hit.page_id in entries]
        added.update(kind_named(name).hits(of_kind, request))
    in_files = file_extracts(list(entries.values()), question)
    addresses = _addresses([pk for pk in entries if "url" not in added.get(pk, {})], request)
    return [
        _presented(entries[hit.page_id], question, in_files.get(hit.page_id))
        | addresses.get(hit.page_id, {})
        | added.get(hit.page_id, {})
        for hit in hits
        if hit.page_id in entries
    ]


def _addresses(page_ids: Sequence[int], request: HttpRequest) -> dict[int, dict[str, str | None]]:
    """The address of pages whose kind does not give it. The specific class knows it, from what every page has."""
    pages = Page.objects.filter(pk__in=page_ids) if page_ids else ()
    return {page.pk: {"url": page.specific_deferred.get_url(request)} for page in pages}


def _presented(entry: SearchEntry, question: Query, in_file: tuple[str, list[Segment]] | None) -> dict[str, Any]:
    kind = kind_named(entry.kind)
    name, segments = in_file or ("", extract_of([entry.summary, entry.body], question))
    return {
        "page_id": str(entry.pk),
        "kind": kind.label,
        "title": marked_title(entry.title, question),
        "extract": marked(segments),
        "file": name,
        "meta": entry.shown.get("meta", []),
        "template": kind.template,
    }
