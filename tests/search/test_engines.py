"""What every engine must do, and what is found with it: run on each engine that this process can reach.

The database's engine comes with the database: `make test-postgresql` runs this folder on PostgreSQL. The one outside is
asked where its server is there.
"""

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Locale

from search.engines import database_engine
from search.engines.base import Asked, Filters
from search.engines.outside import OutsideEngine
from search.outbox import sync
from search.query import search
from tests.search.documents import EN, VI, document, some, terms
from tests.search.outside import outside, proxy  # noqa: F401 - fixtures


@pytest.fixture(params=[connection.vendor, "elasticsearch"])
def engine(request, db):
    """An empty engine; the portal asks it."""
    is_outside = request.param == "elasticsearch"
    made = request.getfixturevalue("outside") if is_outside else database_engine()
    made.clear()
    return made


@pytest.fixture
def filled(engine):
    engine.write(some())
    return engine


def ids(engine, question, locale=VI, **filters):
    return set(engine.candidates(terms(question), Filters(locale, **filters)).ids)


def test_titles_texts_and_popular_names_are_searched(filled):
    assert ids(filled, "khai sinh") == {1, 2, 3, 4}


def test_a_pair_counts_more_than_its_syllables_apart(filled):
    order = filled.candidates(terms("khai sinh"), Filters(VI)).ids
    assert order.index(1) < order.index(3)


def test_titles_are_asked_for_other_tokens_than_texts(filled):
    assert set(filled.candidates(Asked(titles=("khai_sinh",)), Filters(VI)).ids) == {1, 4}
    assert set(filled.candidates(Asked(texts=("khai_sinh",)), Filters(VI)).ids) == {2}


def test_filters_narrow_and_values_of_one_facet_add_up(filled):
    assert ids(filled, "khai sinh", facets={"year": ["2019"]}) == {1}
    assert ids(filled, "khai sinh", facets={"year": ["2019", "2018"]}) == {1, 2}
    assert ids(filled, "khai sinh", facets={"year": ["2019"], "kind": ["news"]}) == set()
    assert ids(filled, "khai sinh", facets={"kind": ["news"]}) == {3}
    assert ids(filled, "khai sinh", facets={"year": []}) == {1, 2, 3, 4}


def test_candidates_can_be_held_to_given_pages(filled):
    assert ids(filled, "khai sinh", pages=frozenset({2, 4, 99})) == {2, 4}
    assert ids(filled, "khai sinh", pages=frozenset()) == set()


def test_a_question_finds_one_language_only(filled):
    assert ids(filled, "khai sinh", locale=EN) == {5}


def test_a_question_without_a_word_finds_nothing(filled):
    assert ids(filled, '"') == set()


def test_writing_again_replaces(filled):
    filled.write([document(1, "Đào giếng")])
    assert (1 in ids(filled, "khai sinh"), ids(filled, "đào giếng")) == (False, {1})


def test_removing_forgets_and_takes_unknown_ones(filled):
    filled.remove([1, 3, 99])
    assert ids(filled, "khai sinh") == {2, 4}


def test_retaining_forgets_the_rest(filled):
    filled.retain({1, 4, 99})
    assert ids(filled, "khai sinh") == {1, 4}


def test_clearing_forgets_everything(filled):
    filled.clear()
    assert ids(filled, "khai sinh") == set()


def test_writing_takes_part_in_the_transaction(filled):
    if isinstance(filled, OutsideEngine):
        pytest.skip("an engine outside the database is fed after the commit")

    class Refused(Exception):
        pass

    with pytest.raises(Refused), transaction.atomic():
        filled.write([document(1, "Đào giếng"), document(6, "Khai sinh lại")])
        filled.remove([2])
        raise Refused
    assert ids(filled, "khai sinh") == {1, 2, 3, 4}
    assert ids(filled, "đào giếng") == set()


def test_it_tells_what_is_stored_and_what_differs(filled):
    assert filled.ids() == {1, 2, 3, 4, 5}
    again = document(2, "Đăng ký kết hôn", "giay khai sinh cua con", year="2018")
    assert filled.differing([again, document(1, "Đào giếng"), document(7, "Mới")]) == {1, 7}
    assert filled.differing([]) == set()


def test_more_than_the_limit_is_said(engine):
    engine.write([document(number, f"Họp thôn số {number}", "hop thon") for number in range(1, 12)])
    found = engine.candidates(terms("họp thôn"), Filters(VI), limit=10)
    assert (len(found.ids), found.is_full) == (10, True)
    found = engine.candidates(terms("họp thôn"), Filters(VI), limit=11)
    assert (len(found.ids), found.is_full) == (11, False)


def test_several_filters_at_once_give_what_each_gives_alone(engine):
    years = [document(number, f"Họp thôn số {number}", "hop thon", year=str(2010 + number % 3)) for number in range(30)]
    engine.write([*years, document(40, "Họp thôn", year="2012", kind="news")])
    several = [
        Filters(VI),
        Filters(VI, {"year": ["2011"]}),
        Filters(VI, {"year": ["2012"], "kind": ["news"]}),
        Filters(VI, pages=frozenset({3, 5, 40})),
        Filters(VI, {"year": ["2012"]}, frozenset({3, 5, 40})),
    ]
    found = engine.candidates_of_each(terms("họp thôn"), several, limit=8)
    assert found == [engine.candidates(terms("họp thôn"), filters, limit=8) for filters in several]
    assert [len(one.ids) for one in found] == [8, 8, 1, 3, 2]


def test_filters_are_not_asked_where_all_was_found_without_them(engine):
    engine.write([document(1, "Họp thôn", year="2011"), document(2, "Họp xã", year="2012")])
    found = engine.candidates_of_each(terms("họp thôn"), [Filters(VI), Filters(VI, {"year": ["2011"]})], limit=8)
    assert [set(one.ids) for one in found] == [{1, 2}]


def test_titles_and_texts_take_turns(engine):
    engine.write([document(number, "Họp thôn") for number in range(1, 9)])
    engine.write([document(number, "Trang", "hop thon") for number in range(11, 19)])
    found = set(engine.candidates(terms("họp thôn"), Filters(VI), limit=6).ids)
    assert len(found & set(range(1, 9))) == len(found & set(range(11, 19))) == 3


def test_a_token_is_counted_once_an_entry_and_up_to_the_most_asked_for(engine):
    engine.write([document(number, f"Cấp giấy phép, cấp {number}", "giay to") for number in range(1, 9)])
    found = engine.frequencies(["cap", "cap_giay", "ho_chieu", "to"], VI, 5)
    assert (found.titles, found.texts) == ({"cap": 6, "cap_giay": 6}, {"to": 6})
    assert engine.frequencies(["cap"], VI, 100).titles == {"cap": 8}
    assert engine.frequencies([], VI, 5).titles == {}


def test_common_tokens_of_many_entries_are_known_and_leave_the_best_found(engine):
    """More entries than are searched through: a rare pair is found among them, with and without filters."""
    many = [document(number, f"Cấp giấy phép {number}", year=str(2000 + number % 10)) for number in range(1, 2501)]
    engine.write([*many, document(3000, "Giấy phép đào giếng", year="2003"), document(3001, "Phép giấy", year="1999")])
    engine.retain({one.id for one in many} | {3000, 3001})
    assert engine.frequencies(["giay", "giay_phep", "gieng"], VI, 250).titles == {
        "giay": 251,
        "giay_phep": 251,
        "gieng": 1,
    }
    assert engine.candidates(terms("giấy phép đào giếng"), Filters(VI)).ids[0] == 3000
    assert ids(engine, "giấy phép đào giếng", facets={"year": ["1999"]}) == {3001}
    assert ids(engine, "giấy phép đào giếng", pages=frozenset({3001})) == {3001}
    assert engine.candidates(terms("giấy phép"), Filters(VI)).is_full


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=400))
def test_any_text_is_a_question(filled, text):
    assert ids(filled, text) <= {1, 2, 3, 4}


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=st.text(max_size=200), names=st.text(max_size=80))
def test_any_text_can_be_stored_and_removed(engine, title, names):
    engine.write([document(1, title, keywords=names)])
    engine.remove([1])
    assert ids(engine, title) == set()


HOSTILE = ['"', "\x00", "\ud800", "thủ tục " * 300, "a OR b NEAR c*", "x" * 10_000, "a & !b | c:*", "\\' ' ''", "<b>"]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:12]))
def test_hostile_questions_find_and_break_nothing(filled, text):
    assert ids(filled, text) <= {1, 2, 3, 4}


@pytest.mark.parametrize("token", ["'", "\\", "a'b", "a\\", "a & b", "!a", "a:*", "(", "<->", "' | 'khai"])
def test_hostile_tokens_are_only_tokens(filled, token):
    """Analysis makes none of these; an engine that is handed one all the same breaks nothing."""
    assert set(filled.candidates(Asked((token,), (token,)), Filters(VI)).ids) <= {1, 2, 3, 4}


def test_a_text_of_many_long_words_can_be_stored(engine):
    words = [f"{chr(0x4E00 + number % 5000) * 30}{number}" for number in range(6000)]
    engine.write([document(1, "Trang", " ".join(words))])
    assert set(engine.candidates(Asked(texts=(words[0],)), Filters(VI)).ids) == {1}


# The table of cases: question → found first, found as well, not found. Names of pages as below.
PAGES = {
    "birth": ("Đăng ký khai sinh", "Trẻ em sinh ra, mã 1.001193", ""),
    "birth again": ("Đăng ký lại khai sinh", "", ""),
    "birth abroad": ("Đăng ký khai sinh có yếu tố nước ngoài", "", ""),
    "death": ("Đăng ký khai tử", "", ""),
    "marriage": ("Đăng ký kết hôn", "", "<p>Giấy khai sinh của hai bên</p>"),
    "single": ("Cấp giấy xác nhận tình trạng hôn nhân", "", ""),
    "house": ("Cấp giấy phép xây dựng nhà ở riêng lẻ", "", ""),
    "land": ("Cấp giấy chứng nhận quyền sử dụng đất", "", ""),
    "shop": ("Đăng ký thành lập hộ kinh doanh", "", ""),
    "water": ("Cấp giấy phép khai thác nước dưới đất", "", ""),
    "meeting": ("Thông báo họp thôn", "", "<p>Bàn việc nước sạch</p>"),
}
CASES = [
    ("đăng ký khai sinh", "birth", {"birth again", "birth abroad"}, {"house", "meeting"}),
    ("dang ky khai sinh", "birth", {"birth again", "birth abroad"}, {"house", "meeting"}),
    ("ĐĂNG KÝ KHAI SINH", "birth", {"birth again"}, {"house"}),
    ("khai sinh", "birth", {"birth again", "birth abroad"}, {"house"}),
    ("đăng ký lại khai sinh", "birth again", {"birth"}, {"water"}),
    ("khai sinh có yếu tố nước ngoài", "birth abroad", {"birth"}, {"house"}),
    ("khai tử", "death", set(), {"house", "shop"}),
    ("dang ky ket hon", "marriage", set(), {"house", "water"}),
    ("1.001193", "birth", set(), {"house", "death"}),
    ("1001193", "birth", set(), {"house", "death"}),
    ("giay phep xay dung nha o", "house", set(), {"death", "meeting"}),
    ("giấy xác nhận tình trạng hôn nhân", "single", set(), {"water", "shop"}),
    ("thành lập hộ kinh doanh", "shop", set(), {"death", "house"}),
    ("khai thác nước dưới đất", "water", set(), {"marriage", "shop"}),
    ("quyen su dung dat", "land", set(), {"death", "shop"}),
    ("họp thôn", "meeting", set(), {"birth", "house"}),
    ('"khai sinh" OR *', "birth", {"birth again"}, {"house"}),
]


@pytest.fixture
def named(engine, add_page):
    """Page ids by the names of the table."""
    pages = {name: add_page(title, summary, body) for name, (title, summary, body) in PAGES.items()}
    if isinstance(engine, OutsideEngine):
        sync(engine)
    return {name: page.pk for name, page in pages.items()}


@pytest.fixture
def language():
    return Locale.objects.get(language_code="vi")


def test_every_case_of_the_table(named, language):
    wrong = []
    for question, first, others, strangers in CASES:
        names = {number: name for name, number in named.items()}
        found = [names[hit.page_id] for hit in search(question, language).items]
        if found[:1] != [first] or not others <= set(found) or strangers & set(found):
            wrong.append((question, found))
    assert wrong == []


def test_every_page_answers_its_own_title_first(named, language):
    first = {name: search(PAGES[name][0], language).items[0].page_id for name in PAGES}
    assert first == named
