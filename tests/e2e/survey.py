"""What is measured on a page once it is open: barriers, sideways scrolling, what was loaded, cookies."""

from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.e2e.addresses import Address
from tests.e2e.conftest import DESKTOP, HEIGHTS, PHONE, Visitor

#: what sticks out at the right of the window, for the message of a failed test
STICKS_OUT = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const wide = [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > width + 1);
  const names = wide.map((e) => e.tagName.toLowerCase() + '.' + (e.getAttribute('class') || ''));
  return ['scrollWidth ' + document.documentElement.scrollWidth, ...names.slice(0, 8)];
}"""


@dataclass
class Findings:
    """`barriers` by width as sentences; `sideways` by width; `faults` and `cookies` of all widths together."""

    status: int
    barriers: dict[int, list[str]] = field(default_factory=dict)
    sideways: dict[int, list[str]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    cookies: list[str] = field(default_factory=list)


def survey(visitor: Visitor, address: Address) -> Findings:
    """Open an address once and look at it at every width."""
    visitor.faults.clear()
    page = visitor.page
    page.set_viewport_size({"width": DESKTOP, "height": HEIGHTS[DESKTOP]})
    response = page.goto(visitor.portal.url + address.path)
    findings = Findings(response.status)
    if "set-cookie" in response.headers:
        findings.cookies.append(response.headers["set-cookie"])
    for width, height in HEIGHTS.items():
        page.set_viewport_size({"width": width, "height": height})
        findings.sideways[width] = page.evaluate(STICKS_OUT)
        if width in (PHONE, DESKTOP):
            findings.barriers[width] = barriers(page)
    findings.cookies += [cookie["name"] for cookie in visitor.context.cookies()]
    findings.faults = list(visitor.faults)
    return findings


def barriers(page: Page) -> list[str]:
    """Violations of every rule that axe has on by default, each with the elements that have it."""
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {rule['help']}: {', '.join(_targets(rule))}" for rule in found]


def _targets(rule: dict) -> list[str]:
    return [str(node["target"]) for node in rule["nodes"]][:5]
