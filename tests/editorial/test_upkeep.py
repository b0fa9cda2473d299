"""What was published is looked at again after a while: who must, when, and who may confirm it."""

from datetime import date, datetime, time, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from departments.roles import AUTHOR
from editorial.contributors import contributors
from editorial.models import Confirmation, UpkeepRule
from editorial.upkeep import due_on, duties_of, months_after, overdue
from home.models import ContentPage, HomePage
from services.models import ServicePage
from tests import factories as make

pytestmark = pytest.mark.django_db
TODAY = date(2019, 11, 15)
EVERYBODY = ("author", "colleague", "head", "deputy", "board", "other_head", "admin")


def moment(day, at=time(9)):
    return timezone.make_aware(datetime.combine(day, at))


def published(page, day):
    """The page as if it had gone live on a day."""
    type(page).objects.filter(pk=page.pk).update(last_published_at=moment(day), first_published_at=moment(day))
    return type(page).objects.get(pk=page.pk)


def confirmed(page, day, user=None):
    Confirmation.objects.create(page_id=page.pk, user=user, confirmed_at=moment(day))


def titles(duties):
    return [duty.page.title for duty in duties]


@pytest.fixture
def page(section):
    return published(make.add_service(section), date(2019, 5, 15))


@pytest.fixture
def plain(db):
    home = HomePage.objects.get(locale=make.locale())
    return published(home.add_child(instance=ContentPage(title="Giới thiệu", locale=home.locale)), date(2018, 1, 1))


# --- when it is due ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2019, 5, 15), 6, date(2019, 11, 15)),
        (date(2019, 8, 31), 6, date(2020, 2, 29)),
        (date(2018, 8, 31), 6, date(2019, 2, 28)),
        (date(2019, 12, 1), 1, date(2020, 1, 1)),
        (date(2020, 2, 29), 12, date(2021, 2, 28)),
    ],
)
def test_months_are_those_of_the_calendar(day, months, later):
    assert months_after(day, months) == later


def test_a_page_is_due_six_months_after_it_was_published(page):
    assert due_on(page) == date(2019, 11, 15)


def test_a_confirmation_puts_the_day_off(page):
    confirmed(page, date(2019, 6, 1))
    assert due_on(page) == date(2019, 12, 1)


def test_a_confirmation_before_the_last_publication_counts_no_more(page):
    confirmed(page, date(2019, 1, 1))
    assert due_on(page) == date(2019, 11, 15)


def test_an_interval_that_is_changed_counts_at_once(page):
    UpkeepRule.objects.filter(kind="services.servicepage").update(months=12)
    assert due_on(page) == date(2020, 5, 15)


def test_announcements_and_drafts_are_not_reviewed(draft):
    assert due_on(draft) is None
    assert not UpkeepRule.objects.filter(kind__startswith="announcements").exists()


@pytest.mark.parametrize("shift", range(-3, 4))
@pytest.mark.parametrize("months", [1, 6, 12])
def test_the_database_and_the_calendar_agree_at_the_ends_of_months(page, months, shift):
    UpkeepRule.objects.filter(kind="services.servicepage").update(months=months)
    for day in (date(2019, 1, 31), date(2019, 8, 31), date(2020, 2, 29), date(2019, 11, 30)):
        published(page, day)
        today = months_after(day, months) + timedelta(days=shift)
        assert overdue(today).filter(pk=page.pk).exists() == (due_on(page) < today)


def test_a_page_published_late_in_the_evening_belongs_to_that_day_here(page):
    late = moment(date(2019, 5, 15), time(23, 30))
    type(page).objects.filter(pk=page.pk).update(last_published_at=late)
    assert not overdue(TODAY).filter(pk=page.pk).exists()
    assert overdue(TODAY + timedelta(days=1)).filter(pk=page.pk).exists()


# --- whose it is ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", EVERYBODY)
def test_the_people_of_the_unit_are_told(people, page, who):
    assert (page.title in titles(duties_of(getattr(people, who), TODAY))) == (
        who in {"author", "colleague", "head", "deputy"}
    )


@pytest.mark.parametrize("who", EVERYBODY)
def test_the_board_looks_after_pages_outside_of_sections(people, plain, who):
    assert (plain.title in titles(duties_of(getattr(people, who), TODAY))) == (who in {"board", "admin"})


def test_translations_are_looked_at_by_the_same_people(office, people):
    english = type(office.english).objects.get(pk=office.english.pk)
    published(make.add_service(english, "Birth registration"), date(2019, 1, 1))
    assert "Birth registration" in titles(duties_of(people.author, TODAY))


def test_the_longest_due_comes_first_whatever_its_kind(people, section):
    published(section, date(2018, 9, 1))  # due on 1 September 2019
    for title, day in (("Hai", date(2019, 4, 1)), ("Một", date(2019, 1, 1)), ("Xa", date(2019, 9, 1))):
        published(make.add_service(section, title), day)
    found = duties_of(people.head, TODAY)
    assert titles(found) == ["Một", section.title, "Hai"]
    assert [duty.is_overdue for duty in found] == [True, True, True]


def test_a_page_is_shown_thirty_days_before_its_day(people, section, page):
    (duty,) = duties_of(people.head, date(2019, 10, 16))
    assert (duty.due_on, duty.is_overdue) == (date(2019, 11, 15), False)
    assert duties_of(people.head, date(2019, 10, 15)) == []


def test_no_more_are_shown_than_asked_for(people, section):
    for number in range(4):
        published(make.add_service(section, f"Thủ tục {number}"), date(2019, 1, 1 + number))
    assert titles(duties_of(people.head, TODAY, limit=2)) == ["Thủ tục 0", "Thủ tục 1"]


@pytest.mark.parametrize("who", ["head", "board"])
def test_the_number_of_queries_grows_with_neither_units_nor_pages(people, section, who):
    def queries():
        user = get_user_model().objects.get(pk=getattr(people, who).pk)
        with CaptureQueriesContext(connection) as asked:
            duties_of(user, TODAY)
        return len(asked)

    published(make.add_service(section), date(2019, 1, 1))
    before = queries()
    for number in range(3):
        other = make.add_unit(f"Phòng {number}")
        published(make.add_service(other, f"Thủ tục {number}"), date(2019, 1, 1))
        published(make.add_service(section, f"Thủ tục nữa {number}"), date(2019, 1, 1))
    assert queries() == before


def test_what_is_overdue_is_counted_by_unit(office, section, page, plain):
    other = type(office.other).objects.get(pk=office.other.pk)
    published(make.add_service(other, "Khác"), date(2019, 1, 1))
    found = dict(overdue(date(2019, 11, 16)).values_list("title", "unit"))
    assert found == {page.title: section.department_id, "Khác": other.department_id, plain.title: None}


# --- confirming ----------------------------------------------------------------------------------------------------


def confirm(client, page, **values):
    return client.post(reverse("editorial:confirm", args=[page.pk]), values)


@pytest.mark.parametrize("who", EVERYBODY)
def test_who_confirms_a_page(as_, page, who):
    confirm(as_(who), page)
    assert Confirmation.objects.filter(page=page).exists() == (who != "other_head")


@pytest.mark.parametrize("who", EVERYBODY)
def test_who_confirms_a_page_outside_of_sections(as_, plain, who):
    confirm(as_(who), plain)
    assert Confirmation.objects.filter(page=plain).exists() == (who in {"board", "admin"})


def test_a_confirmation_publishes_nothing_and_is_no_version(as_, page):
    page.conditions = "Chưa duyệt"
    page.save_revision()
    before = ServicePage.objects.get(pk=page.pk)
    confirm(as_("author"), page)
    after = ServicePage.objects.get(pk=page.pk)
    assert (after.last_published_at, after.latest_revision_id) == (before.last_published_at, before.latest_revision_id)
    assert after.conditions != "Chưa duyệt"


def test_whoever_confirms_does_not_become_an_author(as_, page, people):
    confirm(as_("head"), page)
    assert people.head.pk not in contributors(page)


def test_the_history_says_who_confirmed(as_, people, page):
    client = as_("author")
    confirm(client, page)
    assert PageLogEntry.objects.get(page=page, action="editorial.confirm").user == people.author
    assert client.get(reverse("wagtailadmin_pages:history", args=[page.pk])).status_code == 200


def test_a_page_that_is_confirmed_is_due_no_more(as_, people, page):
    client = as_("author")
    assert duties_of(people.author, timezone.localdate())
    confirm(client, page)
    assert duties_of(people.author, timezone.localdate()) == []


def test_only_a_post_confirms(as_, page):
    assert as_("author").get(reverse("editorial:confirm", args=[page.pk])).status_code == 405
    assert not Confirmation.objects.exists()


def test_a_draft_is_not_confirmed(as_, draft):
    confirm(as_("author"), draft)
    assert not Confirmation.objects.exists()


def test_a_page_that_is_gone_is_not_found(as_, page):
    assert as_("author").post(reverse("editorial:confirm", args=[page.pk + 1000])).status_code == 404


@pytest.mark.parametrize(
    ("asked", "led_to"), [("/admin/pages/", "/admin/pages/"), ("https://example.org/", "/admin/"), ("", "/admin/")]
)
def test_afterwards_the_reader_is_where_they_came_from(as_, page, asked, led_to):
    assert confirm(as_("author"), page, next=asked)["Location"] == led_to


@pytest.mark.parametrize("who", ["author", "board", "other_head"])
def test_only_those_who_may_confirm_are_offered_it(as_, page, who):
    html = as_(who).get(reverse("wagtailadmin_explore", args=[page.pk])).content.decode()
    assert (reverse("editorial:confirm", args=[page.pk]) in html) == (who != "other_head")


# --- intervals -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("months", "kept"), [("12", True), ("0", False), ("121", False), ("", False), ("x", False)])
def test_an_interval_is_a_number_of_months(as_, db, months, kept):
    url = reverse("wagtailsnippets_editorial_upkeeprule:add")
    as_("admin").post(url, {"kind": "announcements.announcementpage", "months": months})
    assert UpkeepRule.objects.filter(kind="announcements.announcementpage").exists() == kept


def test_a_kind_has_one_interval(as_, db):
    url = reverse("wagtailsnippets_editorial_upkeeprule:add")
    response = as_("admin").post(url, {"kind": "services.servicepage", "months": "3"})
    assert response.status_code == 200
    assert UpkeepRule.objects.get(kind="services.servicepage").months == 6


@pytest.mark.parametrize("who", EVERYBODY)
def test_the_board_keeps_the_intervals(as_, db, who):
    rule = UpkeepRule.objects.get(kind="services.servicepage")
    url = reverse("wagtailsnippets_editorial_upkeeprule:edit", args=[rule.pk])
    as_(who).post(url, {"kind": rule.kind, "months": "1"})
    assert (UpkeepRule.objects.get(pk=rule.pk).months == 1) == (who in {"board", "admin"})


def test_one_member_of_two_units_looks_after_both(section, office):
    user = make.add_member(AUTHOR, section, name="hai-phong")
    other = type(office.other).objects.get(pk=office.other.pk)
    user.groups.add(*make.add_member(AUTHOR, other, name="nguoi-khac").groups.all())
    for place, title in ((section, "Một"), (other, "Hai")):
        published(make.add_service(place, title), date(2019, 1, 1))
    assert set(titles(duties_of(user, TODAY))) == {"Một", "Hai"}
