"""What is suggested while somebody types: by one request, with marks or without."""

import datetime
from dataclasses import replace

import pytest
from wagtail.models import Locale, PageViewRestriction

from core.page_cache import today
from search import kinds, suggestions
from search.models import HitCount, SearchEntry, SuggestedTitle, VocabularyEntry
from search.suggestions import suggest

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/suggest"


@pytest.fixture(autouse=True)
def services_are_plain_pages(monkeypatch):
    """In these tests the pages of units are what is looked for first."""
    VocabularyEntry.objects.all().delete()
    monkeypatch.setitem(kinds._kinds, "unit-page", replace(kinds.kind_named("unit-page"), leads=True))


@pytest.fixture
def vi(db):
    return Locale.objects.get(language_code="vi")


@pytest.fixture
def texts(vi):
    return lambda typed, limit=8: [found.text for found in suggest(typed, vi, limit)]


def test_the_last_word_typed_is_the_beginning_of_one(texts, add_page):
    add_page("Đăng ký khai sinh")
    for typed in ("da", "dang k", "đăng ký kha", "DANG KY KHAI SI", "khai s", "sinh", "dang-ky"):
        assert texts(typed) == ["Đăng ký khai sinh"], typed
    for typed in ("", "d", "?", "ang", "khai sinh x", "ai"):
        assert texts(typed) == [], typed


def test_titles_that_begin_so_come_before_those_that_have_the_words(texts, add_page):
    add_page("Cấp bản sao khai sinh")
    add_page("Khai sinh cho trẻ em có yếu tố nước ngoài")
    assert texts("khai sinh") == ["Khai sinh cho trẻ em có yếu tố nước ngoài", "Cấp bản sao khai sinh"]


def test_what_is_looked_for_first_comes_first_then_shorter_then_chosen(texts, add_page, add_unit):
    add_page("Phòng cháy ở xã")
    add_page("Phòng cháy")
    chosen = add_page("Phòng dịch ở xã")
    add_unit("Phòng Tài chính và Kế hoạch")
    expected = ["Phòng Tài chính và Kế hoạch", "Phòng cháy", "Phòng cháy ở xã", "Phòng dịch ở xã"]
    assert texts("phong") == expected
    HitCount.objects.create(day=today() - datetime.timedelta(1), folded="phong", page=chosen, chosen=3)
    assert texts("phong") == ["Phòng Tài chính và Kế hoạch", "Phòng cháy", "Phòng dịch ở xã", "Phòng cháy ở xã"]


def test_popular_names_are_suggested_with_the_title_of_their_page(vi, add_page):
    add_page("Đăng ký khai sinh")  # its popular name is "tờ khai"
    (found,) = suggest("to k", vi)
    assert (found.text, found.title) == ("tờ khai", "Đăng ký khai sinh")


def test_a_page_is_suggested_once(texts, add_page):
    add_page("Tờ khai lệ phí")
    assert texts("to khai") == ["tờ khai"]


def test_words_of_the_vocabulary_are_suggested_to_search_for(vi, texts, add_page):
    VocabularyEntry.objects.create(phrase="sổ đỏ", readings="giấy chứng nhận")
    VocabularyEntry.objects.create(phrase="sổ hồng", readings="giấy chứng nhận", is_active=False)
    (found,) = suggest("so", vi)
    assert (found.text, found.page_id, found.kind) == ("sổ đỏ", None, "")
    assert suggest("so", Locale.objects.get(language_code="en")) == []


def test_only_so_many_as_wanted(texts, add_page):
    for number in range(12):
        add_page(f"Hỗ trợ số {number}", slug=f"ho-tro-{number}")
    assert len(texts("ho tro")) == 8
    assert len(texts("ho tro", limit=3)) == 3


def test_drafts_private_pages_and_other_languages_are_not_suggested(texts, add_page, home_en):
    add_page("Họp dân", live=False)
    private = add_page("Họp kín", slug="hop-kin")
    add_page("Họp báo", parent=private)
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    add_page("Hop on", parent=home_en)
    assert texts("ho") == []


def test_suggestions_follow_the_pages(texts, add_page):
    page = add_page("Họp dân")
    page.title = "Gặp dân"
    page.save_revision().publish()
    assert (texts("hop"), texts("gap")) == ([], ["Gặp dân"])
    page.unpublish()
    assert texts("gap") == []
    page.save_revision().publish()
    page.delete()
    assert texts("gap") == []
    assert not SuggestedTitle.objects.exists()


def test_writing_what_is_there_already_writes_nothing(add_page, django_assert_num_queries):
    add_page("Họp dân")
    entries = list(SearchEntry.objects.all())
    with django_assert_num_queries(1):
        suggestions.write_titles(entries)


def test_what_was_typed_is_marked_in_the_original(vi, add_page):
    add_page("Đăng ký khai sinh, khai tử")
    (found,) = suggest("dang khai s", vi)
    assert [(piece.text, piece.marked) for piece in found.segments] == [
        ("Đăng", True),
        (" ký ", False),
        ("khai", True),
        (" ", False),
        ("s", True),
        ("inh, ", False),
        ("khai", True),
        (" tử", False),
    ]
    assert "".join(piece.text for piece in found.segments) == found.text


@pytest.mark.parametrize(
    "typed", ['"', "' OR 1", "a* b", "^ x", "NEAR(a b)", "a AND", "\x00a", "%", "_", "\ud800ab", "x" * 300, "đ " * 300]
)
def test_nothing_that_can_be_typed_breaks_it(client, vi, typed):
    suggest(typed, vi)
    answer = client.get(ADDRESS, {"q": typed.encode("utf-8", "ignore").decode()})
    assert answer.status_code in (200, 400)


# --- the address ---------------------------------------------------------------------------------------------------


def test_the_api_gives_addresses_and_marks_and_sets_no_cookie(client, add_page):
    page = add_page("Đăng ký khai sinh")
    VocabularyEntry.objects.create(phrase="đăng ký xe", readings="x y")
    answer = client.get(ADDRESS, {"q": "dang ky"})
    first, second = answer.json()["items"]
    assert (first["id"], first["text"], first["kind"], first["kind_label"]) == (page.pk, page.title, "page", "Trang")
    assert first["url"] == f"http://testserver{page.get_url()}"
    assert first["segments"][0] == {"text": "Đăng", "found": True}
    assert (second["id"], second["kind"], second["text"]) == (None, None, "đăng ký xe")
    assert second["url"] == "http://testserver/tim-kiem/?q=%C4%91%C4%83ng+k%C3%BD+xe"
    assert not answer.cookies


def test_the_api_speaks_the_language_that_is_asked_for(client, add_page, home_en):
    page = add_page("Birth registration", parent=home_en)
    assert client.get(ADDRESS, {"q": "bir"}).json() == {"items": []}
    (found,) = client.get(ADDRESS, {"q": "bir", "locale": "en"}).json()["items"]
    assert found["id"] == page.pk


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ({}, "q"),
        ({"q": ""}, "q"),
        ({"q": "x" * 256}, "q"),
        ({"q": "a", "limit": "0"}, "limit"),
        ({"q": "a", "limit": "21"}, "limit"),
        ({"q": "a", "limit": "x"}, "limit"),
        ({"q": "a", "locale": "fr"}, "locale"),
        ({"q": "a", "cursor": "x"}, "cursor"),
        ({"q": ["a", "b"]}, "q"),
    ],
)
def test_a_wrong_parameter_is_named(client, db, query, wrong):
    answer = client.get(ADDRESS, query)
    assert answer.status_code == 400
    assert [error["name"] for error in answer.json()["errors"]] == [wrong]


def test_one_request_asks_little_however_much_is_suggested(client, add_page, django_assert_max_num_queries):
    for number in range(10):
        add_page(f"Hỗ trợ số {number}", slug=f"ho-tro-{number}")
    with django_assert_max_num_queries(16):
        client.get(ADDRESS, {"q": "ho tro"})
