"""Said at start: whether this installation has a search engine."""

import logging
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.db import connection

from search.engines import ENGINES, engine_name, wrong_elasticsearch
from search.engines.connection_settings import unreadable_certificate

logger = logging.getLogger(__name__)

DATABASE_ENGINES = frozenset({"sqlite", "postgresql"})


@register
def check_engine(**_kwargs: Any) -> list[CheckMessage]:
    if wrong := wrong_elasticsearch():
        return [Error(wrong, id="search.E003")]
    if settings.SEARCH_ELASTICSEARCH_URL and (unreadable := unreadable_certificate(settings.SEARCH_ELASTICSEARCH_CA)):
        return [Warning(unreadable, hint="The database answers meanwhile.", id="search.W002")]
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


def warn_at_start() -> None:
    """Servers run no checks: write the same into the log."""
    for message in check_engine():
        logger.warning("%s", message)
