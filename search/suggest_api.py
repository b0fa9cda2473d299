"""Suggestions in the read API, and what the search box asks while somebody types."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from ninja import Router
from pydantic import Field

from core.addresses import page_urls
from core.languages import locale_of
from core.read_api.parameters import LANGUAGES, LOCALE, wanted_language
from core.read_api.problems import BadParameters
from core.read_api.schemas import Answer
from search.api import ExtractSegment
from search.kinds import kind_named
from search.suggestions import LIMIT, MOST, Suggestion, suggest

router = Router(tags=["search"])
LONGEST = 255

_PARAMETERS = [
    {
        "name": "q",
        "in": "query",
        "required": True,
        "description": "What was typed so far, with marks or without; the last word may be the beginning of one.",
        "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST},
    },
    LOCALE,
    {
        "name": "limit",
        "in": "query",
        "required": False,
        "description": "The most suggestions to give.",
        "schema": {"type": "integer", "minimum": 1, "maximum": MOST, "default": LIMIT},
    },
]


class SearchSuggestion(Answer):
    """A page whose title or popular name goes on from what was typed, or words to search for."""

    id: int | None = Field(description="The page; `null` where words to search for are suggested.")
    url: str = Field(
        description="Absolute address: of the page, or of the results.", json_schema_extra={"format": "uri"}
    )
    kind: str | None = Field(description="Name of the page's kind, by which `/search` filters.")
    kind_label: str = Field(description="The kind in words.")
    text: str
    title: str | None = Field(description="Title of the page, where `text` is another name of it.")
    segments: list[ExtractSegment] = Field(description="`text` in pieces; `found` is what was typed.")


class SearchSuggestions(Answer):
    """Suggestions, best first."""

    items: list[SearchSuggestion]


@router.get(
    "",
    response=SearchSuggestions,
    summary="Suggest while typing",
    operation_id="suggest",
    url_name="suggest",
    openapi_extra={"parameters": _PARAMETERS},
)
def suggest_all(request: HttpRequest) -> Any:
    """What may be meant by the beginning of a question. Fewer than two letters have no suggestion."""
    text, limit = _read(request)
    language = wanted_language(request)
    with translation.override(language):
        return {"items": _items(suggest(text, locale_of(language), limit), request)}


def _read(request: HttpRequest) -> tuple[str, int]:
    """Question and limit; BadParameters with every parameter at fault."""
    errors = []
    for name, values in request.GET.lists():
        if name not in {"q", "locale", "limit"}:
            errors.append((name, _("There is no such parameter.")))
        elif len(values) > 1:
            errors.append((name, _("This parameter may be given only once.")))
    text, limit = request.GET.get("q", ""), request.GET.get("limit", str(LIMIT))
    if not text:
        errors.append(("q", _("The question is missing.")))
    elif len(text) > LONGEST:
        errors.append(("q", _("At most %(n)d characters are read.") % {"n": LONGEST}))
    if not (limit.isascii() and limit.isdigit() and len(limit) < 4 and 1 <= int(limit) <= MOST):
        errors.append(("limit", _("A whole number from 1 to %(most)d.") % {"most": MOST}))
    if request.GET.get("locale", LANGUAGES[0]) not in LANGUAGES:
        errors.append(("locale", _("The language must be one of %(values)s.") % {"values": ", ".join(LANGUAGES)}))
    if errors:
        raise BadParameters(errors)
    return text, int(limit)


def _items(found: list[Suggestion], request: HttpRequest) -> list[SearchSuggestion]:
    urls = page_urls([one.page_id for one in found if one.page_id], request)
    results = reverse("search")
    return [
        SearchSuggestion(
            id=one.page_id,
            url=request.build_absolute_uri(
                urls.get(one.page_id, "") if one.page_id else f"{results}?{urlencode({'q': one.text})}"
            ),
            kind=one.kind or None,
            kind_label=str(kind_named(one.kind).label) if one.kind else _("Search for it"),
            text=one.text,
            title=one.title or None,
            segments=[ExtractSegment(text=piece.text, found=piece.marked) for piece in one.segments],
        )
        for one in found
    ]
