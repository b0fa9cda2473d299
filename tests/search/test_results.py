"""The results page as readers meet it: what is found, in which order, what is counted, what cannot break it."""

import unicodedata

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from search.engines import database_engine

BIRTH = "Đăng ký khai sinh"


@pytest.fixture
def births(add_page):
    return [
        add_page("Đăng ký khai sinh điện tử cho trẻ em", "Mã 1.000656, làm tại nhà.", slug="dien-tu-2019"),
        add_page("Đăng ký lại khai sinh", "Khi sổ hộ tịch và bản chính đều mất.", slug="lai-2018"),
        add_page(BIRTH, "Mã thủ tục 1.001193.", "<p>Cha, mẹ nộp tờ khai tại xã.</p>", slug="khai-sinh-2019"),
    ]


@pytest.mark.parametrize(
    "typed",
    [
        "đăng ký khai sinh",
        "dang ky khai sinh",
        "DANG KY KHAI SINH",
        "đăng ký  KHAI SINH",
        unicodedata.normalize("NFD", "Đăng ký khai sinh"),
        "  đăng\tký khai sinh ",
        "Thủ tục đăng ký khai sinh?",
    ],
)
def test_however_it_is_typed_the_same_is_found(ask, births, typed):
    answer = ask(typed)
    assert answer.total == 3
    assert answer.titles[0] == BIRTH
    assert answer.titles == ask(BIRTH).titles


def test_a_typed_code_is_the_first_hit(ask, births):
    assert ask("1.000656").titles[0] == "Đăng ký khai sinh điện tử cho trẻ em"
    assert ask("đăng ký khai sinh 1.000656").titles[0] == "Đăng ký khai sinh điện tử cho trẻ em"


def test_the_exact_title_is_shown_as_the_best_hit(ask, births):
    assert 'class="box best"' in ask("dang ky khai sinh").html
    assert 'class="box best"' not in ask("khai sinh trẻ em").html


def test_what_was_typed_without_marks_is_shown_with_them(ask, births):
    assert "<b>đăng ký khai sinh</b>" in ask("dang ky khai sinh").html
    assert "<b>đăng ký khai sinh</b>" not in ask("đăng ký khai sinh").html


def test_title_and_extract_are_marked_and_escaped(ask, add_page):
    add_page("Thu <script>alert(1)</script> học phí", "Mức thu <b>học phí</b> & lệ phí năm học.")
    html = ask("hoc phi").html
    assert "Thu &lt;script&gt;alert(1)&lt;/script&gt; <mark>học phí</mark>" in html
    assert "&lt;b&gt;<mark>học phí</mark>&lt;/b&gt; &amp; lệ" in html


def test_the_extract_comes_from_the_text_where_the_summary_has_no_word_of_it(ask, add_page):
    add_page("Trợ cấp hằng tháng", "Ai được nhận.", "<p>Người khuyết tật nặng nộp đơn.</p>")
    assert "<mark>khuyết tật nặng</mark>" in ask("khuyet tat nang").html


def test_drafts_aliases_and_private_pages_are_not_found(ask, add_page, home_en):
    public = add_page("Xin phép xây nhà")
    add_page("Xin phép xây nhà, bản nháp", live=False)
    private = add_page("Xin phép xây nhà, nội bộ")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    add_page("Xin phép xây nhà, dưới trang nội bộ", parent=private)
    public.create_alias(parent=home_en, update_locale=home_en.locale)
    assert ask("xin phep xay nha").titles == ["Xin phép xây nhà"]
    assert ask("xin phep xay nha", language="en").total == 0


def test_what_was_found_before_is_not_once_it_is_restricted_or_moved_below_what_is(ask, add_page):
    office, page = add_page("Nội bộ"), add_page("Xin phép xây nhà")
    assert ask("xin phep xay nha").total == 1
    PageViewRestriction.objects.create(page=office, restriction_type=PageViewRestriction.LOGIN)
    assert ask("xin phep xay nha").total == 1
    page.refresh_from_db()
    office.refresh_from_db()
    page.move(office, pos="last-child")
    assert ask("xin phep xay nha").total == 0


def test_each_language_finds_its_own_pages(ask, add_page, home_en, births):
    add_page("Registering a birth", "What parents bring.", parent=home_en)
    assert ask("register births", language="en").titles == ["Registering a birth"]
    assert ask("registering a birth").titles == []


def test_the_hit_links_to_the_public_address(ask, births):
    assert ask(BIRTH).urls[0] == births[2].get_url()


@pytest.mark.django_db
def test_nothing_typed_shows_the_form_and_hints(ask):
    answer = ask()
    assert (answer.status, answer.total) == (200, None)
    assert ask("   ").status == 200


def test_nothing_found_helps_on(ask, births):
    answer = ask("mua vé máy bay")
    assert (answer.status, answer.total) == (200, 0)
    assert "mua vé máy bay" in answer.html
    assert "<li>" in answer.html.split('class="box empty"')[1]


def test_kinds_are_pills_with_counts_and_filter(ask, births, add_unit):
    add_unit("Phòng đăng ký khai sinh")
    answer = ask("khai sinh")
    assert answer.total == 4
    assert "kind=unit-page" in answer.html
    assert ask("khai sinh", kind="unit-page").titles == ["Phòng đăng ký khai sinh"]


def count_of(answer, name, value):
    """The count beside a value of a facet; None where the value is not offered."""
    field = answer.html.split(f'name="{name}" value="{value}"')
    return int(field[1].split('class="count">')[1].split("<")[0]) if len(field) > 1 else None


def test_a_facet_narrows_the_others_and_not_itself(ask, births):
    answer = ask("khai sinh", year="2018")
    assert answer.titles == ["Đăng ký lại khai sinh"]
    assert (count_of(answer, "year", "2019"), count_of(answer, "year", "2018")) == (2, 1)
    assert (count_of(answer, "level", "2"), count_of(answer, "level", "4")) == (1, None)


def test_a_facet_that_the_calendar_changes_is_answered_by_its_kind(ask, births):
    answer = ask("khai sinh", level="4")
    assert answer.titles == ["Đăng ký khai sinh điện tử cho trẻ em"]
    assert (count_of(answer, "level", "4"), count_of(answer, "level", "2")) == (1, 2)


def test_several_facets_work_together(ask, births):
    assert ask("khai sinh", year=["2018", "2019"], level="2").total == 2
    assert ask("khai sinh", year="2018", level="4").total == 0


@pytest.mark.parametrize(
    "parameters", [{"year": "20x"}, {"kind": "nothing"}, {"page": "-1"}, {"page": "x"}, {"q": "a" * 256}]
)
def test_a_malformed_parameter_is_refused_with_the_form(ask, births, parameters):
    answer = ask(**({"q": "khai sinh"} | parameters))
    assert answer.status == 400
    assert 'role="alert"' in answer.html


def test_unknown_parameters_are_ignored(ask, births):
    assert ask("khai sinh", utm_source="x", sort="up").titles == ask("khai sinh").titles


def test_results_come_in_pages_of_ten(ask, add_page):
    for number in range(25):
        add_page(f"Họp thôn số {number}")
    first, third = ask("họp thôn"), ask("họp thôn", page=3)
    assert (first.total, len(first.titles), len(third.titles)) == (25, 10, 5)
    assert set(first.titles).isdisjoint(third.titles)
    assert ask("họp thôn", page=4).status == 404


def test_links_keep_the_question_and_filters(ask, add_page):
    for number in range(12):
        add_page(f"Họp thôn số {number}", slug=f"hop-{number}-2019")
    html = ask("họp thôn", year="2019").html
    assert "?q=h%E1%BB%8Dp+th%C3%B4n&amp;year=2019&amp;page=2" in html
    assert '<input type="hidden" name="q" value="họp thôn">' in html


def test_more_hits_than_are_fetched_are_said_to_be_more(ask, add_page, monkeypatch):
    monkeypatch.setattr("search.query.LIMIT", 5)
    monkeypatch.setattr(type(database_engine()), "candidates_of_each", limited(5))
    for number in range(8):
        add_page(f"Họp thôn số {number}", slug=f"hop-{number}-{2015 + number % 2}")
    answer = ask("họp thôn")
    assert answer.total == 5
    narrowed = ask("họp thôn", year="2015")
    assert narrowed.total == 4
    assert count_of(narrowed, "year", "2015") is not None


def test_a_chosen_value_has_as_many_as_are_listed_though_few_are_looked_at_without_it(ask, add_page, monkeypatch):
    monkeypatch.setattr("search.query.FOR_COUNTS", 2)
    monkeypatch.setattr(type(database_engine()), "candidates_of_each", limited(5))
    for number in range(8):
        add_page(f"Họp thôn số {number}", slug=f"hop-{number}-{2015 + number % 2}")
    narrowed = ask("họp thôn", year="2015")
    assert (narrowed.total, count_of(narrowed, "year", "2015")) == (4, 4)
    assert 1 <= (count_of(narrowed, "year", "2016") or 0) <= 2


def limited(most):
    original = type(database_engine()).candidates_of_each
    return lambda self, question, several, limit=most: original(self, question, several, most)


HOSTILE = [
    '"',
    '""" OR "',
    "\x00",
    "khai\x00sinh",
    "a " * 127,
    "thủ " * 63,
    "NEAR(khai sinh, 2)",
    "title:khai AND NOT sinh*",
    "{title} : x",
    "-khai +sinh ^x",
    "'; DROP TABLE search_searchentry; --",
    "\\ % _ * ? ( [ {",
    "<script>alert(1)</script>",
    "\u202e\u200b\ufeff",
    "\ufffd\U0010ffff",
    "日本語 ไทย العربية",
    "🙂" * 100,
    "1.001193" * 30,
    "ở đâu",
    "_ __ _",
]


@pytest.mark.parametrize("typed", HOSTILE)
def test_no_question_breaks_the_page(ask, births, typed):
    answer = ask(typed)
    assert answer.status == 200
    assert "<script>alert" not in answer.html


@pytest.mark.parametrize("query", ["q=%FF%FE%00", "q=%ED%A0%80", "q", "q=a&q=b", "q[]=x", "=", "q=%"])
def test_no_bytes_break_the_page(client, births, query):
    from django.urls import reverse

    assert client.get(f"{reverse('search')}?{query}").status_code == 200


def test_an_overlong_question_is_refused_kindly(ask, births):
    answer = ask("thủ tục " * 300)
    assert answer.status == 400
    assert "255" in answer.html


def warm_up(ask):
    """Two questions: on the first page of a new database the site's settings are made."""
    ask("nothing at all")
    ask("nothing at all")


def queries_of(ask, question, **parameters):
    with CaptureQueriesContext(connection) as captured:
        assert ask(question, **parameters).status == 200
    return len(captured)


def test_the_number_of_queries_does_not_grow_with_the_hits(ask, add_page):
    add_page("Tiêm phòng chó mèo")
    for number in range(20):
        add_page(f"Họp thôn số {number}")
    warm_up(ask)
    one, many = queries_of(ask, "tiêm phòng"), queries_of(ask, "họp thôn")
    assert one == many <= 12


def test_a_title_with_the_same_letters_under_other_marks_is_no_sure_answer(ask, add_page):
    add_page("Giao đất đai")
    questions = ("chó đài", "giao đất đai", "giao dat dai")
    answers = [ask(question) for question in questions]
    assert [answer.total for answer in answers] == [1, 1, 1]
    assert ["Chưa chắc" in answer.html for answer in answers] == [True, False, False]


def test_a_question_writes_nothing(ask, births):
    warm_up(ask)
    with CaptureQueriesContext(connection) as captured:
        ask("khai sinh")
    writes = [q["sql"] for q in captured if not q["sql"].upper().lstrip().startswith(("SELECT", "WITH"))]
    assert writes == []


def test_the_other_language_keeps_the_question(ask, births):
    assert '"/en/search/?q=khai+sinh" lang="en"' in ask("khai sinh").html


def test_a_database_without_an_engine_says_so(ask, births, settings):
    settings.PORTAL_SEARCH_ENGINE = "none-yet"
    answer = ask("khai sinh")
    assert answer.status == 503
    assert answer.total is None
