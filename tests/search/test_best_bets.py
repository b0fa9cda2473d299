"""Pages that staff recommend for a question stand above its results."""

import datetime
import re

import pytest
from wagtail.models import PageViewRestriction

from core.page_cache import today
from search.models import BestBet

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(1)


@pytest.fixture
def pages(add_page):
    return [add_page("Cấp thẻ căn cước", slug="cap"), add_page("Đổi thẻ căn cước", slug="doi")]


def recommend(page, question="căn cước", **values):
    return BestBet.objects.create(question=question, locale=page.locale, page=page, **values)


def recommended(answer):
    part = re.search(r'<div class="bets">(.*?)</ul>', answer.html, re.S)
    return re.findall(r"<a [^>]*>(.*?)</a>", part[1]) if part else []


def test_they_stand_in_the_order_of_staff_however_the_question_is_typed(ask, pages):
    recommend(pages[0], sort_order=2, label="cấp mới")
    recommend(pages[1], sort_order=1)
    for typed in ("căn cước", "can cuoc", "  CĂN  CƯỚC "):
        assert recommended(ask(typed)) == ["Đổi thẻ căn cước", "cấp mới"]
    assert recommended(ask("thẻ căn cước")) == []


def test_they_lead_to_their_pages_and_are_counted_as_chosen(ask, pages):
    recommend(pages[0])
    html = ask("can cuoc").html
    assert f'<li data-page="{pages[0].pk}"><a href="{pages[0].get_url()}">' in html


def test_they_are_shown_where_nothing_else_is_found(ask, pages):
    recommend(pages[0], "xyzzy")
    answer = ask("xyzzy")
    assert (answer.total, recommended(answer)) == (0, ["Cấp thẻ căn cước"])


@pytest.mark.parametrize(
    ("begin", "end", "shown"),
    [
        (None, None, True),
        (0, 0, True),
        (-1, 1, True),
        (1, None, False),
        (None, -1, False),
    ],
)
def test_they_begin_and_end_on_their_days(ask, pages, begin, end, shown):
    dates = {
        name: today() + DAY * days for name, days in (("valid_from", begin), ("valid_until", end)) if days is not None
    }
    recommend(pages[0], **dates)
    assert bool(recommended(ask("can cuoc"))) == shown


def test_only_pages_that_everybody_may_read_are_recommended(ask, pages, add_page):
    hidden = add_page("Con", parent=pages[0], slug="con")
    for page in (*pages, hidden):
        recommend(page)
    pages[1].unpublish()
    PageViewRestriction.objects.create(page=pages[0], restriction_type=PageViewRestriction.LOGIN)
    assert recommended(ask("can cuoc")) == []


def test_another_language_has_its_own(ask, pages):
    recommend(pages[0], "id card")
    assert recommended(ask("id card", language="en")) == []


def test_labels_are_escaped(ask, pages):
    recommend(pages[0], label="<b>x</b>")
    assert recommended(ask("can cuoc")) == ["&lt;b&gt;x&lt;/b&gt;"]


def test_further_pages_of_the_results_do_not_repeat_them(ask, add_page):
    made = [add_page(f"Hỗ trợ {number}", slug=f"ho-tro-{number}") for number in range(12)]
    recommend(made[0], "hỗ trợ")
    assert recommended(ask("ho tro"))
    assert recommended(ask("ho tro", page=2)) == []
