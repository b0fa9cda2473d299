"""Files: read by everybody once a live public page shows them, before and after that only by who works with them."""

import pytest
from django.urls import reverse

from departments.roles import AUTHOR, STAFF_READER
from tests import factories as make


@pytest.fixture(scope="module")
def made(rolled_back):
    section, other = make.add_unit("Phòng Tư pháp", slug="phong-tu-phap"), make.add_unit("Phòng Văn hóa")
    members = [make.add_member(role, section) for role in (AUTHOR, STAFF_READER)]
    return [section, make.add_administrator(), *members, make.add_member(AUTHOR, other, name="other")]


@pytest.fixture
def section(db, made):
    return type(made[0]).objects.get(pk=made[0].pk)


@pytest.fixture
def file(section):
    return make.add_file(collection=make.collection_of(section.department))


def page_with(section, file, **values):
    page = make.add_service(section, papers=[make.paper(form=file)], **values)
    page.save_revision()
    return page


def status(client, file):
    response = client.get(file.url)
    b"".join(response)
    return response.status_code


def test_a_file_that_no_page_shows_is_not_given_out(client, file):
    assert status(client, file) == 404


def test_the_file_of_a_draft_is_not_given_out(client, section, file):
    page_with(section, file, live=False)
    assert status(client, file) == 404


@pytest.mark.parametrize("name", ["to-khai.txt", "x", "to-khai.pdf"])
def test_guessing_the_name_does_not_help(client, section, file, name):
    page_with(section, file, live=False)
    assert client.get(reverse("wagtaildocs_serve", args=[file.pk, name])).status_code == 404


def test_the_folder_of_files_is_not_served(client, section, file):
    page_with(section, file, live=False)
    assert client.get(f"/media/{file.file.name}").status_code == 404


def test_the_file_is_given_out_once_the_page_is_live(client, section, file):
    page = page_with(section, file, live=False)
    page.save_revision().publish()
    assert status(client, file) == 200


def test_the_file_is_what_was_put_in(client, section, file):
    page_with(section, file)
    assert b"".join(client.get(file.url)).decode() == "Tờ khai"


def test_the_file_is_no_longer_given_out_when_the_page_is_taken_back(client, section, file):
    page_with(section, file).unpublish()
    assert status(client, file) == 404


def test_the_file_is_still_given_out_while_another_live_page_shows_it(client, section, file):
    page = page_with(section, file)
    page_with(section, file, title="Đăng ký kết hôn")
    page.unpublish()
    assert status(client, file) == 200


def test_the_file_of_a_draft_of_a_live_page_is_not_given_out(client, section, file):
    page = make.add_service(section)
    page.cases = [("case", {"name": "", "papers": [make.paper(form=file)]})]
    page.save_revision()
    assert status(client, file) == 404


def test_the_file_that_a_draft_takes_out_is_given_out_until_it_is_published(client, section, file):
    page = page_with(section, file)
    page.cases = [("case", {"name": "", "papers": [make.paper()]})]
    page.save_revision()
    assert status(client, file) == 200


def test_the_file_that_a_publication_took_out_is_not_given_out(client, section, file):
    page = page_with(section, file)
    page.cases = [("case", {"name": "", "papers": [make.paper()]})]
    page.save_revision().publish()
    assert status(client, file) == 404


def test_the_file_of_a_private_page_is_not_given_out(client, section, file):
    make.restrict(page_with(section, file))
    assert status(client, file) == 404


def test_the_file_of_a_page_below_a_private_section_is_not_given_out(client, section, file):
    page_with(section, file)
    make.restrict(section)
    assert status(client, file) == 404


def test_who_works_with_files_reads_the_file_of_a_draft(client, section, file, made):
    page_with(section, file, live=False)
    client.force_login(made[2])
    assert status(client, file) == 200


def test_authors_of_another_unit_do_not_read_the_file_of_a_draft(client, section, file, made):
    page_with(section, file, live=False)
    client.force_login(made[4])
    assert status(client, file) == 404


def test_staff_who_only_look_things_up_do_not_read_the_file_of_a_draft(client, section, file, made):
    page_with(section, file, live=False)
    client.force_login(made[3])
    assert status(client, file) == 404


def test_a_file_is_never_answered_from_memory(client, section, file):
    page = page_with(section, file)
    status(client, file)
    page.unpublish()
    assert status(client, file) == 404


def test_a_file_that_does_not_exist_is_answered_like_one_that_is_not_published(client, section, file):
    unknown = client.get(reverse("wagtaildocs_serve", args=[999999, "x.pdf"]))
    hidden = client.get(file.url)
    assert unknown.status_code == hidden.status_code
