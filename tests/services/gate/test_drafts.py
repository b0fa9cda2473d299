"""What a draft may lack, and what becomes of a live page with an old defect."""

import pytest

from core.publishing import PublishRefused
from services.models import ServicePage
from tests import factories as make
from tests.services.gate.conftest import create, edit, had_an_old_defect, is_live, publish


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
