"""What staff see of what people ask, and the step from there to the vocabulary or a best bet."""

import datetime
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from core.page_cache import today
from departments.roles import AUTHOR, PUBLISHER, STAFF_READER
from search.models import QueryCount
from tests import factories as make

pytestmark = pytest.mark.django_db
POPULAR, UNANSWERED = "search_popular", "search_unanswered"


@pytest.fixture
def counted(home, home_en):
    def count(question, asked, empty=0, days=0, page=home):
        day = today() - datetime.timedelta(days)
        QueryCount.objects.create(
            day=day, locale=page.locale, folded=question, typed=question.upper(), asked=asked, empty=empty
        )

    count("khai sinh", 5)
    count("khai sinh", 4, days=3)
    count("lam so hong", 3, 3)
    count("sap nhap xa", 50, 1, days=20)
    count("cu", 90, days=80)
    count("birth certificate", 2, page=home_en)


def rows(client, name=POPULAR, **query):
    listed = client.get(reverse(name), query).context["object_list"]
    return [(row["folded"], row["times"], row["without"]) for row in listed]


def test_questions_of_the_last_30_days_are_added_up_the_most_asked_first(admin_client, counted):
    assert rows(admin_client) == [
        ("sap nhap xa", 50, 1),
        ("khai sinh", 9, 0),
        ("lam so hong", 3, 3),
        ("birth certificate", 2, 0),
    ]


def test_the_period_and_the_language_are_chosen(admin_client, counted):
    assert [row[0] for row in rows(admin_client, period="7", language="vi")] == ["khai sinh", "lam so hong"]
    assert rows(admin_client, period="90")[0] == ("cu", 90, 0)
    assert rows(admin_client, language="en") == [("birth certificate", 2, 0)]
    assert len(rows(admin_client, period="-1")) == 4


def test_questions_without_result_are_listed_by_themselves(admin_client, counted):
    assert rows(admin_client, UNANSWERED) == [("lam so hong", 3, 3), ("sap nhap xa", 50, 1)]


def test_each_question_leads_to_its_results_the_vocabulary_and_a_best_bet(admin_client, counted):
    page = admin_client.get(reverse(UNANSWERED), {"period": "7"}).content.decode()
    for step in (
        "/tim-kiem/?q=LAM+SO+HONG",
        "/admin/snippets/search/vocabularyentry/add/?phrase=LAM+SO+HONG",
        "/admin/snippets/search/bestbet/add/?question=LAM+SO+HONG&amp;language=vi",
    ):
        assert step in page
        assert admin_client.get(step.replace("&amp;", "&")).status_code == 200
    new = admin_client.get("/admin/snippets/search/bestbet/add/?question=LAM+SO+HONG&language=vi")
    assert new.context["form"]["question"].value() == "LAM SO HONG"
    assert new.context["form"]["locale"].value() == QueryCount.objects.get(folded="lam so hong").locale_id


def test_reports_are_downloaded_and_run_no_formula(admin_client, home):
    QueryCount.objects.create(day=today(), locale=home.locale, folded="=1+1", typed="=1+1", asked=2)
    text = b"".join(admin_client.get(reverse(POPULAR), {"export": "csv"}).streaming_content).decode()
    assert "'=1+1,vi,2,0" in text
    answer = admin_client.get(reverse(POPULAR), {"export": "xlsx"})
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert [cell.value for cell in sheet[2]] == ["'=1+1", "vi", 2, 0]


@pytest.mark.parametrize("name", [POPULAR, UNANSWERED])
@pytest.mark.parametrize(
    ("role", "may"), [(PUBLISHER, True), (AUTHOR, False), (STAFF_READER, False)], ids=["publisher", "author", "reader"]
)
def test_who_sees_what_people_ask(client, name, role, may):
    client.force_login(make.add_member(role, make.add_unit()))
    assert (client.get(reverse(name)).status_code == 200) == may
    assert (client.get(reverse(f"{name}_results")).status_code == 200) == may
    assert (reverse(name) in client.get("/admin/").content.decode()) == may


def test_a_report_asks_as_often_for_many_questions_as_for_one(admin_client, home, django_assert_max_num_queries):
    def queries():
        with django_assert_max_num_queries(60) as asked:
            admin_client.get(reverse(POPULAR))
        return len(asked)

    QueryCount.objects.create(day=today(), locale=home.locale, folded="a", asked=1)
    queries()
    few = queries()
    for number in range(20):
        QueryCount.objects.create(day=today(), locale=home.locale, folded=f"câu {number}", asked=1)
    assert queries() == few
