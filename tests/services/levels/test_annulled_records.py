"""A record is never changed nor deleted; one that was annulled counts nowhere."""

from datetime import date

import pytest
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from services.catalogue import catalogue
from services.models import MaturityRecord, Procedure
from services.models.maturity import ANNULMENT, NeverOverwritten
from tests import factories as make

START, LATER = date(2019, 1, 1), date(2019, 6, 1)


@pytest.fixture
def page(db):
    return make.add_service(make.add_unit("Phòng Tư pháp"), apply_url="https://dvc.example/nop")


@pytest.fixture
def annulled(page):
    make.add_level(page.procedure, 1, START)
    record = make.add_level(page.procedure, None, LATER, extent="partial")
    record.annulled_at, record.annulled_reason = timezone.now(), "Nhập nhầm"
    record.save(update_fields=ANNULMENT)
    return record


def test_a_stored_record_is_not_changed(page):
    record = make.add_level(page.procedure, 1, START)
    record.level = 2
    with pytest.raises(NeverOverwritten):
        record.save()


def test_a_record_is_not_deleted(page):
    with pytest.raises(NeverOverwritten):
        make.add_level(page.procedure, 1, START).delete()


def test_a_procedure_with_a_history_is_not_deleted(page):
    make.add_level(page.procedure, 1, START)
    page.delete()
    with pytest.raises(models.ProtectedError):
        Procedure.objects.get().delete()


def test_an_annulled_record_is_not_in_the_catalogue(page, annulled):
    state = catalogue(page.locale_id)[0].state
    assert (state.level, state.extent) == (1, None)


def test_an_annulled_record_is_not_shown_as_present(client, page, annulled):
    assert client.get(page.get_url()).context_data["extent"] is None


def test_an_annulled_record_is_not_in_the_api(client, page, annulled):
    levels = client.get(f"/api/v1/services/{page.procedure.code}").json()["levels"]
    assert [record["extent"] for record in levels] == [None]


def test_an_annulled_record_asks_for_nothing(page):
    draft = make.add_service(page.get_parent().specific, "Khai tử", live=False)
    record = make.add_level(draft.procedure, 4, START)
    record.annulled_at, record.annulled_reason = timezone.now(), "Nhập nhầm"
    record.save(update_fields=ANNULMENT)
    draft.save_revision().publish()
    draft.refresh_from_db()
    assert draft.live


def test_the_day_of_an_annulled_record_is_free_again(page, annulled):
    assert make.add_level(page.procedure, 1, LATER).pk


def test_no_record_is_annulled_without_a_reason(page):
    make.add_level(page.procedure, 1, START)
    with pytest.raises(IntegrityError), transaction.atomic():
        MaturityRecord.objects.update(annulled_at=timezone.now())
