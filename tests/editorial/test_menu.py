"""The menu of each role has what it may act on, in the mock-up's order, and nothing that answers with a refusal."""

import json
import re

import pytest
from django.urls import reverse

from departments.roles import ADMINISTRATOR, AUTHOR, PUBLISHER, REVIEWER, STAFF_READER, TRANSLATOR
from tests import factories as make

ROLES = ("author", "reviewer", "translator", "publisher", "staff_reader", "administrator", "superuser")
PAGES = ["explorer", "directives", "announcements", "services"]
#: the entries of the main menu in their order, groups among them
ENTRIES = {
    "author": ["desk", *PAGES, "images", "documents"],
    "reviewer": ["desk", *PAGES, "images", "documents"],
    "translator": ["desk", *PAGES],
    "publisher": ["desk", *PAGES, "images", "documents"],
    "staff_reader": ["desk"],
    "administrator": ["desk"],
    "superuser": ["desk", *PAGES, "images", "documents"],
}
REPORTS_ON_ALL = {"site-history", "aging-pages", "page-types-usage", "locked-pages"}


@pytest.fixture(scope="module")
def made(rolled_back):
    section = make.add_unit("Phòng Tư pháp")
    make.add_unit("Phòng Văn hóa")
    english = make.add_section(section.department, "en", title="Justice Division")
    roles = (AUTHOR, REVIEWER, TRANSLATOR, PUBLISHER, STAFF_READER, ADMINISTRATOR)
    users = {role.key: make.add_member(role, section) for role in roles} | {"superuser": make.add_administrator()}
    return {"users": users, "section": section, "english": english}


@pytest.fixture
def menu(client, db, made):
    """`menu("author")`: the entries of the role's menu, each with its name, label and, unless a group, address."""

    def read(role):
        client.force_login(made["users"][role])
        return entries(client.get(reverse("wagtailadmin_home")).content.decode())

    return read


def entries(html):
    props = re.search(r'<script id="wagtail-sidebar-props" type="application/json">(.*?)</script>', html, re.S)
    found = []

    def walk(value):
        if isinstance(value, dict):
            if {"name", "label", "icon_name"} <= value.keys():
                found.append(value)
            for child in value.values():
                walk(child)
        elif isinstance(value, list):
            for child in value:
                walk(child)

    walk(json.loads(props[1]))
    return found


def refuses(client, url):
    """A refusal of Wagtail's leads back to the front page."""
    answer = client.get(url, follow=True)
    return answer.status_code != 200 or answer.request["PATH_INFO"] == reverse("wagtailadmin_home")


@pytest.mark.parametrize("role", ROLES)
def test_every_entry_of_the_menu_answers(client, menu, role):
    links = {entry["name"]: entry["url"] for entry in menu(role) if entry.get("url", "#") != "#"}
    assert links.pop("desk") == reverse("wagtailadmin_home")
    assert [name for name, url in links.items() if refuses(client, url)] == []


@pytest.mark.parametrize("role", ROLES)
def test_the_menu_begins_with_what_waits_then_pages_and_files(menu, role):
    names = [entry["name"] for entry in menu(role)]
    begins = [name for name in names if name in {"desk", *PAGES, "images", "documents"}]
    assert begins == ENTRIES[role]


@pytest.mark.parametrize("role", ROLES)
def test_no_entry_leads_to_another_host(menu, role):
    assert [entry["url"] for entry in menu(role) if "//" in entry.get("url", "")] == []


@pytest.mark.parametrize("role", ["author", "reviewer", "translator", "staff_reader"])
def test_reports_on_the_whole_portal_and_settings_are_not_offered_to_a_unit(menu, role):
    names = {entry["name"] for entry in menu(role)}
    assert not names & {*REPORTS_ON_ALL, "workflow-tasks", "settings", "users", "groups", "redirects"}


def test_the_board_sees_the_reports_on_the_whole_portal(menu):
    assert {entry["name"] for entry in menu("publisher")} >= REPORTS_ON_ALL - {"locked-pages"}


def test_readers_of_the_staff_see_the_records_that_they_look_up(menu):
    urls = {entry.get("url") for entry in menu("staff_reader")}
    assert {reverse(f"wagtailsnippets_services_{name}:list") for name in ("procedure", "maturityrecord")} <= urls


@pytest.mark.parametrize(("role", "where"), [("author", "section"), ("reviewer", "section"), ("translator", "english")])
def test_pages_of_the_unit_begin_at_its_section(menu, made, role, where):
    entry = next(entry for entry in menu(role) if entry["name"] == "explorer")
    assert entry["url"] == reverse("wagtailadmin_explore", args=[made[where].pk])


def test_whoever_writes_everywhere_begins_at_the_top(menu):
    entry = next(entry for entry in menu("publisher") if entry["name"] == "explorer")
    assert entry["url"] == reverse("wagtailadmin_explore_root")
