"""The publish gate at the doors of code, and of the schedule."""

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Revision

from core.publishing import PublishRefused
from services.models import ServicePage
from tests import factories as make
from tests.services.gate.conftest import TOMORROW, had_an_old_defect, is_live


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
