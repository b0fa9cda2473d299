"""What every answer tells browsers to refuse."""

import re

import pytest

from tests import factories as make

PUBLIC = [
    "/",
    "/dich-vu-cong/",
    "/dich-vu-cong/dang-ky-khai-sinh/",
    "/don-vi/phong-tu-phap/",
    "/van-ban/",
    "/thong-bao/",
]
PUBLIC += ["/tim-kiem/?q=khai+sinh", "/en/", "/khong-co/", "/dich-vu-cong/?level=9", "/so-do-trang/"]
ADMIN = ["/admin/", "/admin/login/"]


@pytest.fixture(scope="module")
def made(rolled_back):
    make.add_service(make.add_unit("Phòng Tư pháp", slug="phong-tu-phap"))
    return make.add_administrator()


@pytest.fixture
def ask(client, db, made):
    def ask(url):
        if url == "/admin/":
            client.force_login(made)
        return client.get(url)

    return ask


def policy(response):
    """Directive → its sources."""
    parts = [part.split() for part in response.headers["Content-Security-Policy"].split(";") if part.strip()]
    return {name: set(sources) for name, *sources in parts}


@pytest.mark.parametrize("url", PUBLIC)
def test_a_public_page_runs_nothing_inline_and_nothing_from_elsewhere(ask, url):
    allowed = set().union(*policy(ask(url)).values())
    assert allowed == {"'self'", "'none'"}


@pytest.mark.parametrize("name", ["script-src", "style-src", "img-src", "font-src", "connect-src", "form-action"])
def test_a_public_page_loads_from_this_site_only(ask, name):
    assert policy(ask("/"))[name] == {"'self'"}


@pytest.mark.parametrize("name", ["default-src", "frame-ancestors", "base-uri"])
def test_a_public_page_forbids_what_it_does_not_need(ask, name):
    assert policy(ask("/"))[name] == {"'none'"}


@pytest.mark.parametrize("url", PUBLIC)
def test_a_public_page_has_nothing_that_its_policy_would_stop(ask, url):
    html = ask(url).content.decode()
    inline = re.findall(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=\"|javascript:", html)
    assert inline == []


@pytest.mark.parametrize("url", PUBLIC)
def test_a_public_page_asks_no_other_host_for_anything(ask, url):
    html = ask(url).content.decode()
    loaded = re.findall(
        r"<(?:script|img|iframe|source)[^>]+src=\"([^\"]+)|<link[^>]+stylesheet[^>]+href=\"([^\"]+)", html
    )
    assert [address for pair in loaded for address in pair if address and not address.startswith("/")] == []


@pytest.mark.parametrize("url", ADMIN)
def test_the_admin_loads_from_this_site_only(ask, url):
    sources = set().union(*policy(ask(url)).values())
    assert sources <= {"'self'", "'none'", "'unsafe-inline'", "data:", "blob:"}


@pytest.mark.parametrize("url", ADMIN)
def test_the_admin_may_be_framed_by_itself_only(ask, url):
    assert policy(ask(url))["frame-ancestors"] == {"'self'"}


HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@pytest.mark.parametrize("url", [*PUBLIC, *ADMIN, "/robots.txt", "/sitemap.xml", "/health/live"])
def test_every_answer_has_the_headers(ask, url):
    response = ask(url)
    assert {name: response.headers.get(name) for name in HEADERS} == HEADERS


def test_an_answer_from_memory_has_the_headers_as_well(ask):
    ask("/dich-vu-cong/")
    again = ask("/dich-vu-cong/")
    assert (again.headers["X-Portal-Cache"], "Content-Security-Policy" in again.headers) == ("hit", True)


def test_a_cookie_of_the_admin_is_not_read_by_scripts(client, db, made):
    client.post("/admin/login/", {"username": made.username, "password": "mat-khau", "next": "/admin/"})
    assert client.cookies["sessionid"]["httponly"]


def test_the_admin_may_frame_a_draft_that_is_otherwise_as_strict_as_a_public_page(client, made):
    page = make.add_service(make.add_unit("Phòng Y tế"), live=False)
    page.save_revision()
    client.force_login(made)
    found = policy(client.get(f"/admin/pages/{page.pk}/view_draft/"))
    assert found["frame-ancestors"] == {"'self'"}
    assert set().union(*found.values()) == {"'self'", "'none'"}
