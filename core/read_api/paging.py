"""Parts of a list: `limit`, an opaque `cursor` that outlives inserts, and the address of the next part."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext as _

from core.read_api.parameters import DEFAULT_LIMIT, MOST
from core.read_api.problems import BadParameters

Item = TypeVar("Item")
#: what a list is sorted by, ascending; the last part is unique
Key = tuple[str | int | float, ...]


@dataclass(frozen=True, slots=True)
class Part(Generic[Item]):
    """Items of one answer; `next_url` is None at the end of the list."""

    items: Sequence[Item]
    total: int
    next_url: str | None


def part_of(items: Sequence[Item], request: HttpRequest, name: str, key: Callable[[Item], Key]) -> Part[Item]:
    """The part of a sorted list that is asked for. `name` keeps cursors of different lists apart.

    The cursor carries the sort key of the last item given, so what is published or taken back meanwhile neither
    repeats nor skips any other item.
    """
    limit = _limit(request)
    start = _start(items, request, name, key)
    shown = items[start : start + limit]
    following = None
    if start + limit < len(items):
        following = _next_url(request, _encode(name, key(shown[-1])))
    return Part(shown, len(items), following)


def _limit(request: HttpRequest) -> int:
    raw = request.GET.get("limit", str(DEFAULT_LIMIT))
    if not (raw.isascii() and raw.isdigit() and len(raw) < 5 and 1 <= int(raw) <= MOST):
        raise BadParameters([("limit", _("The limit must be a whole number from 1 to %(most)s.") % {"most": MOST})])
    return int(raw)


def _start(items: Sequence[Item], request: HttpRequest, name: str, key: Callable[[Item], Key]) -> int:
    """Index of the first item after the cursor."""
    raw = request.GET.get("cursor")
    if raw is None:
        return 0
    after = _decode(name, raw)
    keys = [key(item) for item in items]
    if keys and [type(part) for part in keys[0]] != [type(part) for part in after]:
        raise _malformed()
    if after in keys:
        return keys.index(after) + 1
    return next((index for index, found in enumerate(keys) if found > after), len(keys))


def _next_url(request: HttpRequest, cursor: str) -> str:
    pairs = [(name, value) for name, values in request.GET.lists() if name != "cursor" for value in values]
    return request.build_absolute_uri(f"{request.path}?{urlencode([*pairs, ('cursor', cursor)])}")


def _encode(name: str, key: Key) -> str:
    raw = json.dumps([name, *key], separators=(",", ":"))
    return base64.urlsafe_b64encode(raw.encode()).decode().rstrip("=")


def _decode(name: str, cursor: str) -> Key:
    try:
        raw: Any = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, UnicodeError, ValueError, RecursionError) as error:
        raise _malformed() from error
    if not isinstance(raw, list) or len(raw) < 2 or any(type(part) not in (str, int, float) for part in raw):
        raise _malformed()
    if raw[0] != name or _encode(name, tuple(raw[1:])) != cursor:
        raise _malformed()
    return tuple(raw[1:])


def _malformed() -> BadParameters:
    return BadParameters([("cursor", _("This is not a cursor that this list has given."))])
