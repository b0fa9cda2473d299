"""Which engine answers: the one outside where it is set and healthy, else the one that goes with the database."""

from functools import cache

from django.conf import settings
from django.db import connection
from django.utils.module_loading import import_string

from search.engines.base import Engine

#: name in PORTAL_SEARCH_ENGINE, which for the databases' own engines is Django's name of the database → class
ENGINES = {"sqlite": "search.engines.sqlite.SqliteEngine"}


def engine_name() -> str:
    return settings.PORTAL_SEARCH_ENGINE or connection.vendor


def engine() -> Engine:
    """What answers questions: the outside engine as long as it is healthy, the database's otherwise."""
    return database_engine()


def database_engine() -> Engine:
    """What entries are written to in the transaction of their change; one that is not available where there is none."""
    return _named(engine_name())


@cache
def _named(name: str) -> Engine:
    return import_string(ENGINES.get(name, "search.engines.base.NoEngine"))()
