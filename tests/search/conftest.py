"""Two kinds of content over real pages, in place of those that the apps register."""

import re

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import translation
from wagtail.models import Locale

from core import page_cache
from departments.models import Department, DepartmentIndexPage, DepartmentPage
from home.models import ContentPage, HomePage
from search import kinds
from search.kinds import EntryData, Kind, SearchFacet

CODE = re.compile(r"\d\.\d{6}")


def page_entry(page):
    """A plain page; its summary may name a code, its slug ends with a year."""
    year = page.slug[-4:]
    return EntryData(
        title=page.title,
        summary=page.summary,
        body="\n".join(block.value.source for block in page.body),
        keywords=("tờ khai",),
        identifiers=tuple(CODE.findall(page.summary)),
        facets={"year": (year,)} if year.isdigit() else {},
        shown={"meta": [page.slug]},
    )


def unit_entry(page):
    leaders = ", ".join(leader.name for leader in page.leaders.all())
    return EntryData(
        title=page.title,
        summary=page.department.name,
        body=leaders,
        facets={"unit": (page.department.slug,)},
    )


def years():
    return [(str(year), str(year)) for year in range(2015, 2021)]


def units():
    return [(unit.slug, unit.name) for unit in Department.objects.all()]


def levels_of_today(locale_id, chosen=None):
    """A level for each plain page, as the calendar would give it: 4 where the title has "điện tử", else 2."""
    pages = ContentPage.objects.filter(locale_id=locale_id).values_list("pk", "title")
    return {pk: {"level": ("4" if "điện tử" in title else "2",)} for pk, title in pages}


def level_hits(entries, request):
    levels = levels_of_today(entries[0].locale_id)
    return {entry.pk: {"level": int(levels[entry.pk]["level"][0])} for entry in entries}


PAGES = Kind(
    name="page",
    label="Trang",
    model=ContentPage,
    entry=page_entry,
    facets=(
        SearchFacet("year", "Năm", years),
        SearchFacet("level", "Mức độ", lambda: [("4", "Mức 4"), ("2", "Mức 2")], live=True),
    ),
    recognise=CODE.findall,
    live_facets=levels_of_today,
    hits=level_hits,
)
UNITS = Kind(
    name="unit-page",
    label="Đơn vị",
    model=DepartmentPage,
    entry=unit_entry,
    facets=(SearchFacet("unit", "Đơn vị", units, by_count=True),),
    affected=((Department, lambda unit: DepartmentPage.objects.filter(department=unit)),),
)


@pytest.fixture(autouse=True)
def registered(monkeypatch):
    """Only the kinds of this file are known, and no page of another test is remembered."""
    monkeypatch.setattr(kinds, "_kinds", {})
    monkeypatch.setattr(kinds, "_ways_out", {})
    kinds.register_kind(PAGES)
    kinds.register_kind(UNITS)
    page_cache._pages.entries.clear()
    page_cache._memos.entries.clear()


@pytest.fixture
def home(db):
    return HomePage.objects.get(locale__language_code="vi")


@pytest.fixture
def home_en(db):
    return HomePage.objects.get(locale__language_code="en")


@pytest.fixture
def add_page(home):
    """Publish a plain page; `live=False` makes a draft."""

    def add(title, summary="", body="", parent=None, **values):
        parent = parent or home
        page = ContentPage(
            title=title,
            summary=summary,
            body=[("text", body)] if body else [],
            locale=Locale.objects.get(pk=parent.locale_id),
            **values,
        )
        return parent.add_child(instance=page)

    return add


@pytest.fixture
def add_unit(home):
    def add(name, **values):
        unit = Department.objects.create(name=name, kind="division")
        index = DepartmentIndexPage.objects.get(locale_id=home.locale_id)
        return index.add_child(instance=DepartmentPage(title=name, department=unit, **values))

    return add


class Answer:
    """A results page, read as a reader would."""

    def __init__(self, response):
        self.response = response
        self.status = response.status_code
        self.html = response.content.decode()

    @property
    def total(self):
        found = re.search(r'data-total="(\d+)"', self.html)
        return int(found[1]) if found else None

    @property
    def titles(self):
        """Titles of the hits in their order, the best hit first, without marks."""
        links = re.findall(r"<h2[^>]*><a href=\"[^\"]*\">(.*?)</a></h2>", self.html, re.S)
        return [re.sub(r"</?mark>", "", title) for title in links]

    @property
    def urls(self):
        return re.findall(r"<h2[^>]*><a href=\"([^\"]*)\">", self.html)


@pytest.fixture
def commit(db):
    """What waits for the commit is done, as it is for a reader, who comes after it."""

    def commit():
        waiting, connection.run_on_commit = connection.run_on_commit, []
        for _savepoints, function, _robust in waiting:
            function()

    return commit


@pytest.fixture
def ask(client, commit):
    """Ask the results page; further parameters are facets and the like."""

    def ask(question=None, language="vi", **parameters):
        with translation.override(language):
            url = reverse("search")
        data = parameters if question is None else {"q": question, **parameters}
        commit()
        return Answer(client.get(url, data))

    return ask
