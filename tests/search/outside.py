"""A real outside engine for a test: Elasticsearch behind a proxy, with indexes of the test's own."""

from uuid import uuid4

import pytest
from wagtail.models import Locale

from search.engines import outside_engine
from tests.search.proxy import Proxy


@pytest.fixture
def proxy(elasticsearch_url):
    made = Proxy(elasticsearch_url)
    yield made
    made.mode = "pass"
    made.refuse()


@pytest.fixture
def outside(db, proxy, settings, elasticsearch_url):
    """The portal asks this engine from now on. It has an empty index for each language."""
    settings.SEARCH_ELASTICSEARCH_URL = proxy.url
    settings.SEARCH_ELASTICSEARCH_PREFIX = f"test-{uuid4().hex[:12]}"
    engine = outside_engine()
    engine.clear()
    yield engine
    settings.SEARCH_ELASTICSEARCH_URL = elasticsearch_url
    drop_indexes(outside_engine())


def drop_indexes(engine):
    codes = list(Locale.objects.values_list("language_code", flat=True))
    engine.indexes.drop(name for found in engine.indexes.targets(codes).values() for name in found.names)
