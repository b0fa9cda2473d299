"""The admin's own search of pages, files and pictures: Wagtail's, asked only for words.

Wagtail's engines in the database take a quotation mark, NUL or hundreds of words for an error. Words without marks find
those with marks by a field of folded words (`folded_words`), which every model that is searched here indexes.
"""

import re
from typing import Any

from modelsearch.backends import database
from modelsearch.query import MATCH_NONE, And, Or, Phrase, PlainText

from core.text import fold, nfc

#: words of a question that are asked for
MOST_WORDS = 20
_WORD = re.compile(r"\w+")


def words(text: str) -> str:
    """The words of a question, in lower case, with the marks with which they were typed."""
    return " ".join(_WORD.findall(nfc(text).lower().replace("_", " "))[:MOST_WORDS])


def folded_words(text: str) -> str:
    """The words of a text without marks, as they are indexed."""
    return " ".join(_WORD.findall(fold(text).replace("_", " ")))


def cleaned(query: Any) -> Any:
    """A question without anything that an engine could take for its own syntax; MATCH_NONE where no word is left."""
    if isinstance(query, str):
        return words(query)
    if isinstance(query, Phrase):
        query = PlainText(query.query_string)
    if isinstance(query, PlainText):
        said = words(query.query_string)
        return PlainText(said, operator=query.operator) if said else MATCH_NONE
    if isinstance(query, (And, Or)):
        parts = [part for part in map(cleaned, query.subqueries) if part is not MATCH_NONE]
        return type(query)(parts) if parts else MATCH_NONE
    return query


class OnlyWords:
    """Stands before an engine and asks it for words alone."""

    def _search(self, query_compiler_class: Any, query: Any, model_or_queryset: Any, **kwargs: Any) -> Any:
        return super()._search(query_compiler_class, cleaned(query), model_or_queryset, **kwargs)


def SearchBackend(params: dict[str, Any]) -> Any:
    """The engine that goes with the database, asked only for words."""
    engine = type(database.SearchBackend(params))
    return type(f"OnlyWords{engine.__name__}", (OnlyWords, engine), {})(params)
