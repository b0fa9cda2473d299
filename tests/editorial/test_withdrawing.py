"""A live page is taken back by whoever decides that it goes live, for a reason."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from editorial.contributors import contributors
from editorial.models import ApprovalRule, Withdrawal
from home.models import ContentPage, HomePage
from services.models import ServicePage
from tests import factories as make
from tests.editorial.conftest import edit, is_live, step_of

pytestmark = pytest.mark.django_db
EVERYBODY = ("author", "colleague", "head", "deputy", "board", "other_head", "admin")
BOARD_ONLY = {"board", "admin"}


@pytest.fixture
def page(section):
    return make.add_service(section)


def withdraw(client, page, reason="Thủ tục đã bãi bỏ", **values):
    return client.post(reverse("editorial:withdraw", args=[page.pk]), {"reason": reason, **values})


def without_board(section):
    ApprovalRule.objects.create(department=section.department, kind="services.servicepage", needs_board=False)


# --- who -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", EVERYBODY)
def test_who_withdraws_a_page_that_the_board_publishes(as_, page, who):
    withdraw(as_(who), page)
    assert (not is_live(page)) == (who in BOARD_ONLY)


@pytest.mark.parametrize("who", EVERYBODY)
def test_the_head_withdraws_where_the_head_alone_publishes(as_, section, page, who):
    without_board(section)
    withdraw(as_(who), page)
    assert (not is_live(page)) == (who in BOARD_ONLY | {"head", "deputy"})


def test_a_stranger_is_asked_to_sign_in(client, page):
    withdraw(client, page)
    assert is_live(page)


@pytest.mark.parametrize("who", EVERYBODY)
def test_only_those_who_may_withdraw_are_offered_it(as_, page, who):
    html = as_(who).get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert (reverse("editorial:withdraw", args=[page.pk]) in html) == (who in BOARD_ONLY)


# --- how -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", ["", "   ", "x" * 2001])
def test_without_a_reason_nothing_is_withdrawn(as_, page, reason):
    assert withdraw(as_("board"), page, reason).status_code == 200
    assert is_live(page)


def test_the_reason_and_who_gave_it_are_kept(as_, page, people):
    withdraw(as_("board"), page, "Thủ tục đã bãi bỏ")
    kept = Withdrawal.objects.get(page=page)
    assert (kept.reason, kept.withdrawn_by, kept.successor) == ("Thủ tục đã bãi bỏ", people.board, None)
    entry = PageLogEntry.objects.get(page=page, action="editorial.withdraw")
    assert (entry.user, entry.data["comment"]) == (people.board, "Thủ tục đã bãi bỏ")


def test_the_history_of_the_page_shows_the_reason(as_, page):
    client = as_("board")
    withdraw(client, page, "Thủ tục đã bãi bỏ")
    html = client.get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()
    assert "Thủ tục đã bãi bỏ" in html


def test_a_page_that_is_not_live_is_not_withdrawn(as_, draft):
    assert withdraw(as_("board"), draft).status_code == 200
    assert not Withdrawal.objects.exists()


def test_front_pages_and_lists_stay(as_, db):
    for page in (HomePage.objects.first(), make.services_index()):
        withdraw(as_("admin"), page)
        assert is_live_page(page)


def is_live_page(page):
    return type(page).objects.get(pk=page.pk).live


def test_a_review_that_is_under_way_is_cancelled(as_, page):
    edit_first = as_("author")
    page.save_revision()
    edit(edit_first, page, "submit", conditions="Điều kiện mới")
    assert step_of(page) == "unit"
    withdraw(as_("board"), page)
    assert (step_of(page), is_live(page)) == (None, False)


def test_a_page_may_be_published_again_by_its_approval(as_, page):
    withdraw(as_("board"), page)
    edit(as_("author"), ServicePage.objects.get(pk=page.pk), "submit")
    for who in ("head", "board"):
        state = ServicePage.objects.get(pk=page.pk).current_workflow_task_state
        url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
        as_(who).post(url, {"comment": ""})
    assert is_live(page)


def test_whoever_withdraws_does_not_become_an_author(as_, page, people):
    page.save_revision(user=people.author).publish()
    withdraw(as_("board"), page)
    assert people.board.pk not in contributors(ServicePage.objects.get(pk=page.pk))


# --- what replaces it ----------------------------------------------------------------------------------------------


def test_a_successor_is_kept(as_, section, page):
    other = make.add_service(section, "Đăng ký khai sinh mới")
    withdraw(as_("board"), page, successor=other.pk)
    assert Withdrawal.objects.get().successor_id == other.pk


@pytest.mark.parametrize("wrong", ["itself", "draft", "private", "root", "unknown"])
def test_what_replaces_a_page_can_be_read_by_everybody(as_, section, page, wrong):
    draft = make.add_service(section, "Bản nháp", live=False)
    private = make.add_service(section, "Nội bộ")
    make.restrict(private)
    chosen = {"itself": page.pk, "draft": draft.pk, "private": private.pk, "root": 1, "unknown": 999999}[wrong]
    assert withdraw(as_("board"), page, successor=chosen).status_code == 200
    assert is_live(page)


# --- translations --------------------------------------------------------------------------------------------------


@pytest.fixture
def translated(office, page):
    english = type(office.english).objects.get(pk=office.english.pk)
    twin = make.new_service(english, "Birth registration", page.procedure, translation_key=page.translation_key)
    return english.add_child(instance=twin)


@pytest.mark.parametrize("ticked", [True, False])
def test_live_translations_go_with_the_page_where_that_is_ticked(as_, page, translated, ticked):
    withdraw(as_("board"), page, **({"with_translations": "on"} if ticked else {}))
    assert is_live(translated) == (not ticked)
    assert Withdrawal.objects.filter(page=translated).exists() == ticked


def test_the_box_is_ticked_before_it_is_asked(as_, page, translated):
    html = as_("board").get(reverse("editorial:withdraw", args=[page.pk])).content.decode()
    box = html.split('name="with_translations"')[1].split(">")[0]
    assert "checked" in box


def test_a_translation_is_withdrawn_alone(as_, page, translated):
    withdraw(as_("board"), translated, with_translations="on")
    assert (is_live(page), is_live(translated)) == (True, False)


# --- Wagtail's own doors -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", EVERYBODY)
def test_wagtails_own_button_takes_nothing_down(as_, page, who):
    client = as_(who)
    client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]), {"include_descendants": "on"})
    assert is_live(page)


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("action", ["unpublish", "delete"])
def test_a_bulk_action_takes_nothing_down(as_, page, who, action):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    as_(who).post(f"{url}?id={page.pk}&next=/admin/", {"include_descendants": "on"})
    assert ServicePage.objects.filter(pk=page.pk, live=True).exists()


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_live_page_is_not_deleted_but_withdrawn_first(as_, page, who):
    as_(who).post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert ServicePage.objects.filter(pk=page.pk, live=True).exists()


def test_a_section_with_live_pages_is_not_deleted(as_, section, page):
    section.live = False
    section.save()
    as_("admin").post(reverse("wagtailadmin_pages:delete", args=[section.pk]))
    assert ServicePage.objects.filter(pk=page.pk, live=True).exists()


@pytest.mark.parametrize("who", EVERYBODY)
def test_the_menus_do_not_offer_wagtails_own_way(as_, page, who):
    client = as_(who)
    own = reverse("wagtailadmin_pages:unpublish", args=[page.pk])
    for url in (
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        reverse("wagtailadmin_explore", args=[page.get_parent().pk]),
    ):
        assert own not in client.get(url).content.decode()


# --- a page that is approved for a later day ------------------------------------------------------------------------


@pytest.fixture
def scheduled(section):
    page = make.add_service(section, live=False, go_live_at=timezone.now() + timedelta(days=3))
    page.save_revision().publish()
    return page


def hold_back(client, page, reason="Chờ ý kiến"):
    return client.post(reverse("editorial:unschedule", args=[page.pk]), {"reason": reason})


def is_scheduled(page):
    return ServicePage.objects.get(pk=page.pk).scheduled_revision is not None


@pytest.mark.parametrize("who", EVERYBODY)
def test_who_cancels_the_day_of_publication(as_, scheduled, who):
    assert is_scheduled(scheduled)
    hold_back(as_(who), scheduled)
    assert (not is_scheduled(scheduled)) == (who in BOARD_ONLY)


def test_a_day_is_not_cancelled_without_a_reason(as_, scheduled):
    hold_back(as_("board"), scheduled, "  ")
    assert is_scheduled(scheduled)


@pytest.mark.parametrize("who", EVERYBODY)
def test_wagtails_own_button_cancels_no_day(as_, scheduled, who):
    revision = scheduled.scheduled_revision.pk
    as_(who).post(reverse("wagtailadmin_pages:revisions_unschedule", args=[scheduled.pk, revision]))
    assert is_scheduled(scheduled)


def test_a_page_without_a_day_says_so(as_, page):
    response = hold_back(as_("board"), page)
    assert response.status_code == 200


def test_the_form_of_a_page_that_is_gone_is_not_found(as_, page):
    client = as_("board")
    for name in ("withdraw", "unschedule"):
        assert client.get(reverse(f"editorial:{name}", args=[page.pk + 1000])).status_code == 404
        assert client.get(reverse(f"editorial:{name}", args=[page.pk])).status_code == 200


def test_a_plain_page_is_withdrawn_as_well(as_, db):
    home = HomePage.objects.get(locale=make.locale())
    plain = home.add_child(instance=ContentPage(title="Giới thiệu", locale=home.locale))
    withdraw(as_("board"), plain)
    assert not is_live_page(plain)
