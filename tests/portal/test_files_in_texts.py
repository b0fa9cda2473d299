"""Files in the text of pages of every kind: found by what they say, from the moment they are read until they go."""

import pytest
from django.contrib.messages import get_messages
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.models import Locale

from core.file_text.records import read_document
from core.models import PortalDocument
from core.page_cache import forget
from home.models import ContentPage, HomePage
from search.models import SearchEntry
from tests import factories as make
from tests.announcements.conftest import add_announcement, add_directive
from tests.core import files_made as made

pytestmark = pytest.mark.django_db

WORDS = "Trạm bơm Tân Hưng vận hành suốt mùa khô"
QUESTION = "tram bom tan hung"


def add_document(words: str = WORDS) -> PortalDocument:
    file = ContentFile(made.docx(words), name="phu-luc.docx")
    return PortalDocument.objects.create(title="Phụ lục thủy lợi", file=file)


LINK = '<p>Xem <a id="{}" linktype="document">phụ lục</a>.</p>'


def add_plain_page(body):
    home = HomePage.objects.get(locale__language_code="vi")
    page = ContentPage(title="Giới thiệu", body=body, locale=Locale.objects.get(pk=home.locale_id))
    return home.add_child(instance=page)


def block(file, title=""):
    return [("file", {"document": file, "title": title})]


PAGES = {
    "service": lambda file: make.add_service(make.add_unit(), papers=[make.paper(), make.paper(form=file)]),
    "document": lambda file: add_directive(make.add_unit(), "81/KH-UBND", body=block(file)),
    "announcement": lambda file: add_announcement(make.add_unit(), "Lịch cắt nước", body=block(file)),
    "unit": lambda file: make.add_section(make.add_unit().department, "en", duties=block(file)),
    "plain page": lambda file: add_plain_page(block(file)),
    "link in running text": lambda file: add_plain_page([("text", LINK.format(file.pk))]),
}


@pytest.fixture(params=PAGES)
def shown(request):
    """A file and a page that shows it; the file is not yet read."""
    file = add_document()
    return file, PAGES[request.param](file)


@pytest.fixture
def found(client, committed):
    """The hit of a page for the question, or None."""

    def found(page):
        with committed():
            forget()
        items = client.get("/api/v1/search", {"q": QUESTION, "locale": page.locale.language_code}).json()["items"]
        return next((item for item in items if item["id"] == page.pk), None)

    return found


def test_a_page_is_found_by_its_file_once_it_is_read(found, shown):
    file, page = shown
    assert found(page) is None
    read_document(file)
    hit = found(page)
    assert hit["file"] == "Phụ lục thủy lợi"
    assert WORDS in hit["extract"].replace("<mark>", "").replace("</mark>", "")


def test_a_page_is_found_by_a_file_that_was_read_before(found):
    file = add_document()
    read_document(file)
    assert found(add_plain_page(block(file)))


def test_a_file_that_is_deleted_takes_its_words_with_it(found, shown):
    file, page = shown
    read_document(file)
    assert found(page)
    PortalDocument.objects.get(pk=file.pk).delete()
    assert found(page) is None


def test_a_file_that_is_replaced_is_no_longer_found_by_what_the_old_one_said(found, shown):
    file, page = shown
    read_document(file)
    file = PortalDocument.objects.get(pk=file.pk)
    file.file = ContentFile(made.docx("Lịch tiếp công dân"), name="khac.docx")
    file.save()
    assert found(page) is None
    read_document(file)
    assert found(page) is None


def test_a_file_that_replaces_another_is_found_by_what_it_says(found, shown):
    file, page = shown
    file.file = ContentFile(made.docx("Lịch tiếp công dân"), name="khac.docx")
    file.save()
    read_document(file)
    file = PortalDocument.objects.get(pk=file.pk)
    file.file = ContentFile(made.docx(WORDS), name="moi.docx")
    file.save()
    read_document(file)
    assert found(page)


def test_a_file_that_only_a_draft_shows_is_not_found(found):
    file, page = add_document(), add_plain_page([])
    page.body = block(file)
    page.save_revision()
    read_document(file)
    assert found(page) is None


def test_a_block_names_its_file_as_the_page_does(found):
    file = add_document()
    read_document(file)
    assert found(add_plain_page(block(file, "Quy trình vận hành")))["file"] == "Quy trình vận hành"


def test_a_file_that_a_page_shows_twice_is_read_once(found):
    file = add_document()
    read_document(file)
    page = add_plain_page([("text", LINK.format(file.pk)), *block(file, "Quy trình vận hành")])
    assert found(page)["file"] == "Quy trình vận hành"
    assert len(SearchEntry.objects.get(pk=page.pk).files) == 1


def test_the_editor_of_a_page_is_told_of_a_scan_in_its_text(admin_client, shown):
    file, page = shown
    PortalDocument.objects.filter(pk=file.pk).update(text_state="no_text", text_made_from=file.file.name)
    response = admin_client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert any(file.title in str(message) for message in get_messages(response.wsgi_request))
