"""The publish gate at the doors of the admin."""

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision, WorkflowState

from services.models import ServicePage
from tests import factories as make
from tests.services.gate.conftest import LACKING, TOMORROW, create, edit, is_live, publish, tells


def test_the_editor_creates_and_sends_what_is_complete(admin, section):
    create(admin, section, make.new_service(section, "Đăng ký kết hôn"), "submit")
    assert ServicePage.objects.get(title="Đăng ký kết hôn").workflow_in_progress


def test_the_editor_creates_and_sends_nothing_incomplete(admin, section):
    create(admin, section, make.new_service(section, "Đăng ký kết hôn", result=""), "submit")
    assert not WorkflowState.objects.exists()


def test_who_creates_and_sends_is_told_what_is_missing(admin, section):
    page = make.new_service(section, "Đăng ký kết hôn", result="")
    assert tells(admin, create(admin, section, page, "submit"), page)


def test_what_is_complete_is_published(admin, draft):
    edit(admin, draft, result="Giấy khai sinh")
    publish(admin, draft)
    assert is_live(draft)


def test_nothing_incomplete_is_published_with_a_reason(admin, draft):
    publish(admin, draft)
    assert not is_live(draft)


def test_who_publishes_with_a_reason_is_told_what_is_missing(admin, draft):
    assert tells(admin, publish(admin, draft), draft)


@pytest.mark.parametrize("action", ["publish", "submit"])
def test_the_form_tells_what_is_missing_whatever_the_button(admin, draft, action):
    assert (tells(admin, edit(admin, draft, action), draft), is_live(draft)) == (True, False)


def test_a_refused_form_keeps_what_was_typed(admin, draft):
    assert "Ghi chú mới" in edit(admin, draft, "submit", conditions="Ghi chú mới").content.decode()


@pytest.mark.parametrize("item", LACKING)
def test_every_item_of_level_1_is_asked_for_by_the_editor_s_form(admin, section, item):
    page = make.add_service(section, live=False, **LACKING[item])
    response = edit(admin, page, "submit")
    assert (page.workflow_in_progress, tells(admin, response, page)) == (False, True)


def test_an_incomplete_draft_cannot_be_submitted_to_a_workflow(admin, draft):
    edit(admin, draft, "submit")
    assert draft.current_workflow_state is None


def test_who_submits_an_incomplete_draft_is_told_what_is_missing(admin, draft):
    assert tells(admin, edit(admin, draft, "submit"), draft)


def approve(client, page, made):
    """Start the workflow by code, past the form, and approve both of its steps in the admin's dialogue."""
    state = page.get_workflow().start(page, made[1])
    for _step in range(2):
        state.refresh_from_db()
        name = "wagtailadmin_pages:workflow_action"
        url = reverse(name, args=[page.pk, "approve", state.current_task_state.pk])
        response = client.post(url, {"comment": "Chỉ có quản trị viên"})
    return response


def test_the_last_approval_publishes_nothing_incomplete(admin, draft, made):
    approve(admin, draft, made)
    assert not is_live(draft)


def test_who_approves_is_told_what_is_missing(admin, draft, made):
    assert tells(admin, approve(admin, draft, made), draft)


def test_the_editor_schedules_nothing_incomplete(admin, draft):
    day = timezone.localtime(timezone.now() + TOMORROW).strftime("%Y-%m-%d %H:%M")
    edit(admin, draft, "submit", go_live_at=day)
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


def test_who_schedules_is_told_what_is_missing(admin, draft):
    day = timezone.localtime(timezone.now() + TOMORROW).strftime("%Y-%m-%d %H:%M")
    assert tells(admin, edit(admin, draft, "submit", go_live_at=day), draft)


def copy_in_admin(client, page):
    data = {"new_title": "Bản sao", "new_slug": "ban-sao", "new_parent_page": page.get_parent().pk}
    data |= {"copy_subpages": "", "publish_copies": "on", "alias": ""}
    return client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), data)


def test_copying_a_page_in_the_admin_is_answered_in_words(admin, section):
    page = make.add_service(section)
    response = copy_in_admin(admin, page)
    assert response.status_code in {200, 302}


def test_a_procedure_has_one_page_in_a_language(admin, section):
    page = make.add_service(section)
    copy_in_admin(admin, page)
    assert ServicePage.objects.filter(procedure=page.procedure).count() == 1
