"""The page on which a draft is read and decided about."""

import pytest
from django.urls import reverse

from editorial.models import ApprovalRule
from services.models import ServicePage
from tests.editorial.conftest import edit, is_live, step_of


@pytest.fixture
def review(sent, as_):
    """`review("head", "approve")` presses a button on the page; without one, it opens it."""
    url = reverse("editorial:review", args=[sent.pk])

    def act(name, decision="", comment=""):
        client = as_(name)
        return client.post(url, {"decision": decision, "comment": comment}) if decision else client.get(url)

    return act


def html(response):
    assert response.status_code == 200
    return response.content.decode()


def test_the_head_approves_and_the_board_publishes(review, sent):
    assert review("head", "approve").status_code == 302
    assert step_of(sent) == "board"
    review("board", "approve")
    assert is_live(sent)


def test_what_came_of_it_is_said(review, client):
    review("head", "approve")
    assert "chuyển Ban Biên tập" in html(client.get(reverse("wagtailadmin_home")))


def test_sending_back_without_a_reason_is_an_error_of_its_field(review, sent):
    answer = review("head", "return", " ")
    assert list(answer.context["form"].errors) == ["comment"] and step_of(sent) == "unit"


def test_sending_back_needs_only_a_reason(review, sent):
    review("head", "return", "Thiếu phụ lục")
    assert step_of(sent) is None


@pytest.mark.parametrize("decision", ["approve", "return"])
@pytest.mark.parametrize("name", ["author", "colleague", "board"])
def test_whoever_does_not_decide_is_told_so(review, sent, name, decision):
    assert "không có quyền quyết định" in html(review(name, decision, "Ý kiến"))
    assert step_of(sent) == "unit"


def test_another_unit_does_not_even_read_it(review):
    assert review("other_head").status_code == 302


def test_buttons_are_offered_only_to_those_who_decide(review):
    assert 'value="approve"' in html(review("head")) and 'value="approve"' not in html(review("author"))


def test_whoever_wrote_it_is_told_that_somebody_else_must_approve(draft, as_):
    edit(as_("head"), draft, conditions="Điều kiện của trưởng phòng")
    edit(as_("author"), draft, "submit")
    url = reverse("editorial:review", args=[draft.pk])
    page = html(as_("head").get(url))
    assert "phải do người khác duyệt" in page and 'value="approve"' not in page
    as_("head").post(url, {"decision": "approve", "comment": "Gấp"})
    assert step_of(draft) == "unit"


def test_a_superuser_who_wrote_it_is_asked_for_a_reason(draft, as_):
    edit(as_("admin"), draft, "submit", conditions="Điều kiện của quản trị")
    url = reverse("editorial:review", args=[draft.pk])
    assert list(as_("admin").post(url, {"decision": "approve"}).context["form"].errors) == ["comment"]
    as_("admin").post(url, {"decision": "approve", "comment": "Trưởng phòng nghỉ phép"})
    assert step_of(draft) == "board"


def test_a_decision_that_does_not_exist_is_an_error(review, sent):
    assert review("head", "publish").status_code == 200 and step_of(sent) == "unit"


def test_an_approval_that_needs_others_is_counted(review, sent, section):
    ApprovalRule.objects.create(department=section.department, unit_quorum="all")
    review("head", "approve", "Đồng ý")
    assert step_of(sent) == "unit" and "Đồng ý" in html(review("deputy"))
    review("deputy", "approve")
    assert step_of(sent) == "board"


def test_what_was_said_when_it_was_sent_is_shown(draft, as_):
    url = reverse("editorial:submit", args=[draft.pk])
    as_("author").post(url, {"reviewer": "", "urgency": "urgent", "note": "Xin duyệt trước giờ họp <b>"})
    page = html(as_("head").get(reverse("editorial:review", args=[draft.pk])))
    assert "Xin duyệt trước giờ họp &lt;b&gt;" in page and "Khẩn" in page


def test_a_page_that_waits_for_nobody_leads_to_its_editor(draft, as_):
    answer = as_("head").get(reverse("editorial:review", args=[draft.pk]))
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[draft.pk])


def test_an_incomplete_page_is_not_published_and_the_reason_is_shown(sent, review, as_):
    review("head", "approve")
    procedure = ServicePage.objects.get(pk=sent.pk).procedure
    procedure.audiences.set([])
    procedure.save()
    answer = review("board", "approve")
    assert not is_live(sent) and "đối tượng" in html(answer).lower()


@pytest.mark.parametrize(("name", "offered"), [("author", True), ("head", False), ("colleague", False)])
def test_only_the_one_who_sent_is_offered_to_take_it_back(sent, as_, name, offered):
    page = html(as_(name).get(reverse("wagtailadmin_pages:edit", args=[sent.pk])))
    assert ('name="action-cancel-workflow"' in page) == offered


def test_the_editor_of_a_page_under_review_leads_to_the_decision(sent, as_):
    page = html(as_("head").get(reverse("wagtailadmin_pages:edit", args=[sent.pk])))
    assert reverse("editorial:review", args=[sent.pk]) in page
