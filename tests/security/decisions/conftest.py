"""Who decides what goes live, and by which door: role × action × kind × door × section, every cell by acting.

Nobody publishes or takes down by a door of Wagtail's own; decisions are open to those whom the table names.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.db import transaction
from django.urls import reverse
from wagtail.models import Page
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
