"""Pictures: seen by everybody while something public shows them, before and after that by who works with them."""

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.http import urlencode
from wagtail.models import Collection

from departments.models import Department, DepartmentPage
from departments.roles import AUTHOR, PUBLISHER, STAFF_READER
from home.models import SiteSettings
from tests import factories as make


@pytest.fixture(scope="module")
def made(rolled_back):
    own, other = make.add_unit("Phòng Tư pháp"), make.add_unit("Phòng Văn hóa")
    return {
        "own": own,
        "author": make.add_member(AUTHOR, own),
        "stranger": make.add_member(AUTHOR, other, name="other"),
        "staff": make.add_member(STAFF_READER),
        "publisher": make.add_member(PUBLISHER),
    }


@pytest.fixture
def picture(db, made):
    cache.clear()  # Wagtail remembers sizes by the number of the picture, which the next test uses again
    return make.add_picture(collection=make.collection_of(made["own"].department))


def page_with(picture, **values):
    figure = {"image": picture, "alternative_text": "Lễ hội", "caption": ""}
    unit = Department.objects.create(name="Ban quản lý di tích", kind="public_unit")
    page = make.add_section(unit, duties=[("figure", figure)], **values)
    page.save_revision()
    return DepartmentPage.objects.get(pk=page.pk)


def look(client, picture, spec="width-40"):
    response = client.get(picture.get_rendition(spec).url)
    if response.status_code == 200:
        b"".join(response.streaming_content)
    return response


def status(client, picture):
    return look(client, picture).status_code


def test_a_picture_that_nothing_shows_is_not_given_out(client, picture):
    assert status(client, picture) == 404


def test_the_picture_of_a_draft_is_not_given_out(client, picture):
    page_with(picture, live=False)
    assert status(client, picture) == 404


def test_the_picture_is_given_out_once_the_page_is_live(client, picture):
    page_with(picture, live=False).save_revision().publish()
    assert status(client, picture) == 200


def test_the_new_picture_of_a_draft_of_a_live_page_is_not_given_out(client, picture, made):
    page = page_with(picture)
    other = make.add_picture("moi.png")
    page.duties = [("figure", {"image": other, "alternative_text": "Mới", "caption": ""})]
    page.save_revision()
    assert (status(client, picture), status(client, other)) == (200, 404)


def test_a_public_picture_may_be_kept_by_browsers_and_proxies(client, picture):
    page_with(picture)
    answer = look(client, picture)
    assert answer["Cache-Control"] == "public, max-age=3600"
    assert "Cookie" not in answer.get("Vary", "")


def test_an_unpublished_picture_is_kept_by_nobody(client, picture, made):
    client.force_login(made["author"])
    answer = look(client, picture)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(("who", "may"), [("author", True), ("publisher", True), ("stranger", False), ("staff", False)])
def test_who_of_the_staff_sees_the_picture_of_a_draft(client, picture, made, who, may):
    page_with(picture, live=False)
    client.force_login(made[who])
    assert (status(client, picture) == 200) == may


def test_the_picture_of_a_private_page_is_shown_to_those_who_may_read_it(client, picture, made):
    make.restrict(page_with(picture))
    assert status(client, picture) == 404
    client.force_login(made["staff"])
    assert status(client, picture) == 200


def test_the_emblem_is_given_out(client, picture):
    settings = SiteSettings.objects.get()
    settings.emblem = picture
    settings.save()
    assert status(client, picture) == 200


@pytest.mark.parametrize(
    "name", ["le-hoi.width-41.png", "../original_images/le-hoi.png", "x", "..%2f..%2fportal.sqlite3"]
)
def test_guessing_names_does_not_help(client, picture, name):
    page_with(picture)
    assert client.get(f"/media/images/{name}").status_code == 404


def test_the_original_is_not_served(client, picture):
    page_with(picture)
    assert client.get(f"/media/{picture.file.name}").status_code == 404


def test_it_is_no_longer_given_out_when_the_page_is_taken_back(client, picture, committed):
    with committed():
        page = page_with(picture)
    assert status(client, picture) == 200
    with committed():
        page.unpublish()
    assert status(client, picture) == 404


def test_it_is_asked_once_whether_a_picture_is_public(client, picture, committed, django_assert_max_num_queries):
    with committed():
        page_with(picture)
    url = picture.get_rendition("width-40").url
    client.get(url).close()
    with django_assert_max_num_queries(2):
        client.get(url).close()


# --- the admin's doors ---------------------------------------------------------------------------------------------


def test_another_units_author_learns_nothing_of_a_picture_in_the_admin(client, picture, made):
    client.force_login(made["stranger"])
    doors = [
        reverse("wagtailimages:edit", args=[picture.pk]),
        reverse("wagtailimages:image_usage", args=[picture.pk]),
        reverse("wagtailimages:preview", args=[picture.pk, "width-40"]),
        reverse("wagtailimages_chooser:chosen", args=[picture.pk]),
        reverse("wagtailimages_chooser:choose"),
        reverse("wagtailimages:index"),
        "/admin/api/main/images/",
        f"/admin/api/main/images/{picture.pk}/",
    ]
    told = [url for url in doors if picture.title in client.get(url).content.decode()]
    assert told == []


def test_its_own_authors_find_it_there(client, picture, made):
    client.force_login(made["author"])
    for url in (reverse("wagtailimages_chooser:choose"), "/admin/api/main/images/"):
        assert picture.title in client.get(url).content.decode()


@pytest.mark.parametrize(("who", "may"), [("author", False), ("publisher", True), ("stranger", False)])
def test_who_deletes_the_picture_of_a_unit(client, picture, made, who, may):
    client.force_login(made[who])
    client.post(reverse("wagtailimages:delete", args=[picture.pk]))
    assert (not type(picture).objects.filter(pk=picture.pk).exists()) == may


@pytest.mark.parametrize(("who", "may"), [("author", True), ("publisher", True), ("stranger", False)])
def test_who_adds_pictures_to_the_collection_of_a_unit(client, made, db, who, may):
    client.force_login(made[who])
    collection = make.collection_of(made["own"].department)
    file = SimpleUploadedFile("anh-moi.png", make.get_test_image_file("anh-moi.png").file.getvalue(), "image/png")
    data = {"title": "Ảnh mới", "file": file, "collection": collection.pk, "tags": ""}
    data |= dict.fromkeys(("alt_text", "description", "focal_point_x", "focal_point_y"), "")
    client.post(reverse("wagtailimages:add"), data)
    assert make.PortalImage.objects.filter(title="Ảnh mới", collection=collection).exists() == may


def test_a_picture_is_not_moved_into_another_units_collection_in_bulk(client, picture, made):
    elsewhere = Collection.objects.get(name="Phòng Văn hóa")
    client.force_login(made["author"])
    url = reverse("wagtail_bulk_action", args=["core", "portalimage", "add_to_collection"])
    client.post(f"{url}?{urlencode({'id': picture.pk})}", {"collection": elsewhere.pk})
    picture.refresh_from_db()
    assert picture.collection != elsewhere
