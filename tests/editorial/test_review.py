"""The author sends, the head approves, the board publishes; nobody approves their own work."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.models import PageLogEntry, TaskState

from editorial.models import ReviewState
from home.models import ContentPage, HomePage
from services.models import ServicePage
from tests import factories as make
from tests.editorial.conftest import decide, edit, is_live, step_of


def last_status(page):
    return TaskState.objects.filter(workflow_state__object_id=str(page.pk)).latest("pk").status


def test_a_page_goes_live_when_head_and_board_have_approved(sent, as_):
    assert step_of(sent) == "unit"
    decide(as_("head"), sent, "approve")
    assert step_of(sent) == "board" and not is_live(sent)
    decide(as_("board"), sent, "approve")
    assert is_live(sent) and step_of(sent) is None


@pytest.mark.parametrize("name", ["author", "colleague", "other_head", "board"])
def test_only_the_heads_of_the_unit_decide_its_step(sent, as_, name):
    decide(as_(name), sent, "approve")
    assert step_of(sent) == "unit"


@pytest.mark.parametrize("name", ["author", "colleague", "head", "other_head"])
def test_only_the_board_decides_the_last_step(sent, as_, name):
    decide(as_("deputy"), sent, "approve")
    decide(as_(name), sent, "approve")
    assert step_of(sent) == "board" and not is_live(sent)


def test_a_head_who_changed_the_page_does_not_approve_it(draft, as_):
    edit(as_("head"), draft, conditions="Điều kiện của trưởng phòng")
    edit(as_("author"), draft, "submit")
    decide(as_("head"), draft, "approve")
    assert step_of(draft) == "unit"
    decide(as_("deputy"), draft, "approve")
    assert step_of(draft) == "board"


def test_the_board_member_who_wrote_the_page_does_not_publish_it(draft, as_):
    edit(as_("board"), draft, "submit", conditions="Điều kiện của Ban Biên tập")
    decide(as_("head"), draft, "approve")
    decide(as_("board"), draft, "approve")
    assert step_of(draft) == "board" and not is_live(draft)
    decide(as_("second_board"), draft, "approve")
    assert is_live(draft)


def test_whoever_wrote_an_earlier_version_may_approve_the_next(sent, as_, people):
    decide(as_("head"), sent, "approve")
    decide(as_("board"), sent, "approve")
    page = ServicePage.objects.get(pk=sent.pk)
    edit(as_("colleague"), page, "submit", conditions="Điều kiện mới")
    people.author.groups.set(people.head.groups.all())
    decide(as_("author"), page, "approve")
    assert step_of(page) == "board"


def test_a_superuser_approves_own_work_only_with_a_reason(draft, as_):
    edit(as_("admin"), draft, "submit", conditions="Điều kiện của quản trị")
    decide(as_("admin"), draft, "approve")
    assert step_of(draft) == "unit"
    decide(as_("admin"), draft, "approve", comment="Trưởng phòng nghỉ phép")
    assert step_of(draft) == "board"
    entry = PageLogEntry.objects.filter(page=draft.pk, action="wagtail.workflow.approve").latest("pk")
    assert entry.data["comment"] == "Trưởng phòng nghỉ phép"


def test_an_approval_by_code_without_a_user_is_refused(sent):
    state = ReviewState.objects.running_on(sent).get()
    with pytest.raises(PermissionDenied):
        state.approve()
    assert step_of(sent) == "unit"


def test_sending_back_needs_a_reason(sent, as_):
    decide(as_("head"), sent, "reject")
    assert step_of(sent) == "unit"
    decide(as_("head"), sent, "reject", comment="Thiếu phụ lục")
    assert last_status(sent) == "rejected" and step_of(sent) is None


def test_the_author_mends_and_sends_again(sent, as_):
    decide(as_("head"), sent, "reject", comment="Thiếu phụ lục")
    edit(as_("author"), sent, "submit", conditions="Đã bổ sung phụ lục")
    assert step_of(sent) == "unit"
    decide(as_("head"), sent, "approve")
    decide(as_("board"), sent, "approve")
    assert ServicePage.objects.get(pk=sent.pk).conditions == "Đã bổ sung phụ lục"


def test_what_the_board_sent_back_is_approved_by_the_unit_first(sent, as_):
    decide(as_("head"), sent, "approve")
    decide(as_("board"), sent, "reject", comment="Sai căn cứ pháp lý")
    edit(as_("author"), sent, "submit", conditions="Căn cứ mới")
    assert step_of(sent) == "unit"
    decide(as_("board"), sent, "approve")
    assert not is_live(sent)


def test_nobody_edits_while_the_page_is_reviewed(sent, as_):
    for name in ("author", "head", "board", "admin"):
        edit(as_(name), sent, conditions=f"Thêm bởi {name}")
    assert sent.get_latest_revision_as_object().conditions == ""
    assert step_of(sent) == "unit"


def test_editing_and_approving_in_one_post_publishes_nothing_unread(sent, as_):
    state = sent.current_workflow_task_state
    data = {"action-workflow-action": "1", "workflow-action-name": "approve"}
    draft = sent.get_latest_revision_as_object()
    form = make.service_form(draft, conditions="Không ai đọc") | data
    as_("head").post(reverse("wagtailadmin_pages:edit", args=[sent.pk]), form)
    decide(as_("board"), sent, "approve")
    assert state.revision_id == ServicePage.objects.get(pk=sent.pk).latest_revision_id
    assert ServicePage.objects.get(pk=sent.pk).conditions != "Không ai đọc"


def test_a_change_by_code_starts_the_review_anew(sent, as_, people):
    decide(as_("head"), sent, "approve")
    page = ServicePage.objects.get(pk=sent.pk).get_latest_revision_as_object()
    page.conditions = "Sửa bằng lệnh"
    page.save_revision(user=people.colleague)
    assert step_of(page) == "unit"
    decide(as_("board"), page, "approve")
    assert not is_live(page)


def test_who_reads_a_page_under_review_does_not_become_its_author(sent, as_):
    as_("head").get(reverse("wagtailadmin_pages:edit", args=[sent.pk]))
    decide(as_("head"), sent, "approve")
    assert step_of(sent) == "board"


def test_the_one_who_sent_may_take_it_back(sent, as_):
    edit(as_("author"), sent, "cancel-workflow")
    assert step_of(sent) is None and last_status(sent) == "cancelled"


def test_a_page_outside_of_sections_goes_to_the_board_at_once(as_, people):
    home = HomePage.objects.get(locale__language_code="vi")
    page = home.add_child(instance=ContentPage(title="Giới thiệu", locale=home.locale, live=False))
    page.save_revision(user=people.admin)
    page.get_workflow().start(page, people.admin)
    assert ContentPage.objects.get(pk=page.pk).current_workflow_task_state.step == "board"


@pytest.mark.parametrize(
    ("name", "asked"), [("author", False), ("head", True), ("deputy", True), ("other_head", False), ("board", False)]
)
def test_those_who_decide_find_the_page_among_what_waits_for_them(sent, people, name, asked):
    assert ReviewState.objects.running().decided_by(getattr(people, name)).exists() == asked
