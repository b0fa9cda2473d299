"""What the ranker is told of texts: those of short ones are remembered, long ones are read."""

import pytest
from django.db.models import Case, F, When

from core.page_cache import as_reader
from search import candidates as module
from search.candidates import candidates
from search.models import SearchEntry
from search.query import search
from search.question import understand

QUESTION = "khoan giếng làng nước"


@pytest.fixture
def pages(add_page):
    """Three pages, one in the way of pairs that are none: "khoan" and "giếng" apart."""
    texts = ("<p>Khoan giếng, khoan sâu</p>", "<p>Giếng làng đã khoan</p>", "")
    return [add_page(f"Trang {number}", body=text).pk for number, text in enumerate(texts)]


def keep_up_to(syllables, monkeypatch):
    monkeypatch.setattr(
        module, "SHORT_TEXT", Case(When(text_length__lte=syllables, then=F("text_signs")), default=None)
    )


@pytest.fixture(params=[800, 4, 0], ids=["remembered", "one_is_read", "read"])
def size(request, monkeypatch):
    keep_up_to(request.param, monkeypatch)


def found(pages, locale):
    question = understand(QUESTION, locale.pk, locale.language_code)
    told = {one.id: one.body for one in candidates(question, frozenset(), pages, locale.pk)}
    return [set(told[page].intersection(question.tokens)) if page in told else None for page in pages]


def test_syllables_and_pairs_of_a_text_are_known(pages, size, home):
    assert found(pages, home.locale) == [
        {"khoan", "gieng", "khoan_gieng"},
        {"khoan", "gieng", "lang", "gieng_lang"},
        set(),
    ]


def test_what_is_remembered_follows_a_publication(pages, size, home, add_page, commit):
    with as_reader():
        found(pages, home.locale)
    added = add_page("Trang mới", body="<p>Nước giếng</p>").pk
    commit()
    with as_reader():
        assert found([*pages, added], home.locale)[-1] == {"gieng", "nuoc"}


def test_an_entry_that_goes_meanwhile_breaks_no_question(pages, home, monkeypatch):
    known = module.known_entries

    def known_and_gone(ids, locale_id):
        told = known(ids, locale_id)
        SearchEntry.objects.filter(pk=pages[0]).delete()
        return told

    keep_up_to(0, monkeypatch)
    monkeypatch.setattr(module, "known_entries", known_and_gone)
    assert found([*pages, 999_999], home.locale)[0] == set()


def test_the_order_is_the_same_for_texts_that_are_remembered_and_read(pages, home, monkeypatch):
    questions = ("khoan giếng", "giếng làng", "trang", "nước")
    remembered = [[hit.page_id for hit in search(text, home.locale).items] for text in questions]
    keep_up_to(0, monkeypatch)
    assert [[hit.page_id for hit in search(text, home.locale).items] for text in questions] == remembered
