"""What the results page says about a question: how it was read, what may have been meant, which filters it names."""

from collections.abc import Mapping
from typing import Any

from core.text import nfc, same
from search.hits import as_typed_with_marks
from search.query import Results
from search.related import related
from search.suggested_filters import offers


def understanding(filters: Any, found: Results) -> dict[str, Any]:
    """For the template: marked, read_as [{phrase, official}], suggestions, filter_offers [{text, url}], is_unsure."""
    return {
        "marked": _marked(found),
        "read_as": [{"phrase": one.phrase, "official": one.official} for one in _read_as(found)],
        "suggestions": _corrections(filters, found) or _related(filters, found),
        "filter_offers": [
            {"text": offer.label, "url": filters.query(**{offer.facet: offer.value})}
            for offer in offers(found.question, found.counts, filters.chosen)
        ],
        "is_unsure": found.is_unsure,
    }


def _marked(found: Results) -> str:
    """The question with marks: raw keys composed, else as the titles write what was typed without."""
    question = found.question
    return question.text if question.text != question.original else as_typed_with_marks(question, found.items)


def _read_as(found: Results) -> tuple[Any, ...]:
    """Of the reading that the first hit answers."""
    return found.question.read_as(found.items[0].reading) if found.items else ()


def _corrections(filters: Any, found: Results) -> list[Mapping[str, str]]:
    """What may have been meant: the text with other words for misspelt ones, where that is what the first hit answers.

    Where nothing was found, nothing was found for it either.
    """
    question = found.question
    if not found.items or found.items[0].reading is question.typed:
        return []
    text = nfc(question.corrected if _read_as(found) else found.items[0].reading.original)
    return (
        [{"text": text, "url": filters.query(without=("q",), q=text)}] if text and not same(text, question.text) else []
    )


def _related(filters: Any, found: Results) -> list[Mapping[str, str]]:
    names = related(found.question, found.items)
    return [{"text": name, "url": filters.query(without=("q",), q=name)} for name in names]
