"""Whole public pages, kept per worker, dropped on every worker by one number in the database.

`touch()` raises the number after the commit of anything public, in a statement of its own. A reader's request
reads it before rendering; pages and memos are kept under it and so are never older than the last publication
that was committed before the request. Five minutes at most, for a crash between a commit and the raise.
"""

import datetime
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextvars import ContextVar
from functools import wraps
from threading import Lock
from typing import Any, ParamSpec, TypeVar

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from core.parameters import known_parameters

LIFETIME = 300  # seconds
#: bytes of one stored answer; larger ones (whole-catalogue downloads) are not kept
LARGEST = 512 * 1024
API_PREFIX = "/api/"
NEVER_CACHED = ("/admin/", "/api/v3-preview/", "/_util/", "/documents/", "/health/", "/static/", "/media/")

P = ParamSpec("P")
R = TypeVar("R")
_version: ContextVar[int | None] = ContextVar("public_version", default=None)


class BoundedStore:
    """Least recently used entries of one worker, each with an expiry."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.entries: OrderedDict[Hashable, tuple[float, Any]] = OrderedDict()
        self.lock = Lock()

    def get(self, key: Hashable) -> Any:
        """The stored value, or None where there is none or it is too old."""
        with self.lock:
            found = self.entries.get(key)
            if found is None:
                return None
            if found[0] < time.monotonic():
                del self.entries[key]
                return None
            self.entries.move_to_end(key)
            return found[1]

    def set(self, key: Hashable, value: Any) -> None:
        with self.lock:
            self.entries[key] = (time.monotonic() + LIFETIME, value)
            self.entries.move_to_end(key)
            while len(self.entries) > self.size:
                self.entries.popitem(last=False)


_pages = BoundedStore(settings.PORTAL_PAGE_CACHE_ENTRIES)
_memos = BoundedStore(400)


def read_version() -> int:
    from core.models import PublicVersion

    return PublicVersion.objects.values_list("number", flat=True).first() or 0


def current_version() -> int:
    """The public version under which the request at hand is answered."""
    version = _version.get()
    return read_version() if version is None else version


def changed_at(version: int) -> datetime.datetime | None:
    """When a version came about; None where it is not the present one any more."""
    from core.models import PublicVersion

    return PublicVersion.objects.filter(number=version).values_list("changed_at", flat=True).first()


def touch() -> None:
    """Something public changes in this transaction: drop pages and memos on every worker once it is committed."""
    if not any(function is _raise_version for _sids, function, *_rest in connection.run_on_commit):
        transaction.on_commit(_raise_version)


def _raise_version() -> None:
    from core.models import PublicVersion

    if not PublicVersion.objects.update(number=F("number") + 1, changed_at=timezone.now()):
        PublicVersion.objects.create(pk=1, number=1)


def today() -> datetime.date:
    """Today in the portal's time zone."""
    return timezone.localdate()


def per_version(function: Callable[P, R]) -> Callable[P, R]:
    """Remember the result for the public version, day and language of a reader's request; compute it elsewhere.

    Outside such a request (commands, admin, a transaction that may be rolled back) nothing is remembered.
    Arguments must be hashable; results must not be changed by callers.
    """

    @wraps(function)
    def remembered(*args: P.args, **kwargs: P.kwargs) -> R:
        version = _version.get()
        if version is None:
            return function(*args, **kwargs)
        key = (
            function.__module__,
            function.__qualname__,
            version,
            today(),
            translation.get_language(),
            args,
            tuple(sorted(kwargs.items())),
        )
        found = _memos.get(key)
        if found is None:
            found = (function(*args, **kwargs),)
            _memos.set(key, found)
        return found[0]

    return remembered


class PageCacheMiddleware:
    """Answers readers from memory; everything with a session, a body or a right of its own passes by."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in {"GET", "HEAD"} or request.path_info.startswith(NEVER_CACHED):
            return self.get_response(request)
        version = read_version()
        token = _version.set(version)
        try:
            return self._answer(request, version)
        finally:
            _version.reset(token)

    def _answer(self, request: HttpRequest, version: int) -> HttpResponse:
        is_personal = settings.SESSION_COOKIE_NAME in request.COOKIES or "Authorization" in request.headers
        if not settings.PORTAL_PAGE_CACHE or is_personal:
            return self.get_response(request)
        key = page_key(request, version)
        if (stored := _pages.get(key)) is not None:
            return _restore(stored)
        response = self.get_response(request)
        if _may_be_kept(response):
            _pages.set(key, (response.content, list(response.items())))
            response.headers["X-Portal-Cache"] = "miss"
        return response


def page_key(request: HttpRequest, version: int) -> Hashable:
    """What tells two answers apart: address, known parameters in order, today's date, version of what is public.

    An API refuses parameters that it does not know, so there all of them count.
    """
    is_api = request.path_info.startswith(API_PREFIX)
    known = known_parameters()
    query = tuple((name, tuple(values)) for name, values in sorted(request.GET.lists()) if is_api or name in known)
    address = (request.scheme, request.META.get("HTTP_HOST"), request.method, request.path)
    conditions = (request.headers.get("If-None-Match"), request.headers.get("If-Modified-Since") if is_api else None)
    return (*address, query, today(), version, *conditions)


def _may_be_kept(response: HttpResponse) -> bool:
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and "Cookie" not in response.headers.get("Vary", "")
        and "no-store" not in response.headers.get("Cache-Control", "")
        and "private" not in response.headers.get("Cache-Control", "")
        and len(response.content) <= LARGEST
    )


def _restore(stored: tuple[bytes, list[tuple[str, str]]]) -> HttpResponse:
    response = HttpResponse(stored[0])
    for name, value in stored[1]:
        response.headers[name] = value
    response.headers["X-Portal-Cache"] = "hit"
    return response
