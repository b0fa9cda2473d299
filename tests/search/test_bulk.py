"""Rows that are inserted in one statement: as they were given, and in place of what was there."""

import datetime

import pytest
from django.db import DatabaseError, transaction

from core.bulk import insert
from search.models import SearchEntry, SearchIdentifier

pytestmark = pytest.mark.django_db

FIELDS = ("title", "files", "facets", "date", "prior", "text_length")


def entry(page, **values):
    return SearchEntry(page_id=page.pk, locale_id=page.locale_id, **({"kind": "page", "title": "Họp thôn"} | values))


@pytest.fixture
def pages(add_page):
    """Two pages whose entries are gone."""
    made = [add_page("Trang một"), add_page("Trang hai")]
    SearchEntry.objects.filter(pk__in=[page.pk for page in made]).delete()
    return made


def test_rows_are_stored_as_they_are(pages):
    odd = {"title": '\'\\ "NULL" {1,2} %s\nđ', "files": [["a", "{"]], "facets": {"year": ["2019"]}}
    rows = [entry(pages[0], date=datetime.date(2019, 5, 20), prior=1, text_length=70_000, **odd), entry(pages[1])]
    insert(rows)
    for row in rows:
        stored = SearchEntry.objects.get(pk=row.pk)
        assert [getattr(stored, name) for name in FIELDS] == [getattr(row, name) for name in FIELDS]


def test_those_that_are_there_are_updated_in_the_fields_named(pages):
    insert([entry(pages[0], title="Trước", prior=0.25)])
    insert([entry(pages[0], title="Sau", prior=0.5), entry(pages[1])], unique="page", update=["title"])
    assert list(SearchEntry.objects.filter(pk=pages[0].pk).values_list("title", "prior")) == [("Sau", 0.25)]
    assert SearchEntry.objects.filter(pk=pages[1].pk).exists()


def test_keys_that_the_database_gives_are_left_to_it(pages):
    insert([entry(pages[0])])
    insert([SearchIdentifier(entry_id=pages[0].pk, value=value) for value in ("1.000001", "1.000002")])
    assert set(SearchIdentifier.objects.values_list("value", flat=True)) == {"1.000001", "1.000002"}


def test_a_row_that_is_there_already_is_an_error(pages):
    insert([entry(pages[0])])
    with pytest.raises(DatabaseError), transaction.atomic():
        insert([entry(pages[1]), entry(pages[0])])
    assert not SearchEntry.objects.filter(pk=pages[1].pk).exists()


def test_of_no_rows_the_database_is_not_asked(django_assert_num_queries):
    with django_assert_num_queries(0):
        insert([])
