from typing import Any
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseForbidden
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from core.languages import locale_of
from core.listing import MalformedQuery, page_number
from core.page_cache import today
from core.text import fold
from search.best_bets import bets_for, links
from search.doors import feed
from search.engines import engine
from search.forms import SearchFilter
from search.hits import present
from search.kinds import ways_out
from search.listing import PAGE_SIZE, ResultsListing, facet_column, kind_links
from search.query import Results, search
from search.question_log import HEADER, LONGEST, is_counted, note_choice
from search.understanding import understanding

TEMPLATE = "search/results.html"


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """The results page. 400 for a malformed parameter, 404 past the last page, 503 where there is no engine."""
    filters = SearchFilter(request.GET)
    request.portal_other_language_url = _other_language_url(filters)
    if not engine().is_available:
        return _answer(request, filters, ResultsListing(filters, 0, 1, 1, PAGE_SIZE), status=503)
    try:
        number, wanted = page_number(request), _wanted_format(request)
    except MalformedQuery as error:
        return _malformed(request, filters, str(error))
    if not filters.is_valid():
        return _malformed(request, filters)
    if not filters.question:
        return _answer(request, filters, ResultsListing(filters, 0, 1, 1, PAGE_SIZE))
    found = search(filters.question, locale_of(translation.get_language()), filters.chosen)
    if wanted:
        return feed(request, filters.question, found.items)
    return _found(request, filters, found, number)


def _wanted_format(request: HttpRequest) -> str:
    """The parameter `format`: empty for the page, or atom."""
    wanted = request.GET.get("format", "")
    if wanted not in ("", "atom"):
        raise MalformedQuery(_("The format of results can be atom only."))
    return wanted


def _found(request: HttpRequest, filters: SearchFilter, found: Results, number: int) -> HttpResponse:
    pages = max(1, -(-found.total // PAGE_SIZE))
    if number > pages:
        raise Http404("page past the end")
    listing = ResultsListing(filters, found.total, number, pages, PAGE_SIZE, is_capped=found.is_capped)
    rows = present(found.items[(number - 1) * PAGE_SIZE : number * PAGE_SIZE], request)
    # The best hit, if there is one, is the first.
    best = rows.pop(0) if number == 1 and found.best and rows else None
    listing.rows = rows
    listing.facets = facet_column(filters, found)
    listing.quick = kind_links(filters, found)
    bets = bets_for(fold(filters.question), locale_of(translation.get_language()).pk, today()) if number == 1 else ()
    ways = ways_out(request, [hit.entry for hit in found.items[:PAGE_SIZE] if hit.is_sure])
    shown = understanding(filters, found) | ways
    response = _answer(request, filters, listing, best=best, bets=links(bets), **shown)
    if number == 1 and not any(filters.chosen.values()):
        response.headers[HEADER] = f"{translation.get_language()} {found.total}"
    return response


def _malformed(request: HttpRequest, filters: SearchFilter, message: str = "") -> HttpResponse:
    """400 with the form, the field named, and no rows."""
    listing = ResultsListing(filters, 0, 1, 1, PAGE_SIZE)
    listing.facets = facet_column(filters)
    if message:
        listing.notes = [{"field": "page", "label": _("Page"), "message": message}]
    return _answer(request, filters, listing, status=400)


def _answer(
    request: HttpRequest, filters: SearchFilter, listing: ResultsListing, status: int = 200, **found: Any
) -> HttpResponse:
    context = {
        "query": filters.question,
        "listing": listing,
        "marked": "",
        "suggestions": [],
        "read_as": [],
        "filter_offers": [],
        "is_unsure": False,
        "best": None,
        "bets": [],
        "is_available": engine().is_available,
        "page_title": _("Search"),
    }
    return TemplateResponse(request, TEMPLATE, context | ways_out(request) | found, status=status)


@csrf_exempt
@require_POST
def chosen(request: HttpRequest) -> HttpResponse:
    """A script tells that a result was opened: `q` and `page`. Nothing is answered, no cookie is looked at but to
    leave staff out; the only effect is a line in the log, so the origin is asked for rather than a token."""
    if not _is_of_this_site(request):
        return HttpResponseForbidden()
    question, page = request.POST.get("q", "").strip(), request.POST.get("page", "")
    if not question or len(question) > LONGEST or not (page.isascii() and page.isdigit()) or len(page) > 18:
        return HttpResponseBadRequest()
    if is_counted(request):
        note_choice(question, int(page))
    return HttpResponse(status=204)


def _is_of_this_site(request: HttpRequest) -> bool:
    """Whether a page of this portal sent it; browsers say so with every POST."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return urlsplit(request.headers.get("Origin", "")).netloc == request.get_host()


def _other_language_url(filters: SearchFilter) -> str:
    """The same question in the other language of the portal, for the switcher."""
    with translation.override("vi" if translation.get_language() == "en" else "en"):
        return f"{reverse('search')}{filters.query()}".removesuffix("?")
