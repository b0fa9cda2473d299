"""Who records and annuls levels for whom, by POST; what is kept with a record; what is refused."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from departments.roles import ADMINISTRATOR, AUTHOR, PUBLISHER, REVIEWER, STAFF_READER, TRANSLATOR
from services.models import MaturityRecord
from tests import factories as make
from tests.services.levels.forms import level_form

LIST = "wagtailsnippets_services_maturityrecord"
#: role → the units for which it records and annuls
ALLOWED = {
    "superuser": {"own", "other", "all"},
    "publisher": {"own", "other", "all"},
    "reviewer": {"own"},
    "author": set(),
    "translator": set(),
    "staff_reader": set(),
    "administrator": set(),
    "stranger": set(),
}
each = pytest.mark.parametrize(
    ("role", "whose"), [(role, whose) for role in ALLOWED for whose in ("own", "other", "all")]
)
each_role = pytest.mark.parametrize("role", list(ALLOWED))


@pytest.fixture(scope="module")
def made(rolled_back):
    own, other = make.add_unit("Phòng Tư pháp"), make.add_unit("Phòng Văn hóa")
    procedure = make.add_procedure(units=[own.department, other.department])
    make.add_service(own, procedure=procedure)
    roles = (ADMINISTRATOR, PUBLISHER, REVIEWER, AUTHOR, TRANSLATOR, STAFF_READER)
    users = {role.key: make.add_member(role, own) for role in roles}
    units = {"own": own.department, "other": other.department, "all": None}
    return {"procedure": procedure, "units": units, "users": {"superuser": make.add_administrator(), **users}}


@pytest.fixture
def procedure(db, made):
    return type(made["procedure"]).objects.get(pk=made["procedure"].pk)


@pytest.fixture
def sign_in(client, db, made):
    def sign_in(role):
        if role in made["users"]:
            client.force_login(made["users"][role])
        return client

    return sign_in


def annul(client, record, reason="Nhập nhầm mức"):
    return client.post(reverse("levels:annul", args=[record.pk]), {"reason": reason})


def is_annulled(record):
    return MaturityRecord.objects.get(pk=record.pk).is_annulled


# --- who -----------------------------------------------------------------------------------------------------------


@each
def test_who_records_levels_for_whom(sign_in, made, procedure, role, whose):
    sign_in(role).post(reverse(f"{LIST}:add"), level_form(procedure, 1, made["units"][whose]))
    assert procedure.maturity_records.exists() == (whose in ALLOWED[role])


@each
def test_who_annuls_levels_of_whom(sign_in, made, procedure, role, whose):
    record = make.add_level(procedure, 1, unit=made["units"][whose])
    annul(sign_in(role), record)
    assert is_annulled(record) == (whose in ALLOWED[role])


@each_role
def test_nobody_changes_a_record(sign_in, procedure, role):
    record = make.add_level(procedure, 1)
    sign_in(role).post(reverse(f"{LIST}:edit", args=[record.pk]), level_form(procedure, 2))
    assert MaturityRecord.objects.get(pk=record.pk).level == 1


@each_role
def test_nobody_deletes_a_record(sign_in, procedure, role):
    record = make.add_level(procedure, 1)
    client = sign_in(role)
    client.post(reverse(f"{LIST}:delete", args=[record.pk]))
    bulk = reverse("wagtail_bulk_action", args=["services", "maturityrecord", "delete"])
    client.post(f"{bulk}?id={record.pk}")
    assert MaturityRecord.objects.filter(pk=record.pk).exists()


# --- recording -----------------------------------------------------------------------------------------------------


def test_a_record_keeps_who_recorded_it(sign_in, made, procedure):
    sign_in("publisher").post(reverse(f"{LIST}:add"), level_form(procedure, 1))
    record = procedure.maturity_records.get()
    assert record.recorded_by == made["users"]["publisher"]
    assert record.recorded_at is not None


def test_a_record_is_in_the_log_once(sign_in, made, procedure):
    sign_in("publisher").post(reverse(f"{LIST}:add"), level_form(procedure, 1))
    entry = ModelLogEntry.objects.get(object_id=str(procedure.maturity_records.get().pk))
    assert (entry.action, entry.user) == ("wagtail.create", made["users"]["publisher"])


def test_a_level_rests_on_a_decision(sign_in, procedure):
    sign_in("publisher").post(reverse(f"{LIST}:add"), level_form(procedure, 1, decision_number=""))
    assert not procedure.maturity_records.exists()


def test_a_level_may_hold_from_a_day_to_come(sign_in, procedure):
    later = date.today() + timedelta(days=30)
    sign_in("publisher").post(reverse(f"{LIST}:add"), level_form(procedure, 1, date=later.isoformat()))
    assert procedure.maturity_records.get().date == later


def test_no_level_is_recorded_for_a_unit_that_does_not_carry_out_the_procedure(sign_in, procedure):
    third = make.add_unit("Xã Sơn Ca").department
    response = sign_in("publisher").post(reverse(f"{LIST}:add"), level_form(procedure, 1, third))
    assert response.context["form"].errors["unit"]
    assert not procedure.maturity_records.exists()


def test_a_head_is_offered_the_own_unit_only(sign_in, made):
    form = sign_in("reviewer").get(reverse(f"{LIST}:add")).context["form"]
    assert list(form.fields["unit"].queryset) == [made["units"]["own"]]


# --- annulling -----------------------------------------------------------------------------------------------------


def test_the_reason_and_who_gave_it_are_kept(sign_in, made, procedure):
    record = make.add_level(procedure, 1)
    annul(sign_in("publisher"), record, "Nhập nhầm mức")
    record.refresh_from_db()
    assert (record.annulled_by, record.annulled_reason) == (made["users"]["publisher"], "Nhập nhầm mức")
    entry = ModelLogEntry.objects.get(action="services.annul")
    assert (entry.user, entry.data["comment"]) == (made["users"]["publisher"], "Nhập nhầm mức")


@pytest.mark.parametrize("reason", ["", "   ", "x" * 256])
def test_without_a_reason_nothing_is_annulled(sign_in, procedure, reason):
    record = make.add_level(procedure, 1)
    assert annul(sign_in("publisher"), record, reason).status_code == 200
    assert not is_annulled(record)


def test_a_record_is_annulled_once(sign_in, procedure):
    record = make.add_level(procedure, 1)
    client = sign_in("publisher")
    annul(client, record, "Lần đầu")
    assert annul(client, record, "Lần hai").context["form"].non_field_errors()
    assert MaturityRecord.objects.get(pk=record.pk).annulled_reason == "Lần đầu"


def test_looking_at_the_page_annuls_nothing(sign_in, procedure):
    record = make.add_level(procedure, 1)
    assert sign_in("publisher").get(reverse("levels:annul", args=[record.pk])).status_code == 200
    assert not is_annulled(record)


def test_the_staff_still_sees_an_annulled_record(sign_in, procedure):
    record = make.add_level(procedure, 1, decision_number="12/QĐ-UBND")
    client = sign_in("publisher")
    annul(client, record, "Nhập nhầm mức")
    assert "12/QĐ-UBND" in client.get(reverse(f"{LIST}:list")).content.decode()
    assert "Nhập nhầm mức" in client.get(reverse(f"{LIST}:inspect", args=[record.pk])).content.decode()


@pytest.mark.parametrize(("role", "offered"), [("publisher", True), ("staff_reader", False)])
def test_only_those_who_may_annul_are_offered_it(sign_in, procedure, role, offered):
    record = make.add_level(procedure, 1)
    html = sign_in(role).get(reverse(f"{LIST}:inspect", args=[record.pk])).content.decode()
    assert (reverse("levels:annul", args=[record.pk]) in html) == offered
