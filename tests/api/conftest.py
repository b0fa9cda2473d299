"""A portal with one page of every kind that everybody may read, one private page and one draft; empty caches."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.db import transaction

from announcements.models import AnnouncementPage, DirectivePage, DocumentType
from core import page_cache
from tests import factories

BODY = [("text", "<p>Nội dung của trang.</p>")]
KINDS = ("services", "directives", "announcements", "departments")


@pytest.fixture(scope="module")
def rolled_back(django_db_setup, django_db_blocker):
    """What a module makes is gone after it; within it, each test takes back what it made itself."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def empty_cache(rolled_back, db):
    forget()


def forget():
    page_cache._pages.entries.clear()
    page_cache._memos.entries.clear()


@pytest.fixture
def get(client):
    """Ask the API below /api/v1/ as somebody who comes for the first time."""

    def ask(path, headers=None, **parameters):
        forget()
        address = path if path.startswith("http") else f"/api/v1/{path}"
        return client.get(address, parameters or None, headers=headers or {})

    return ask


@pytest.fixture(scope="module")
def section(rolled_back):
    return factories.add_unit(slug="phong-tu-phap", abbreviation="PTP", phone="024 3885 0100")


def add_directive(section, number=1, **values):
    kind = DocumentType.objects.filter(abbreviation="KH", is_legal=False).first()
    defaults = {
        "reference": f"{number:02d}/KH-UBND",
        "abstract": f"Kế hoạch số {number}",
        "document_type": kind or DocumentType.objects.create(name="Kế hoạch", abbreviation="KH"),
        "issuer": section.department,
        "issued_on": date(2019, 1, 1 + number % 20),
        "body": BODY,
        "locale": section.locale,
    }
    return section.add_child(instance=DirectivePage(**defaults | values))


def add_announcement(section, number=1, **values):
    defaults = {
        "title": f"Thông báo số {number}",
        "effective_on": date(2019, 1, 1 + number % 20),
        "body": BODY,
        "locale": section.locale,
    }
    return section.add_child(instance=AnnouncementPage(**defaults | values))


def add_department(section, number=1, **values):
    unit = factories.Department.objects.create(name=f"Xã số {number}", kind="commune")
    return factories.add_section(unit, **values)


def add_service(section, number=1, **values):
    return factories.add_service(section, f"Dịch vụ số {number}", **values)


#: kind → how one more page of it is made
ADD = {
    "services": add_service,
    "directives": add_directive,
    "announcements": add_announcement,
    "departments": add_department,
}


@pytest.fixture(scope="module")
def portal(section):
    """For each kind a public, a private and a draft page, with the address of each one's detail."""
    found = {}
    for kind, add in ADD.items():
        pages = {"public": add(section, 1), "private": add(section, 2), "draft": add(section, 3, live=False)}
        factories.restrict(pages["private"])
        found[kind] = SimpleNamespace(**pages)
    return SimpleNamespace(**found, section=section)


def detail_path(kind, page):
    if kind == "services":
        return f"services/{page.procedure.code}"
    return f"departments/{page.department.slug}" if kind == "departments" else f"{kind}/{page.pk}"
