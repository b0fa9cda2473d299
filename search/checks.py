"""Said at start: whether this installation has a search engine."""

import logging
import re
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.db import connection

from search.engines import ENGINES, engine_name

logger = logging.getLogger(__name__)

INDEX_PREFIX = re.compile(r"[a-z0-9][a-z0-9_-]{0,60}\Z")
DATABASE_ENGINES = frozenset({"sqlite", "postgresql"})


@register
def check_engine(**_kwargs: Any) -> list[CheckMessage]:
    if wrong := _wrong_elasticsearch():
        return [Error(wrong, id="search.E003")]
    wanted = settings.PORTAL_SEARCH_ENGINE
    if wanted and wanted not in ENGINES:
        known = ", ".join(sorted(ENGINES))
        return [Error(f"PORTAL_SEARCH_ENGINE is {wanted!r}; known engines are: {known}.", id="search.E001")]
    if wanted in DATABASE_ENGINES and wanted != connection.vendor:
        return [Error(f"The engine {wanted!r} does not work on {connection.vendor}.", id="search.E002")]
    if engine_name() not in ENGINES:
        return [
            Warning(
                f"There is no search on {connection.display_name}: the results page says that it is not available.",
                hint="Use SQLite or PostgreSQL (DATABASE_URL) where search is needed.",
                id="search.W001",
            )
        ]
    return []


def _wrong_elasticsearch() -> str:
    """What is wrong with the settings of Elasticsearch, without asking it."""
    if not settings.SEARCH_ELASTICSEARCH_URL:
        return ""
    parts = urlsplit(settings.SEARCH_ELASTICSEARCH_URL)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return "SEARCH_ELASTICSEARCH_URL must begin with http:// or https:// and name a host."
    if settings.SEARCH_ELASTICSEARCH_USER and settings.SEARCH_ELASTICSEARCH_API_KEY:
        return "Set SEARCH_ELASTICSEARCH_USER or SEARCH_ELASTICSEARCH_API_KEY, not both."
    if not INDEX_PREFIX.match(settings.SEARCH_ELASTICSEARCH_PREFIX):
        return "SEARCH_ELASTICSEARCH_PREFIX must be small letters, digits, - and _, beginning with a letter or digit."
    return ""


def warn_at_start() -> None:
    """Servers run no checks: write the same into the log."""
    for message in check_engine():
        logger.warning("%s", message)
