"""No door of Wagtail's own goes past the decision."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from tests.security.decisions.conftest import (
    SECTIONS,
    each_kind,
    each_role,
    live,
    undone,
)


def edit_and_publish(client, page, form):
    form["action-publish"] = "1"
    client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form)


def schedule(client, page, form):
    form["go_live_at"] = timezone.localtime(timezone.now() + timedelta(days=1)).strftime("%d/%m/%Y %H:%M")
    edit_and_publish(client, page, form)


def in_bulk(action):
    def door(client, page, form):
        url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
        client.post(f"{url}?id={page.pk}&next=/admin/")

    return door


def by_api(action):
    def door(client, page, form):
        client.post(reverse("wagtailadmin_api:pages:action", args=[page.pk, action]))

    return door


def by_view(name):
    def door(client, page, form):
        client.post(reverse(f"wagtailadmin_pages:{name}", args=[page.pk]))

    return door


def by_command(client, page, form):
    call_command("publish_scheduled")


def by_import(client, page, form):
    """Refused to everybody but a superuser, before the file is looked at; a superuser publishes nothing in passing."""
    user = get_user(client)
    name = user.get_username() or "khong-co"
    refusal = "--reason" if user.is_superuser else "không được nhập|khong-co"
    with pytest.raises(CommandError, match=refusal):
        call_command("import_services", "/dev/null", "--apply", "--user", name, "--reason", " ", verbosity=0)


PUBLISHES = {
    "editor": edit_and_publish,
    "schedule": schedule,
    "bulk": in_bulk("publish"),
    "api": by_api("publish"),
    "publish_scheduled": by_command,
    "import": by_import,
}
TAKES_DOWN = {"view": by_view("unpublish"), "bulk": in_bulk("unpublish"), "api": by_api("unpublish")}
DELETES = {"view": by_view("delete"), "bulk": in_bulk("delete"), "api": by_api("delete")}


@each_role
@each_kind
def test_no_door_publishes(acting, page, form, role, kind):
    opened = []
    for where in SECTIONS:
        for name, door in PUBLISHES.items():
            draft, data = page(kind, where, "draft"), form(kind, where, "draft")
            with undone():
                door(acting(role), draft, data)
                if live(draft) or draft.revisions.filter(approved_go_live_at__isnull=False).exists():
                    opened.append((where, name))
    assert opened == []


@each_role
@each_kind
def test_no_door_takes_down(acting, page, role, kind):
    opened = []
    for where in SECTIONS:
        for name, door in TAKES_DOWN.items():
            shown = page(kind, where, "live")
            with undone():
                door(acting(role), shown, {})
                if not live(shown):
                    opened.append((where, name))
    assert opened == []


@each_role
@each_kind
def test_nobody_deletes_what_is_live(acting, page, role, kind):
    opened = []
    for where in SECTIONS:
        for name, door in DELETES.items():
            shown = page(kind, where, "live")
            with undone():
                door(acting(role), shown, {})
                if not Page.objects.filter(pk=shown.pk).exists():
                    opened.append((where, name))
    assert opened == []


@each_role
def test_only_a_superuser_hides_a_page_from_the_public(acting, page, role):
    shown = page("service", "own", "live")
    data = {"restriction_type": PageViewRestriction.LOGIN}
    acting(role).post(reverse("wagtailadmin_pages:set_privacy", args=[shown.pk]), data)
    assert PageViewRestriction.objects.exists() == (role == "administrator")
