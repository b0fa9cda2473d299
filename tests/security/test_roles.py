"""What each role may do, and where: by POST, as one table."""

import pytest
from django.apps import apps
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect

from departments.roles import ADMINISTRATOR, AUTHOR, PUBLISHER, REVIEWER, STAFF_READER, TRANSLATOR
from editorial.models import ApprovalRule
from home.models import SiteSettings
from services.models import Procedure, ServicePage
from tests import factories as make

SECTIONS = ("own", "other", "english")
EVERYWHERE = {"superuser", "publisher"}
WRITE = {"create", "edit", "delete"}
DO = (*sorted(WRITE), "lock")
#: role → what it may do, by section
ALLOWED = {
    "superuser": {section: set(DO) for section in SECTIONS},
    "administrator": {},
    "publisher": {section: set(DO) for section in SECTIONS},
    "reviewer": {"own": WRITE, "english": WRITE},
    "author": {"own": WRITE, "english": WRITE},
    "translator": {"english": WRITE},
    "staff_reader": {},
    "stranger": {},
}
each_role = pytest.mark.parametrize("role", list(ALLOWED))
everywhere = pytest.mark.parametrize(("role", "where"), [(role, where) for role in ALLOWED for where in SECTIONS])


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


@everywhere
def test_who_creates_pages_where(sign_in, section, role, where):
    assert create(sign_in(role), section(where)) == allowed(role, where, "create")


@everywhere
def test_who_edits_pages_where(sign_in, page, role, where):
    draft = edit(sign_in(role), page(where)).get_latest_revision_as_object()
    assert (draft.conditions == "Điều kiện mới") == allowed(role, where, "edit")


@everywhere
def test_who_deletes_drafts_where(sign_in, section, role, where):
    draft = make.add_service(section(where), "Bản nháp", live=False)
    sign_in(role).post(reverse("wagtailadmin_pages:delete", args=[draft.pk]))
    assert (not ServicePage.objects.filter(pk=draft.pk).exists()) == allowed(role, where, "delete")


@everywhere
def test_nobody_but_superusers_deletes_what_readers_see(sign_in, page, role, where):
    number = page(where).pk
    sign_in(role).post(reverse("wagtailadmin_pages:delete", args=[number]))
    assert ServicePage.objects.filter(pk=number).exists() or role == "superuser"


@everywhere
def test_who_locks_pages_where(sign_in, page, role, where):
    sign_in(role).post(reverse("wagtailadmin_pages:lock", args=[page(where).pk]))
    assert page(where).locked == allowed(role, where, "lock")


@pytest.mark.parametrize(("where", "to"), [("own", "other"), ("other", "own")])
@each_role
def test_who_moves_drafts_between_units(sign_in, section, role, where, to):
    target = section(to)
    draft = make.add_service(section(where), "Bản nháp", live=False)
    sign_in(role).post(reverse("wagtailadmin_pages:move_confirm", args=[draft.pk, target.pk]))
    moved = ServicePage.objects.get(pk=draft.pk).get_parent().pk == target.pk
    assert moved == (role in EVERYWHERE)


@everywhere
def test_who_hides_pages_from_readers(sign_in, page, role, where):
    url = reverse("wagtailadmin_pages:set_privacy", args=[page(where).pk])
    sign_in(role).post(url, {"restriction_type": "login", "password": ""})
    assert page(where).view_restrictions.exists() == (role == "superuser")


# --- records, files, settings --------------------------------------------------------------------------------------

KEEPERS = EVERYWHERE


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
@pytest.mark.parametrize("name", ["departments_field", "announcements_documenttype", "services_audience"])
def test_who_keeps_vocabularies(sign_in, db, role, name):
    model = apps.get_model(*name.split("_"))
    data = {"name": "Từ mới", "name_en": "", "slug": "", "abbreviation": "", "group": "individual"}
    sign_in(role).post(reverse(f"wagtailsnippets_{name}:add"), data)
    assert model.objects.filter(name="Từ mới").exists() == (role in KEEPERS)


@each_role
def test_who_says_which_approvals_are_needed(sign_in, db, role):
    data = {"department": "", "kind": "", "unit_quorum": "any", "board_quorum": "any", "needs_board": ""}
    data |= {"unit_number": "", "board_number": ""}
    sign_in(role).post(reverse("wagtailsnippets_editorial_approvalrule:add"), data)
    assert ApprovalRule.objects.exists() == (role in {"superuser", "administrator"})


@each_role
def test_who_redirects_addresses(sign_in, db, role):
    data = {
        "old_path": "/cu/",
        "site": "",
        "is_permanent": "on",
        "redirect_link": "https://example.org/don-vi/",
        "redirect_page": "",
    }
    sign_in(role).post(reverse("wagtailredirects:add"), data)
    assert Redirect.objects.filter(old_path="/cu").exists() == (role in {"superuser", "administrator"})


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
