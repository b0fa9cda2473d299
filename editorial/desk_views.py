"""Pages behind the front page of the admin: whole lists, and where one may write."""

from collections.abc import Callable, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.page_cache import today
from editorial.calendar import office_calendar
from editorial.desk.deciding import waiting_rows
from editorial.desk.duties import MOST, duty_rows
from editorial.desk.sent import reviews_sent_by, sent_rows
from editorial.desk.writing import kinds_to_write, places_by_language, places_of
from editorial.upkeep import duties_of
from editorial.waiting import waiting_in

#: rows of a page
PAGE_SIZE = 25


def waiting(request: HttpRequest) -> HttpResponse:
    """All that waits for the user's decision."""
    return _waiting_list(request, waiting_in(request).to_decide, _("For me to approve"), decides=True)


def handed_on(request: HttpRequest) -> HttpResponse:
    """What the user would be asked about had they not written it: others decide."""
    title = _("Decided by others because I changed it")
    return _waiting_list(request, waiting_in(request).handed_on, title, decides=False)


def sent(request: HttpRequest) -> HttpResponse:
    """All that the user sent for approval and that is of interest still."""
    reviews = reviews_sent_by(request.user, timezone.now())
    return _paged(request, _("Sent by me"), reviews, "sent.html", lambda page: sent_rows(page, today()))


def duties(request: HttpRequest) -> HttpResponse:
    """The live pages that the user must look at again, as far as they are due."""
    found = duties_of(request.user, today(), limit=MOST)
    return _paged(
        request, _("Review due soon"), found, "duties.html", lambda page: duty_rows(page, today(), office_calendar())
    )


def write(request: HttpRequest) -> HttpResponse:
    """The kinds of content that the user may write; for a chosen one (`kind`), the places that take it."""
    places = places_of(request.user)
    kinds = kinds_to_write(places)
    chosen = request.GET.get("kind", "")
    context = {
        "page_title": _("Write something new"),
        "page_subtitle": kinds[chosen].label if chosen in kinds else "",
        "kinds": list(kinds.values()),
        "languages": places_by_language(places, chosen),
    }
    return TemplateResponse(request, "editorial/desk/write.html", context)


def _waiting_list(request: HttpRequest, states: Sequence[Any], title: str, *, decides: bool) -> HttpResponse:
    def rows(page: Sequence[Any]) -> list[Any]:
        return waiting_rows(page, request.user, today(), office_calendar(), decides=decides)

    return _paged(request, title, states, "waiting.html", rows)


def _paged(
    request: HttpRequest, title: str, found: Any, template: str, rows: Callable[[Sequence[Any]], list[Any]]
) -> HttpResponse:
    """A page of a list; what is no number of a page shows the first, what is past the end the last."""
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("p"))
    context = {
        "page_title": title,
        "rows": rows(list(page)),
        "rows_template": f"editorial/desk/{template}",
        "page": page,
    }
    return TemplateResponse(request, "editorial/desk/list.html", context)
