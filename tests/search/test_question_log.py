"""What is asked and chosen is logged, without anything of who asks."""

import json
import logging

import pytest
from django.urls import reverse

from core.page_cache import today
from search.models import QueryCount
from search.question_log import trimmed

pytestmark = pytest.mark.django_db
CHOSEN = "/tim-kiem/chon/"


@pytest.fixture(autouse=True)
def log(tmp_path, settings):
    """A log of this test's own; servers write into it by the handler of the settings."""
    settings.PORTAL_SEARCH_LOG = tmp_path / "search.log"
    logger = logging.getLogger("portal.search")
    kept = logger.handlers[:]
    handler = logging.handlers.WatchedFileHandler(settings.PORTAL_SEARCH_LOG, encoding="utf-8", delay=True)
    logger.handlers = [handler]
    yield settings.PORTAL_SEARCH_LOG
    handler.close()
    logger.handlers = kept


def lines(log):
    return [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()] if log.exists() else []


def write(log, *values):
    with log.open("a", encoding="utf-8") as file:
        for value in values:
            file.write(json.dumps({"day": today().isoformat(), "language": "vi", "found": 1, **value}) + "\n")


def asked():
    return {row.folded: (row.asked, row.empty) for row in QueryCount.objects.all()}


# --- what is logged ------------------------------------------------------------------------------------------------


def test_a_question_is_logged_with_nothing_of_who_asked(ask, add_page, log):
    add_page("Đăng ký khai sinh")
    ask("dang ky khai sinh")
    (line,) = lines(log)
    assert set(line) == {"day", "asked", "language", "found", "n"}
    assert (line["asked"], line["language"], line["found"]) == ("dang ky khai sinh", "vi", 1)
    assert line["day"] == today().isoformat()


def test_an_answer_out_of_the_page_cache_is_logged_as_well(ask, add_page, log):
    add_page("Đăng ký khai sinh")
    ask("khai sinh")
    again = ask("khai sinh")
    assert again.response.headers["X-Portal-Cache"] == "hit"
    assert [line["found"] for line in lines(log)] == [1, 1]


def test_pages_filters_and_empty_boxes_are_no_questions(ask, add_page, log):
    for number in range(11):
        add_page(f"Đăng ký khai sinh {number}", slug=f"khai-sinh-{2010 + number}")
    assert ask("khai sinh", page=2).status == 200
    ask("khai sinh", kind="page")
    ask("khai sinh", year="2019")
    ask()
    ask("x" * 256)
    assert lines(log) == []


def test_staff_and_browsers_that_fetch_ahead_are_not_counted(admin_client, client, log):
    admin_client.get("/tim-kiem/", {"q": "khai sinh"})
    client.get("/tim-kiem/", {"q": "khai sinh"}, headers={"Sec-Purpose": "prefetch;prerender"})
    client.head("/tim-kiem/", {"q": "khai sinh"})
    assert lines(log) == []


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("cccd 001099012345 của tôi", "cccd # của tôi"),
        ("gọi 0912 345 678", "gọi #"),
        ("0912.345.678", "#"),
        ("stk 12345", "stk #"),
        ("thư an@example.org", "thư #"),
        ("45/KH-UBND năm 2019", "45/KH-UBND năm 2019"),
        ("ngày 15/11/2019", "ngày 15/11/2019"),
        ("mức 4 \ud800 x", "mức 4 x"),
    ],
)
def test_numbers_and_addresses_that_may_be_somebodys_are_not_kept(typed, kept):
    assert trimmed(typed) == kept


def test_a_question_reads_nothing_and_writes_nothing_for_being_counted(client, add_page, django_assert_num_queries):
    add_page("Đăng ký khai sinh")
    client.get("/tim-kiem/", {"q": "khai sinh"})
    with django_assert_num_queries(1):  # the number under which stored pages are kept
        client.get("/tim-kiem/", {"q": "khai sinh"})
    assert not QueryCount.objects.exists()


# --- chosen hits ---------------------------------------------------------------------------------------------------


def choose(client, data, **headers):
    return client.post(CHOSEN, data, headers={"Sec-Fetch-Site": "same-origin", **headers})


def test_a_chosen_hit_is_logged_and_answered_with_nothing(client, log):
    response = choose(client, {"q": "Khai  sinh 0912345678", "page": "12"})
    assert (response.status_code, response.content, response.cookies) == (204, b"", {})
    (line,) = lines(log)
    assert (line["asked"], line["chosen"]) == ("Khai sinh #", 12)


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {},
    ],
)
def test_pages_of_other_sites_may_not_tell(client, log, headers):
    assert client.post(CHOSEN, {"q": "x", "page": "1"}, headers=headers).status_code == 403
    assert lines(log) == []


def test_an_old_browser_says_its_origin(client):
    headers = {"Origin": "http://testserver"}
    assert client.post(CHOSEN, {"q": "x", "page": "1"}, headers=headers).status_code == 204


@pytest.mark.parametrize("question", ["x", "", None, "x" * 256])
@pytest.mark.parametrize("page", ["", None, "-1", "²", "9" * 19])
def test_what_is_no_choice_is_refused(client, log, question, page):
    given = {"q": question, "page": page}
    data = {name: value for name, value in given.items() if value is not None}
    assert choose(client, data).status_code == 400
    assert lines(log) == []


def test_it_takes_posts_only_in_both_languages(client):
    assert client.get(CHOSEN).status_code == 405
    assert client.get("/en/search/chosen/").status_code == 405


def test_staff_choose_uncounted(admin_client, log):
    assert choose(admin_client, {"q": "x", "page": "1"}).status_code == 204
    assert lines(log) == []


def test_hits_carry_the_page_that_a_script_tells(ask, add_page):
    page = add_page("Đăng ký khai sinh")
    add_page("Đăng ký khai sinh lưu động")
    html = ask("dang ky khai sinh").html
    assert f'data-page="{page.pk}"' in html
    assert html.count("data-page=") == 2
    assert f'data-chosen="{reverse("search-chosen")}"' in html
