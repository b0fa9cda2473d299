"""What the ranker is told of an entry: packed when it is written, the same when it is read again."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.facts import packed, unpacked
from search.models import SearchEntry
from search.phrases import names
from search.query import search

DATES = st.none() | st.dates(min_value=datetime.date(1945, 9, 2))


@given(st.text(max_size=60), st.text(max_size=60), DATES, st.floats(0, 1), st.sampled_from(["vi", "en"]))
def test_what_is_packed_is_read_again_for_any_text(title, keywords, date, prior, language):
    entry = SearchEntry(
        kind="page", title=title, keywords=keywords, date=date, prior=prior, text_length=7, facets={"year": ["2019"]}
    )
    phrases = tuple(names(title, keywords, language))
    read = unpacked(packed(entry, language), 3, 1)
    assert read == (3, 1, "page", title, phrases, 7, date, prior, {"year": ["2019"]}, None)


@pytest.mark.django_db
def test_an_entry_from_before_facts_were_packed_is_ranked_as_the_others(add_page, home):
    first, second = add_page("Khoan giếng").pk, add_page("Khoan giếng làng").pk
    SearchEntry.objects.filter(pk=first).update(facts="")
    hits = search("khoan giếng", home.locale).items
    assert [hit.page_id for hit in hits] == [first, second]
    assert hits[0].score > hits[1].score
