"""A service on paper: what people need, without what only works on a screen."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.fixture
def printed(new_visitor):
    page = new_visitor().open("/dich-vu-cong/dang-ky-khai-sinh/")
    page.emulate_media(media="print")
    return page


@pytest.mark.parametrize(
    "what", [".nav", ".menu", ".site-header .search", ".languages", ".breadcrumb", ".answer .button"]
)
def test_what_only_works_on_a_screen_is_left_out(printed, what):
    found = printed.locator(what)
    assert found.count()
    assert not any(element.is_visible() for element in found.all())


@pytest.mark.parametrize("what", ["h1", ".brand-name", "#papers", "#channels", ".answer"])
def test_what_people_need_is_printed(printed, what):
    expect(printed.locator(what).first).to_be_visible()


def test_all_cases_fit_on_paper_of_a4(printed, tmp_path):
    pdf = printed.pdf(format="A4")
    assert pdf.startswith(b"%PDF")
    assert printed.evaluate("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth")
