"""What was read of a file is kept beside it, shown to its editors, and follows the file."""

from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.urls import reverse
from django.utils.html import escape

from core.file_text import records
from core.file_text.extraction import State
from core.file_text.records import read_document
from core.models import DocumentText, PortalDocument
from core.tasks import read_missed_files
from tests.core import files_made as made

pytestmark = pytest.mark.django_db


def add_document(content: bytes, name: str = "ke-hoach.pdf", title: str = "Kế hoạch") -> PortalDocument:
    return PortalDocument.objects.create(title=title, file=ContentFile(content, name=name))


def fresh(document: PortalDocument) -> PortalDocument:
    return PortalDocument.objects.select_related("text_row").get(pk=document.pk)


def read(content: bytes, name: str = "ke-hoach.pdf") -> PortalDocument:
    document = add_document(content, name)
    read_document(document)
    return fresh(document)


def test_a_new_file_is_read_by_the_worker(committed, run_queued_tasks):
    with committed():
        document = add_document(made.pdf())
    assert fresh(document).text_state == State.WAITING
    assert "core.tasks.read_file_text" in run_queued_tasks()
    found = fresh(document)
    assert (found.text_state, found.page_count) == (State.DONE, 2)
    assert made.SENTENCE in found.text_row.text


def test_a_file_put_in_the_place_of_another_is_read_anew(committed, run_queued_tasks):
    document = read(made.pdf())
    document.file = ContentFile(made.docx(), name="ke-hoach.docx")
    with committed():
        document.save()
    waiting = fresh(document)
    assert (waiting.text_state, waiting.page_count) == (State.WAITING, None)
    run_queued_tasks()
    assert made.VIETNAMESE in fresh(document).text_row.text


def test_a_new_title_does_not_make_a_file_be_read_again(committed, run_queued_tasks):
    document = read(made.pdf())
    document.title = "Kế hoạch năm 2019"
    with committed():
        document.save()
    assert run_queued_tasks() == []
    assert fresh(document).text_state == State.DONE


def test_a_text_that_comes_when_the_file_was_replaced_is_thrown_away(monkeypatch):
    document = add_document(made.pdf())
    other = add_document(made.docx(), "khac.docx").file.name

    def replaced_meanwhile(file, name):
        PortalDocument.objects.filter(pk=document.pk).update(file=other)
        return real(file, name)

    real = records.extract
    monkeypatch.setattr(records, "extract", replaced_meanwhile)
    read_document(document)
    assert fresh(document).text_state == State.WAITING
    assert not DocumentText.objects.filter(document=document).exists()


def test_a_file_that_was_missed_is_found_by_the_scheduled_job():
    document = add_document(made.pdf())
    read_missed_files.call()
    assert fresh(document).text_state == State.DONE


def test_the_command_reads_what_waits_and_with_all_everything():
    read(made.pdf())
    said = StringIO()
    add_document(made.scanned_pdf())
    call_command("extract_file_text", stdout=said)
    assert "1 no_text" in said.getvalue()
    assert "1 files read" in said.getvalue()
    call_command("extract_file_text", "--all", stdout=said)
    assert "2 files read" in said.getvalue()


def test_a_file_that_is_gone_is_recorded_and_raises_nothing():
    document = add_document(made.pdf())
    document.file.storage.delete(document.file.name)
    read_document(document)
    assert (fresh(document).text_state, fresh(document).text_problem) == (State.FAILED, "missing")


def test_a_file_that_cannot_be_read_is_logged(caplog):
    document = read(made.encrypted_pdf())
    assert f"No text of file {document.pk}" in caplog.text


def test_an_earlier_text_goes_when_the_new_file_has_none():
    document = read(made.pdf())
    document.file = ContentFile(made.scanned_pdf(), name="quet.pdf")
    document.save()
    read_document(document)
    assert not DocumentText.objects.filter(document=document).exists()


# --- what editors see ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [made.scanned_pdf(), made.encrypted_pdf()], ids=["scan", "encrypted"])
def test_the_editor_of_a_file_is_told_why_nobody_will_find_it(admin_client, content):
    document = read(content)
    shown = admin_client.get(reverse("wagtaildocs:edit", args=[document.pk])).content.decode()
    assert document.text_notice
    assert escape(document.text_notice) in shown


def test_the_editor_of_a_readable_file_is_told_nothing(admin_client):
    document = read(made.pdf())
    assert document.text_notice == ""
    assert "help-warning" not in admin_client.get(reverse("wagtaildocs:edit", args=[document.pk])).content.decode()


def test_the_list_of_files_shows_the_state_and_filters_by_it(admin_client):
    PortalDocument.objects.filter(pk=read(made.scanned_pdf(), "quet.pdf").pk).update(title="Bản quét")
    state = read(made.pdf()).get_text_state_display()
    for url in (reverse("wagtaildocs:index"), reverse("wagtaildocs:index_results")):
        listed = admin_client.get(url).content.decode()
        assert "Bản quét" in listed and "Kế hoạch" in listed and state in listed
        filtered = admin_client.get(url, {"text_state": "no_text"}).content.decode()
        assert "Bản quét" in filtered and "Kế hoạch" not in filtered
