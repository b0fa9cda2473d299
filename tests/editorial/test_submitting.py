"""Sending a page for approval: from the editor through the form, with reviewer, urgency and note."""

from datetime import date

import pytest
from django.urls import reverse
from wagtail.models import WorkflowState

from departments.roles import STAFF_READER
from editorial.models import Submission
from services.models import ServicePage
from tests import factories as make
from tests.editorial.clock import clock  # noqa: F401 - fixture
from tests.editorial.conftest import decide, edit, step_of


def form_of(page):
    return reverse("editorial:submit", args=[page.pk])


def send(client, page, **values):
    return client.post(form_of(page), {"urgency": "normal", "note": "", "reviewer": "", **values})


def submission_of(page):
    return Submission.objects.filter(workflow_state__in=WorkflowState.objects.for_instance(page)).last()


def test_sending_keeps_reviewer_urgency_note_and_the_day_until_which_it_is_to_be_published(as_, draft, people):
    send(as_("author"), draft, reviewer=people.deputy.pk, urgency="urgent", note="Kèm quyết định mới")
    found = submission_of(draft)
    assert (found.reviewer, found.urgency, found.note) == (people.deputy, "urgent", "Kèm quyết định mới")
    assert (found.submitted_by, found.due_on) == (people.author, date(2026, 6, 4))
    assert step_of(draft) == "unit"


def test_without_a_reviewer_the_whole_group_is_asked(as_, draft):
    send(as_("author"), draft)
    assert submission_of(draft).reviewer is None


def test_the_form_shows_the_day_of_every_urgency_and_who_may_be_asked(as_, draft, people):
    text = as_("author").get(form_of(draft)).content.decode()
    assert all(f"hạn xuất bản {day}/06/2026" in text for day in ("08", "04", "01"))
    assert all(name in text for name in ("truong-phong", "pho-phong"))
    assert "truong-phong-khac" not in text


def test_a_head_who_wrote_the_page_cannot_be_named(as_, draft, people):
    edit(as_("head"), draft, conditions="Điều kiện mới")
    assert f'value="{people.head.pk}"' not in as_("author").get(form_of(draft)).content.decode()
    assert send(as_("author"), draft, reviewer=people.head.pk).status_code == 200
    assert submission_of(draft) is None


def test_the_head_of_another_unit_cannot_be_named(as_, draft, people):
    send(as_("author"), draft, reviewer=people.other_head.pk)
    assert submission_of(draft) is None


@pytest.mark.parametrize("name", ["other_head", "reader"])
def test_who_does_not_write_in_the_unit_sends_nothing(as_, draft, people, name):
    people.reader = make.add_member(STAFF_READER)
    client = as_(name)
    assert client.get(form_of(draft)).status_code == 302
    send(client, draft)
    assert submission_of(draft) is None


def test_who_has_not_signed_in_sends_nothing(client, draft):
    assert send(client, draft).url.startswith("/admin/login")
    assert submission_of(draft) is None


def test_a_page_under_review_is_not_sent_again(as_, draft, people):
    send(as_("author"), draft)
    send(as_("author"), draft, urgency="urgent")
    assert submission_of(draft).urgency == "normal"


def test_an_incomplete_page_is_not_sent_and_what_it_lacks_is_said(as_, section, people):
    page = make.add_service(section, live=False, result="")
    text = as_("author").get(form_of(page)).content.decode()
    assert "kết quả" in text
    assert "kết quả" in send(as_("author"), page).content.decode()
    assert submission_of(page) is None


@pytest.mark.parametrize(
    "wrong", [{"urgency": "sofort"}, {"urgency": ""}, {"reviewer": "x"}, {"reviewer": "999999"}, {"note": "a" * 1001}]
)
def test_what_cannot_be_read_is_refused_with_a_message(as_, draft, wrong):
    response = send(as_("author"), draft, **wrong)
    assert response.status_code == 200
    assert "error" in response.content.decode()
    assert submission_of(draft) is None


def test_a_page_that_is_not_there_cannot_be_sent(as_, db):
    assert as_("author").get(reverse("editorial:submit", args=[999999])).status_code == 404


def test_the_root_of_the_tree_cannot_be_sent(as_, db):
    assert as_("admin").get(reverse("editorial:submit", args=[1])).status_code == 404


def test_others_of_the_group_may_decide_when_the_reviewer_is_absent(as_, draft, people):
    send(as_("author"), draft, reviewer=people.deputy.pk)
    decide(as_("head"), draft, "approve")
    assert step_of(draft) == "board"


def test_the_last_day_stays_the_same_at_the_second_step(as_, draft, clock):  # noqa: F811
    send(as_("author"), draft)
    clock.set(2026, 6, 3, 9)
    decide(as_("head"), draft, "approve")
    assert submission_of(draft).due_on == date(2026, 6, 8)


def test_a_page_that_came_back_gets_a_new_deadline_when_it_is_sent_again(as_, draft, people, clock):  # noqa: F811
    send(as_("author"), draft, reviewer=people.deputy.pk)
    decide(as_("head"), draft, "reject", "Thiếu lệ phí")
    clock.set(2026, 6, 10, 9)
    send(as_("author"), draft, urgency="very_urgent", note="Đã bổ sung")
    found = submission_of(draft)
    assert (found.urgency, found.note, found.due_on) == ("very_urgent", "Đã bổ sung", date(2026, 6, 10))
    assert Submission.objects.count() == 1
    assert step_of(draft) == "unit"


# --- doors of Wagtail's own ----------------------------------------------------------------------------------------


def test_wagtails_own_door_keeps_the_same_record_with_the_defaults(as_, draft, people):
    edit(as_("author"), draft, "submit")
    found = submission_of(draft)
    assert (found.reviewer, found.urgency, found.submitted_by) == (None, "normal", people.author)
    assert found.due_on == date(2026, 6, 8)


def test_sent_again_through_wagtails_own_door_it_keeps_reviewer_and_urgency(as_, draft, people, clock):  # noqa: F811
    send(as_("author"), draft, reviewer=people.deputy.pk, urgency="urgent", note="Lần một")
    decide(as_("head"), draft, "reject", "Thiếu lệ phí")
    clock.set(2026, 6, 10, 9)
    edit(as_("author"), draft, "submit")
    found = submission_of(draft)
    assert (found.reviewer, found.urgency, found.note) == (people.deputy, "urgent", "")
    assert found.due_on == date(2026, 6, 15)


# --- the way there -------------------------------------------------------------------------------------------------


def test_the_button_of_the_editor_saves_what_was_typed_and_leads_to_the_form(as_, draft):
    response = edit(as_("author"), draft, "send", conditions="Điều kiện mới")
    assert response.url == form_of(draft)
    page = ServicePage.objects.get(pk=draft.pk)
    assert page.get_latest_revision_as_object().conditions == "Điều kiện mới"
    assert submission_of(draft) is None


def test_a_new_page_is_saved_and_the_form_follows(as_, section):
    url = reverse("wagtailadmin_pages:add", args=["services", "servicepage", section.pk])
    response = as_("author").post(url, make.service_form(make.new_service(section, "Thủ tục mới"), "send"))
    page = ServicePage.objects.get(title="Thủ tục mới")
    assert response.url == form_of(page)


def test_the_button_says_in_the_editor_what_is_missing(as_, draft):
    response = edit(as_("author"), draft, "send", result="")
    assert response.status_code == 200
    assert "kết quả" in response.content.decode()


def test_the_editor_offers_one_way_of_sending(as_, draft):
    text = as_("author").get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).content.decode()
    assert 'name="action-send"' in text
    assert 'name="action-submit"' not in text


def test_whoever_opens_the_page_under_review_reads_what_was_said(as_, draft):
    send(as_("author"), draft, urgency="urgent", note="<b>Kèm quyết định</b>")
    text = as_("head").get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).content.decode()
    assert "Hạn xuất bản 04/06/2026; độ khẩn: Khẩn; người gửi: bien-tap" in text
    assert "&lt;b&gt;Kèm quyết định&lt;/b&gt;" in text
