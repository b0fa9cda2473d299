"""Two units with a few documents and announcements, made once for a module; every reader comes with an empty cache."""

import re
from contextlib import contextmanager
from datetime import date
from types import SimpleNamespace
from typing import NamedTuple

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale, PageViewRestriction

from announcements.models import (
    AnnouncementIndexPage,
    AnnouncementPage,
    DirectiveIndexPage,
    DirectivePage,
    DirectiveRelation,
    DocumentType,
)
from core import page_cache
from departments.models import Department, DepartmentIndexPage, DepartmentPage, Field

TODAY = date(2019, 11, 15)
BODY = [("text", "<p>Nội dung văn bản.</p>")]
_localdate = timezone.localdate


class Calendar:
    """The day that the portal takes for today."""

    def __init__(self):
        self.day = TODAY

    def localdate(self, value=None, timezone=None):
        return self.day if value is None else _localdate(value, timezone)


@contextmanager
def set_to(calendar):
    timezone.localdate = calendar.localdate
    try:
        yield
    finally:
        timezone.localdate = _localdate


@pytest.fixture
def calendar(db):
    """Today is 15/11/2019; set `day` to another one."""
    calendar = Calendar()
    with set_to(calendar):
        yield calendar


@pytest.fixture(autouse=True)
def empty_cache():
    forget()


def forget():
    page_cache._pages.entries.clear()
    page_cache._memos.entries.clear()


class Answer:
    """A list, read as a reader would."""

    def __init__(self, response):
        self.response = response
        self.status = response.status_code
        self.html = "" if response.streaming else response.content.decode(errors="replace")
        self.text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", self.html))

    @property
    def listing(self):
        return self.response.context_data["listing"]

    @property
    def total(self):
        return int(re.search(r'data-total="(\d+)"', self.html)[1])

    @property
    def references(self):
        return [row["reference"] for row in self.listing.rows]

    @property
    def titles(self):
        return [row["title"] for row in self.listing.rows]

    def counts(self, name):
        facet = next((facet for facet in self.listing.facets if facet.name == name), None)
        values = (*facet.values, *facet.hidden_values) if facet else ()
        return {value.value: value.count for value in values}

    @property
    def lines(self):
        """Lines of a CSV download."""
        return self.response.getvalue().decode("utf-8-sig").splitlines()


@pytest.fixture
def read(client, calendar):
    """Ask for an address as somebody who comes for the first time."""

    def read(url, **parameters):
        forget()
        return Answer(client.get(url, parameters))

    return read


def add_directive(
    section, reference, issued_on=date(2019, 2, 12), *, replaces=(), amends=(), restricted=False, **values
):
    kinds = {kind.abbreviation: kind for kind in DocumentType.objects.filter(is_legal=False)}
    defaults = {
        "abstract": f"Trích yếu của {reference}",
        "document_type": kinds.get(reference.partition("/")[2].partition("-")[0], kinds["KH"]),
        "issuer": section.department,
        "body": BODY,
        "locale": section.locale,
    }
    page = DirectivePage(reference=reference, issued_on=issued_on, **defaults | values)
    page.relations.set(
        [DirectiveRelation(kind="replaces", target=target) for target in replaces]
        + [DirectiveRelation(kind="amends", target=target) for target in amends]
    )
    section.add_child(instance=page)
    if restricted:
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    return page


def add_announcement(section, title, effective_on=date(2019, 11, 1), *, restricted=False, **values):
    page = AnnouncementPage(title=title, effective_on=effective_on, locale=section.locale, **values)
    section.add_child(instance=page)
    if restricted:
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    return page


def add_section(name, slug, **values):
    index = DepartmentIndexPage.objects.get(locale__language_code="vi")
    unit = Department.objects.create(name=name, slug=slug, kind="division", **values)
    page = DepartmentPage(title=name, slug=slug, department=unit, locale=index.locale)
    index.add_child(instance=page)
    return page


class Queries(NamedTuple):
    """Of a worker that has answered nothing yet, and of one that has answered another question."""

    first: int
    again: int


@pytest.fixture
def count_queries(client, calendar):
    """The number of queries of an address, without whole pages from memory."""

    def count(url):
        client.get(url)  # what Wagtail itself keeps, such as the roots of the sites
        forget()
        numbers = []
        for _turn in range(2):
            page_cache._pages.entries.clear()
            with CaptureQueriesContext(connection) as queries:
                assert client.get(url).status_code == 200
            numbers.append(len(queries))
        return Queries(*numbers)

    return count


@pytest.fixture(scope="module")
def rolled_back(django_db_setup, django_db_blocker):
    """What a module makes is gone after it; within it, each test takes back what it made itself."""
    with django_db_blocker.unblock(), set_to(Calendar()), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def units(rolled_back):
    return SimpleNamespace(
        vi=Locale.objects.get(language_code="vi"),
        directives=DirectiveIndexPage.objects.get(locale__language_code="vi"),
        announcements=AnnouncementIndexPage.objects.get(locale__language_code="vi"),
        office=add_section("Văn phòng HĐND và UBND", "van-phong", short_name="Văn phòng"),
        justice=add_section("Phòng Tư pháp", "phong-tu-phap"),
        it=Field.objects.create(name="Công nghệ thông tin", slug="cong-nghe-thong-tin"),
        forest=Field.objects.create(name="Lâm nghiệp", slug="lam-nghiep"),
    )


@pytest.fixture
def publisher(client, db):
    """Signed in with every right."""
    user = get_user_model().objects.create_superuser("xuat-ban", "xb@example.org", "mat-khau")
    client.force_login(user)
    return user
