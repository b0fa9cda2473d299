"""What each role may do, and where: by POST, as one table."""

from functools import partial

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.models import PortalDocument
from departments.roles import ADMINISTRATOR, AUTHOR, PUBLISHER, REVIEWER, STAFF_READER, TRANSLATOR
from home.models import SiteSettings
from services.models import MaturityRecord, Procedure, ServicePage
from tests import factories as make

SECTIONS = ("own", "other", "english")
DO = ("create", "edit")
#: role → what it may do, by section
ALLOWED = {
    "superuser": {section: set(DO) for section in SECTIONS},
    "administrator": {},
    "publisher": {section: set(DO) for section in SECTIONS},
    "reviewer": {"own": set(DO), "english": set(DO)},
    "author": {"own": {"create", "edit"}, "english": {"create", "edit"}},
    "translator": {"english": {"create", "edit"}},
    "staff_reader": {},
    "stranger": {},
}
TABLE = [(role, section, action) for role in ALLOWED for section in SECTIONS for action in DO]


def allowed(role, section, action):
    return action in ALLOWED[role].get(section, ())


@pytest.fixture(scope="module")
def made(rolled_back):
    own, other = make.add_unit("Phòng Tư pháp"), make.add_unit("Phòng Văn hóa")
    english = make.add_section(own.department, "en", title="Justice Division")
    sections = dict(zip(SECTIONS, (own, other, english), strict=True))
    pages = {name: make.add_service(section, f"Thủ tục {name}") for name, section in sections.items()}
    users = {
        "superuser": make.add_administrator(),
        **{
            role.key: make.add_member(role, own)
            for role in (ADMINISTRATOR, PUBLISHER, REVIEWER, AUTHOR, TRANSLATOR, STAFF_READER)
        },
    }
    return {"sections": sections, "pages": pages, "users": users}


@pytest.fixture
def sign_in(client, db, made):
    def sign_in(role):
        if role in made["users"]:
            client.force_login(made["users"][role])
        return client

    return sign_in


@pytest.fixture
def section(db, made):
    return lambda name: type(made["sections"][name]).objects.get(pk=made["sections"][name].pk)


@pytest.fixture
def page(db, made):
    return lambda name: ServicePage.objects.get(pk=made["pages"][name].pk)


def create(client, section):
    new = make.new_service(section, "Thủ tục mới")
    url = reverse("wagtailadmin_pages:add", args=["services", "servicepage", section.pk])
    client.post(url, make.service_form(new))
    return ServicePage.objects.filter(title="Thủ tục mới").exists()


def edit(client, page, *actions):
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    client.post(url, make.service_form(page, *actions, conditions="Điều kiện mới"))
    return ServicePage.objects.get(pk=page.pk)


@pytest.mark.parametrize(("role", "where"), [(role, where) for role, where, action in TABLE if action == "create"])
def test_who_creates_pages_where(sign_in, section, role, where):
    assert create(sign_in(role), section(where)) == allowed(role, where, "create")


@pytest.mark.parametrize(("role", "where"), [(role, where) for role, where, action in TABLE if action == "edit"])
def test_who_edits_pages_where(sign_in, page, role, where):
    draft = edit(sign_in(role), page(where)).get_latest_revision_as_object()
    assert (draft.conditions == "Điều kiện mới") == allowed(role, where, "edit")


# --- records, files, settings --------------------------------------------------------------------------------------

KEEPERS = {"superuser", "publisher"}
EVERYWHERE = {"superuser", "publisher"}
UPLOADERS = {*EVERYWHERE, "reviewer", "author"}
each_role = partial(pytest.mark.parametrize, "role")(list(ALLOWED))


@each_role
def test_who_records_levels(sign_in, page, role):
    procedure = page("own").procedure
    data = {"procedure": procedure.pk, "level": 1, "date": "2019-01-01", "information": "on"}
    data |= dict.fromkeys(("unit", "extent", "decision_number", "decision_page", "note"), "")
    sign_in(role).post(reverse("wagtailsnippets_services_maturityrecord:add"), data)
    assert MaturityRecord.objects.filter(procedure=procedure).exists() == (role in KEEPERS)


@each_role
def test_who_changes_procedures(sign_in, page, role):
    procedure = page("own").procedure
    client, url = sign_in(role), reverse("wagtailsnippets_services_procedure:edit", args=[procedure.pk])
    data = {"code": procedure.code, "field": procedure.field_id, "in_force_from": "2018-01-01", "in_force_until": ""}
    for prefix in ("aliases", "related_procedures"):
        data |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
    client.post(url, data)
    changed = Procedure.objects.get(pk=procedure.pk).in_force_from is not None
    assert changed == (role in KEEPERS)


@each_role
def test_who_adds_units(sign_in, section, role):
    data = {"name": "Phòng Nội vụ", "kind": "division"}
    names = "name_en short_name abbreviation parent aliases slug address phone email hours hours_en contact_person"
    data |= dict.fromkeys([*names.split(), "valid_from", "valid_to", "successor"], "")
    sign_in(role).post(reverse("wagtailsnippets_departments_department:add"), data)
    added = type(section("own").department).objects.filter(name="Phòng Nội vụ").exists()
    assert added == (role in KEEPERS)


@each_role
def test_who_uploads_files(sign_in, db, role):
    file = SimpleUploadedFile("quyet-dinh.txt", b"noi dung")
    data = {"title": "Quyết định", "file": file, "collection": "1", "tags": ""}
    sign_in(role).post(reverse("wagtaildocs:add"), data)
    assert PortalDocument.objects.filter(title="Quyết định").exists() == (role in UPLOADERS)


@each_role
def test_who_changes_the_settings_of_the_authority(sign_in, db, role):
    site = SiteSettings.objects.get().site_id
    url = reverse("wagtailsettings:edit", args=["home", "sitesettings", site])
    names = [field.name for field in SiteSettings._meta.fields if field.name not in {"id", "site", "authority_name"}]
    sign_in(role).post(url, {"authority_name": "Tên mới", **dict.fromkeys(names, "")})
    assert (SiteSettings.objects.get().authority_name == "Tên mới") == (role in {*KEEPERS, "administrator"})


@each_role
def test_who_opens_the_admin(sign_in, db, role):
    opened = sign_in(role).get(reverse("wagtailadmin_home")).status_code == 200
    assert opened == (role != "stranger")
