"""The scheduled comparison, whom it tells, and where its findings are seen."""

import csv
import io
import json
import os

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from core.page_cache import today
from departments.roles import AUTHOR, PUBLISHER, REVIEWER
from services.maturity import state_on
from services.models import NationalComparison, NationalFinding, Procedure, ProcedureAlias
from services.national.levels import conflict
from services.national.tasks import compare_with_national_list
from tests import factories as make
from tests.services.national.conftest import findings, listed

pytestmark = pytest.mark.django_db
REPORT = "/admin/editorial/reports/national/"


@pytest.fixture
def supply(settings, tmp_path):
    """`supply(*rows)`: the authority puts a file into the folder that is set."""
    folder = tmp_path / "quoc-gia"
    folder.mkdir()
    settings.PORTAL_NATIONAL_LIST = str(folder)

    def _supply(*rows, name="danh-muc.json", written=1_700_000_000):
        path = folder / name
        path.write_text(json.dumps(rows), encoding="utf-8")
        os.utime(path, (written, written))

    return _supply


@pytest.fixture
def publisher():
    return make.add_member(PUBLISHER, name="ban-bien-tap")


def _run_job():
    compare_with_national_list.func()


# --- the job -------------------------------------------------------------------------------------------------------


def test_the_job_compares_with_the_newest_file_of_the_folder(page, supply):
    supply(listed(maturity_level="2"), name="cu.json", written=1_600_000_000)
    supply(listed(maturity_level="4"))
    supply(listed(maturity_level="1"), name="ghi-chu.txt", written=1_800_000_000)
    _run_job()
    assert findings()["1.900001", "level"] == ("Level 3", "Level 4")
    assert str(NationalComparison.objects.get().listed_on) == "2023-11-15"


def test_without_a_setting_or_a_file_the_job_does_nothing(page, settings, tmp_path):
    for place in ("", str(tmp_path), str(tmp_path / "nowhere.json")):
        settings.PORTAL_NATIONAL_LIST = place
        _run_job()
    assert not NationalComparison.objects.exists()
    with pytest.raises(CommandError, match="PORTAL_NATIONAL_LIST"):
        call_command("compare_national")


def test_a_file_that_cannot_be_read_does_not_stop_the_worker(page, supply):
    supply(name="a.xlsx")
    _run_job()
    assert not NationalComparison.objects.exists()


# --- the board is told ---------------------------------------------------------------------------------------------


def test_the_board_is_told_of_new_differences_once(page, publisher, supply, mailoutbox):
    supply(listed(maturity_level="4", name="Tên khác"))
    _run_job()
    _run_job()
    (mail,) = mailoutbox
    assert mail.to == [publisher.email]
    assert REPORT in mail.body
    supply(listed("1.900002"), listed(maturity_level="4"))
    _run_job()
    assert len(mailoutbox) == 2


def test_where_the_mail_server_fails_the_next_run_tells(page, publisher, supply, mailoutbox, settings):
    works = settings.EMAIL_BACKEND
    supply(listed(maturity_level="4"))
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1
    with pytest.raises(OSError):
        _run_job()
    assert NationalFinding.objects.get().told_at is None
    settings.EMAIL_BACKEND = works
    _run_job()
    assert len(mailoutbox) == 1


# --- the report ----------------------------------------------------------------------------------------------------


def _rows(response):
    _header, *rows = csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig")))
    return rows


def test_the_report_shows_and_downloads_what_was_found(page, publisher, compare, client):
    compare(listed(maturity_level="4", name="Tên khác"), listed("1.900002"))
    client.force_login(publisher)
    shown = client.get(REPORT).content.decode()
    assert "1.900002" in shown
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in shown
    assert len(_rows(client.get(REPORT, {"format": "csv"}))) == 3
    (row,) = _rows(client.get(REPORT, {"format": "csv", "kind": "level"}))
    assert row[0] == "1.900001"
    assert client.get(REPORT, {"kind": "colour"}).status_code == 400


def test_the_head_of_a_unit_sees_the_differences_of_the_unit(page, section, compare, client):
    other = make.add_unit("UBND xã Khác", kind="commune")
    compare(listed(maturity_level="4"), listed("1.900002", agency="Sở Tư pháp"))
    for unit, expected in ((section, 1), (other, 0)):
        client.force_login(make.add_member(REVIEWER, unit, name=f"nguoi-{expected}"))
        assert len(_rows(client.get(REPORT, {"format": "csv"}))) == expected


def test_an_author_has_no_report(section, client):
    client.force_login(make.add_member(AUTHOR, section))
    assert client.get(REPORT).status_code in {302, 403}


# --- conflicts of levels -------------------------------------------------------------------------------------------


def _state(page):
    return state_on(Procedure.objects.get(pk=page.procedure_id).counting_records, today())


def test_a_conflict_ends_with_the_record_that_settles_it(page, compare):
    compare(listed(maturity_level="2"), options=["--date", "2024-05-31"])
    found = conflict(page.procedure_id, _state(page))
    assert (found.here, found.there, str(found.listed_on)) == ("Level 3", "Level 2", "2024-05-31")
    make.add_level(page.procedure, 2, on=page.last_published_at.date())
    assert conflict(page.procedure_id, _state(page)) is None


def test_the_look_up_of_levels_shows_a_conflict_of_today(page, compare, client):
    client.force_login(make.add_administrator())
    assert _conflicts(client) == [None]
    compare(listed(maturity_level="2"), options=["--date", "2024-05-31"])
    assert [conflict.there for conflict in _conflicts(client)] == ["Mức độ 2"]
    assert "31/05/2024" in client.get(reverse("levels:lookup")).content.decode()
    assert _conflicts(client, date="2024-01-01") == [None]


def test_a_look_up_of_one_unit_compares_the_service_with_the_national_list(page, section, compare, client):
    client.force_login(make.add_administrator())
    make.add_level(page.procedure, 2, unit=section.department)
    compare(listed(maturity_level="3"))
    assert _conflicts(client) == _conflicts(client, unit=section.department.slug) == [None]


def _conflicts(client, **query):
    return [row["conflict"] for row in client.get(reverse("levels:lookup"), query).context["listing"].rows]


def test_a_former_code_tells_which_service_the_national_list_means(page, compare, client):
    ProcedureAlias.objects.create(procedure=page.procedure, code="1.900009")
    compare(listed("1.900009", maturity_level="2"))
    assert conflict(page.procedure_id, _state(page)).there == "Level 2"


def test_the_editor_of_a_service_shows_what_the_national_list_says(page, compare, client):
    client.force_login(make.add_administrator())
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert "31/05/2024" not in client.get(url).content.decode()
    compare(listed(maturity_level="2", name="<b>Tên khác</b>"), options=["--date", "2024-05-31"])
    shown = client.get(url).content.decode()
    assert "31/05/2024" in shown
    assert "&lt;b&gt;Tên khác&lt;/b&gt;" in shown
