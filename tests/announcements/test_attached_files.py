"""Files of documents and announcements: what their rows say, and what editors are told of them."""

import pytest
from django.contrib.messages import get_messages
from django.core.files.base import ContentFile
from django.db import connection
from django.urls import reverse

from announcements.models import AnnouncementFile, DirectiveFile
from core import page_cache
from core.models import DocumentText, PortalDocument
from core.page_cache import forget
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


# --- search ----------------------------------------------------------------------------------------------------------


def say(document, text):
    """The text of the file has arrived."""
    DocumentText.objects.update_or_create(document=document, defaults={"text": text})
    document.text_state = "done"
    document.save()


@pytest.fixture
def found(client, directive):
    """Ask the results page; the directive's row, or None, and the markup are returned."""

    def found(question):
        connection.run_on_commit.clear()
        page_cache.touch()
        forget()
        response = client.get("/tim-kiem/", {"q": question})
        shown = [response.context_data["best"], *response.context_data["listing"].rows]
        rows = [row for row in shown if row and row["page_id"] == str(directive.pk)]
        return (rows[0] if rows else None), response.content.decode()

    return found


WORDS = "Điều 3. Phân công\nTrạm bơm Tân Hưng vận hành suốt mùa khô."


def test_a_page_is_found_by_what_its_file_says_as_soon_as_it_was_read(found, directive):
    document = add_document()
    with_file(directive, document)
    assert found("tram bom tan hung")[0] is None
    say(document, WORDS)
    hit, markup = found("tram bom tan hung")
    assert hit["file"] == "Bản ký số"
    assert "“Bản ký số”" in markup
    assert "<mark>Trạm bơm Tân Hưng</mark>" in hit["extract"]


def test_words_far_behind_in_a_file_are_shown(found, directive):
    document = add_document()
    with_file(directive, document)
    say(document, "Căn cứ quy định hiện hành.\n" * 1000 + WORDS)
    assert "Trạm bơm" in found("trạm bơm tân hưng")[0]["extract"]


def test_a_page_that_says_it_itself_names_no_file(found, directive):
    document = add_document()
    with_file(directive, document)
    say(document, "Trích yếu của văn bản")
    assert found("trích yếu 81/KH-UBND")[0]["file"] == ""


def test_what_a_file_says_is_escaped(found, directive):
    document = add_document()
    with_file(directive, document)
    say(document, "Trạm bơm <script>alert(1)</script> Tân Hưng")
    assert "<script>alert" not in found("trạm bơm tân hưng")[1]


def test_a_file_that_goes_takes_its_words_with_it(found, directive):
    document = add_document()
    with_file(directive, document)
    say(document, WORDS)
    directive.files.set([])
    directive.save_revision().publish()
    assert found("tram bom tan hung")[0] is None


def test_the_read_api_names_the_file(client, directive):
    document = add_document()
    with_file(directive, document)
    say(document, WORDS)
    forget()
    items = client.get("/api/v1/search", {"q": "tram bom tan hung"}).json()["items"]
    (item,) = (item for item in items if item["id"] == directive.pk)
    assert item["file"] == "Bản ký số"
    assert "Trạm bơm Tân Hưng" in item["extract"]
