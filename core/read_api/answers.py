"""Round every answer of the read API: language, conditional requests, CORS, HEAD and OPTIONS, errors as problems."""

import hashlib
from collections.abc import Callable
from datetime import datetime, time
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone, translation
from django.utils.http import http_date, parse_etags, parse_http_date_safe

from core.page_cache import changed_at, current_version, today
from core.read_api.parameters import wanted_language
from core.read_api.problems import CONTENT_TYPE, not_found, problem

METHODS = "GET, HEAD, OPTIONS"
#: seconds that a browser may remember the answer to a preflight
PREFLIGHT_AGE = "86400"

View = Callable[..., HttpResponse]


def read_only(contract: str) -> Callable[[View], View]:
    """Decorator of all views of an API. `contract` is its version: a new one outdates what clients have stored."""

    def decorate(view: View) -> View:
        @wraps(view)
        def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            language = wanted_language(request)
            if request.method == "OPTIONS":
                return with_headers(_preflight(), language)
            if request.method not in {"GET", "HEAD"}:
                return with_headers(_not_allowed(), language)
            with translation.override(language):
                return with_headers(_conditional(view, request, contract, args, kwargs), language)

        answered.csrf_exempt = True  # type: ignore[attr-defined] - writes are refused whatever they carry
        return answered

    return decorate


def _conditional(view: View, request: HttpRequest, contract: str, args: Any, kwargs: Any) -> HttpResponse:
    """304 where the reader has this very answer, before any work is done for it."""
    etag = entity_tag(request, contract)
    if _holds(request, etag):
        return _stamped(HttpResponseNotModified(), etag, None)
    # Read before the work: what is published while it is done must not seem older than the answer.
    modified = last_modified()
    response = _worked_for(view, request, args, kwargs)
    if response.status_code != 200:
        return _as_problem(response)
    if _unmodified_since(request, modified):
        response = HttpResponseNotModified()
    return _stamped(response, etag, modified)


def _worked_for(view: View, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse:
    """The view's answer; the framework knows no HEAD, whose body the server leaves out."""
    method, request.method = request.method, "GET"
    try:
        return view(request, *args, **kwargs)
    except Http404:
        return not_found(request)
    finally:
        request.method = method


def entity_tag(request: HttpRequest, contract: str) -> str:
    """A name for this answer: it changes with what is public, with the day, the address and the query."""
    parts = (contract, current_version(), today(), request.scheme, request.get_host(), request.get_full_path())
    return f'"{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"'


def last_modified() -> datetime | None:
    """When public content last changed: by a publication, or by the calendar at midnight.

    None while that second lasts, since it could change again in it, and where it is not known.
    """
    changed = changed_at(current_version())
    if changed is None:
        return None
    latest = max(changed, timezone.make_aware(datetime.combine(today(), time.min)))
    return latest if int(latest.timestamp()) < int(timezone.now().timestamp()) else None


def _holds(request: HttpRequest, etag: str) -> bool:
    return etag in [known.removeprefix("W/") for known in parse_etags(request.headers.get("If-None-Match", ""))]


def _unmodified_since(request: HttpRequest, modified: datetime | None) -> bool:
    if modified is None or "If-None-Match" in request.headers:
        return False
    since = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
    return since is not None and int(modified.timestamp()) <= since


def _stamped(response: HttpResponse, etag: str, modified: datetime | None) -> HttpResponse:
    response.headers["ETag"] = etag
    if modified:
        response.headers["Last-Modified"] = http_date(modified.timestamp())
    response.headers.setdefault("Cache-Control", "public, no-cache")
    return response


def _as_problem(response: HttpResponse) -> HttpResponse:
    """Errors that no handler has seen, such as those of the framework's own views."""
    if response.status_code < 400 or response.headers.get("Content-Type", "").startswith(CONTENT_TYPE):
        return response
    return problem(response.status_code, "The request cannot be answered.")


def _preflight() -> HttpResponse:
    headers = {
        "Allow": METHODS,
        "Access-Control-Allow-Methods": METHODS,
        "Access-Control-Allow-Headers": "*",
        "Access-Control-Max-Age": PREFLIGHT_AGE,
    }
    return HttpResponse(status=204, headers=headers)


def _not_allowed() -> HttpResponse:
    response = problem(405, "This API is for reading only.")
    response.headers["Allow"] = METHODS
    return response


def with_headers(response: HttpResponse, language: str) -> HttpResponse:
    """Everybody may read, from a page of any origin; no credentials are ever looked at."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag, Last-Modified"
    # Files and scripts of other sites may embed an answer; the portal's pages keep their stricter policy.
    response.headers.setdefault("Cross-Origin-Resource-Policy", "cross-origin")
    response.headers.setdefault("Content-Language", language)
    return response
