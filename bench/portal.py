"""What needs the portal's own code, run with its environment: `python -m bench.portal prepare|pages`."""

import json
import os
import re
import sys
from collections import Counter
from typing import Any

from bench.database import ROOT

#: unaccented and accented questions, a code and an abbreviation: no two rounds are answered from one memo
QUESTIONS = (
    *("dang ky khai sinh", "dang ky ket hon", "khai tu", "cap lai giay phep", "chung thuc chu ky"),
    *("ho kinh doanh", "dat dai tach thua", "tro cap xa hoi", "giấy phép xây dựng", "bảo hiểm y tế"),
    *("1.001193", "ubnd xa", "thuong tru", "ho chieu", "giay phep lai xe", "ke hoach 45"),
)
#: services whose pages are asked for in turn
DETAILS = 16


def prepare() -> None:
    """As `make demo` does: strings, static files, migrations, demo content, search index."""
    sys.path.insert(0, str(ROOT / "deploy"))
    import demo

    demo.prepare()


def pages() -> None:
    """Print as JSON the addresses that are measured, with queries, bytes and rows of each."""
    import django

    django.setup()
    from importlib.metadata import version

    from django.db import connection

    paths = addresses()
    names = ("Django", "wagtail", "gunicorn")
    found = {
        "versions": {name: version(name) for name in names} | {"database": connection.vendor},
        "content": content(),
        "pages": {name: {"paths": asked} | look_at(asked) for name, asked in paths.items()},
    }
    print(json.dumps(found))


def addresses() -> dict[str, list[str]]:
    from urllib.parse import quote_plus

    from django.urls import reverse
    from wagtail.models import Locale

    from home.models import HomePage
    from services.catalogue import catalogue
    from services.models import ServiceIndexPage, ServicePage

    locale = Locale.objects.get(language_code="vi")
    front = HomePage.objects.live().get(locale=locale).get_url()
    index = ServiceIndexPage.objects.live().get(locale=locale).get_url()
    items = catalogue(locale.pk)
    field = Counter(item.field for item in items).most_common(1)[0][0]
    services = ServicePage.objects.in_bulk([item.page_id for item in items[:: len(items) // DETAILS]][:DETAILS])
    details = [page.get_url() for page in services.values()]
    search = [f"{reverse('search')}?q={quote_plus(question)}" for question in QUESTIONS]
    return {
        "front": [front],
        "list": [f"{index}?government=commune"],
        "list_plain": [index],
        "list_field": [f"{index}?field={field}"],
        "detail": details,
        "search": search,
    }


def content() -> dict[str, int]:
    from announcements.models import AnnouncementPage, DirectivePage
    from search.models import SearchEntry
    from services.models import ServicePage

    kinds = {"services": ServicePage, "directives": DirectivePage, "announcements": AnnouncementPage}
    live = {name: model.objects.live().count() for name, model in kinds.items()}
    return live | {"search_entries": SearchEntry.objects.count()}


def look_at(paths: list[str]) -> dict[str, Any]:
    """Ask for each page twice: with nothing remembered, then as every later reader gets it. The highest counts."""
    cold, warm, sizes, totals = [], [], [], []
    for path in paths:
        forget()
        cold.append(ask(path)[0])
        queries, body = ask(path)
        warm.append(queries)
        sizes.append(len(body.encode()))
        totals.append(int(found[1]) if (found := re.search(r'data-total="(\d+)"', body)) else None)
    return {
        "queries": max(warm),
        "queries_after_publishing": max(cold),
        "bytes": round(sum(sizes) / len(sizes)),
        "rows": totals[0] if len(totals) == 1 else [total for total in totals if total is not None] or None,
    }


def ask(path: str) -> tuple[int, str]:
    """Number of queries and the page. Raises SystemExit where the page is not there."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        response = Client(headers={"host": "127.0.0.1"}).get(path)
    if response.status_code != 200:
        sys.exit(f"{path} answered {response.status_code}.")
    return len(queries), response.content.decode()


def forget() -> None:
    """Drop what is remembered, as the publication of anything does."""
    from django.db import transaction

    from core.page_cache import touch

    with transaction.atomic():
        touch()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
    {"prepare": prepare, "pages": pages}[sys.argv[1]]()
