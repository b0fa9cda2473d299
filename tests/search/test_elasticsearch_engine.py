"""What Elasticsearch does beyond the contract of the engines: it never takes an old text for a new one."""

from functools import partial
from uuid import uuid4

import pytest
from wagtail.models import Locale

from search.analysis import query_terms
from search.engines.base import Asked, Filters
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.outside import IndexMissing, OutsideFault, Removal
from tests.search import documents
from tests.search.documents import terms

pytestmark = pytest.mark.django_db


@pytest.fixture
def engine(elasticsearch_url):
    """Empty indexes of this test's own."""
    made = ElasticsearchEngine(elasticsearch_url, prefix=f"test-{uuid4().hex[:12]}")
    made.clear()
    yield made
    drop(made)


def drop(engine):
    codes = Locale.objects.values_list("language_code", flat=True)
    engine.indexes.drop(name for found in engine.indexes.targets(codes).values() for name in found.names)


@pytest.fixture
def vi():
    return Locale.objects.get(language_code="vi").pk


@pytest.fixture
def en():
    return Locale.objects.get(language_code="en").pk


@pytest.fixture
def document(vi):
    return partial(documents.document, locale=vi)


@pytest.fixture
def filled(engine, vi, en):
    engine.write(documents.some(vi, en))
    return engine


@pytest.fixture
def ids(vi):
    def ask(engine, question, **filters):
        return set(engine.candidates(terms(question), Filters(vi, **filters)).ids)

    return ask


def test_a_pair_is_one_token_and_counts_more_than_its_syllables_apart(filled, vi):
    pair = Asked(("khai_sinh",), ("khai_sinh",))
    assert set(filled.candidates(pair, Filters(vi)).ids) == {1, 2, 4}
    order = filled.candidates(terms("khai sinh"), Filters(vi)).ids
    assert order.index(1) < order.index(3)


def test_candidates_can_be_held_to_given_pages(filled, ids):
    assert ids(filled, "khai sinh", pages=frozenset({2, 4, 99})) == {2, 4}
    assert ids(filled, "khai sinh", pages=frozenset()) == set()
    assert ids(filled, "khai sinh", pages=frozenset(range(2, 70_000))) == {2, 3, 4}


def test_a_question_finds_one_language_only(filled, en):
    assert set(filled.candidates(terms("khai sinh"), Filters(en)).ids) == {5}
    assert filled.candidates(terms("khai sinh"), Filters(999)).ids == ()


def test_a_newer_version_replaces_and_an_older_one_does_not(filled, document, ids):
    filled.push([document(1, "Đào giếng", version=3)])
    pushed = filled.push([document(1, "Đăng ký khai sinh", version=2)])
    assert pushed.done == {1}
    assert (1 in ids(filled, "khai sinh"), ids(filled, "đào giếng")) == (False, {1})


def test_a_push_that_lingered_does_not_bring_back_what_was_taken_away(filled, document, ids, vi):
    filled.push([Removal(1, 3, vi)])
    filled.push([document(1, "Đăng ký khai sinh", version=2)])
    assert ids(filled, "khai sinh") == {2, 3, 4}
    filled.push([document(1, "Đăng ký khai sinh", version=4)])
    assert ids(filled, "khai sinh") == {1, 2, 3, 4}


def test_a_token_is_counted_once_an_entry_and_up_to_the_most_asked_for(engine, document, vi):
    engine.write([document(number, f"Cấp giấy phép, cấp {number}", "giay to") for number in range(1, 9)])
    engine.write([document(9, "Trang", keywords="cấp", version=2)])
    found = engine.frequencies(["cap", "cap_giay", "ho_chieu", "to"], vi, 5)
    assert (found.titles, found.texts) == ({"cap": 6, "cap_giay": 6}, {"to": 6})
    assert engine.frequencies(["cap"], vi, 100).titles == {"cap": 9}
    assert engine.frequencies([], vi, 5).titles == {}


@pytest.mark.parametrize(
    "text", ['"', "\x00", "\ud800", "thủ tục " * 300, "a OR b NEAR c*", "x" * 10_000, "日本語 ½ ไทย"]
)
def test_hostile_text_can_be_asked_stored_and_taken_away(engine, document, ids, vi, text):
    assert ids(engine, text) == set()
    assert engine.push([document(1, f"Trang {text}", " ".join(query_terms(text).syllables))]).refused == {}
    assert ids(engine, "trang") == {1}


def test_an_index_that_is_not_there_is_a_fault_and_is_not_made_by_a_write(engine, document, vi):
    drop(engine)
    with pytest.raises(IndexMissing):
        engine.candidates(terms("khai sinh"), Filters(vi))
    with pytest.raises(IndexMissing):
        engine.push([document(1, "Đăng ký khai sinh")])
    assert not engine.is_complete([vi])


def test_a_write_to_indexes_that_take_none_is_a_fault(engine, document, vi):
    (name,) = engine.indexes.targets(["vi"])["vi"].names
    engine.client.indices.add_block(index=name, block="write")
    with pytest.raises(OutsideFault, match="403"):
        engine.push([document(1, "Đăng ký khai sinh")])


def test_what_is_written_while_new_indexes_are_filled_is_in_them(filled, document, ids, vi):
    build = filled.build([vi])
    filled.push([document(1, "Đào giếng", version=2), Removal(2, 2, vi)])
    assert ids(filled, "đào giếng") == {1}
    old = [document(1, "Đăng ký khai sinh"), document(2, "Đăng ký kết hôn"), document(3, "Khai sinh")]
    assert [[change.id for change in batch] for batch in build.fill([old[:2], old[2:]])] == [[1, 2], [3]]
    assert ids(filled, "đào giếng") == {1}
    build.swap()
    assert (ids(filled, "đào giếng"), ids(filled, "khai sinh"), ids(filled, "kết hôn")) == ({1}, {3}, set())
    assert len(filled.indexes.targets(["vi"])["vi"].names) == 1


def test_a_build_that_came_to_nothing_leaves_the_old_indexes(filled, ids, vi):
    build = filled.build([vi])
    assert filled.is_being_built([vi])
    build.drop()
    assert not filled.is_being_built([vi])
    assert ids(filled, "khai sinh") == {1, 2, 3, 4}


def test_what_is_held_is_told_by_page_with_versions(filled, document, vi):
    filled.push([Removal(1, 3, vi)])
    held = filled.held(vi)
    assert {page_id: (found.version, found.digest is None) for page_id, found in held.items()} == {
        1: (3, True),
        2: (1, False),
        3: (1, False),
        4: (1, False),
    }
