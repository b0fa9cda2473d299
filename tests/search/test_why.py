"""“Why is this here”: what staff are told of the score of a hit."""

import re
from datetime import date

import pytest
from django.urls import reverse

from departments.roles import AUTHOR, PUBLISHER
from search.models import HitCount, VocabularyEntry
from search.weights import EXACT, OPPOSITE
from tests import factories as make

pytestmark = pytest.mark.django_db
#: a figure is shown with three decimals
ROUNDING = 0.0005


@pytest.fixture
def explained(admin_client):
    """The score of a page for a question and what it is made of, both as the page shows them."""

    def explained(page, question):
        shown = admin_client.get(reverse("search_why"), {"q": question, "language": "vi"}).content.decode()
        shown = shown.partition('<table class="listing">')[2]
        labels = [re.sub("<.*?>", "", label) for label in re.findall(r"<th .*?</th>", shown)][2:]
        rows = (re.findall(r"<td>(.*?)</td>", row, re.S) for row in re.findall(r"<tr><td>.*?</tr>", shown, re.S))
        row = next(row for row in rows if f">{page.title}<" in row[0])
        points = {label: float(cell) for label, cell in zip(labels, row[2:], strict=True) if cell}
        return float(row[1]), points

    return explained


def adds_up(score, points):
    return sum(points.values()) == pytest.approx(score, abs=ROUNDING * (len(points) + 1))


def test_staff_see_why_a_hit_is_where_it_is(admin_client, add_page):
    page = add_page("Đăng ký khai sinh")
    answer = admin_client.get(reverse("search_why"), {"q": "dang ky khai sinh", "language": "vi"})
    (hit,) = answer.context["hits"]
    assert hit["title"] == page.title
    assert len(hit["cells"]) == len(answer.context["parts"])
    assert all(part["reason"] for part in answer.context["parts"])
    assert "Đăng ký khai sinh" in answer.content.decode()


@pytest.mark.parametrize("query", [{}, {"q": ""}, {"q": "x" * 256, "language": "vi"}, {"q": "<b>", "language": "xx"}])
def test_the_page_that_says_why_takes_anything(admin_client, query):
    answer = admin_client.get(reverse("search_why"), query)
    assert answer.status_code == 200
    assert "<b>" not in answer.content.decode().split("nice-padding")[1].split("<button")[0]


@pytest.mark.parametrize(("role", "may"), [(PUBLISHER, True), (AUTHOR, False)], ids=["publisher", "author"])
def test_who_sees_why(client, role, may):
    client.force_login(make.add_member(role, make.add_unit()))
    assert (client.get(reverse("search_why")).status_code == 200) == may


def test_parts_of_every_sign_add_up_to_the_score(explained, add_page):
    page = add_page("Đăng ký khai sinh", "Giấy tờ khi đăng ký.", "Trẻ em sinh tại nhà.")
    HitCount.objects.create(day=date(2019, 11, 1), folded="dang ky khai sinh tai nha", page=page, chosen=30)
    score, points = explained(page, "đăng ký khai sinh tại nhà")
    assert len(points) > 5
    assert adds_up(score, points)


def test_what_a_typed_code_adds_is_a_part_of_the_score(explained, add_page):
    score, points = explained(add_page("Xin phép xây nhà", "Mã 1.000656."), "1.000656")
    assert score > EXACT
    assert points["mã hoặc số hiệu"] == EXACT
    assert adds_up(score, points)


@pytest.mark.parametrize(
    ("title", "question"),
    [("Đăng ký tạm trú", "đăng ký thường trú"), ("Đăng ký kết hôn lưu động", "đăng ký kết hôn")],
    ids=["contrary", "rare case"],
)
def test_what_a_title_for_another_case_loses_is_a_part_of_the_score(explained, add_page, title, question):
    score, points = explained(add_page(title), question)
    assert points["trường hợp khác"] == -OPPOSITE
    assert adds_up(score, points)


def test_what_a_second_reading_loses_is_a_part_of_the_score(explained, add_page):
    VocabularyEntry.objects.all().delete()
    VocabularyEntry.objects.create(phrase="sổ xanh", readings="giấy chứng nhận đất\nhộ khẩu")
    add_page("Cấp giấy chứng nhận đất")
    score, points = explained(add_page("Cấp sổ hộ khẩu"), "sổ xanh")
    assert points["cách hiểu kém chắc chắn hơn"] < 0
    assert adds_up(score, points)
