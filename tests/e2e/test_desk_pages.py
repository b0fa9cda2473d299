"""The pages on which the staff looks up levels, figures and plans: no barrier in what is the portal's own."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.e2e.conftest import DESKTOP, HEIGHTS, PHONE

pytestmark = pytest.mark.browser

MALFORMED = "/admin/levels/lookup/?date=31/02/2020"
#: account by address
PAGES = {
    "/admin/levels/lookup/": "banbientap",
    "/admin/levels/lookup/?level=3&level=4&columns=title&columns=level": "banbientap",
    MALFORMED: "banbientap",
    "/admin/levels/file/": "banbientap",
    "/admin/statistics/": "banbientap",
    "/admin/statistics/hand-in/": "banbientap",
    "/admin/plans/state/": "banbientap",
    "/admin/plans/reports/": "bientap",
    "/admin/editorial/reports/completeness/": "banbientap",
    "/admin/editorial/reports/completeness-services/": "banbientap",
    "/admin/editorial/reports/national/": "banbientap",
    "/admin/editorial/waiting/": "banbientap",
    "/admin/editorial/duties/": "banbientap",
}


@pytest.fixture(scope="module")
def desks(browser, portal):
    """One signed-in page an account; pages are only looked at."""
    opened = {}

    def desk(name):
        if name not in opened:
            page = browser.new_context(viewport={"width": DESKTOP, "height": HEIGHTS[DESKTOP]}).new_page()
            page.goto(f"{portal.url}/admin/login/")
            page.fill("input[name=username]", name)
            page.fill("input[name=password]", portal.password(name))
            page.press("input[name=password]", "Enter")
            page.wait_for_url("**/admin/")
            opened[name] = page
        return opened[name]

    yield desk
    for page in opened.values():
        page.context.close()


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_no_barrier_in_what_is_the_portals_own(desks, portal, address, width):
    page = desks(PAGES[address])
    page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
    assert page.goto(portal.url + address).status == (400 if address == MALFORMED else 200)
    found = Axe().run(page, context="main").response["violations"]
    assert [(rule["id"], [node["html"][:200] for node in rule["nodes"]][:3]) for rule in found] == []


def test_services_of_level_3_and_4_are_one_click_away_and_as_many_as_the_link_says(staff, portal):
    page = staff("banbientap").page
    page.goto(f"{portal.url}/admin/levels/lookup/")
    link = page.get_by_role("link", name="Mức 3–4").first
    number = int(link.inner_text().rsplit("(", 1)[1].rstrip(")"))
    link.click()
    expect(page.get_by_role("heading", name=f"{number} dịch vụ")).to_be_visible()
    assert page.locator("table.report-table tbody input[name=service]").count() == min(number, 100)
