"""Staff and leaders ask three questions on the front page; each takes one click to a figure that anyone can check."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.survey import barriers

pytestmark = pytest.mark.browser

PLAN = "/ke-hoach-so-lieu/?year=2019&date=31/10/2019"
#: per cent, then numerator and denominator
RATE = re.compile(r"[\d.,]+%\s+[\d.]+/[\d.]+")


@pytest.fixture
def front(new_visitor):
    return new_visitor(DESKTOP).open("/")


@pytest.fixture
def dashboard(front):
    front.locator(".nav").get_by_role("link", name="Kế hoạch và số liệu").click()
    return front


def test_which_services_are_at_level_3_or_4(front):
    front.get_by_role("link", name=re.compile(r"dịch vụ.* mức 3–4")).click()
    assert int(front.locator("[data-total]").first.get_attribute("data-total")) > 0
    levels = {level.strip() for level in front.locator("main table tbody .level").all_inner_texts()}
    assert levels and levels <= {"Mức 3", "Mức 4"}
    expect(front.locator(".count-line")).to_contain_text(re.compile(r"[\d.]+ trên [\d.]+ thủ tục"))


def test_how_far_are_we_from_the_target_of_55_per_cent(dashboard):
    expect(dashboard.locator(".kicker")).to_contain_text("45/KH-UBND")
    row = dashboard.locator(".indicators tbody tr").filter(has_text="55%").first
    expect(row).to_contain_text(RATE)
    expect(row.locator(".tag")).to_contain_text(re.compile("Đạt|Thiếu"))


def test_which_commune_is_behind_on_online_dossiers(dashboard):
    section = dashboard.locator("section[aria-labelledby=communes]")
    expect(section.locator("tbody tr").first).to_contain_text(RATE)
    expect(section).to_contain_text("xã, thị trấn chưa đạt mục tiêu")
    expect(section).to_contain_text("Công thức:")
    expect(section).to_contain_text("Nguồn:")


def test_units_behind_of_an_indicator_open_with_one_click(dashboard):
    dashboard.locator(".indicators a[href^='#indicator-']").first.click()
    opened = dashboard.locator("details.other[open] h3:target")
    expect(opened).to_be_in_viewport()


def test_another_day_is_asked_for_in_the_form(dashboard):
    dashboard.get_by_label("Số liệu đến ngày").fill("30/06/2019")
    dashboard.get_by_role("button", name="Xem", exact=True).click()
    expect(dashboard.get_by_text("Số liệu tính đến 30/06/2019.")).to_be_visible()


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_axe_finds_no_barrier_where_everything_is_opened(new_visitor, width):
    page = new_visitor(width).open(PLAN)
    for closed in page.locator("main details > summary").all():
        closed.click()
    assert barriers(page) == []


def test_every_chart_has_a_name_and_no_text_smaller_than_15_px(new_visitor):
    page = new_visitor(PHONE).open(PLAN)
    charts = page.locator("main svg[role=img]:visible")
    assert charts.count() > 20
    nameless = "e => !(e.getAttribute('aria-label') || e.querySelector(':scope > title')?.textContent)"
    assert not any(chart.evaluate(nameless) for chart in charts.all())
    smallest = "() => Math.min(...[...document.querySelectorAll('main svg text')].map(parseFloat))"
    smallest = smallest.replace("parseFloat", "t => parseFloat(getComputedStyle(t).fontSize)")
    assert page.evaluate(smallest) >= 15
    drawn = page.locator("svg.chart:visible")
    assert drawn.count() == 1
    assert drawn.evaluate("e => e.getBoundingClientRect().width / e.viewBox.baseVal.width") == pytest.approx(
        1, abs=0.01
    )


def test_on_paper_the_form_is_left_out_and_everything_folded_is_there(new_visitor):
    page = new_visitor(DESKTOP).open(PLAN)
    page.emulate_media(media="print")
    expect(page.locator(".plan-form")).to_be_hidden()
    expect(page.locator("section[aria-labelledby=communes] details table")).to_be_visible()
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_in_forced_colours_bars_keep_their_edges(new_visitor):
    page = new_visitor(DESKTOP, forced_colors="active").open(PLAN)
    for part in (".track", ".share .bar-2"):
        stroke = page.locator(part).first.evaluate("e => getComputedStyle(e).stroke")
        assert stroke not in ("none", "rgba(0, 0, 0, 0)")
    met = page.locator(".met").first.evaluate("e => getComputedStyle(e).fill")
    track = page.locator(".track").first.evaluate("e => getComputedStyle(e).fill")
    assert met != track
