"""What is no page: robots.txt, sitemap.xml, security.txt, the favicon, the site map."""

from datetime import datetime
from xml.etree import ElementTree

import pytest
from django.utils import timezone
from wagtail.models import Page, Site

from home.models import SiteSettings
from tests import factories as make

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
BIRTH, BIRTH_EN = "http://testserver/dich-vu-cong/dang-ky-khai-sinh/", "http://testserver/en/services/birth/"


@pytest.fixture(scope="module")
def made(rolled_back):
    section = make.add_unit("Phòng Tư pháp")
    english = make.add_section(section.department, "en", title="Justice Division")
    page = make.add_service(section)
    twin = make.new_service(english, "Birth", page.procedure)
    twin.translation_key = page.translation_key
    english.add_child(instance=twin)
    make.add_service(section, "Đăng ký kết hôn")
    make.add_service(section, "Bản nháp", live=False)
    make.restrict(make.add_service(section, "Dịch vụ nội bộ"))
    return section


@pytest.fixture
def read(client, db, made):
    return lambda url: client.get(url).content.decode()


# --- sitemap.xml ---------------------------------------------------------------------------------------------------


@pytest.fixture
def addresses(read):
    """Address → its other languages."""
    root = ElementTree.fromstring(read("/sitemap.xml"))
    return {
        url.findtext("s:loc", namespaces=NAMES): {
            link.get("hreflang"): link.get("href") for link in url.findall("x:link", NAMES)
        }
        for url in root.findall("s:url", NAMES)
    }


def test_the_sitemap_has_the_public_address_of_every_service(addresses):
    assert {BIRTH, BIRTH_EN, "http://testserver/dich-vu-cong/dang-ky-ket-hon/"} <= set(addresses)


def test_the_sitemap_has_no_address_by_the_tree(addresses):
    assert [url for url in addresses if url.startswith("http://testserver/don-vi/phong-tu-phap/d")] == []


@pytest.mark.parametrize("slug", ["ban-nhap", "dich-vu-noi-bo"])
def test_the_sitemap_tells_of_no_draft_and_of_no_private_page(read, slug):
    assert slug not in read("/sitemap.xml")


def test_the_sitemap_names_the_other_languages_of_a_page(addresses):
    assert addresses[BIRTH] == {"vi": BIRTH, "en": BIRTH_EN}


def test_a_page_in_one_language_names_no_other(addresses):
    assert addresses["http://testserver/dich-vu-cong/dang-ky-ket-hon/"] == {}


def test_every_address_of_the_sitemap_can_be_read(client, addresses):
    assert {url for url in addresses if client.get(url.removeprefix("http://testserver")).status_code != 200} == set()


def test_the_sitemap_names_every_address_once(read):
    root = ElementTree.fromstring(read("/sitemap.xml"))
    found = [url.text for url in root.findall("s:url/s:loc", NAMES)]
    assert len(found) == len(set(found))


def test_an_alias_is_not_in_the_sitemap(read, made):
    page = Page.objects.get(slug="phong-tu-phap", locale=make.locale())
    parent = Page.objects.get(slug="don-vi")
    page.specific.create_alias(parent=parent, update_slug="ban-sao")
    assert "ban-sao" not in read("/sitemap.xml")


# --- robots.txt, security.txt, favicon -----------------------------------------------------------------------------


def test_robots_are_told_where_the_sitemap_is(read):
    assert "Sitemap: http://testserver/sitemap.xml" in read("/robots.txt")


@pytest.mark.parametrize("path", ["/admin/", "/tim-kiem/", "/en/search/"])
def test_robots_are_kept_out_of_the_admin_and_of_search(read, path):
    assert f"Disallow: {path}" in read("/robots.txt").splitlines()


@pytest.fixture
def contact(db, made):
    names = SiteSettings.for_site(Site.objects.get())
    names.email = "an-toan@example.org"
    names.save()


def test_security_txt_says_whom_to_tell(read, contact):
    assert "Contact: mailto:an-toan@example.org" in read("/.well-known/security.txt").splitlines()


def test_security_txt_is_not_out_of_date(read, contact):
    lines = dict(line.split(": ", 1) for line in read("/.well-known/security.txt").splitlines())
    assert datetime.fromisoformat(lines["Expires"]) > timezone.now()


def test_without_a_contact_there_is_no_security_txt(client, db, made):
    assert client.get("/.well-known/security.txt").status_code == 404


def test_the_favicon_is_one_of_this_site(client, db):
    response = client.get("/favicon.ico")
    assert (response.status_code, response.url.startswith("/static/")) == (301, True)


# --- the site map for readers --------------------------------------------------------------------------------------


def test_the_site_map_leads_to_every_list_and_every_field(read):
    html = read("/so-do-trang/")
    wanted = ["/dich-vu-cong/", "/van-ban/", "/thong-bao/", "/don-vi/", "/don-vi/phong-tu-phap/"]
    assert [url for url in [*wanted, "/dich-vu-cong/?field=ho-tich"] if f'href="{url}"' not in html] == []


def test_the_site_map_of_a_language_leads_to_pages_of_that_language(read):
    assert 'href="/en/departments/justice-division/"' in read("/en/site-map/")


def test_the_site_map_tells_of_no_private_section(read, made):
    make.restrict(Page.objects.get(slug="phong-tu-phap", locale=make.locale()))
    assert "/don-vi/phong-tu-phap/" not in read("/so-do-trang/")
