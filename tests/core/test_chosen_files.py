"""A number typed by hand puts no other unit's unpublished file on a page."""

import pytest
from django.urls import reverse

from departments.roles import AUTHOR, PUBLISHER
from services.models import ServicePage
from tests import factories as make


@pytest.fixture(scope="module")
def made(rolled_back):
    own, other = make.add_unit("Phòng Tư pháp"), make.add_unit("Phòng Văn hóa")
    users = {role.key: make.add_member(role, own) for role in (AUTHOR, PUBLISHER)}
    collections = [make.collection_of(section.department) for section in (own, other)]
    own_file, foreign = (
        make.add_file(name, collection=c) for name, c in zip(("a.txt", "b.txt"), collections, strict=True)
    )
    return {"own": own, "other": other, "own_file": own_file, "foreign": foreign, **users}


@pytest.fixture
def page(client, db, made):
    client.force_login(made["author"])
    page = make.add_service(type(made["own"]).objects.get(pk=made["own"].pk), live=False)
    page.save_revision()
    return page


def put_on(client, page, file, *actions):
    """Post the page's editor with the file as a form; True where the draft has it."""
    page.cases = [("case", {"name": "", "papers": [make.paper(form=file)]})]
    answer = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), make.service_form(page, *actions))
    draft = ServicePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    return draft.cases[0].value["papers"][0]["form"] == file, answer


def test_an_author_puts_a_file_of_the_own_unit_on_a_page(client, page, made):
    assert put_on(client, page, made["own_file"])[0]


def test_an_author_does_not_reach_another_units_unpublished_file(client, page, made):
    done, answer = put_on(client, page, made["foreign"])
    assert not done
    assert "thuộc đơn vị khác" in answer.content.decode()
    assert made["foreign"].title not in answer.context_data["form"].non_field_errors().as_text()


def test_nor_by_submitting_the_page(client, page, made):
    assert not put_on(client, page, made["foreign"], "submit")[0]


def test_what_another_unit_has_published_may_be_shown(client, page, made):
    other = type(made["other"]).objects.get(pk=made["other"].pk)
    make.add_service(other, "Đăng ký lễ hội", papers=[make.paper(form=made["foreign"])])
    assert put_on(client, page, made["foreign"])[0]


def test_the_portal_board_puts_any_file_on_any_page(client, page, made):
    client.force_login(made["publisher"])
    assert put_on(client, page, made["foreign"])[0]


def test_a_page_keeps_the_file_that_the_board_put_there(client, page, made):
    client.force_login(made["publisher"])
    put_on(client, page, made["foreign"])
    client.force_login(made["author"])
    page.title = "Đăng ký khai sinh lưu động"
    assert put_on(client, page, made["foreign"])[0]
    assert ServicePage.objects.get(pk=page.pk).get_latest_revision_as_object().title == page.title


def test_a_new_page_is_asked_as_well(client, page, made):
    new = make.new_service(made["own"], "Thủ tục mới", papers=[make.paper(form=made["foreign"])])
    url = reverse("wagtailadmin_pages:add", args=["services", "servicepage", made["own"].pk])
    client.post(url, make.service_form(new))
    assert not ServicePage.objects.filter(title="Thủ tục mới").exists()


def test_a_file_that_does_not_exist_is_no_fault_of_the_server(client, page, made):
    gone = make.add_file("c.txt")
    type(gone).objects.filter(pk=gone.pk).delete()
    assert put_on(client, page, type(gone)(pk=999_999))[1].status_code < 500
