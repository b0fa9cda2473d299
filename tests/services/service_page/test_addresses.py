"""Where a service's page stands, and what is answered where it no longer does."""

import re

import pytest
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect

from services.models import ServicePage
from tests import factories as make
from tests.services.service_page.conftest import main_text


def create(client, section, title, *actions, **changes):
    page = make.new_service(section, title)
    url = reverse("wagtailadmin_pages:add", args=["services", "servicepage", section.pk])
    client.post(url, make.service_form(page, *actions, **changes))
    return ServicePage.objects.filter(title=title).last()


def test_a_slug_is_made_of_plain_letters(justice):
    assert make.add_service(justice, "Đăng ký đất đai").slug == "dang-ky-dat-dai"


def test_a_draft_has_such_a_slug_as_well(justice):
    assert make.add_service(justice, "Đăng ký đất đai", live=False).slug == "dang-ky-dat-dai"


@pytest.mark.parametrize("actions", [(), ("submit",)])
def test_the_editor_s_form_makes_the_slug_where_it_was_left_empty(editor, justice, actions):
    assert create(editor, justice, "Đăng ký đất đai", *actions).slug == "dang-ky-dat-dai"


def test_the_editor_may_choose_a_slug(editor, justice):
    assert create(editor, justice, "Đăng ký đất đai", slug="dat-dai").slug == "dat-dai"


def test_the_browser_is_not_asked_to_propose_a_slug(editor, justice):
    url = reverse("wagtailadmin_pages:add", args=["services", "servicepage", justice.pk])
    field = re.search(r'<(?:input|textarea)[^>]*name="title"[^>]*>', editor.get(url).content.decode())[0]
    assert "#id_slug" not in field


def test_a_title_without_letters_has_a_slug_all_the_same(justice):
    assert make.add_service(justice, "???").slug


def test_the_same_title_under_one_unit_gets_a_number(justice):
    slugs = [make.add_service(justice, "Đăng ký đất đai").slug for _ in range(3)]
    assert slugs == ["dang-ky-dat-dai", "dang-ky-dat-dai-2", "dang-ky-dat-dai-3"]


def test_the_same_title_under_another_unit_gets_a_number(justice, culture):
    slugs = [make.add_service(section, "Đăng ký đất đai").slug for section in (justice, culture)]
    assert slugs == ["dang-ky-dat-dai", "dang-ky-dat-dai-2"]


def test_a_slug_typed_in_the_editor_that_another_unit_has_gets_a_number(editor, justice, culture):
    make.add_service(justice, "Đăng ký đất đai")
    assert create(editor, culture, "Đất", "submit", slug="dang-ky-dat-dai").slug == "dang-ky-dat-dai-2"


def test_the_slug_of_a_live_page_stays_when_its_title_changes(justice):
    page = make.add_service(justice, "Đăng ký đất đai")
    page.title = "Đăng ký quyền sử dụng đất"
    page.save_revision().publish()
    assert ServicePage.objects.get(pk=page.pk).slug == "dang-ky-dat-dai"


def test_each_language_has_slugs_of_its_own(justice):
    english = make.add_section(justice.department, "en", title="Justice Division")
    make.add_service(justice, "Hotline")
    assert make.add_service(english, "Hotline").slug == "hotline"


# --- addresses -----------------------------------------------------------------------------------------------------


def test_the_public_address_does_not_name_the_unit(client, justice):
    make.add_service(justice)
    assert client.get("/dich-vu-cong/dang-ky-khai-sinh/").status_code == 200


def test_asked_for_by_its_place_in_the_tree_a_page_leads_to_its_public_address(client, justice):
    page = make.add_service(justice)
    response = client.get(f"{justice.get_url()}{page.slug}/")
    assert (response.status_code, response.url) == (301, "/dich-vu-cong/dang-ky-khai-sinh/")


def test_a_draft_is_not_told_of_by_its_place_in_the_tree(client, justice):
    page = make.add_service(justice, live=False)
    assert client.get(f"{justice.get_url()}{page.slug}/").status_code == 404


def test_a_page_that_moves_to_another_unit_keeps_its_address(client, justice, culture):
    page = make.add_service(justice)
    page.move(culture, pos="last-child")
    assert client.get("/dich-vu-cong/dang-ky-khai-sinh/").status_code == 200


def test_a_page_that_moved_names_its_new_unit(client, justice, culture):
    page = make.add_service(justice)
    page.move(culture, pos="last-child")
    assert '<a href="/don-vi/phong-van-hoa/">Phòng Văn hóa</a>' in main_text(
        client, ServicePage.objects.get(pk=page.pk)
    )


def test_a_unit_s_new_slug_leaves_the_addresses_of_its_services_alone(client, justice):
    page = make.add_service(justice)
    justice.slug = "tu-phap"
    justice.save_revision().publish()
    assert ServicePage.objects.get(pk=page.pk).get_url() == "/dich-vu-cong/dang-ky-khai-sinh/"


def test_the_old_address_leads_to_the_new_one_after_a_new_slug(client, committed, justice):
    page = make.add_service(justice)
    page.slug = "khai-sinh"
    with committed():
        page.save_revision().publish()
    response = client.get("/dich-vu-cong/dang-ky-khai-sinh/")
    assert (response.status_code, response.get("Location")) == (301, "/dich-vu-cong/khai-sinh/"), Redirect.objects.all()


def test_the_page_names_its_public_address_as_the_right_one(client, justice):
    html = client.get(make.add_service(justice).get_url()).content.decode()
    assert '<link rel="canonical" href="http://testserver/dich-vu-cong/dang-ky-khai-sinh/">' in html


# --- taken back, never there, private ------------------------------------------------------------------------------


def test_a_page_that_was_taken_back_is_answered_with_410(client, justice):
    make.add_service(justice).unpublish()
    assert client.get("/dich-vu-cong/dang-ky-khai-sinh/").status_code == 410


def test_a_page_that_was_taken_back_and_published_again_is_read_again(client, justice):
    page = make.add_service(justice)
    page.unpublish()
    page.save_revision().publish()
    assert client.get("/dich-vu-cong/dang-ky-khai-sinh/").status_code == 200


def test_a_page_that_was_never_published_is_answered_with_404(client, justice):
    make.add_service(justice, live=False)
    assert client.get("/dich-vu-cong/dang-ky-khai-sinh/").status_code == 404


@pytest.mark.parametrize("path", ["khong-co", "khong-co/sau-hon", "%C4%91", "..%2f", "a" * 300])
def test_what_was_never_there_is_answered_with_404(client, justice, path):
    assert client.get(f"/dich-vu-cong/{path}/").status_code == 404


def test_a_private_page_asks_to_sign_in(client, justice):
    page = make.add_service(justice)
    make.restrict(page)
    assert client.get(page.get_url()).status_code == 302


def test_a_page_below_a_private_section_asks_to_sign_in(client, justice):
    page = make.add_service(justice)
    make.restrict(justice)
    assert client.get(page.get_url()).status_code == 302
