"""Whoever uses the keyboard alone reaches everything and always sees where they are."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import PHONE

pytestmark = pytest.mark.browser

FOCUSED = """() => {
  const element = document.activeElement, style = getComputedStyle(element), box = element.getBoundingClientRect();
  const input = element.matches('input, button, select, textarea, summary, a');
  return {
    tag: element.tagName.toLowerCase(),
    text: (element.innerText || element.labels?.[0]?.innerText || '').trim(),
    href: element.getAttribute('href') || '',
    name: element.getAttribute('name') || '',
    seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
    marked: (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none',
    interactive: input,
  };
}"""


def tab_through(page: Page, limit: int = 250) -> list[dict]:
    """Everything that the Tab key reaches, in its order, until it leaves the page."""
    reached = []
    for _step in range(limit):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused["tag"] in {"body", "html"}:
            break
        reached.append(focused)
    return reached


@pytest.fixture(scope="module")
def catalogue(new_visitor) -> list[dict]:
    """What the Tab key reaches in the catalogue on a desktop."""
    return tab_through(new_visitor().open("/dich-vu-cong/"))


def test_the_first_stop_is_a_link_that_skips_to_the_content(new_visitor):
    page = new_visitor().open("/dich-vu-cong/")
    page.keyboard.press("Tab")
    skip = page.locator("a[href='#content']")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize(
    "what",
    [
        {"name": "q"},
        {"href": "/thong-bao/"},
        {"href": "/en/services/"},
        {"name": "level"},
        {"text": "Áp dụng"},
        {"href": "?page=2"},
        {"href": "?format=csv"},
    ],
    ids=["search", "menu", "language", "filter", "apply", "pager", "download"],
)
def test_it_is_reached(catalogue, what):
    assert any(all(stop[key] == value for key, value in what.items()) for stop in catalogue)


def test_every_stop_is_in_view_and_marked(catalogue):
    assert [stop for stop in catalogue if not (stop["seen"] and stop["marked"] and stop["interactive"])] == []


def test_filters_are_applied_from_the_keyboard(new_visitor):
    page = new_visitor().open("/dich-vu-cong/")
    page.locator("input[name=level][value='4']").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**level=4**")
    expect(page.locator(".chips")).to_contain_text("Mức 4")


def test_menu_and_filters_of_a_phone_open_from_the_keyboard(new_visitor):
    page = new_visitor(PHONE).open("/dich-vu-cong/")
    for summary in (page.locator("details.menu > summary"), page.locator("details.facets > summary")):
        summary.focus()
        page.keyboard.press("Enter")
    expect(page.locator("nav.menu-panel a").first).to_be_visible()
    expect(page.locator(".facets form button")).to_be_visible()
