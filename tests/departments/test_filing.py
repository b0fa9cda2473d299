"""Files that were there before units had collections go to the unit whose pages alone show them."""

import io

import pytest
from django.core.management import CommandError, call_command

from tests import factories as make


@pytest.fixture(scope="module")
def made(rolled_back):
    return make.add_unit("Phòng Tư pháp"), make.add_unit("Phòng Văn hóa")


@pytest.fixture
def sections(db, made):
    return [type(section).objects.get(pk=section.pk) for section in made]


def show(file, *sections):
    for number, section in enumerate(sections):
        make.add_service(section, f"Thủ tục {number}", papers=[make.paper(form=file)]).save_revision()


def sync():
    said = io.StringIO()
    call_command("sync_departments", "--file", stdout=said)
    return said.getvalue()


def place(file):
    file.refresh_from_db()
    return file.collection.name


def test_what_only_one_units_pages_show_goes_to_its_collection(sections):
    file = make.add_file()
    show(file, sections[0], sections[0])
    assert "1 files moved" in sync()
    assert place(file) == "Phòng Tư pháp"


def test_what_two_units_or_nobody_shows_stays_with_the_board(sections):
    shared, unused = make.add_file("chung.txt"), make.add_file("thua.txt")
    show(shared, *sections)
    assert "0 files moved" in sync()
    assert {place(shared), place(unused)} == {"Root"}


def test_what_lies_in_a_units_collection_stays_there(sections):
    sync()
    file = make.add_file(collection=make.collection_of(sections[1].department))
    show(file, sections[0])
    sync()
    assert place(file) == "Phòng Văn hóa"


def test_without_being_asked_no_file_is_moved(sections):
    file = make.add_file()
    show(file, sections[0])
    call_command("sync_departments", stdout=io.StringIO())
    assert place(file) == "Root"


def test_it_is_not_tried_without_moving_files(sections):
    with pytest.raises(CommandError):
        call_command("sync_departments", "--file", "--dry-run")
