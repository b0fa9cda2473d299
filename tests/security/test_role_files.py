"""What each role may do with files and pictures, and in which collection: by POST, as one table."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import Collection

from core.models import PortalDocument, PortalImage
from departments.roles import ROLES
from tests import factories as make

PLACES = ("own", "other", "board")
ALL = {"add", "change", "delete"}
#: role → what it may do with files of others, by collection
ALLOWED = {
    "superuser": dict.fromkeys(PLACES, ALL),
    "publisher": dict.fromkeys(PLACES, ALL),
    "reviewer": {"own": ALL},
    "author": {"own": {"add"}},
    "translator": {},
    "staff_reader": {},
    "administrator": {},
    "stranger": {},
}
everywhere = pytest.mark.parametrize(("role", "where"), [(role, where) for role in ALLOWED for where in PLACES])
MODELS = {"wagtaildocs": PortalDocument, "wagtailimages": PortalImage}
each_kind = pytest.mark.parametrize("kind", list(MODELS))


def allowed(role, where, action):
    return action in ALLOWED[role].get(where, ())


@pytest.fixture(scope="module")
def made(rolled_back):
    own, other = make.add_unit("Phòng Tư pháp"), make.add_unit("Phòng Văn hóa")
    users = {role.key: make.add_member(role, own) for role in ROLES} | {"superuser": make.add_administrator()}
    collections = [make.collection_of(section.department) for section in (own, other)]
    return users, dict(zip(PLACES, (*collections, Collection.get_first_root_node()), strict=True))


@pytest.fixture
def sign_in(client, db, made):
    def sign_in(role):
        if role in made[0]:
            client.force_login(made[0][role])
        return client

    return sign_in


@pytest.fixture
def place(db, made):
    return made[1].__getitem__


def add(kind, collection):
    made = make.add_file if kind == "wagtaildocs" else make.add_picture
    return made("co-san.png" if kind == "wagtailimages" else "co-san.txt", collection=collection)


def upload(kind):
    if kind == "wagtaildocs":
        return SimpleUploadedFile("moi.txt", b"noi dung")
    return SimpleUploadedFile("moi.png", make.get_test_image_file("moi.png").file.getvalue(), "image/png")


def form(collection, **values):
    names = ("tags", "alt_text", "description", "focal_point_x", "focal_point_y", "focal_point_width")
    return {**dict.fromkeys((*names, "focal_point_height"), ""), "title": "Mới", "collection": collection.pk, **values}


@each_kind
@everywhere
def test_who_adds_files_where(sign_in, place, kind, role, where):
    sign_in(role).post(reverse(f"{kind}:add"), form(place(where), file=upload(kind)))
    assert MODELS[kind].objects.filter(title="Mới", collection=place(where)).exists() == allowed(role, where, "add")


@each_kind
@everywhere
def test_who_adds_several_files_at_once_where(sign_in, place, kind, role, where):
    data = form(place(where)) | {"files[]": upload(kind)}
    sign_in(role).post(reverse(f"{kind}:add_multiple"), data, headers={"x-requested-with": "XMLHttpRequest"})
    assert MODELS[kind].objects.filter(collection=place(where)).exists() == allowed(role, where, "add")


@each_kind
@everywhere
def test_who_changes_files_where(sign_in, place, kind, role, where):
    file = add(kind, place(where))
    sign_in(role).post(reverse(f"{kind}:edit", args=[file.pk]), form(place(where)))
    file.refresh_from_db()
    assert (file.title == "Mới") == allowed(role, where, "change")


@each_kind
@everywhere
def test_who_deletes_files_where(sign_in, place, kind, role, where):
    file = add(kind, place(where))
    sign_in(role).post(reverse(f"{kind}:delete", args=[file.pk]))
    assert (not MODELS[kind].objects.filter(pk=file.pk).exists()) == allowed(role, where, "delete")


@each_kind
@everywhere
def test_who_deletes_files_in_bulk_where(sign_in, place, kind, role, where):
    file = add(kind, place(where))
    url = reverse("wagtail_bulk_action", args=["core", MODELS[kind]._meta.model_name, "delete"])
    sign_in(role).post(f"{url}?id={file.pk}")
    assert (not MODELS[kind].objects.filter(pk=file.pk).exists()) == allowed(role, where, "delete")


@each_kind
def test_authors_change_what_they_added_themselves(sign_in, place, made, kind):
    file = add(kind, place("own"))
    MODELS[kind].objects.update(uploaded_by_user=made[0]["author"])
    sign_in("author").post(reverse(f"{kind}:edit", args=[file.pk]), form(place("own")))
    file.refresh_from_db()
    assert file.title == "Mới"


@each_kind
def test_nobody_moves_a_file_into_another_units_collection(sign_in, place, kind):
    file = add(kind, place("own"))
    sign_in("reviewer").post(reverse(f"{kind}:edit", args=[file.pk]), form(place("other")))
    file.refresh_from_db()
    assert file.collection == place("own")


@pytest.mark.parametrize("role", ["author", "reviewer", "translator", "staff_reader", "administrator"])
@pytest.mark.parametrize("where", ["other", "board"])
def test_no_door_of_the_admin_names_files_of_others(sign_in, place, role, where):
    file = add("wagtaildocs", place(where))
    doors = [
        reverse("wagtaildocs:index"),
        reverse("wagtaildocs:index_results"),
        reverse("wagtaildocs:edit", args=[file.pk]),
        reverse("wagtaildocs:document_usage", args=[file.pk]),
        reverse("wagtaildocs_chooser:choose"),
        reverse("wagtaildocs_chooser:choose_results"),
        reverse("wagtaildocs_chooser:chosen", args=[file.pk]),
        "/admin/api/main/documents/",
        f"/admin/api/main/documents/{file.pk}/",
    ]
    client = sign_in(role)
    assert [url for url in doors if file.title in client.get(url).content.decode()] == []
