"""Which engine answers: the one outside where it is set and healthy, else the one that goes with the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection
from django.utils.module_loading import import_string

from search.engines.base import Answering, DatabaseEngine
from search.engines.connection_settings import wrong

if TYPE_CHECKING:
    from search.engines.outside import OutsideEngine

#: name in PORTAL_SEARCH_ENGINE, which for the databases' own engines is Django's name of the database → class
ENGINES = {
    "sqlite": "search.engines.sqlite.SqliteEngine",
    "postgresql": "search.engines.postgresql.PostgresqlEngine",
}

_only: ContextVar[Answering | None] = ContextVar("only_engine", default=None)


def engine_name() -> str:
    return settings.PORTAL_SEARCH_ENGINE or connection.vendor


@contextmanager
def only(name: str) -> Iterator[None]:
    """Within it this engine alone answers: for measurements. ValueError where this installation does not have it."""
    chosen = outside_engine() if name == "elasticsearch" else database_engine() if name == engine_name() else None
    if chosen is None or not chosen.is_available:
        raise ValueError(f"This installation has no engine {name!r}.")
    token = _only.set(chosen)
    try:
        yield
    finally:
        _only.reset(token)


def engine() -> Answering:
    """What answers questions: the outside engine as long as it is healthy, the database's otherwise."""
    if chosen := _only.get():
        return chosen
    outside = outside_engine()
    return _failover(outside) if outside else database_engine()


def answering() -> str:
    """Name of the engine that answers at this moment, in this process."""
    current = engine()
    is_outside = current is not database_engine() and not current.breaker.is_open
    return "elasticsearch" if is_outside else engine_name()


def outside_engine() -> "OutsideEngine | None":
    """The engine that is fed after the commit; None where none is set, or not rightly, and then none is imported."""
    if not settings.SEARCH_ELASTICSEARCH_URL or wrong_elasticsearch():
        return None
    return _elasticsearch(*_elasticsearch_settings())


def wrong_elasticsearch() -> str:
    """What is wrong with the settings of Elasticsearch, without asking it; "" where nothing is."""
    return wrong(*_elasticsearch_settings()) if settings.SEARCH_ELASTICSEARCH_URL else ""


def database_engine() -> DatabaseEngine:
    """What entries are written to in the transaction of their change; one that is not available where there is none."""
    return _named(engine_name())


def _elasticsearch_settings() -> tuple[str, ...]:
    names = ("URL", "PREFIX", "CA", "USER", "PASSWORD", "API_KEY")
    return tuple(getattr(settings, f"SEARCH_ELASTICSEARCH_{name}") for name in names)


@cache
def _elasticsearch(url: str, prefix: str, ca: str, user: str, password: str, api_key: str) -> "OutsideEngine":
    made = import_string("search.engines.elasticsearch.ElasticsearchEngine")
    return made(url, prefix=prefix, ca=ca, user=user, password=password, api_key=api_key)


@cache
def _failover(outside: "OutsideEngine") -> Answering:
    return import_string("search.engines.failover.FailoverEngine")(outside, database_engine)


@cache
def _named(name: str) -> DatabaseEngine:
    return import_string(ENGINES.get(name, "search.engines.base.NoEngine"))()
