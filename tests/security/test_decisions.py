"""Who decides what goes live, and by which door: role × action × kind × door × section, every cell by acting.

Nobody publishes or takes down by a door of Wagtail's own; decisions are open to those whom the table names.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, rich_text, streamfield

from announcements.models import AnnouncementPage, DirectivePage, DocumentType
from departments.roles import ADMINISTRATOR, AUTHOR, PUBLISHER, REVIEWER, STAFF_READER, TRANSLATOR
from tests import factories as make

SECTIONS = ("own", "other", "english")
KINDS = ("service", "announcement", "directive")
#: role → the steps that it decides, by section; "other" is the section of another unit
DECIDES = {
    "administrator": {section: {"unit", "board"} for section in SECTIONS},
    "publisher": {section: {"board"} for section in SECTIONS},
    "reviewer": {"own": {"unit"}, "english": {"unit"}},
    "author": {},
    "translator": {},
    "staff_reader": {},
    "keeper": {},
    "stranger": {},
}
#: role → sections in which it sends for approval
SENDS = {
    "administrator": set(SECTIONS),
    "publisher": set(SECTIONS),
    "reviewer": {"own", "english"},
    "author": {"own", "english"},
    "translator": {"english"},
    "staff_reader": set(),
    "keeper": set(),
    "stranger": set(),
}
#: the browser builds this part of the form
BODY = nested_form_data({"body": streamfield([("text", rich_text("<p>Nội dung.</p>"))])})
each_role = pytest.mark.parametrize("role", list(DECIDES))
each_kind = pytest.mark.parametrize("kind", KINDS)


def new_page(kind, section, title):
    if kind == "service":
        return make.new_service(section, title)
    body = [("text", "<p>Nội dung.</p>")]
    if kind == "announcement":
        return AnnouncementPage(title=title, effective_on=date(2019, 11, 15), body=body, locale=section.locale)
    plan = DocumentType.objects.get(abbreviation="KH", is_legal=False)
    return DirectivePage(
        title=title,
        reference="45/KH-UBND",
        document_type=plan,
        issuer=section.department,
        issued_on=date(2019, 2, 12),
        abstract=title,
        body=body,
        locale=section.locale,
    )


@pytest.fixture(scope="module")
def made(rolled_back):
    """Of every kind a live page and a draft in every section, somebody of every role, and somebody who wrote it all."""
    own, other = make.add_unit("Phòng Tư pháp"), make.add_unit("Phòng Văn hóa")
    english = make.add_section(own.department, "en", title="Justice Division")
    sections = dict(zip(SECTIONS, (own, other, english), strict=True))
    writer = make.add_administrator("nguoi-viet")
    pages = {}
    for kind in KINDS:
        for where, section in sections.items():
            for state in ("live", "draft"):
                page = new_page(kind, section, f"{kind} {where} {state}")
                page.live = state == "live"
                section.add_child(instance=page)
                revision = page.save_revision(user=writer)
                if page.live:
                    revision.publish()
                pages[kind, where, state] = (type(page), page.pk)
    users = {
        "administrator": make.add_administrator(),
        "publisher": make.add_member(PUBLISHER),
        "reviewer": make.add_member(REVIEWER, own),
        "author": make.add_member(AUTHOR, own),
        "translator": make.add_member(TRANSLATOR, own),
        "staff_reader": make.add_member(STAFF_READER),
        "keeper": make.add_member(ADMINISTRATOR),
    }
    return {"sections": sections, "pages": pages, "users": users, "writer": writer, "forms": {}}


@pytest.fixture
def page(db, made):
    def page(kind, where, state):
        model, pk = made["pages"][kind, where, state]
        return model.objects.get(pk=pk)

    return page


@pytest.fixture
def acting(client, made):
    """`acting(role)` is a client of somebody who has the role; a stranger has not signed in."""

    def acting(role):
        client.logout()
        if role != "stranger":
            client.force_login(type(made["writer"]).objects.get(pk=made["users"][role].pk))
        return client

    return acting


@pytest.fixture
def form(acting, made, page):
    """What the editor's form holds for a page, as somebody reads it who may."""

    def form(kind, where, state):
        found = page(kind, where, state)
        if kind == "service":
            return make.service_form(found)
        if (kind, where, state) not in made["forms"]:
            url = reverse("wagtailadmin_pages:edit", args=[found.pk])
            html = acting("administrator").get(url).content.decode()
            made["forms"][kind, where, state] = querydict_from_html(html, form_id="page-edit-form")
        return made["forms"][kind, where, state].dict() | BODY

    return form


@contextmanager
def undone() -> Iterator[None]:
    """What is tried in the block leaves no trace for the next try."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def live(page):
    return Page.objects.get(pk=page.pk).live


# --- no door goes past the decision --------------------------------------------------------------------------------


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
    user = client.session.get("_auth_user_id") and client.get(reverse("wagtailadmin_home")).wsgi_request.user
    name = user.get_username() if user else "khong-co"
    if not (user and user.is_superuser):
        with pytest.raises(CommandError):
            call_command("import_services", "/dev/null", "--apply", "--user", name, "--reason", "Gấp", verbosity=0)


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


# --- who decides ---------------------------------------------------------------------------------------------------


def decide(client, page, action):
    state = page.current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])
    client.post(url, {"comment": "Ý kiến của người duyệt"})


def put_at(step, page, made):
    """Send a page as its writer does, and let the unit approve where the step is the board's."""
    page.get_workflow().start(page, made["writer"])
    if step == "board":
        page.current_workflow_task_state.approve(user=made["users"]["administrator"], comment="")


@each_role
@each_kind
@pytest.mark.parametrize("action", ["approve", "reject"])
def test_who_decides_where(acting, page, made, role, kind, action):
    decided = {}
    for where in SECTIONS:
        for step in ("unit", "board"):
            draft = page(kind, where, "draft")
            with undone():
                put_at(step, draft, made)
                before = draft.current_workflow_task_state
                decide(acting(role), draft, action)
                before.refresh_from_db()
                if before.status != before.STATUS_IN_PROGRESS:
                    decided.setdefault(where, set()).add(step)
    assert decided == DECIDES[role]


@each_role
@each_kind
def test_who_sends_for_approval_where(acting, page, form, role, kind):
    sent = set()
    for where in SECTIONS:
        draft, data = page(kind, where, "draft"), form(kind, where, "draft")
        with undone():
            data["action-submit"] = "1"
            acting(role).post(reverse("wagtailadmin_pages:edit", args=[draft.pk]), data)
            if draft.workflow_in_progress:
                sent.add(where)
    assert sent == SENDS[role]
