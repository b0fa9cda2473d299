"""Which of a question's tokens stand in the texts: remembered where entries are few, looked up where they are many."""

import pytest
from django.db.models import Case, F, When

from core.page_cache import as_reader
from search import bodies as module
from search import candidates
from search.bodies import FEW, bodies
from search.candidates import known_entries
from search.query import search

TERMS = ("gieng", "khoan_gieng", "cap_gieng", "nuoc", "lang")


@pytest.fixture
def pages(add_page):
    """Three pages, one in the way of pairs that are none: "khoan" and "giếng" apart."""
    texts = ("<p>Khoan giếng, khoan sâu</p>", "<p>Giếng làng đã khoan</p>", "")
    return [add_page(f"Trang {number}", body=text).pk for number, text in enumerate(texts)]


@pytest.fixture(params=[(FEW, 800), (0, 800), (0, 1)], ids=["few", "many", "many_and_long"])
def size(request, monkeypatch):
    few, short = request.param
    monkeypatch.setattr(module, "FEW", few)
    is_short = Case(When(text_length__lte=short, then=F("text_signs")), default=None)
    monkeypatch.setattr(candidates, "SHORT_TEXT", is_short)


def found(pages, locale_id):
    told = bodies(TERMS, known_entries(pages, locale_id), locale_id)
    return [{term for term in TERMS if term in told.get(page, ())} for page in pages]


def test_syllables_and_pairs_of_a_text_are_known(pages, size, home):
    assert found(pages, home.locale_id) == [{"gieng", "khoan_gieng"}, {"gieng", "lang"}, set()]


def test_what_is_remembered_follows_a_publication(pages, size, home, add_page, commit):
    with as_reader():
        found(pages, home.locale_id)
    added = add_page("Trang mới", body="<p>Nước giếng</p>").pk
    commit()
    with as_reader():
        assert found([*pages, added], home.locale_id)[-1] == {"gieng", "nuoc"}


def test_an_entry_of_which_nothing_is_known_breaks_no_question(pages, size, home):
    assert found([*pages, 999_999], home.locale_id)[-1] == set()


def test_the_order_is_the_same_for_few_and_many_entries(pages, home, monkeypatch):
    questions = ("khoan giếng", "giếng làng", "trang", "nước")
    few = [[hit.page_id for hit in search(text, home.locale).items] for text in questions]
    monkeypatch.setattr(module, "FEW", 0)
    assert [[hit.page_id for hit in search(text, home.locale).items] for text in questions] == few
