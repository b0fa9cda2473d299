"""Two languages: the path decides, the switcher keeps the page or says that it is not there."""

import re

import pytest
from wagtail.models import Page

from home.models import ContentPage, HomePage
from home.skeleton import ensure_skeleton
from tests import factories as make

BOTH, ONLY_VIETNAMESE = "/dich-vu-cong/dang-ky-khai-sinh/", "/dich-vu-cong/dang-ky-ket-hon/"
ENGLISH = "/en/services/birth-registration/"


@pytest.fixture(scope="module")
def made(rolled_back):
    section = make.add_unit("Phòng Tư pháp")
    english = make.add_section(section.department, "en", title="Justice Division")
    page = make.add_service(section)
    twin = make.new_service(english, "Birth registration", page.procedure)
    twin.translation_key = page.translation_key
    english.add_child(instance=twin)
    make.add_service(section, "Đăng ký kết hôn")
    return section


@pytest.fixture
def html(client, db, made):
    return lambda url, **options: client.get(url, **options).content.decode()


def switcher(html):
    return re.search(r'<ul class="languages">.*?</ul>', html, re.S)[0]


@pytest.mark.parametrize(
    ("url", "language"), [("/", "vi"), ("/en/", "en"), (BOTH, "vi"), (ENGLISH, "en"), ("/en/services/", "en")]
)
def test_the_path_alone_chooses_the_language(client, db, made, url, language):
    response = client.get(url, headers={"accept-language": "en" if language == "vi" else "vi"})
    assert response.headers["Content-Language"] == language


@pytest.mark.parametrize(("url", "language"), [("/", "vi"), (BOTH, "vi"), ("/en/", "en"), (ENGLISH, "en")])
def test_the_page_says_in_which_language_it_is(html, url, language):
    assert f'<html lang="{language}">' in html(url)


@pytest.mark.parametrize("url", ["/vi/", "/vi/dich-vu-cong/", "/fr/"])
def test_the_default_language_has_no_prefix(client, db, made, url):
    assert client.get(url).status_code == 404


@pytest.mark.parametrize(("url", "other"), [(BOTH, ENGLISH), (ENGLISH, BOTH), ("/", "/en/"), ("/en/", "/")])
def test_the_switcher_keeps_the_page(html, url, other):
    assert f'href="{other}"' in switcher(html(url))


@pytest.mark.parametrize(
    ("url", "other"),
    [("/tim-kiem/", "/en/search/"), ("/so-do-trang/", "/en/site-map/"), ("/don-vi/", "/en/departments/")],
)
def test_the_switcher_keeps_lists_and_what_is_no_page(html, url, other):
    assert f'href="{other}' in switcher(html(url))


def test_the_switcher_has_no_link_where_the_page_is_not_there(html):
    assert "<a" not in switcher(html(ONLY_VIETNAMESE))


def test_the_switcher_says_so_where_the_page_is_not_there(html):
    assert "<small>" in switcher(html(ONLY_VIETNAMESE))


def test_the_switcher_does_not_lead_to_a_draft(html, made):
    twin = Page.objects.get(slug="birth-registration").specific
    twin.unpublish()
    assert "<a" not in switcher(html(BOTH))


def test_the_switcher_does_not_lead_to_a_private_page(html, made):
    make.restrict(Page.objects.get(slug="birth-registration"))
    assert "<a" not in switcher(html(BOTH))


def test_a_page_names_its_other_languages_for_machines(html):
    found = dict(re.findall(r'hreflang="(\w+)" href="http://testserver([^"]+)"', html(BOTH)))
    assert found == {"vi": BOTH, "en": ENGLISH}


def test_what_is_there_in_vietnamese_only_is_offered_by_the_english_404(client, db, made):
    response = client.get("/en/services/dang-ky-ket-hon/")
    assert (response.status_code, f'href="{ONLY_VIETNAMESE}"' in response.content.decode()) == (404, True)


def test_a_404_offers_no_draft(html, made):
    make.add_service(type(made).objects.get(pk=made.pk), "Bản nháp", live=False)
    assert "/dich-vu-cong/ban-nhap/" not in html("/en/services/ban-nhap/")


def test_a_404_offers_no_private_page(html, made):
    make.restrict(make.add_service(type(made).objects.get(pk=made.pk), "Dịch vụ nội bộ"))
    assert "/dich-vu-cong/dich-vu-noi-bo/" not in html("/en/services/dich-vu-noi-bo/")


@pytest.mark.parametrize(("url", "language"), [("/khong-co/", "vi"), ("/en/nothing/", "en")])
def test_an_error_is_said_in_the_language_of_the_path(client, db, made, url, language):
    response = client.get(url)
    assert (response.headers["Content-Language"], f'lang="{language}"' in response.content.decode()) == (language, True)


# --- the skeleton ----------------------------------------------------------------------------------------------------


def test_a_database_that_only_migrations_have_filled_has_both_front_pages(client, db):
    assert [client.get(url).status_code for url in ("/", "/en/")] == [200, 200]


@pytest.mark.parametrize("url", ["/van-ban/", "/thong-bao/", "/dich-vu-cong/", "/don-vi/"])
def test_it_has_the_lists(client, db, url):
    assert client.get(url).status_code == 200


def test_the_lists_of_both_languages_belong_together(client, db):
    assert 'href="/en/services/"' in switcher(client.get("/dich-vu-cong/").content.decode())


def test_making_the_skeleton_again_makes_nothing(db):
    before = list(Page.objects.order_by("pk").values_list("pk", "title"))
    ensure_skeleton()
    assert list(Page.objects.order_by("pk").values_list("pk", "title")) == before


def test_a_page_may_be_called_otherwise_than_in_the_skeleton(db):
    home = HomePage.objects.get(locale=make.locale())
    home.title = "Trang nhất"
    home.save()
    ensure_skeleton()
    assert HomePage.objects.get(pk=home.pk).title == "Trang nhất"


def test_a_plain_page_stands_under_the_front_page(client, db):
    home = HomePage.objects.get(locale=make.locale())
    home.add_child(instance=ContentPage(title="Giới thiệu", locale=home.locale, body=[("text", "<p>Chào</p>")]))
    assert "Chào" in client.get("/gioi-thieu/").content.decode()
