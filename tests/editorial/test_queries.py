"""Front page and page explorer take as many queries in a portal of 38 units as in one of 3."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from departments.models import DepartmentIndexPage
from departments.provisioning import provide_roles
from departments.roles import AUTHOR, PUBLISHER, REVIEWER
from tests import factories as make
from tests.editorial.conftest import edit

ROLES = ("author", "head", "board")


def page_under_review(section, author, client, title="Thủ tục chờ duyệt"):
    draft = make.add_service(section, title, live=False)
    draft.save_revision(user=author, log_action=True)
    client.force_login(author)
    edit(client, draft, "submit")


@pytest.fixture
def portal(client, db):
    """Three units, each with a page under review; the users of one, and the board."""
    sections = [make.add_unit(f"Phòng {number}") for number in range(3)]
    people = {
        "author": make.add_member(AUTHOR, sections[0], "bien-tap"),
        "head": make.add_member(REVIEWER, sections[0], "truong-phong"),
        "board": make.add_member(PUBLISHER, name="ban-bien-tap"),
    }
    page_under_review(sections[0], people["author"], client)
    return sections, people


def measure(client, portal):
    """The number of queries by role and page."""
    sections, people = portal
    index = DepartmentIndexPage.objects.get(locale__language_code="vi")
    addresses = {"front page": reverse("wagtailadmin_home")}
    for name, page in (("own section", sections[0]), ("list of units", index)):
        addresses[name] = reverse("wagtailadmin_explore", args=[page.pk])
    found = {}
    for role in ROLES:
        # The user as a worker gets it: without what an earlier request has asked of it.
        client.force_login(get_user_model().objects.get(pk=people[role].pk))
        for name, url in addresses.items():
            if role == "board" or name != "list of units":
                client.get(url)
                with CaptureQueriesContext(connection) as queries:
                    assert client.get(url).status_code == 200
                found[role, name] = len(queries)
    return found


def test_the_number_of_queries_does_not_grow_with_the_units(client, portal):
    before = measure(client, portal)
    field = make.add_field()
    for number in range(3, 38):
        make.add_services(make.add_unit(f"Phòng {number}"), 3, field)
    provide_roles()
    after = measure(client, portal)
    assert after == before
    assert max(number for (_role, name), number in after.items() if name == "front page") <= 40


@pytest.mark.parametrize("name", ["wagtailadmin_home", "editorial:waiting", "editorial:sent", "editorial:duties"])
def test_the_number_of_queries_does_not_grow_with_the_rows(client, portal, name):
    sections, people = portal
    user = {"editorial:sent": "author", "editorial:duties": "author"}.get(name, "head")

    def queries():
        client.force_login(get_user_model().objects.get(pk=people[user].pk))
        client.get(reverse(name))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse(name)).status_code == 200
        return len(asked)

    due = make.add_service(sections[0], "Thủ tục đến hạn")
    type(due).objects.filter(pk=due.pk).update(last_published_at=timezone.now() - timedelta(days=400))
    before = queries()
    for number in range(8):
        page_under_review(sections[0], people["author"], client, f"Thủ tục {number}")
        due = make.add_service(sections[0], f"Thủ tục đến hạn {number}")
        type(due).objects.filter(pk=due.pk).update(last_published_at=timezone.now() - timedelta(days=400))
    assert queries() == before
