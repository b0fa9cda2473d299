"""No door of the site publishes or takes down what nobody has decided about."""

import json
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import APIToken, GroupPagePermission, Page, PageLogEntry, Revision

from departments.roles import REVIEWER, group_of
from editorial.models import ReviewState, ReviewTask
from services.models import ServicePage
from tests import factories as make
from tests.editorial.conftest import decide, edit, is_live, step_of

#: everybody who might try; with every page right there is, as if somebody had given it by hand
EVERYBODY = ("author", "head", "board", "admin")


@pytest.fixture
def with_all_rights(people, section):
    """Rights given by hand open no door."""
    group = Group.objects.create(name="Đủ quyền")
    for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__endswith="_page"):
        GroupPagePermission.objects.create(group=group, page=section, permission=permission)
    for name in EVERYBODY:
        getattr(people, name).groups.add(group)


@pytest.fixture
def live(section):
    page = make.add_service(section, "Đăng ký kết hôn")
    page.save_revision().publish()
    return ServicePage.objects.get(pk=page.pk)


everybody = pytest.mark.parametrize("name", EVERYBODY)


def bulk(client, action, page):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    client.post(f"{url}?id={page.pk}&next=/admin/", {"include_descendants": ""})


@everybody
def test_the_editor_publishes_nothing(with_all_rights, draft, as_, name):
    edit(as_(name), draft, "publish", conditions="Điều kiện mới")
    assert not is_live(draft)


@everybody
def test_a_new_page_is_not_published_at_once(with_all_rights, section, as_, name):
    url = reverse("wagtailadmin_pages:add", args=["services", "servicepage", section.pk])
    as_(name).post(url, make.service_form(make.new_service(section, "Thủ tục mới"), "publish"))
    assert not ServicePage.objects.filter(title="Thủ tục mới", live=True).exists()


@everybody
def test_the_editor_changes_nothing_that_is_live(with_all_rights, live, as_, name):
    edit(as_(name), live, "publish", conditions="Điều kiện mới")
    assert ServicePage.objects.get(pk=live.pk).conditions == ""


@everybody
def test_bulk_publishing_publishes_nothing(with_all_rights, draft, as_, name):
    bulk(as_(name), "publish", draft)
    assert not is_live(draft)


@everybody
@pytest.mark.parametrize("door", ["view", "bulk"])
def test_nothing_is_taken_down_without_a_decision(with_all_rights, live, as_, name, door):
    client = as_(name)
    if door == "bulk":
        bulk(client, "unpublish", live)
    else:
        client.post(reverse("wagtailadmin_pages:unpublish", args=[live.pk]))
    assert is_live(live)


@everybody
@pytest.mark.parametrize("action", ["publish", "unpublish"])
def test_the_api_of_the_admin_decides_nothing(with_all_rights, draft, live, as_, name, action):
    page = draft if action == "publish" else live
    as_(name).post(reverse("wagtailadmin_api:pages:action", args=[page.pk, action]))
    assert is_live(page) == (action == "unpublish")


@everybody
def test_a_schedule_needs_the_same_decision(with_all_rights, draft, as_, name):
    day = timezone.localtime() + timedelta(days=1)
    edit(as_(name), draft, "publish", go_live_at=day.strftime("%d/%m/%Y %H:%M"))
    assert not Page.objects.get(pk=draft.pk).revisions.filter(approved_go_live_at__isnull=False).exists()


@everybody
def test_a_copy_is_a_draft(with_all_rights, live, section, as_, name):
    data = {"new_title": "Bản sao", "new_slug": "ban-sao", "new_parent_page": section.pk, "publish_copies": "on"}
    as_(name).post(reverse("wagtailadmin_pages:copy", args=[live.pk]), data)
    assert not Page.objects.filter(slug="ban-sao", live=True).exists()


@everybody
def test_an_old_version_is_not_put_back_past_the_review(with_all_rights, live, as_, name):
    old = live.latest_revision_id
    edited = live.get_latest_revision_as_object()
    edited.conditions = "Điều kiện mới"
    edited.save_revision().publish()
    form = make.service_form(live, "publish") | {"revision": str(old)}
    as_(name).post(reverse("wagtailadmin_pages:edit", args=[live.pk]), form)
    assert ServicePage.objects.get(pk=live.pk).conditions == "Điều kiện mới"


def test_what_is_approved_for_a_later_day_goes_live_on_that_day_as_it_was_approved(draft, as_):
    day = timezone.localtime() + timedelta(days=1)
    edit(as_("author"), draft, "submit", go_live_at=day.strftime("%d/%m/%Y %H:%M"), conditions="Đã duyệt")
    for name in ("head", "board"):
        decide(as_(name), draft, "approve")
    assert not is_live(draft)
    edit(as_("author"), ServicePage.objects.get(pk=draft.pk), conditions="Sau khi duyệt")
    scheduled = Revision.objects.filter(approved_go_live_at__isnull=False)
    assert scheduled.update(approved_go_live_at=timezone.now() - timedelta(minutes=1)) == 1
    revision = scheduled.get()
    revision.content["go_live_at"] = None
    Revision.objects.filter(pk=revision.pk).update(content=revision.content)
    call_command("publish_scheduled")
    page = ServicePage.objects.get(pk=draft.pk)
    assert page.live and page.conditions == "Đã duyệt"


def test_switching_a_step_off_publishes_nothing(sent, as_):
    for task in ReviewTask.objects.all():
        as_("admin").post(reverse("wagtailadmin_workflows:disable_task", args=[task.pk]))
    assert not is_live(sent) and step_of(sent) == "unit"


def test_a_step_that_was_switched_off_in_the_database_publishes_nothing(sent):
    ReviewTask.objects.update(active=False)
    state = ReviewState.objects.running_on(sent).get()
    with pytest.raises(ValidationError):
        state.cancel()
    assert not is_live(sent)


def test_a_superuser_publishes_with_a_reason_that_is_kept(draft, as_):
    url = reverse("editorial:publish", args=[draft.pk])
    assert as_("admin").post(url, {"reason": " "}).status_code == 200
    assert not is_live(draft)
    as_("admin").post(url, {"reason": "Bão số 5, không liên lạc được với trưởng phòng"})
    assert is_live(draft)
    entry = PageLogEntry.objects.get(page=draft.pk, action="editorial.publish_alone")
    assert entry.data["comment"].startswith("Bão số 5")


@pytest.mark.parametrize("name", ["author", "head", "board"])
def test_nobody_else_publishes_with_a_reason(with_all_rights, draft, as_, name):
    as_(name).post(reverse("editorial:publish", args=[draft.pk]), {"reason": "Cần gấp"})
    assert not is_live(draft)


def test_a_refused_publication_is_explained(with_all_rights, draft, as_):
    bulk(as_("board"), "publish", draft)
    assert "khi đã được duyệt xong" in as_("board").get(reverse("wagtailadmin_home")).content.decode()


def test_moving_a_draft_is_no_publication(draft, section, office, as_):
    client = as_("admin")
    client.post(reverse("wagtailadmin_pages:move_confirm", args=[draft.pk, office.other.pk]))
    assert Page.objects.get(pk=draft.pk).get_parent().pk == office.other.pk


def test_an_administrator_may_move_what_is_live(live, office, as_):
    as_("admin").post(reverse("wagtailadmin_pages:move_confirm", args=[live.pk, office.other.pk]))
    moved = Page.objects.get(pk=live.pk)
    assert moved.live and moved.get_parent().pk == office.other.pk


@pytest.mark.usefixtures("with_all_rights")
class TestTheApiForPrograms:
    """Wagtail's API v3, where a portal switches it on, knows users by a token."""

    pytestmark = pytest.mark.urls("tests.editorial.urls_with_v3")

    @pytest.fixture
    def call(self, client, people):
        def call(method, path, data, name="board"):
            _token, key = APIToken.create_token(user=getattr(people, name), name="thử")
            headers = {"authorization": f"Bearer {key}"}
            return client.generic(method, path, json.dumps(data), content_type="application/json", headers=headers)

        return call

    @everybody
    def test_publishes_nothing(self, draft, call, name):
        response = call("POST", f"/api/v3-preview/pages/{draft.pk}/actions/publish/", {}, name)
        assert response.status_code == 422 and not is_live(draft)

    @everybody
    def test_takes_nothing_down(self, live, call, name):
        response = call("POST", f"/api/v3-preview/pages/{live.pk}/actions/unpublish/", {}, name)
        assert response.status_code == 403 and is_live(live)

    @everybody
    def test_changes_nothing_that_is_live(self, live, call, name):
        data = {"title": "Tên khác", "meta": {"type": "services.ServicePage", "action": "publish"}}
        response = call("PATCH", f"/api/v3-preview/pages/{live.pk}/", data, name)
        assert response.status_code == 422 and Page.objects.get(pk=live.pk).title == live.title


def test_a_head_without_members_beside_the_author_waits_for_somebody_else(draft, as_, people):
    people.deputy.groups.remove(group_of(REVIEWER, people.deputy.groups.first().role_group.department))
    edit(as_("head"), draft, "submit", conditions="Trưởng phòng viết")
    decide(as_("head"), draft, "approve")
    assert step_of(draft) == "unit"
