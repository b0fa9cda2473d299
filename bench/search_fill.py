"""Thousands of live pages at once, for `make bench-search`: rows of the tables, without what saving a page does.

As much of services as the national catalogue has at most, a fifth of announcements, documents for the rest.
"""

import datetime
import json
import uuid
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone
from wagtail.models import Locale, Page

from announcements import reference
from announcements.models import AnnouncementPage, DirectivePage, DocumentType
from bench.search_texts import Text, Writer
from core.text import slugify
from departments.models import Department, DepartmentPage, Field
from services.models import Procedure, ServicePage

MOST_SERVICES = 3000
ANNOUNCEMENTS = 0.2
SERVICES = 0.3
BATCH = 2000
FIRST_DAY = datetime.date(2005, 1, 1)


def fill(count: int, progress: Callable[[int, int], None]) -> None:
    """Add as many pages, in batches. Fields, units and sections are those of the demo."""
    writer = Writer()
    texts = writer.texts(count)
    services = min(MOST_SERVICES, int(count * SERVICES))
    announcements = int(count * ANNOUNCEMENTS)
    wanted = ((_services, services), (_announcements, announcements), (_directives, count - services - announcements))
    tree, done = _Tree(), 0
    for make, number in wanted:
        mine = islice(texts, number)
        while batch := list(islice(mine, BATCH)):
            with transaction.atomic():
                make(batch, writer, tree)
                tree.save()
            done += len(batch)
            progress(done, count)


class _Tree:
    """Free places below the sections of units, in turn."""

    def __init__(self) -> None:
        self.locale = Locale.objects.get(language_code="vi")
        self.sections = list(DepartmentPage.objects.filter(locale=self.locale).order_by("pk"))
        self.units = list(Department.objects.order_by("pk"))
        self.fields = list(Field.objects.order_by("pk"))
        self.types = list(DocumentType.objects.order_by("pk"))
        self.now = timezone.now()
        self.given = Page.objects.count()
        self.last = {}
        for section in self.sections:
            last = section.get_last_child()
            self.last[section.pk] = last.path if last else Page._get_path(section.path, section.depth + 1, 0)

    def place(self) -> dict[str, Any]:
        section = self.sections[self.given % len(self.sections)]
        self.given += 1
        path = Page._inc_path(Page(path=self.last[section.pk]))
        self.last[section.pk] = path
        section.numchild += 1
        return {"path": path, "depth": section.depth + 1, "url_path": f"{section.url_path}{self.given}/"}

    def save(self) -> None:
        Page.objects.bulk_update(
            [Page(pk=section.pk, numchild=section.numchild) for section in self.sections], ["numchild"]
        )

    def page(self, model: type[Page], text: Text, title: str, **values: Any) -> Page:
        content_type = ContentType.objects.get_for_model(model)
        return model(
            title=title,
            draft_title=title,
            slug=f"{slugify(title, 60)}-{self.given}",
            summary=text.body[: text.body.find(".", 150) + 1],
            locale=self.locale,
            content_type=content_type,
            translation_key=uuid.UUID(int=1000 + self.given),
            live=True,
            first_published_at=self.now,
            last_published_at=self.now,
            **self.place(),
            **values,
        )


def _save(pages: Sequence[Page]) -> None:
    """Both rows of each page: Django's own bulk_create knows no model with a parent table."""
    model = type(pages[0])
    columns = [field.attname for field in Page._meta.concrete_fields if field.attname != "id"]
    last = Page.objects.aggregate(last=models.Max("pk"))["last"]
    rows = [Page(**{name: getattr(page, name) for name in columns}) for page in pages]
    for number, (row, page) in enumerate(zip(rows, pages, strict=True), start=last + 1):
        row.pk = page.pk = page.page_ptr_id = number
    Page.objects.bulk_create(rows, batch_size=500)
    own = model._meta.local_concrete_fields
    model._base_manager.all()._batched_insert(pages, fields=own, batch_size=500)


def _body(text: Text) -> str:
    return json.dumps([{"type": "text", "value": f"<p>{text.body}</p>", "id": str(uuid.UUID(int=text.number))}])


def _day(text: Text) -> datetime.date:
    return min(FIRST_DAY.replace(year=text.year) + datetime.timedelta(days=text.number % 365), timezone.localdate())


def _directives(texts: Sequence[Text], writer: Writer, tree: _Tree) -> None:
    pages = []
    for text in texts:
        parsed = reference.parse(f"{text.number}/{text.symbol}")
        page = tree.page(
            DirectivePage,
            text,
            text.title,
            reference=parsed.text,
            reference_key=parsed.key,
            number=parsed.number,
            document_type=writer.random.choice(tree.types),
            issuer=writer.random.choice(tree.units),
            field=writer.random.choice(tree.fields),
            issued_on=_day(text),
            abstract=text.title,
            body=_body(text),
        )
        pages.append(page)
    _save(pages)


def _announcements(texts: Sequence[Text], writer: Writer, tree: _Tree) -> None:
    _save([tree.page(AnnouncementPage, text, text.title, effective_on=_day(text), body=_body(text)) for text in texts])


def _services(texts: Sequence[Text], writer: Writer, tree: _Tree) -> None:
    choice, first = writer.random.choice, 200_000 + tree.given
    procedures = [
        Procedure(code=f"3.{number:06}", name=text.title, field=choice(tree.fields), at_commune=number % 3 == 0)
        for number, text in enumerate(texts, start=first)
    ]
    Procedure.objects.bulk_create(procedures, batch_size=500)
    through = Procedure.units.through
    through.objects.bulk_create(through(procedure=one, department=choice(tree.units)) for one in procedures)
    pages = []
    for text, procedure in zip(texts, procedures, strict=True):
        title = writer.service_title()
        page = tree.page(ServicePage, text, title, procedure=procedure, full_name=text.title, agency_text="UBND xã")
        page.steps = json.dumps(list(_steps(text)))
        pages.append(page)
    _save(pages)


def _steps(text: Text) -> Iterator[dict[str, Any]]:
    for number, clause in enumerate(text.body.split(". ")):
        value = {"title": "", "text": clause}
        yield {"type": "step", "value": value, "id": str(uuid.UUID(int=number))}
