"""Servers that some tests need, and a browser: where they are, and what their absence means.

Without one its tests are skipped, and the end of the run says so in one line. REQUIRE names those that must be there,
separated by commas, as `.ci/run` names all: without such a one its tests fail.
`deploy/test-servers start` starts the servers, `eval "$(deploy/test-servers env)"` tells the tests where they are.
"""

import os
import shutil

import pytest

POSTGRESQL_URL = os.environ.get("DATABASE_TEST_POSTGRES_URL", "")
ELASTICSEARCH_URL = os.environ.get("SEARCH_TEST_ELASTICSEARCH_URL", "")
SECURED_URL = os.environ.get("SEARCH_TEST_SECURED_URL", "")
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or ""

FOUND = {
    "postgresql": POSTGRESQL_URL,
    "elasticsearch": ELASTICSEARCH_URL,
    "elasticsearch-secured": SECURED_URL,
    "chromium": CHROMIUM,
}
HOW = {
    "postgresql": "DATABASE_TEST_POSTGRES_URL names no server (deploy/test-servers)",
    "elasticsearch": "SEARCH_TEST_ELASTICSEARCH_URL names no server (deploy/test-servers)",
    "elasticsearch-secured": "SEARCH_TEST_SECURED_URL names no server (deploy/test-servers)",
    "chromium": "Chromium is not installed (Debian: apt-get install chromium)",
}
REQUIRED = {name.strip() for name in os.environ.get("REQUIRE", "").split(",") if name.strip()}


def needed(name: str) -> str:
    """Address of a server; without one the test that asks is skipped, or fails where REQUIRE names it."""
    if FOUND[name]:
        return FOUND[name]
    if name in REQUIRED:
        pytest.fail(f"REQUIRE names {name}, but {HOW[name]}", pytrace=False)
    pytest.skip(HOW[name])


@pytest.fixture(scope="session")
def postgresql_url() -> str:
    """A PostgreSQL server on which databases may be made."""
    return needed("postgresql")


@pytest.fixture(scope="session")
def elasticsearch_url() -> str:
    return needed("elasticsearch")


@pytest.fixture(scope="session")
def secured_url() -> str:
    """An Elasticsearch server with TLS and a user."""
    return needed("elasticsearch-secured")


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The browser that journeys drive; Debian's, not one that a package brings."""
    return needed("chromium")


def summary(reasons: list[str]) -> str:
    """The one line at the end of a run, from the reasons for which tests were skipped; empty where none was."""
    counts = {name: sum(HOW[name] in reason for reason in reasons) for name in FOUND}
    parts = [f"{count} of {name}: {HOW[name]}" for name, count in counts.items() if count]
    return f"Skipped tests: {'; '.join(parts)}" if parts else ""
