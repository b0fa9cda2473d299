"""The front page: what people come for, and nothing that leads nowhere."""

import re
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, Site

from announcements.models import AnnouncementIndexPage, AnnouncementPage
from core.page_cache import forget
from home.models import ContentPage, HomePage, SiteSettings
from plans.models import PlanIndexPage, Scope
from services.models import LifeEvent, ServicePage
from tests import factories as make
from tests.plans.build import add_plan, add_target

PAST = date(2019, 1, 1)


@pytest.fixture(scope="module")
def made(rolled_back):
    """Two units, six services over three fields: two at level 1, none online."""
    justice, commune = make.add_unit("Phòng Tư pháp"), make.add_unit("Xã Nam Sơn", kind="commune")
    for name in ("Hộ tịch", "Đất đai", "Xây dựng"):
        for number in (1, 2):
            procedure = make.add_procedure(make.add_field(name), units=[justice.department])
            make.add_service(justice, f"{name} {number}", procedure)
    event = LifeEvent.objects.create(name="Sinh con", slug="sinh-con", summary="Con mới sinh")
    LifeEvent.objects.create(name="Chưa có thủ tục", slug="chua-co")
    procedure.events.set([event])
    procedure.save()
    make.add_level(procedure, 1, PAST)
    make.add_service(justice, "Bản nháp", live=False)
    make.restrict(make.add_service(justice, "Dịch vụ nội bộ"))
    return [justice, commune]


@pytest.fixture
def justice(db, made):
    return type(made[0]).objects.get(pk=made[0].pk)


@pytest.fixture
def html(client, db, made):
    return lambda url="/": client.get(url).content.decode()


@pytest.fixture
def context(client, db, made):
    return lambda url="/": client.get(url).context_data


def test_search_comes_first(html):
    main = html().split("<main", 1)[1]
    assert main.index('name="q"') < main.index("<h2")


def test_the_search_box_leads_to_the_results(html):
    assert re.search(r'<form[^>]+action="/tim-kiem/"', html())


def test_fields_are_shown_with_the_number_of_their_services(context):
    assert {field["name"]: field["count"] for field in context()["fields"]} == {
        "Hộ tịch": 2,
        "Đất đai": 2,
        "Xây dựng": 2,
    }


def test_life_events_are_shown_where_they_lead_to_a_service(context):
    assert [event["url"] for event in context()["events"]] == ["/dich-vu-cong/?event=sinh-con"]


def test_the_rate_is_shown_with_numerator_and_denominator(context):
    rate = context()["rate"]
    assert (rate["numerator"], rate["denominator"], rate["value"]) == (0, 6, 0)


def test_undetermined_levels_are_counted_on_their_own(context):
    assert {row["level"]: row["count"] for row in context()["rate"]["rows"]} == {4: 0, 3: 0, 2: 0, 1: 1, None: 5}


@pytest.mark.parametrize("name", ["Bản nháp", "Dịch vụ nội bộ"])
def test_neither_a_draft_nor_a_private_service_is_told_of(html, name):
    assert name not in html()


def test_units_are_counted_by_kind(context):
    assert [unit["url"].partition("#")[2] for unit in context()["units"]] == ["division", "commune"]


def test_an_anchor_of_the_list_of_units_is_there(html, context):
    anchors = [unit["url"].partition("#")[2] for unit in context()["units"]]
    units = html("/don-vi/")
    assert [anchor for anchor in anchors if f'id="{anchor}"' not in units] == []


# --- announcements on the front page and in the banner ---------------------------------------------------------------


def announce(section, title, **values):
    today = timezone.localdate()
    values = {"effective_on": today, "expires_on": today if values.get("is_urgent") else None, **values}
    page = AnnouncementPage(title=title, locale=section.locale, **values)
    return section.add_child(instance=page)


def test_the_latest_announcements_are_shown(html, justice):
    announce(justice, "Lịch cắt điện")
    assert "Lịch cắt điện" in html().split("<main", 1)[1]


def test_an_urgent_announcement_is_a_banner_on_every_page(html, justice):
    page = announce(justice, "Bão số 5", is_urgent=True)
    urls = ["/", "/dich-vu-cong/", "/don-vi/", "/tim-kiem/", "/khong-co/", "/so-do-trang/"]
    assert [url for url in urls if page.get_url() not in html(url).split("<header")[0]] == []


def test_an_urgent_announcement_that_is_not_in_english_is_shown_there_in_vietnamese(html, justice):
    page = announce(justice, "Bão số 5", is_urgent=True)
    banner = html("/en/services/").split("<header")[0]
    assert page.get_url() in banner
    assert '<span lang="vi">Bão số 5' in banner


def test_several_urgent_announcements_are_one_line(html, justice):
    for title in ("Bão số 5", "Lũ quét"):
        announce(justice, title, is_urgent=True)
    index = AnnouncementIndexPage.objects.get(locale=justice.locale).get_url()
    assert f"{index}?urgent=1" in html().split("<header")[0]


@pytest.mark.parametrize(
    "values",
    [
        {"live": False},
        {"effective_on": PAST, "expires_on": PAST},
        {"effective_on": date(2100, 1, 1), "expires_on": date(2100, 1, 2)},
    ],
)
def test_a_draft_or_an_announcement_that_is_not_in_force_is_no_banner(html, justice, values):
    announce(justice, "Bão số 5", is_urgent=True, **values)
    assert "Bão số 5" not in html("/don-vi/")


def test_a_private_urgent_announcement_is_no_banner(html, justice):
    make.restrict(announce(justice, "Bão số 5", is_urgent=True))
    assert "Bão số 5" not in html("/don-vi/")


# --- names of the authority ----------------------------------------------------------------------------------------


def test_the_authority_is_named_by_its_settings(html, db, made):
    names = SiteSettings.for_site(Site.objects.get())
    names.authority_name, names.authority_name_en = "Ủy ban nhân dân huyện X", "People's Committee of X"
    names.save()
    assert "Ủy ban nhân dân huyện X" in html("/don-vi/")


def test_searches_offered_lead_to_their_results(html, db, made):
    names = SiteSettings.for_site(Site.objects.get())
    names.popular_searches = "khai sinh\n\nđất đai"
    names.save()
    assert 'href="/tim-kiem/?q=khai+sinh"' in html()


def test_the_target_is_shown_as_not_met(context, db, made):
    add_target(add_plan(), value=55)
    target = context()["rate"]["target"]
    assert (target["met"], target["x"]) == (False, 55)
    assert "Kế hoạch 45/KH-UBND" in target["text"]


def test_there_is_no_target_where_the_plan_is_not_public_or_sets_none(context, db, made):
    add_target(add_plan(is_public=False))
    add_target(add_plan(2018), scope=Scope.COMMUNES)
    assert context()["rate"]["target"] is None


def test_all_targets_of_the_plan_are_one_click_away(html, db, made):
    add_target(add_plan())
    page = PlanIndexPage.objects.get(locale=make.locale())
    assert f'href="{page.get_url()}"' in html()


def test_the_page_that_explains_the_rate_is_linked_where_it_is_live(html, db, made):
    home = HomePage.objects.get(locale=make.locale())
    page = home.add_child(instance=ContentPage(title="Công thức", locale=home.locale))
    names = SiteSettings.for_site(Site.objects.get())
    names.formula_page = Page.objects.get(pk=page.pk)
    names.save()
    assert 'href="/cong-thuc/"' in html()


# --- every service is near -------------------------------------------------------------------------------------------


def links(client, url):
    response = client.get(url)
    if response.status_code != 200 or "text/html" not in response.headers["Content-Type"]:
        return response.status_code, set()
    found = re.findall(r'href="(/[^"#]*|\?[^"#]*)', response.content.decode())
    base = url.partition("?")[0]
    return 200, {(base + link if link.startswith("?") else link).replace("&amp;", "&") for link in found}


def crawl(client, start, depth):
    """Address → (distance from the start in links, status)."""
    seen, frontier = {}, {start}
    for distance in range(depth + 1):
        following = set()
        for url in sorted(frontier):
            status, found = links(client, url)
            seen[url] = (distance, status)
            following |= found
        frontier = {url for url in following if url not in seen and not url.startswith(("/static/", "/media/"))}
    return seen


@pytest.fixture(scope="module")
def crawled(made, django_db_blocker):
    forget()
    with django_db_blocker.unblock():
        return crawl(Client(), "/", 3)


def test_every_service_is_at_most_three_links_away(crawled, db):
    wanted = {page.get_url() for page in ServicePage.objects.live().public()}
    assert {url for url in wanted if url not in crawled} == set()


def test_no_link_leads_nowhere(crawled, db):
    assert {url: status for url, (_distance, status) in crawled.items() if status != 200} == {}


def test_no_link_leads_to_a_draft_or_a_private_page(crawled, db):
    hidden = {"/dich-vu-cong/ban-nhap/", "/dich-vu-cong/dich-vu-noi-bo/"}
    assert hidden & set(crawled) == set()
