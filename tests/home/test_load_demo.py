"""The demo: it loads into a database that only migrations have filled, and loading it again changes nothing."""

import io
import json
import re

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.test import Client, override_settings
from django.utils import translation
from wagtail.models import Page, Revision

from announcements.models import AnnouncementPage, DirectivePage
from core.page_cache import forget
from departments.models import DepartmentPage
from plans.models import Plan
from plans.outcomes import OutcomeState, outcomes
from services.catalogue import catalogue
from services.models import MaturityRecord, Procedure, ServicePage
from tests import factories as make


def counts():
    models = [
        model
        for app in ("core", "departments", "services", "announcements", "plans", "home")
        for model in models_of(app)
    ]
    newest = {"newest revision": Revision.objects.latest("pk").pk}
    return newest | {model._meta.label: model.objects.count() for model in [*models, Page, Revision]}


def models_of(app):
    return [model for model in apps.get_app_config(app).get_models() if model._meta.model_name != "publicversion"]


@pytest.fixture(scope="module")
def demo(rolled_back, tmp_path_factory):
    """Loaded twice; what the second run found and left."""
    folder = tmp_path_factory.mktemp("demo")
    with override_settings(VAR_DIR=folder):
        call_command("load_demo", stdout=io.StringIO())
        first = counts()
        accounts = json.loads((folder / "demo_accounts.json").read_text())
        call_command("load_demo", stdout=io.StringIO())
        second = counts()
    forget()
    return {"first": first, "second": second, "accounts": accounts}


def test_loading_it_again_changes_nothing(demo, db):
    assert demo["second"] == demo["first"]


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_its_catalogue_is_exported_and_imported_again_without_a_change(demo, db, tmp_path, form):
    path, out = tmp_path / f"out.{form}", io.StringIO()
    call_command("export_services", path, "--drafts")
    with translation.override("en"):
        call_command("import_services", path, stdout=out, verbosity=0)
    number = ServicePage.objects.filter(locale=make.locale()).count()
    assert re.search(rf"^ +{number}  unchanged$", out.getvalue(), re.MULTILINE)


def test_it_has_what_was_promised(demo, db):
    live = {model: model.objects.live().filter(locale=make.locale()).count() for model in (ServicePage, DirectivePage)}
    assert (live[ServicePage] >= 60, live[DirectivePage] >= 40, AnnouncementPage.objects.count() >= 30) == (True,) * 3


def test_its_services_are_of_all_four_levels(demo, db):
    assert {item.state.level for item in catalogue(make.locale().pk)} >= {1, 2, 3, 4}


def test_its_services_are_of_at_least_12_fields(demo, db):
    assert len({item.field for item in catalogue(make.locale().pk)}) >= 12


def test_some_of_its_levels_have_a_history(demo, db):
    assert any(procedure.maturity_records.count() > 1 for procedure in Procedure.objects.all())


def test_all_its_levels_are_marked_as_samples(demo, db):
    assert not MaturityRecord.objects.filter(is_sample=False).exists()


def test_at_least_ten_services_are_in_english(demo, db):
    assert ServicePage.objects.live().filter(locale=make.locale("en")).count() >= 10


def test_every_unit_has_a_section_in_both_languages(demo, db):
    sections = DepartmentPage.objects.live()
    keys = {
        code: set(sections.filter(locale=make.locale(code)).values_list("translation_key")) for code in ("vi", "en")
    }
    assert keys["vi"] == keys["en"]


def test_none_of_its_pages_lacks_what_the_publish_gate_asks_for(demo, db):
    assert {page.title: page.missing_items() for page in ServicePage.objects.live() if page.missing_items()} == {}


def test_one_of_its_announcements_is_in_the_banner(demo, db):
    assert "/thong-bao/" in Client().get("/don-vi/").content.decode().split("<header")[0]


@pytest.mark.parametrize(
    "url", ["/", "/en/", "/dich-vu-cong/", "/van-ban/", "/thong-bao/", "/don-vi/", "/so-do-trang/"]
)
def test_its_pages_can_be_read(demo, db, url):
    assert Client().get(url).status_code == 200


def test_a_tenth_of_its_pages_can_be_read(demo, db):
    urls = [page.get_url() for page in Page.objects.live().public().filter(depth__gt=3).specific()[::10]]
    assert {url: status for url in urls if (status := Client().get(url).status_code) != 200} == {}


def test_every_service_of_it_is_at_most_three_links_away(demo, db):
    near = links("/") | links("/so-do-trang/")
    listed = set().union(*(links(url) for url in near if url.startswith("/dich-vu-cong/?field=")))
    wanted = {page.get_url() for page in ServicePage.objects.live().filter(locale=make.locale())}
    assert wanted - listed == set()


def links(url):
    html = Client().get(url).content.decode()
    return {link.replace("&amp;", "&") for link in re.findall(r'href="(/[^"#]*)', html)}


@pytest.mark.parametrize("name", ["quantri", "banbientap", "truongphong", "bientap", "phiendich", "tracuu"])
def test_its_accounts_open_the_admin(demo, db, client, name):
    client.post("/admin/login/", {"username": name, "password": demo["accounts"][name]})
    assert client.get("/admin/").status_code == 200


def test_it_is_refused_where_settings_do_not_allow_it(db, settings):
    settings.PORTAL_DEMO_ALLOWED = False
    with pytest.raises(CommandError):
        call_command("load_demo", stdout=io.StringIO())


def test_every_indicator_of_its_plan_can_be_judged_or_says_why_not(demo, db):
    plan = Plan.objects.get(number="45/KH-UBND")
    found = {outcome.target.name: outcome for outcome in outcomes(plan, plan.last_day)}
    assert len(found) == 15
    states = {outcome.state for outcome in found.values()}
    assert states >= {OutcomeState.MET, OutcomeState.NOT_MET, OutcomeState.NONE_AROSE}
    assert [name for name, outcome in found.items() if outcome.rate is None] == []
