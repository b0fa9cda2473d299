"""The publish gate: an incomplete service goes live by no door, and every door says what is missing."""

import json
from datetime import timedelta
from html import unescape

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Page, Revision, WorkflowState

from core.publishing import PublishRefused
from services.models import ServicePage
from tests import factories as make

#: what takes each item of level 1 away: item, changes of the texts
LACKING = {
    "steps": {"steps": []},
    "channels": {"channels": []},
    "papers": {"papers": []},
    "time_limit": {"channels": [make.channel(time_value=None, time_unit="")]},
    "result": {"result": " "},
    "legal_bases": {"legal_bases": []},
    "decision": {"decision_number": ""},
}
TOMORROW = timedelta(days=1)


@pytest.fixture(scope="module")
def made(rolled_back):
    return [make.add_unit("Phòng Tư pháp", slug="phong-tu-phap"), make.add_administrator()]


@pytest.fixture
def section(db, made):
    return type(made[0]).objects.get(pk=made[0].pk)


@pytest.fixture
def admin(client, section, made):
    client.force_login(made[1])
    return client


@pytest.fixture
def draft(section):
    """A draft that lacks the result."""
    page = make.add_service(section, live=False, result="")
    page.save_revision()
    return page


def is_live(page):
    return ServicePage.objects.get(pk=page.pk).live


def words(page):
    """What the editor must be told, in the admin's language."""
    with translation.override("vi"):
        return [item.message for item in page.missing_items()]


def tells(client, response, page):
    """Whether the answer, or the page it leads to, says what `page` lacks; errors of blocks stand there as JSON."""
    if response.status_code == 302:
        response = client.get(response.url if not response.url.endswith("/admin/") else reverse("wagtailadmin_home"))
    assert response.status_code == 200
    html = unescape(response.content.decode())
    return all(message in html or json.dumps(message)[1:-1] in html for message in words(page))


def edit(client, page, *actions, **changes):
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), make.service_form(page, *actions, **changes))


def create(client, section, page, *actions, **changes):
    url = reverse("wagtailadmin_pages:add", args=["services", "servicepage", section.pk])
    return client.post(url, make.service_form(page, *actions, **changes))


def publish(client, page):
    """Publish the latest version by the door that a superuser has, with a reason."""
    return client.post(reverse("editorial:publish", args=[page.pk]), {"reason": "Không ai duyệt được hôm nay"})


# --- doors of the admin --------------------------------------------------------------------------------------------


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


# --- doors of code -------------------------------------------------------------------------------------------------


def had_an_old_defect(section, **changes):
    """A live page that lacks something: it was published before the rule, or a level was raised later."""
    page = make.add_service(section, live=False, **changes)
    Page.objects.filter(pk=page.pk).update(live=True)
    return ServicePage.objects.get(pk=page.pk)


def add_live(section):
    section.add_child(instance=make.new_service(section, "Mới", result="", live=True))


def add_with_the_default(section):
    section.add_child(instance=make.new_service(section, "Mới", result=""))


def save_live(section):
    page = make.add_service(section, "Mới", live=False, result="")
    page.live = True
    page.save()


def save_live_without_cleaning(section):
    page = make.add_service(section, "Mới", live=False, result="")
    page.live = True
    page.save(clean=False)


def save_only_live(section):
    page = make.add_service(section, "Mới", live=False, result="")
    page.live = True
    page.save(update_fields=["live"])


def publish_a_revision(section):
    make.add_service(section, "Mới", live=False, result="").save_revision().publish()


def publish_past_permissions(section):
    page = make.add_service(section, "Mới", live=False, result="")
    page.save_revision().publish(skip_permission_checks=True)


def schedule_a_revision(section):
    page = make.add_service(section, "Mới", live=False, result="", go_live_at=timezone.now() + TOMORROW)
    page.save_revision().publish()


def approve_a_day(section):
    page = make.add_service(section, "Mới", live=False, result="")
    page.save_revision(approved_go_live_at=timezone.now() + TOMORROW)


def copy_and_keep_live(section):
    page = had_an_old_defect(section, result="")
    procedure = make.add_procedure(units=[section.department])
    page.copy(keep_live=True, update_attrs={"title": "Mới", "slug": "moi", "procedure": procedure})


def alias(section):
    had_an_old_defect(section, result="").create_alias(update_slug="moi", parent=make.add_unit("Phòng Văn hóa"))


def alias_in_another_language(section):
    page, english = had_an_old_defect(section, result=""), make.locale("en")
    parent = make.add_section(section.department, "en", title="Justice")
    page.create_alias(parent=parent, update_locale=english, update_slug="moi")


DOORS = [add_live, add_with_the_default, save_live, save_live_without_cleaning, save_only_live]
DOORS += [publish_a_revision, publish_past_permissions, schedule_a_revision, approve_a_day]
DOORS += [copy_and_keep_live, alias, alias_in_another_language]


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_code_is_refused_too(section, door):
    with pytest.raises(PublishRefused):
        door(section)


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_nothing_goes_live_by_a_door_that_refused(section, door):
    before = set(ServicePage.objects.live().values_list("pk", flat=True))
    with pytest.raises(PublishRefused):
        door(section)
    made = ServicePage.objects.live().exclude(pk__in=before)
    assert not [page for page in made if page.slug == "moi" or page.title == "Mới"]


def test_a_refusal_names_every_item_that_is_missing(section):
    page = make.new_service(section, "Mới", result="", decision_number="", legal_bases=[])
    with pytest.raises(PublishRefused) as refused:
        section.add_child(instance=page)
    assert [item.key for item in refused.value.items] == ["result", "legal_bases", "decision"]


# --- on schedule ---------------------------------------------------------------------------------------------------


@pytest.fixture
def due(section, monkeypatch):
    """Two services whose hour has come; the first has lost an item since it was scheduled."""
    pages = []
    for title in ("Mất kết quả", "Đủ"):
        page = make.add_service(section, title, live=False, go_live_at=timezone.now() + TOMORROW)
        page.save_revision().publish()
        pages.append(page)
    pages[0].procedure.audiences.set([])
    pages[0].procedure.save()
    later = timezone.now() + 2 * TOMORROW
    monkeypatch.setattr(timezone, "now", lambda: later)
    return pages


def test_a_complete_page_is_published_on_schedule_after_one_that_was_refused(due):
    call_command("publish_scheduled")
    assert is_live(due[1])


def test_an_incomplete_page_is_not_published_on_schedule(due):
    call_command("publish_scheduled")
    assert not is_live(due[0])


def test_a_page_refused_on_schedule_is_no_longer_scheduled(due):
    call_command("publish_scheduled")
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


# --- drafts --------------------------------------------------------------------------------------------------------


def test_a_draft_may_lack_everything_but_title_and_procedure(admin, section):
    empty = make.new_service(section, "Đang soạn", **_nothing())
    create(admin, section, empty)
    assert ServicePage.objects.filter(title="Đang soạn", live=False).exists()


def _nothing():
    texts = dict.fromkeys(("agency_text", "result", "decision_number"), "")
    return {**texts, "dossier_count": None, "steps": [], "channels": [], "papers": [], "legal_bases": []}


def test_an_incomplete_draft_of_a_live_page_is_saved(admin, section):
    page = make.add_service(section)
    edit(admin, page, result="")
    assert ServicePage.objects.get(pk=page.pk).get_latest_revision_as_object().result == ""


def test_an_incomplete_draft_leaves_the_live_page_as_it_was(admin, section):
    page = make.add_service(section)
    edit(admin, page, result="")
    assert ServicePage.objects.get(pk=page.pk).result == "Giấy khai sinh"


def test_a_draft_of_a_live_page_is_refused_when_it_is_published(section):
    page = make.add_service(section)
    page.result = ""
    with pytest.raises(PublishRefused):
        page.save_revision().publish()


# --- old defects ---------------------------------------------------------------------------------------------------


def test_a_typing_error_in_a_live_page_with_an_old_defect_can_be_mended(admin, section):
    page = had_an_old_defect(section, result="")
    edit(admin, page, title="Đăng ký khai sinh lại")
    publish(admin, page)
    assert ServicePage.objects.get(pk=page.pk).title == "Đăng ký khai sinh lại"


def test_a_live_page_with_an_old_defect_may_not_get_worse(admin, section):
    page = had_an_old_defect(section, result="")
    edit(admin, page, decision_number="")
    publish(admin, page)
    assert ServicePage.objects.get(pk=page.pk).decision_number == "2345/QĐ-UBND"


def test_code_may_save_a_live_page_with_an_old_defect(section):
    page = had_an_old_defect(section, result="")
    page.title = "Đăng ký khai sinh lại"
    page.save()
    assert ServicePage.objects.get(pk=page.pk).title == "Đăng ký khai sinh lại"


def test_code_may_not_make_a_live_page_with_an_old_defect_worse(section):
    page = had_an_old_defect(section, result="")
    page.decision_number = ""
    with pytest.raises(PublishRefused):
        page.save()


def test_an_old_defect_that_was_mended_does_not_come_back(section):
    page = had_an_old_defect(section, result="")
    page.result = "Giấy khai sinh"
    page.save()
    page.result = ""
    with pytest.raises(PublishRefused):
        page.save()


def test_a_page_with_an_old_defect_that_was_unpublished_does_not_go_live_again(section):
    page = had_an_old_defect(section, result="")
    page.unpublish()
    with pytest.raises(PublishRefused):
        ServicePage.objects.get(pk=page.pk).save_revision().publish()


def test_a_section_with_a_page_that_has_an_old_defect_can_be_moved_about(section):
    page = had_an_old_defect(section, result="")
    page.move(make.add_unit("Phòng Văn hóa"), pos="last-child")
    assert is_live(page)


# --- what the items look at ----------------------------------------------------------------------------------------

COUNTS_AS_GIVEN = {
    "conditions are asked for where they exist": {"conditions": ""},
    "no fee": {"channels": [make.channel(fees=[])]},
    "no limit": {"channels": [make.channel(time_value=None, time_unit="", time_text="Không quy định")]},
    "no number of dossiers": {"dossier_count": None},
    "a result that says there is none": {"result": "Không"},
    "one channel of two with a time limit": {"channels": [make.channel(time_value=None, time_unit=""), make.channel()]},
    "a competent agency": {"agency_text": "", "competent_text": "Ủy ban nhân dân"},
    "units in the record": {"agency_text": ""},
}


@pytest.mark.parametrize("given", COUNTS_AS_GIVEN)
def test_it_counts_as_given(section, given):
    assert is_live(make.add_service(section, **COUNTS_AS_GIVEN[given]))


def test_a_procedure_without_an_audience_is_not_published(section):
    procedure = make.add_procedure(units=[section.department])
    procedure.audiences.set([])
    procedure.save()
    with pytest.raises(PublishRefused):
        make.add_service(section, procedure=procedure)


def test_a_service_that_no_agency_settles_is_not_published(section):
    with pytest.raises(PublishRefused):
        make.add_service(section, procedure=make.add_procedure(), agency_text="")
