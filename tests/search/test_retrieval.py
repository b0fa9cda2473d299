"""What of a question is asked of the engine: rare tokens, or whatever there is."""

import pytest

from search import retrieval
from search.engines import database_engine
from search.engines.base import Asked, Document
from search.models import SearchEntry
from search.retrieval import asked

VI = 1
pytestmark = pytest.mark.django_db


@pytest.fixture
def permits(monkeypatch):
    """Eight permits and a passport; more than two entries with a token make it common."""
    monkeypatch.setattr(retrieval, "NEVER_COMMON", 2)
    titles = [*(f"Cấp giấy phép {number}" for number in range(1, 9)), "Cấp hộ chiếu"]
    entries = [
        SearchEntry(page_id=number, locale_id=VI, kind="page", title=title) for number, title in enumerate(titles)
    ]
    database_engine().clear()
    database_engine().write([Document.of(entry, "vi") for entry in entries])


def test_a_common_syllable_is_not_asked_for_beside_a_rare_one(permits):
    assert asked(("cap", "ho", "chieu", "ho_chieu"), VI).titles == ("ho", "chieu", "ho_chieu")


def test_a_word_that_stands_nowhere_is_not_asked_for(permits):
    assert asked(("ho", "khau"), VI).titles == ("ho",)


def test_where_every_token_is_common_the_pairs_are_asked_for(permits):
    assert asked(("cap", "giay", "cap_giay"), VI) == Asked(("cap_giay",), ("cap_giay",))


def test_where_there_is_no_pair_the_common_word_is_asked_for(permits):
    assert asked(("cap",), VI) == Asked(("cap",), ("cap",))


def test_nothing_is_asked_for_an_empty_question(permits):
    assert not asked((), VI)


def test_the_rarest_tokens_are_enough_once_they_stand_in_many_entries(permits, monkeypatch):
    monkeypatch.setattr(retrieval, "NEVER_COMMON", 20)
    monkeypatch.setattr(retrieval, "WEIGHED", 9)
    assert asked(("giay", "ho", "phep"), VI).titles == ("ho", "giay")
