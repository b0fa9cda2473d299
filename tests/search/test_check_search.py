"""Site, table and engines are compared page by page, and brought to say the same."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from home.models import ContentPage
from search import comparison
from search.engines import database_engine
from search.engines.base import Document
from search.engines.outside import Removal
from search.models import SearchEntry, Tombstone
from search.outbox import sync
from tests.search.outside import drop_indexes, outside, proxy  # noqa: F401 - fixtures

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="looks into the engine of SQLite"),
]


@pytest.fixture(autouse=True)
def no_pause(monkeypatch):
    monkeypatch.setattr(comparison, "SECOND_LOOK", 0)


@pytest.fixture
def check(capsys):
    """Run the command; its exit code and what it says of each page."""

    def run(*options):
        try:
            call_command("check_search", *options)
            code = 0
        except CommandError as error:
            code = error.returncode
        return code, capsys.readouterr().out.splitlines()

    return run


@pytest.fixture
def page(add_page):
    return add_page("Xin phép xây nhà")


def mends(check, difference, page_id):
    """The difference is told with its page, mended, and told no more."""
    code, lines = check()
    assert code == 1 and len(lines) == 1
    assert lines[0].startswith(f"{page_id} ") and difference in lines[0]
    code, lines = check("--repair")
    assert (code, lines[-2:]) == (0, ["1 pages mended", "no difference"])
    assert check() == (0, ["no difference"])


def test_where_nothing_differs_it_says_so(check, page):
    assert check() == (0, ["no difference"])


def test_a_page_without_an_entry(check, page):
    SearchEntry.objects.filter(pk=page.pk)._raw_delete("default")
    database_engine().remove([page.pk])
    mends(check, comparison.NO_ENTRY, page.pk)


def test_an_entry_without_a_page_that_search_knows(check, page):
    ContentPage.objects.filter(pk=page.pk).update(live=False)
    mends(check, comparison.NO_PAGE, page.pk)
    assert not SearchEntry.objects.filter(pk=page.pk).exists()


def test_an_entry_that_says_something_else_than_the_page(check, page):
    ContentPage.objects.filter(pk=page.pk).update(title="Đào giếng")
    mends(check, comparison.OTHER_ENTRY, page.pk)
    assert SearchEntry.objects.get(pk=page.pk).title == "Đào giếng"


def test_an_engine_of_the_database_that_lacks_an_entry(check, page):
    database_engine().remove([page.pk])
    mends(check, comparison.DATABASE_LACKS, page.pk)


def test_an_engine_of_the_database_that_has_what_is_gone(check, page):
    entry = SearchEntry(page_id=999, locale_id=page.locale_id, kind="page", title="Đào giếng")
    database_engine().write([Document.of(entry, "vi")])
    mends(check, comparison.DATABASE_STRAY, 999)


def test_a_change_that_was_not_pushed(check, outside, page):  # noqa: F811
    mends(check, comparison.WAITS, page.pk)


def test_an_outside_engine_that_lacks_an_entry(check, outside, page):  # noqa: F811
    sync(outside)
    outside.remove([page.pk])
    mends(check, comparison.OUTSIDE_LACKS, page.pk)


def test_an_outside_engine_that_took_an_entry_for_removed(check, outside, page):  # noqa: F811
    sync(outside)
    outside.push([Removal(page.pk, 7, page.locale_id)])
    mends(check, comparison.OUTSIDE_LACKS, page.pk)


def test_an_outside_engine_with_a_newer_version_as_after_a_restored_backup(check, outside, page):  # noqa: F811
    page.title = "Đào giếng"
    page.save()
    sync(outside)
    SearchEntry.objects.update(version=1, pushed_version=1)
    mends(check, comparison.OUTSIDE_VERSION, page.pk)


def test_an_outside_engine_with_another_text(check, outside, page):  # noqa: F811
    entry = SearchEntry(page_id=page.pk, version=1, locale_id=page.locale_id, kind="page", title="Đào giếng")
    outside.push([Document.of(entry, "vi")])
    SearchEntry.objects.update(pushed_version=1)
    mends(check, comparison.OUTSIDE_OTHER, page.pk)


def test_an_outside_engine_that_has_what_is_gone(check, outside, page):  # noqa: F811
    sync(outside)
    page.delete()
    Tombstone.objects.all().delete()
    mends(check, comparison.OUTSIDE_STRAY, page.pk)


def test_an_entry_in_the_index_of_another_language(check, outside, page, home_en):  # noqa: F811
    sync(outside)
    entry = SearchEntry(page_id=page.pk, version=1, locale_id=home_en.locale_id, kind="page", title="Đào giếng")
    outside.push([Document.of(entry, "vi")])
    mends(check, comparison.OUTSIDE_STRAY, page.pk)


def test_an_outside_engine_without_an_index_is_an_error_that_repair_mends(check, outside, page):  # noqa: F811
    sync(outside)
    drop_indexes(outside)
    assert check()[0] == 1
    assert check("--repair")[0] == 0
    assert check() == (0, ["no difference"])


def test_an_outside_engine_that_is_away_is_an_error(check, outside, proxy, page):  # noqa: F811
    proxy.refuse()
    assert check()[0] == 1
