"""Units: their records, their pages, the list of all of them."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.page_cache import forget
from departments.models import Department, DepartmentLeader
from tests import factories as make

INDEX = "/don-vi/"
LONG_AGO, TOMORROW = date(2019, 1, 1), date.today() + timedelta(days=2)


@pytest.fixture(scope="module")
def made(rolled_back):
    contact = {"phone": "(024) 3888 1234", "email": "tp@example.org", "hours": "Thứ Hai đến thứ Sáu"}
    justice = make.add_unit("Phòng Tư pháp", name_en="Justice Division", address="Số 1 đường A", **contact)
    commune = make.add_unit("Xã Nam Sơn", kind="commune")
    heir = make.add_unit("Phòng Kinh tế")
    ended = make.add_unit("Phòng Công Thương", valid_to=LONG_AGO, successor=heir.department)
    make.restrict(make.add_unit("Ban nội bộ"))
    make.add_section(Department.objects.create(name="Ban đang lập", kind="division"), live=False)
    return [justice, commune, ended]


@pytest.fixture
def justice(db, made):
    return type(made[0]).objects.get(pk=made[0].pk)


@pytest.fixture
def ended(db, made):
    return type(made[2]).objects.get(pk=made[2].pk)


@pytest.fixture
def read(client, db, made):
    """The context of a page."""
    return lambda url, **parameters: client.get(url, parameters).context_data


# --- records -------------------------------------------------------------------------------------------------------


def test_a_unit_s_short_word_is_made_from_its_name(db):
    assert Department.objects.create(name="Xã Đông Xuân", kind="commune").slug == "xa-dong-xuan"


def test_two_units_of_one_name_have_two_short_words(db):
    slugs = [Department.objects.create(name="Văn phòng", kind="office").slug for _ in range(2)]
    assert slugs == ["van-phong", "van-phong-2"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"valid_from": date(2020, 1, 1), "valid_to": LONG_AGO}, "valid_to"),
        ({"kind": "ministry"}, "kind"),
        ({"email": "khong phai"}, "email"),
    ],
)
def test_a_unit_is_refused_by_the_field_that_is_wrong(db, values, field):
    with pytest.raises(ValidationError) as refused:
        Department(name="Phòng Nội vụ", **{"kind": "division", **values}).full_clean()
    assert set(refused.value.message_dict) == {field}


@pytest.mark.parametrize("field", ["parent", "successor"])
def test_a_unit_is_neither_above_nor_after_itself(justice, field):
    unit = justice.department
    setattr(unit, field, unit)
    with pytest.raises(ValidationError) as refused:
        unit.full_clean()
    assert set(refused.value.message_dict) == {field}


def test_every_name_of_a_unit_is_known(justice):
    justice.department.aliases = "Phòng Tư pháp huyện\n\n Tư pháp "
    assert {"Phòng Tư pháp", "Justice Division", "Phòng Tư pháp huyện", "Tư pháp"} <= set(justice.department.names)


@pytest.mark.parametrize(("day", "exists"), [(LONG_AGO, True), (LONG_AGO + timedelta(days=1), False)])
def test_a_unit_exists_until_the_end_of_its_last_day(ended, day, exists):
    assert Department.objects.existing(day).filter(pk=ended.department_id).exists() == exists


# --- the list ------------------------------------------------------------------------------------------------------


def names(context):
    return {row["name"] for group in context["groups"] for row in group["rows"]}


def test_the_list_has_every_public_unit(read):
    assert {"Phòng Tư pháp", "Xã Nam Sơn"} <= names(read(INDEX))


@pytest.mark.parametrize("name", ["Ban nội bộ", "Ban đang lập"])
def test_the_list_has_no_private_unit_and_no_draft(client, db, made, name):
    assert name not in client.get(INDEX).content.decode()


def test_the_list_is_grouped_by_kind(read):
    groups = {group["kind"]: {row["name"] for row in group["rows"]} for group in read(INDEX)["groups"]}
    assert groups["commune"] == {"Xã Nam Sơn"}


def test_a_unit_that_has_ended_stands_apart(read):
    context = read(INDEX)
    assert (names(context) & {"Phòng Công Thương"}, [row["name"] for row in context["ended"]]) == (
        set(),
        ["Phòng Công Thương"],
    )


def test_the_list_takes_the_same_number_of_queries_with_more_units(client, db, made, settings):
    settings.PORTAL_PAGE_CACHE = False
    numbers = []
    for wanted in (1, 20):
        for number in range(wanted):
            make.add_unit(f"Xã {wanted} {number}", kind="commune")
        client.get(INDEX)
        with CaptureQueriesContext(connection) as queries:
            client.get(INDEX)
        numbers.append(len(queries))
    assert numbers[0] == numbers[1] <= 20


# --- a unit's page -------------------------------------------------------------------------------------------------


def test_a_unit_s_page_says_how_to_reach_it(client, justice):
    html = client.get(justice.get_url()).content.decode()
    parts = ["Số 1 đường A", 'href="tel:02438881234"', 'href="mailto:tp@example.org"', "Thứ Hai đến thứ Sáu"]
    assert [part for part in parts if part not in html] == []


def test_a_unit_s_page_names_its_leaders(client, justice):
    justice.leaders.set([DepartmentLeader(name="Nguyễn Văn A", position="Trưởng phòng", phone="0912 345 678")])
    justice.save()
    html = client.get(justice.get_url()).content.decode()
    assert "Nguyễn Văn A" in html and 'href="tel:0912345678"' in html


def test_a_unit_that_has_ended_leads_to_its_successor(client, ended):
    assert 'href="/don-vi/phong-kinh-te/"' in client.get(ended.get_url()).content.decode()


def test_a_unit_that_exists_has_no_notice(read, justice):
    assert read(justice.get_url())["notice"] is None


def services(context):
    panels = [panel for panel in context["panels"] if panel["template"] == "services/unit_services.html"]
    return panels[0]["content"] if panels else None


def test_a_unit_s_page_shows_the_services_that_it_executes_wherever_they_stand(read, justice, made):
    make.add_service(made[1], "Đăng ký khai sinh", make.add_procedure(units=[justice.department]))
    assert [row["title"] for row in services(read(justice.get_url()))["rows"]] == ["Đăng ký khai sinh"]


def test_a_unit_s_page_shows_its_own_level(read, justice):
    page = make.add_service(justice)
    make.add_level(page.procedure, 1, unit=justice.department)
    assert [row["level"] for row in services(read(justice.get_url()))["rows"]] == [1]


def test_a_unit_s_page_leads_to_all_its_services(read, justice):
    for number in range(8):
        make.add_service(justice, f"Thủ tục {number}")
    content = services(read(justice.get_url()))
    assert (content["total"], content["url"]) == (8, "/dich-vu-cong/?unit=phong-tu-phap")


def test_a_unit_s_page_shows_neither_drafts_nor_private_services(client, justice):
    make.add_service(justice, "Bản nháp", live=False)
    make.restrict(make.add_service(justice, "Dịch vụ nội bộ"))
    html = client.get(justice.get_url()).content.decode()
    assert "Bản nháp" not in html and "Dịch vụ nội bộ" not in html


def test_a_unit_without_services_shows_no_empty_panel(read, justice):
    assert services(read(justice.get_url())) is None


def test_a_private_unit_asks_to_sign_in(client, justice):
    make.restrict(justice)
    assert client.get(justice.get_url()).status_code == 302


# --- both languages ------------------------------------------------------------------------------------------------


def test_the_english_page_has_the_same_contacts(client, justice):
    english = make.add_section(justice.department, "en", title="Justice Division")
    assert "tp@example.org" in client.get(english.get_url()).content.decode()


def test_the_english_list_has_the_english_pages_only(read, justice):
    make.add_section(justice.department, "en", title="Justice Division")
    assert names(read("/en/departments/")) == {"Justice Division"}


@pytest.mark.parametrize(("url", "name"), [("/dich-vu-cong/", "Phòng Tư pháp"), ("/en/services/", "Justice Division")])
def test_filters_name_a_unit_in_the_language_of_the_page(client, justice, url, name):
    procedure = make.add_procedure(units=[justice.department])
    make.add_service(justice, procedure=procedure)
    english = make.add_section(justice.department, "en", title="Justice Division")
    make.add_service(english, "Birth registration", procedure)
    forget()
    facets = {facet.name: facet for facet in client.get(url).context_data["listing"].facets}
    assert [value.label for value in facets["unit"].values] == [name]
