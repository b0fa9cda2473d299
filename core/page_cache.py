"""Whole public pages, kept per worker, dropped on every worker by one number in the database.

`touch()` raises the number after the commit of anything public, in a statement of its own. A reader's request
reads it before rendering; pages and memos are kept under it and so are never older than the last publication
that was committed before the request. Five minutes at most, for a crash between a commit and the raise.
"""

import datetime
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from core.parameters import known_parameters
from core.versioned_store import VersionedStore

#: bytes of one stored answer; larger ones (whole-catalogue downloads) are not kept
LARGEST = 512 * 1024
API_PREFIX = "/api/"
#: what the staff reads is never kept, but may use what is remembered of public pages, such as their addresses
STAFF = "/admin/"
NEVER_CACHED = (STAFF, "/api/v3-preview/", "/_util/", "/documents/", "/health/", "/static/")

P = ParamSpec("P")
R = TypeVar("R")
#: public version and day under which the reader's request at hand is answered
_moment: ContextVar[tuple[int, datetime.date] | None] = ContextVar("moment", default=None)


_pages = VersionedStore(settings.PORTAL_PAGE_CACHE_ENTRIES)
#: among them a row of every service
_memos = VersionedStore(10_000)
#: of functions that remember few results each
_few: list[VersionedStore] = []
#: what outlives public versions, by name, with the stamp under which it was made
_stamped: dict[str, tuple[Hashable, Any]] = {}


def read_version() -> int:
    """The number, by the shortest way: it is asked for with every request, the cheapest ones above all."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM core_publicversion")
        row = cursor.fetchone()
    return row[0] if row else 0


def current_version() -> int:
    """The public version under which the request at hand is answered."""
    moment = _moment.get()
    return read_version() if moment is None else moment[0]


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


@contextmanager
def as_reader() -> Iterator[None]:
    """Within it commands and measurements answer as a reader's request would, with what is remembered between them."""
    token = _moment.set((read_version(), today()))
    try:
        yield
    finally:
        _moment.reset(token)


def forget() -> None:
    """Nothing is remembered any more in this process: as in one that has just started."""
    for store in (_pages, _memos, *_few):
        store.empty()
    _stamped.clear()


def per_version(function: Callable[P, R]) -> Callable[P, R]:
    """Remember the result for the public version, day and language of a reader's request; compute it elsewhere.

    Outside such a request (commands, what is posted, a transaction that may be rolled back) nothing is remembered.
    Arguments must be hashable; results must not be changed by callers.
    """
    return _remembered(function, _memos)


def per_version_few(size: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """`per_version` for large results whose arguments readers choose: only the `size` used last are kept."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        store = VersionedStore(size)
        _few.append(store)
        return _remembered(function, store)

    return decorate


def _remembered(function: Callable[P, R], store: VersionedStore) -> Callable[P, R]:
    name = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def remembered(*args: P.args, **kwargs: P.kwargs) -> R:
        moment = _moment.get()
        if moment is None:
            return function(*args, **kwargs)
        version, day = moment
        key = (name, day, translation.get_language(), args, tuple(sorted(kwargs.items())))
        found = store.get(version, key)
        if found is None:
            found = (function(*args, **kwargs),)
            store.set(version, key, found)
        return found[0]

    return remembered


def per_stamp(stamp: Callable[[], Hashable]) -> Callable[[Callable[[], R]], Callable[[], R]]:
    """`per_version` for what is costly to read and seldom changes: kept over public versions while `stamp` is the same.

    The stamp is asked for once a version. It must differ after every change of the tables that the function reads.
    """

    def decorate(function: Callable[[], R]) -> Callable[[], R]:
        name = f"{function.__module__}.{function.__qualname__}"

        @wraps(function)
        def kept() -> R:
            if _moment.get() is None:
                return function()
            now, held = stamp(), _stamped.get(name)
            if held is None or held[0] != now:
                held = _stamped[name] = (now, function())
            return held[1]

        return per_version(kept)

    return decorate


def per_version_each(
    identity: Callable[[Any], Hashable], size: int = 0
) -> Callable[[Callable[Concatenate[Sequence[Any], P], Iterable[R]]], Callable[Concatenate[Sequence[Any], P], list[R]]]:
    """`per_version` for a function that makes one result for each of many items, such as rows of a list.

    `identity` tells items apart. The function is called once, with those items whose results are not remembered, and
    gives a result for each, in their order. `size`: as many results are kept, apart from those of other functions.
    """
    store = VersionedStore(size) if size else _memos
    if size:
        _few.append(store)

    def decorate(
        function: Callable[Concatenate[Sequence[Any], P], Iterable[R]],
    ) -> Callable[Concatenate[Sequence[Any], P], list[R]]:
        name = f"{function.__module__}.{function.__qualname__}"

        @wraps(function)
        def remembered(items: Sequence[Any], /, *args: P.args, **kwargs: P.kwargs) -> list[R]:
            moment = _moment.get()
            if moment is None:
                return list(function(items, *args, **kwargs))
            version, day = moment
            shared = (name, day, translation.get_language(), args, tuple(sorted(kwargs.items())))
            keys = [(shared, identity(item)) for item in items]
            found = store.get_all(version, keys)
            missing = [(key, item) for key, item in zip(keys, items, strict=True) if key not in found]
            if missing:
                made = function([item for _key, item in missing], *args, **kwargs)
                for (key, _item), result in zip(missing, made, strict=True):
                    found[key] = (result,)
                    store.set(version, key, found[key])
            return [found[key][0] for key in keys]

        return remembered

    return decorate


class PageCacheMiddleware:
    """Answers readers from memory; everything with a session, a body or a right of its own passes by."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_staffs = request.path_info.startswith(STAFF)
        if request.method not in {"GET", "HEAD"} or (request.path_info.startswith(NEVER_CACHED) and not is_staffs):
            return self.get_response(request)
        version, day = read_version(), today()
        token = _moment.set((version, day))
        try:
            return self.get_response(request) if is_staffs else self._answer(request, version, day)
        finally:
            _moment.reset(token)

    def _answer(self, request: HttpRequest, version: int, day: datetime.date) -> HttpResponse:
        is_personal = settings.SESSION_COOKIE_NAME in request.COOKIES or "Authorization" in request.headers
        if not settings.PORTAL_PAGE_CACHE or is_personal:
            return self.get_response(request)
        key = page_key(request, day)
        if (stored := _pages.get(version, key)) is not None:
            return _restore(stored)
        response = self.get_response(request)
        if _may_be_kept(response):
            _pages.set(version, key, (response.content, list(response.items())))
            response.headers["X-Portal-Cache"] = "miss"
        return response


def page_key(request: HttpRequest, day: datetime.date) -> Hashable:
    """What tells two answers of one public version apart: address, known parameters in order, the day.

    An API refuses parameters that it does not know, so there all of them count.
    """
    is_api = request.path_info.startswith(API_PREFIX)
    known = known_parameters()
    query = tuple((name, tuple(values)) for name, values in sorted(request.GET.lists()) if is_api or name in known)
    address = (request.scheme, request.META.get("HTTP_HOST"), request.method, request.path)
    conditions = [request.headers.get(name) for name in ("If-None-Match", "If-Modified-Since")] if is_api else []
    return (*address, query, day, *conditions)


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
