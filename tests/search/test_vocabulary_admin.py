"""Staff's side of search: citizens' words and best bets in the admin, who may change them, the shipped file."""

import datetime

import pytest
from django.urls import reverse

from core.page_cache import read_version, today
from departments.roles import AUTHOR, PUBLISHER, REVIEWER, STAFF_READER, TRANSLATOR
from search.editorial import bet_state
from search.models import BestBet, VocabularyEntry
from tests import factories as make

pytestmark = pytest.mark.django_db
WORDS, BET = "wagtailsnippets_search_vocabularyentry", "wagtailsnippets_search_bestbet"


@pytest.fixture(autouse=True)
def no_words():
    VocabularyEntry.objects.all().delete()


def words(phrase="sổ đỏ", readings="giấy chứng nhận quyền sử dụng đất", **values):
    return {"phrase": phrase, "readings": readings, "group": "", "is_active": "on", **values}


def bet(about, question="căn cước", **values):
    blank = dict.fromkeys(("label", "valid_from", "valid_until"), "")
    return {"question": question, "locale": about.locale_id, "page": about.pk, "sort_order": 0, **blank, **values}


def post(client, name, data, *arguments):
    return client.post(reverse(name, args=arguments), data)


def errors_of(response):
    return set(response.context["form"].errors)


# --- citizens' words -----------------------------------------------------------------------------------------------


def test_words_are_added_and_their_blank_lines_dropped(admin_client):
    post(admin_client, f"{WORDS}:add", words("  sổ   đỏ ", "giấy chứng nhận\r\n\r\n cấp giấy chứng nhận \r\n"))
    entry = VocabularyEntry.objects.get()
    assert (entry.phrase, entry.folded) == ("sổ đỏ", "so do")
    assert entry.readings == "giấy chứng nhận\ncấp giấy chứng nhận"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"phrase": "SO DO"}, "phrase"),
        ({"phrase": "đ"}, "phrase"),
        ({"phrase": "?!"}, "phrase"),
        ({"phrase": "x" * 121}, "phrase"),
        ({"phrase": "nhà đất", "readings": ""}, "readings"),
        ({"phrase": "nhà đất", "readings": "\n \n"}, "readings"),
        ({"phrase": "nhà đất", "readings": "NHÀ ĐẤT"}, "readings"),
        ({"phrase": "nhà đất", "group": "x" * 41}, "group"),
    ],
)
def test_an_error_stands_at_its_field(admin_client, wrong, field):
    VocabularyEntry.objects.create(phrase="sổ đỏ", readings="giấy chứng nhận")
    response = post(admin_client, f"{WORDS}:add", words(**wrong))
    assert errors_of(response) == {field}
    assert VocabularyEntry.objects.count() == 1


def test_an_entry_that_staff_changed_is_none_of_the_shipped_ones(admin_client):
    entry = VocabularyEntry.objects.create(phrase="sổ đỏ", readings="giấy chứng nhận", is_shipped=True)
    post(admin_client, f"{WORDS}:edit", words(readings="giấy chứng nhận"), entry.pk)
    entry.refresh_from_db()
    assert entry.is_shipped
    post(admin_client, f"{WORDS}:edit", words(), entry.pk)
    entry.refresh_from_db()
    assert not entry.is_shipped


def test_words_are_found_in_the_list_without_marks_and_by_filters(admin_client):
    VocabularyEntry.objects.create(phrase="sổ đỏ", readings="giấy chứng nhận", group="đất đai")
    VocabularyEntry.objects.create(phrase="giấy độc thân", readings="tình trạng hôn nhân", is_active=False)

    def shown(**query):
        page = admin_client.get(reverse(f"{WORDS}:list"), query).content.decode()
        return {entry.phrase for entry in VocabularyEntry.objects.all() if entry.phrase in page}

    assert shown(q="so do") == shown(q="Sổ Đỏ") == shown(group="đất đai") == shown(is_active="true") == {"sổ đỏ"}
    assert shown(q="hôn nhân") == shown(is_active="false") == {"giấy độc thân"}


def test_saving_and_deleting_is_in_force_at_once(admin_client, committed):
    before = read_version()
    with committed():
        post(admin_client, f"{WORDS}:add", words())
    added = read_version()
    with committed():
        post(admin_client, f"{WORDS}:delete", {}, VocabularyEntry.objects.get().pk)
    assert before < added < read_version()
    assert not VocabularyEntry.objects.exists()


def test_a_new_entry_begins_with_the_phrase_of_a_report(admin_client):
    page = admin_client.get(reverse(f"{WORDS}:add"), {"phrase": "lam so hong"}).content.decode()
    assert 'value="lam so hong"' in page


# --- best bets -----------------------------------------------------------------------------------------------------


@pytest.fixture
def pages(add_page):
    return [add_page("Cấp thẻ căn cước", slug="cap"), add_page("Đổi thẻ căn cước", slug="doi")]


def test_a_question_gets_several_pages_in_order(admin_client, pages):
    post(admin_client, f"{BET}:add", bet(pages[0], sort_order=2, label="cấp mới"))
    post(admin_client, f"{BET}:add", bet(pages[1], "Can cuoc", sort_order=1, valid_until="2030-01-31"))
    assert list(BestBet.objects.values_list("folded", "page__title")) == [
        ("can cuoc", "Đổi thẻ căn cước"),
        ("can cuoc", "Cấp thẻ căn cước"),
    ]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"question": " "}, "question"),
        ({"question": "CAN CUOC"}, "page"),
        ({"question": "khác", "page": ""}, "page"),
        ({"question": "khác", "valid_from": "2026-02-01", "valid_until": "2026-01-31"}, "valid_until"),
    ],
)
def test_an_error_of_a_best_bet_stands_at_its_field(admin_client, pages, wrong, field):
    post(admin_client, f"{BET}:add", bet(pages[0]))
    response = post(admin_client, f"{BET}:add", bet(pages[0], **wrong))
    assert errors_of(response) == {field}
    assert BestBet.objects.count() == 1


def test_a_page_is_recommended_in_its_own_language_only(admin_client, pages, home_en):
    response = post(admin_client, f"{BET}:add", bet(pages[0], locale=home_en.locale_id))
    assert errors_of(response) == {"page"}


def test_the_list_says_which_bets_are_over(admin_client, pages):
    day, ago = today(), datetime.timedelta(days=1)
    over = BestBet(question="a", locale=pages[0].locale, page=pages[0], valid_until=day - ago)
    coming = BestBet(question="b", locale=pages[0].locale, page=pages[0], valid_from=day + ago)
    present = BestBet(question="c", locale=pages[0].locale, page=pages[0], valid_from=day, valid_until=day)
    for made in (over, coming, present):
        made.save()
    assert [bet_state(made) for made in (over, coming, present)] == ["expired", "waiting", "in force"]
    pages[0].unpublish()
    present.page.refresh_from_db()
    assert bet_state(present) == "not live"
    listed = admin_client.get(reverse(f"{BET}:list"), {"q": "can cuoc"})
    assert listed.status_code == 200


def test_the_list_of_bets_asks_as_often_for_many_as_for_one(admin_client, add_page, django_assert_max_num_queries):
    pages = [add_page(f"Trang {number}", slug=f"trang-{number}") for number in range(12)]

    def queries():
        with django_assert_max_num_queries(60) as asked:
            admin_client.get(reverse(f"{BET}:list"))
        return len(asked)

    BestBet.objects.create(question="một", locale=pages[0].locale, page=pages[0])
    queries()
    few = queries()
    for page in pages:
        BestBet.objects.create(question="nhiều", locale=page.locale, page=page)
    assert queries() == few


# --- rights --------------------------------------------------------------------------------------------------------

ROLES = {
    "administrator": True,
    "publisher": True,
    "reviewer": False,
    "author": False,
    "translator": False,
    "staff_reader": False,
    "stranger": False,
}


@pytest.fixture
def sign_in(client):
    def sign_in(role):
        if role == "administrator":
            client.force_login(make.add_administrator())
        elif role != "stranger":
            roles = {one.key: one for one in (AUTHOR, PUBLISHER, REVIEWER, STAFF_READER, TRANSLATOR)}
            client.force_login(make.add_member(roles[role], make.add_unit()))
        return client

    return sign_in


@pytest.mark.parametrize(("role", "may"), ROLES.items())
def test_who_keeps_the_vocabulary(sign_in, role, may):
    client = sign_in(role)
    post(client, f"{WORDS}:add", words())
    assert VocabularyEntry.objects.exists() == may
    entry, _created = VocabularyEntry.objects.get_or_create(phrase="sổ đỏ", defaults={"readings": "x y"})
    post(client, f"{WORDS}:edit", words(readings="sổ mới"), entry.pk)
    entry.refresh_from_db()
    assert (entry.readings == "sổ mới") == may
    post(client, f"{WORDS}:delete", {}, entry.pk)
    assert VocabularyEntry.objects.exists() != may


@pytest.mark.parametrize(("role", "may"), ROLES.items())
def test_who_recommends_results(sign_in, pages, role, may):
    client = sign_in(role)
    post(client, f"{BET}:add", bet(pages[0]))
    assert BestBet.objects.exists() == may
    made, _created = BestBet.objects.get_or_create(question="x", locale=pages[0].locale, page=pages[1])
    post(client, f"{BET}:delete", {}, made.pk)
    assert BestBet.objects.filter(pk=made.pk).exists() != may
