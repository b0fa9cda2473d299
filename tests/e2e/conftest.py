"""The portal that runs, the browser that drives it, and what must never happen on a page that it opens."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.e2e.crawler import Crawler
from tests.e2e.screenshots import ARGUMENTS
from tests.e2e.server import Portal, running_portal

HERE = Path(__file__).parent
PHONE, DESKTOP = 390, 1280
HEIGHTS = {320: 700, PHONE: 844, 640: 800, DESKTOP: 900}
#: patient, as the machines of continuous integration are slow
PATIENCE = 45_000

# Playwright's loop runs in this thread while its tests do; Django would take them for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """With `--dist loadgroup` one process has all of this folder: one portal, each page visited once."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    with running_portal(tmp_path_factory.mktemp("portal") / "var") as portal:
        yield portal


@pytest.fixture(scope="session")
def crawler(portal: Portal) -> Crawler:
    return Crawler(portal.url)


@pytest.fixture(scope="package")
def browser(chromium_path: str) -> Iterator[Browser]:
    """It ends with the last test of this folder, so that no loop is left running under other tests."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=ARGUMENTS)
        yield browser
        browser.close()


class Visitor:
    """Opens pages of the portal and notes what must not happen: script errors, refusals of the policy, other hosts."""

    def __init__(self, context: BrowserContext, portal: Portal) -> None:
        self.context, self.portal = context, portal
        self.faults: list[str] = []
        self.page = self._watched(context.new_page())

    def _watched(self, page: Page) -> Page:
        page.on("console", self._note_message)
        page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        page.on("request", self._note_request)
        return page

    def _note_message(self, message) -> None:
        is_the_page_itself = message.location.get("url") == self.page.url
        if message.type in {"error", "warning"} and not (
            is_the_page_itself and message.text.startswith("Failed to load resource")
        ):
            self.faults.append(f"console {message.type} on {self.page.url}: {message.text}")

    def _note_request(self, request) -> None:
        host = urlsplit(request.url).netloc
        if host and host != urlsplit(self.portal.url).netloc:
            self.faults.append(f"request to another host from {self.page.url}: {request.url}")

    def open(self, path: str) -> Page:
        self.page.goto(self.portal.url + path)
        return self.page


@pytest.fixture(scope="package")
def new_visitor(browser: Browser, portal: Portal) -> Iterator[Callable[..., Visitor]]:
    """`new_visitor(width=…, script=…)`: somebody with a browser of their own, without cookies."""
    contexts = []

    def make(width: int = DESKTOP, *, script: bool = True, **options) -> Visitor:
        viewport = {"width": width, "height": HEIGHTS[width]}
        context = browser.new_context(viewport=viewport, java_script_enabled=script, locale="vi-VN", **options)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return Visitor(context, portal)

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def staff(new_visitor, portal: Portal) -> Callable[[str], Visitor]:
    """`staff("banbientap")`: an account of the demo that has signed in at /admin/."""

    def sign_in(name: str) -> Visitor:
        visitor = new_visitor(DESKTOP)
        page = visitor.open("/admin/login/")
        page.fill("input[name=username]", name)
        page.fill("input[name=password]", portal.password(name))
        page.press("input[name=password]", "Enter")
        page.wait_for_url("**/admin/")
        return visitor

    return sign_in


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    """A small PDF file with a text layer."""
    from home.demo import files

    path = tmp_path / "lich-phun-thuoc.pdf"
    path.write_bytes(files.pdf("Lịch phun thuốc", ["Phòng Tư pháp"], ["Thứ Hai: thôn Một."]))
    return path
