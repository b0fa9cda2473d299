"""An incomplete service goes live by no door, and every door says what is missing: a unit, an incomplete draft."""

import json
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

from services.models import ServicePage
from tests import factories as make

#: what takes each item of level 1 away: item, changes of the texts
LACKING = {
    "steps": {"steps": []},
    "channels": {"channels": []},
    "papers": {"papers": []},
    "time_limit": {"channels": [make.channel(time_value=None, time_unit="")]},
    "result": {"result": " "},
    "legal_bases": {"legal_bases": []},
    "decision": {"decision_number": ""},
}
TOMORROW = timedelta(days=1)


@pytest.fixture(scope="module")
def made(rolled_back):
    return [make.add_unit("Phòng Tư pháp", slug="phong-tu-phap"), make.add_administrator()]


@pytest.fixture
def section(db, made):
    return type(made[0]).objects.get(pk=made[0].pk)


@pytest.fixture
def admin(client, section, made):
    client.force_login(made[1])
    return client


@pytest.fixture
def draft(section):
    """A draft that lacks the result."""
    page = make.add_service(section, live=False, result="")
    page.save_revision()
    return page


def is_live(page):
    return ServicePage.objects.get(pk=page.pk).live


def words(page):
    """What the editor must be told, in the admin's language."""
    with translation.override("vi"):
        return [item.message for item in page.missing_items()]


def tells(client, response, page):
    """Whether the answer, or the page it leads to, says what `page` lacks; errors of blocks stand there as JSON."""
    if response.status_code == 302:
        response = client.get(response.url if not response.url.endswith("/admin/") else reverse("wagtailadmin_home"))
    assert response.status_code == 200
    html = unescape(response.content.decode())
    return all(message in html or json.dumps(message)[1:-1] in html for message in words(page))


def edit(client, page, *actions, **changes):
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), make.service_form(page, *actions, **changes))


def create(client, section, page, *actions, **changes):
    url = reverse("wagtailadmin_pages:add", args=["services", "servicepage", section.pk])
    return client.post(url, make.service_form(page, *actions, **changes))


def publish(client, page):
    """Publish the latest version by the door that a superuser has, with a reason."""
    return client.post(reverse("editorial:publish", args=[page.pk]), {"reason": "Không ai duyệt được hôm nay"})


def had_an_old_defect(section, **changes):
    """A live page that lacks something: it was published before the rule, or a level was raised later."""
    page = make.add_service(section, live=False, **changes)
    Page.objects.filter(pk=page.pk).update(live=True)
    return ServicePage.objects.get(pk=page.pk)
