"""Text is taken out of files, and no file can harm the process that asks for it."""

import io
import subprocess
import sys

import pytest

from core.file_text import extraction, limits
from core.file_text.extraction import Problem, State, extract, readable
from tests.core import files_made as made


def read(content: bytes, name: str = "tep.pdf", **values):
    return extract(io.BytesIO(content), name, **values)


@pytest.mark.parametrize(
    ("content", "name", "words", "pages"),
    [
        pytest.param(made.pdf(), "a.pdf", made.SENTENCE, 2, id="pdf"),
        pytest.param(made.docx(), "a.docx", made.VIETNAMESE, 3, id="docx"),
        pytest.param(made.odt(), "a.odt", made.VIETNAMESE, 4, id="odt"),
        pytest.param(made.xlsx(), "a.xlsx", f"{made.VIETNAMESE} 45", None, id="xlsx"),
    ],
)
def test_the_text_of_a_file_is_read(content, name, words, pages):
    found = read(content, name)
    assert (found.state, found.pages, found.problem) == (State.DONE, pages, "")
    assert words in found.text


def test_paragraphs_are_lines_and_runs_are_not():
    assert "Mục tiêu chung, năm" in read(made.odt(), "a.odt").text.splitlines()
    assert read(made.docx("Một", "Hai"), "a.docx").text.splitlines() == ["Một", "Hai", "Theo mẫu"]


def test_a_scan_has_no_text_layer():
    found = read(made.scanned_pdf())
    assert (found.state, found.pages, found.text) == (State.NO_TEXT, 3, "")


def test_a_stamp_on_a_scan_is_no_text_layer():
    assert read(made.scanned_pdf(stamp="Den 45/VP 12/02")).state == State.NO_TEXT


def test_an_encrypted_pdf_is_said_to_be_encrypted():
    found = read(made.encrypted_pdf())
    assert (found.state, found.problem) == (State.FAILED, Problem.ENCRYPTED)


@pytest.mark.parametrize(
    "content",
    [made.pdf()[:60], made.docx()[:-80], b"PK\x03\x04" + b"\0" * 900, b"%PDF-1.7\n" + bytes(range(256)) * 40],
    ids=["truncated pdf", "truncated docx", "no zip", "noise"],
)
def test_a_broken_file_is_said_to_be_damaged(content):
    found = read(content)
    assert (found.state, found.problem) == (State.FAILED, Problem.DAMAGED)


def test_the_content_says_what_a_file_is_and_not_its_name():
    assert made.SENTENCE in read(made.pdf(), "a.docx").text
    assert made.VIETNAMESE in read(made.docx(), "a.pdf").text


def test_a_file_that_is_not_what_its_name_says_is_reported():
    found = read("Tờ khai".encode(), "to-khai.pdf")
    assert (found.state, found.problem) == (State.FAILED, Problem.MISNAMED)


@pytest.mark.parametrize("name", ["to-khai.txt", "to-khai.doc", "to-khai.zip", "to-khai"])
def test_other_kinds_of_files_are_not_read(name):
    assert read("Tờ khai".encode(), name).state == State.NOT_READ


def test_an_empty_file_is_no_error():
    assert read(b"", "a.txt").state == State.NOT_READ


def test_a_zip_bomb_is_not_unpacked():
    assert read(made.zip_bomb(), "a.docx").state == State.TOO_LARGE


def test_entities_that_multiply_are_refused():
    assert read(made.entity_bomb(), "a.docx").problem == Problem.DAMAGED


def test_a_pdf_that_unpacks_to_very_much_is_given_up_in_time():
    assert read(made.swollen_pdf(megabytes=200), seconds=30).state != State.DONE


def test_a_file_that_is_too_large_is_not_opened(monkeypatch):
    monkeypatch.setattr(limits, "LARGEST_FILE", 100)
    monkeypatch.setattr(extraction, "_run", lambda *_args: pytest.fail("it was opened"))
    assert read(made.pdf()).state == State.TOO_LARGE


def test_reading_that_takes_too_long_is_ended():
    found = read(made.pdf(), seconds=0.01)
    assert (found.state, found.problem) == (State.FAILED, Problem.SLOW)


def test_no_more_is_kept_than_the_limit():
    found = read(made.docx(*["chữ " * 1000] * 100), "a.docx")
    assert (found.state, len(found.text) <= limits.LONGEST_TEXT) == (State.DONE, True)


@pytest.fixture
def reading_process(monkeypatch):
    """Call it with Python code: it runs in the place of the reading process."""
    real = subprocess.run

    def replace(code: str) -> None:
        monkeypatch.setattr(subprocess, "run", lambda _command, **kept: real([sys.executable, "-c", code], **kept))

    return replace


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("while True: pass", Problem.SLOW),
        ("import os; os.kill(os.getpid(), 9)", Problem.MEMORY),
        ("import sys; sys.exit(3)", Problem.DAMAGED),
        ("print('[' * 90000)", Problem.DAMAGED),
        ('print(\'{"state": "ok"}\')', Problem.DAMAGED),
        ("import sys; sys.stdout.write('x' * 10**8)", Problem.DAMAGED),
    ],
    ids=["burns the processor", "is killed", "fails", "says nonsense", "says what it may not", "floods"],
)
def test_whatever_the_reading_process_does_is_understood(reading_process, line, problem):
    reading_process(f"from core.file_text.child import limit; limit(10**9, 1)\n{line}")
    assert read(b"", "a.pdf").problem == problem


def test_the_reading_process_has_only_the_memory_it_is_given():
    code = "from core.file_text.child import limit; limit(3 * 10**8, 5); bytearray(10**9)"
    run = subprocess.run([sys.executable, "-c", code], cwd=extraction.ROOT, capture_output=True, text=True)
    assert "MemoryError" in run.stderr


def test_the_reading_process_sees_no_secret(reading_process, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "bi-mat")
    reading_process("import json, os; print(json.dumps({'state': 'done', 'text': str(dict(os.environ))}))")
    variables = read(b"", "a.pdf").text
    assert "PYTHONUTF8" in variables
    assert "bi-mat" not in variables


def test_text_is_kept_without_what_cannot_be_stored():
    assert readable("a\0b\ud800c\u00ad  d\n\n\te\u0065\u0302") == "abc d\neê"
