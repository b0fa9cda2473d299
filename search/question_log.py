"""What was asked and chosen, one line each in a log of its own, for `search.counting`.

A reader's GET writes nothing to the database. A line has the day, the words and the language or the page; no time of
day, no address, no session, and no number that could be somebody's.
"""

import json
import logging
import re
import secrets
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from core.page_cache import today
from core.text import nfc

logger = logging.getLogger("portal.search")

#: language and number of hits, on the first page of a question without filters; kept with the stored page
HEADER = "X-Portal-Results"
LONGEST = 255  # characters of a question

_MAIL = re.compile(r"\S+@\S+")
#: five digits and more, or seven and more in groups, as telephone, identity and account numbers are written
_NUMBER = re.compile(r"\d(?:[ .-]?\d){6,}|\d{5,}")


def trimmed(text: str) -> str:
    """A question without what may name a person by number or address: each such piece is `#`."""
    clean = " ".join(nfc(text[:LONGEST]).encode("utf-8", "ignore").decode().split())
    return _NUMBER.sub("#", _MAIL.sub("#", clean))


def note_question(text: str, language: str, found: int) -> None:
    _write(asked=trimmed(text), language=language, found=found)


def note_choice(text: str, page_id: int) -> None:
    """A result of this question was opened."""
    _write(asked=trimmed(text), chosen=page_id)


def _write(**values: object) -> None:
    # The random part tells the first lines of two files apart.
    line = {"day": today().isoformat(), **values, "n": secrets.token_hex(4)}
    logger.info("%s", json.dumps(line, ensure_ascii=False))


class QuestionLogMiddleware:
    """Logs questions, also those that the page cache answers; not those of staff who are signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        told = response.headers.get(HEADER)
        if told and request.method == "GET" and is_counted(request):
            language, found = told.split()
            note_question(request.GET.get("q", ""), language, int(found))
        return response


def is_counted(request: HttpRequest) -> bool:
    """Whether a person who is not of the staff asks: nothing is counted that a browser fetches ahead."""
    is_ahead = "prefetch" in request.headers.get("Sec-Purpose", "") or request.headers.get("Purpose") == "prefetch"
    return settings.SESSION_COOKIE_NAME not in request.COOKIES and not is_ahead
