"""Files of documents and announcements: what their rows say, and what editors are told of them."""

import pytest
from django.contrib.messages import get_messages
from django.core.files.base import ContentFile
from django.urls import reverse

from announcements.models import AnnouncementFile, DirectiveFile
from core.models import PortalDocument
from tests.announcements.conftest import add_announcement, add_directive


def add_document(name="ke-hoach-81.pdf", state="waiting", **values):
    document = PortalDocument.objects.create(title="Kế hoạch 81", file=ContentFile(b"x" * 2048, name=name))
    PortalDocument.objects.filter(pk=document.pk).update(text_state=state, text_made_from=document.file.name, **values)
    return PortalDocument.objects.get(pk=document.pk)


def with_file(directive, document):
    directive.files.set([DirectiveFile(document=document, title="Bản ký số")])
    directive.save_revision().publish()
    return directive


@pytest.fixture
def directive(units):
    return add_directive(units.office, "81/KH-UBND")


@pytest.mark.parametrize(
    ("name", "state", "pages", "line"),
    [
        ("a.pdf", "done", 9, "2 KB · 9 trang · có lớp chữ"),
        ("a.pdf", "no_text", 3, "2 KB · 3 trang"),
        ("a.docx", "done", 3, "2 KB · 3 trang"),
        ("a.xlsx", "done", None, "2 KB"),
        ("a.pdf", "waiting", None, "2 KB"),
    ],
)
def test_a_row_says_how_many_pages_and_whether_a_pdf_has_a_text_layer(read, directive, name, state, pages, line):
    with_file(directive, add_document(name, state, page_count=pages))
    assert f'<p class="hint">{line}</p>' in read(directive.get_url()).response.content.decode()


def test_a_file_in_the_text_has_the_same_row(read, directive):
    document = add_document(state="done", page_count=9)
    directive.body = [("file", {"document": document, "title": "Phụ lục"})]
    directive.save_revision().publish()
    assert "2 KB · 9 trang · có lớp chữ" in read(directive.get_url()).text


def told(client, page):
    response = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def test_the_editor_of_a_page_is_told_of_its_scans(admin_client, directive):
    with_file(directive, add_document(state="no_text"))
    assert "Kế hoạch 81" in told(admin_client, directive)


def test_the_editor_of_a_page_is_told_of_no_file_that_can_be_read(admin_client, units):
    announcement = add_announcement(units.office, "Lịch tiếp công dân")
    announcement.files.set([AnnouncementFile(document=add_document(state="done"))])
    announcement.save_revision().publish()
    assert told(admin_client, announcement) == ""
