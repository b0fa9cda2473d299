"""A file of citizens' words is loaded: whole or not at all, and never over what staff changed."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from search import vocabulary_file
from search.models import VocabularyEntry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_words():
    VocabularyEntry.objects.all().delete()


FILE = (
    "# đất đai\nphrase\treadings\tgroup\nsổ đỏ\tgiấy chứng nhận | cấp giấy chứng nhận\tđất đai\n"
    "giấy độc thân\ttình trạng hôn nhân\n"
)


@pytest.fixture
def load(tmp_path):
    def load(text=FILE, *options):
        file, said = tmp_path / "tu.tsv", StringIO()
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        call_command("load_vocabulary", file, *options, stdout=said)
        return said.getvalue()

    return load


def stored():
    return {entry.phrase: entry.readings for entry in VocabularyEntry.objects.all()}


def test_a_file_is_loaded_once(load):
    load()
    assert stored() == {
        "sổ đỏ": "giấy chứng nhận\ncấp giấy chứng nhận",
        "giấy độc thân": "tình trạng hôn nhân",
    }
    before = list(VocabularyEntry.objects.values())
    load()
    assert list(VocabularyEntry.objects.values()) == before
    assert all(entry["is_shipped"] for entry in before)


def test_a_newer_file_changes_what_was_shipped_and_leaves_what_staff_changed(load):
    load()
    VocabularyEntry.objects.filter(folded="so do").update(readings="sổ của xã", is_shipped=False)
    newer = FILE.replace("giấy chứng nhận |", "giấy khác |").replace("tình trạng", "xác nhận tình trạng")
    load(newer)
    assert stored() == {"sổ đỏ": "sổ của xã", "giấy độc thân": "xác nhận tình trạng hôn nhân"}
    load(newer, "--replace")
    assert stored()["sổ đỏ"] == "giấy khác\ncấp giấy chứng nhận"


def test_words_that_staff_switched_off_stay_off(load):
    load()
    VocabularyEntry.objects.filter(folded="so do").update(is_active=False, is_shipped=False)
    load()
    assert not VocabularyEntry.objects.get(folded="so do").is_active


def test_a_dry_run_says_what_would_be_done(load):
    said = load(FILE, "--dry-run")
    assert "sổ đỏ" in said
    assert not VocabularyEntry.objects.exists()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("sổ đỏ\n", (1, "columns")),
        ("# x\n\nsổ đỏ\t\n", (3, "readings")),
        ("sổ đỏ\ta | | b\n", (1, "readings")),
        ("x\tgiấy\n", (1, "phrase")),
        ("sổ đỏ\tgiấy\nSO DO\tgiấy\n", (2, "phrase")),
        (f"{'sổ' * 61}\tgiấy\n", (1, "phrase")),
        (f"sổ đỏ\tgiấy\t{'x' * 41}\n", (1, "group")),
    ],
)
def test_an_error_names_line_and_column_and_nothing_is_loaded(load, text, place):
    with pytest.raises(vocabulary_file.FaultyFile) as error:
        vocabulary_file.parse(text)
    assert [(fault.line, fault.column) for fault in error.value.faults] == [place]
    with pytest.raises(CommandError, match=place[1]):
        load(f"giấy độc thân\ttình trạng hôn nhân\n{text}")
    assert not VocabularyEntry.objects.exists()


def test_a_file_that_cannot_be_read_is_said(load):
    with pytest.raises(CommandError):
        load(b"\xff\xfe\x00")
    with pytest.raises(CommandError):
        call_command("load_vocabulary", "/nowhere/tu.tsv")


def test_a_fresh_portal_has_the_shipped_words_and_a_used_one_keeps_its_own(tmp_path, monkeypatch):
    file = tmp_path / "vi.tsv"
    file.write_text(FILE, encoding="utf-8")
    monkeypatch.setattr(vocabulary_file, "SHIPPED", file)
    vocabulary_file.ensure_vocabulary()
    assert len(stored()) == 2
    VocabularyEntry.objects.get(folded="so do").delete()
    vocabulary_file.ensure_vocabulary()
    assert list(stored()) == ["giấy độc thân"]


def test_the_shipped_file_can_be_loaded_with_few_statements(django_assert_max_num_queries):
    rows = vocabulary_file.parse(vocabulary_file.SHIPPED.read_text(encoding="utf-8"))
    with django_assert_max_num_queries(25):
        report = vocabulary_file.load(rows)
    assert len(report.added) == len(rows)
    assert connection.in_atomic_block
