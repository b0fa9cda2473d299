"""Wagtail's editor as a person works it: sections, choosers, the menu of actions."""

from pathlib import Path

from playwright.sync_api import Page, expect


def start_page(page: Page, base: str, section: str, kind: str) -> None:
    """From the admin's search to the section of a unit, and there to the form of a new page."""
    page.goto(f"{base}/admin/pages/search/?q={section}")
    row = page.locator("main tbody tr").filter(has=page.get_by_role("link", name=section, exact=True)).first
    row.locator("a.w-icon, td.children a, a[href$='/']:not([href*='/edit/'])").last.click()
    page.locator("a[href$='/add_subpage/']").first.click()
    page.locator(f"main a[href*='/add/{kind}/']").first.click()


def choose_new_file(page: Page, row: str, file: Path) -> None:
    """Upload a file through Wagtail's document chooser in a row of an inline panel."""
    chooser = page.locator(row)
    chooser.locator("[data-chooser-action-choose]").first.click()
    dialogue = page.locator(".modal-content")
    dialogue.locator("#tab-label-upload").click()
    dialogue.locator("input[type=file]").set_input_files(file)
    expect(dialogue.locator("input[name$=upload-title]")).not_to_have_value("")
    dialogue.locator("form[data-chooser-modal-creation-form] [type=submit]").click()
    expect(dialogue).to_have_count(0)
    expect(chooser.locator("[data-chooser-title]")).to_contain_text(file.stem)


def choose_record(page: Page, row: str, words: str) -> None:
    """Pick a record in one of Wagtail's choosers by its words."""
    page.locator(row).locator("[data-chooser-action-choose]").first.click()
    dialogue = page.locator(".modal-content")
    search = dialogue.locator("input[name=q]")
    if search.count():
        search.fill(words)
    dialogue.locator("a[data-chooser-modal-choice]").filter(has_text=words).first.click()
    expect(dialogue).to_have_count(0)


def act(page: Page, action: str) -> None:
    """`send`, for example: an entry of the menu beside "Save draft"."""
    button = page.locator(f"footer button[name=action-{action}]")
    if not button.is_visible():
        page.locator("footer [data-w-dropdown-target=toggle]").first.click()
    button.click()
    page.wait_for_load_state()


def save_draft(page: Page) -> None:
    page.locator("footer button.action-save").click()
    page.wait_for_load_state()


def number_of(page: Page) -> str:
    """The number of the page whose editor is open."""
    return page.url.split("/pages/")[1].split("/")[0]


def send(page: Page, base: str, number: str, reviewer: str = "") -> None:
    """Send a page for approval by the editor's button and the form that it leads to."""
    page.goto(f"{base}/admin/pages/{number}/edit/")
    act(page, "send")
    if reviewer:
        page.locator("select[name=reviewer]").select_option(label=reviewer)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()


def decide(page: Page, base: str, title: str, button: str, comment: str = "") -> None:
    """From the front page of the admin to the page of the decision, and there to a button."""
    page.goto(f"{base}/admin/")
    row = page.locator("main tr, main li").filter(has_text=title).first
    row.get_by_role("link", name="Xem và duyệt").click()
    page.wait_for_load_state()
    if comment:
        page.fill("textarea[name=comment]", comment)
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_load_state()
