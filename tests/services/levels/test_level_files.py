"""Levels from a file: a preview by the admin or the command, errors by row and column, hostile files."""

import io
import zipfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse
from openpyxl import Workbook
from wagtail.models import ModelLogEntry

from core.page_cache import read_version
from services.models import MaturityRecord
from tests import factories as make

HEAD = "Mã thủ tục,Đơn vị,Mức độ,Phạm vi trực tuyến,Từ ngày,Quyết định,Khả năng trực tuyến,Ghi chú"


def csv(*rows, head=HEAD):
    return "\n".join([head, *rows]).encode()


def xlsx(*rows):
    book = Workbook()
    for row in (HEAD.split(","), *rows):
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def hand_in(client, content, name="a.csv"):
    return client.post(reverse("levels:file"), {"file": SimpleUploadedFile(name, content)})


def store(client, content, name="a.csv"):
    return client.post(reverse("levels:file"), {"rows": hand_in(client, content, name).context["rows"]})


def problems(response):
    return [(problem["line"], problem["column"]) for problem in response.context["problems"]]


def stored():
    return MaturityRecord.objects.count()


@pytest.fixture
def rows(procedures):
    return [f"{procedure.code},,1,Cung cấp thông tin,01/06/2019,45/KH," for procedure in procedures]


# --- what a file may say -------------------------------------------------------------------------------------------


def test_nothing_is_stored_before_the_preview_is_confirmed(as_, rows):
    response = hand_in(as_("publisher"), csv(*rows))
    assert (len(response.context["changes"]), response.context["may_be_stored"], stored()) == (3, True, 0)


def test_a_confirmed_file_is_stored(as_, portal, procedures, rows):
    store(as_("publisher"), csv(*rows))
    assert {record.procedure for record in MaturityRecord.objects.all()} == set(procedures)
    assert {r.recorded_by for r in MaturityRecord.objects.all()} == {portal.users["publisher"]}


def test_every_column_is_read(as_, portal, procedures):
    row = f"{procedures[0].code}.000.00.00.H26,phòng tư pháp,1,một phần,2019-06-01,45/KH,Nộp hồ sơ trực tuyến;forms,Thử"
    store(as_("publisher"), csv(row))
    record = MaturityRecord.objects.get()
    assert (record.unit, record.level, record.extent) == (portal.own.department, 1, "partial")
    assert (record.date, record.decision_number, record.note) == (date(2019, 6, 1), "45/KH", "Thử")


def test_a_workbook_is_read(as_, procedures):
    rows = [[procedures[0].code, None, 1, None, date(2019, 6, 1), "45/KH"]]
    store(as_("publisher"), xlsx(*rows), "a.xlsx")
    assert MaturityRecord.objects.get().date == date(2019, 6, 1)


def test_a_file_from_a_spreadsheet_with_mark_and_semicolons_is_read(as_, rows):
    content = b"\xef\xbb\xbf" + csv(*rows).replace(b",", b";").replace(b"\n", b"\r\n")
    store(as_("publisher"), content)
    assert stored() == 3


@pytest.mark.parametrize("name", ["csv", "xlsx"])
def test_the_template_has_the_columns_that_are_read(as_, name):
    client = as_("publisher")
    response = client.get(reverse("levels:file"), {"template": name})
    content = b"".join(response) if response.streaming else response.content
    assert hand_in(client, content, f"a.{name}").context["form"].errors["file"] == ["Tệp không có dòng nào."]


# --- what is refused -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("9.999999,,1,,01/06/2019,45/KH", "Mã thủ tục"),
        ("{code},Đâu đó,1,,01/06/2019,45/KH", "Đơn vị"),
        ("{code},Phòng Văn hóa,1,,01/06/2019,45/KH", "Đơn vị"),
        ("{code},,7,,01/06/2019,45/KH", "Mức độ"),
        ("{code},,,,01/06/2019,45/KH", "Mức độ"),
        ("{code},,3,,01/06/2019,45/KH", "Mức độ"),
        ("{code},,1,rất cao,01/06/2019,45/KH", "Phạm vi trực tuyến"),
        ("{code},,1,,31/02/2019,45/KH", "Từ ngày"),
        ("{code},,1,,,45/KH", "Từ ngày"),
        ("{code},,1,,01/06/2019,", "Quyết định"),
        ("{code},,1,,01/06/2019,45/KH,bay lượn", "Khả năng trực tuyến"),
    ],
)
def test_a_row_is_refused_with_its_column(as_, procedures, rows, row, column):
    client = as_("publisher")
    response = hand_in(client, csv(rows[1], row.format(code=procedures[0].code)))
    assert set(problems(response)) == {(3, column)}
    assert response.context["rows"] == ""


def test_two_rows_of_one_procedure_unit_and_day_are_refused(as_, rows):
    assert problems(hand_in(as_("publisher"), csv(rows[0], rows[0]))) == [(2, "Mã thủ tục"), (3, "Mã thủ tục")]


def test_what_was_recorded_between_preview_and_confirmation_keeps_all_from_being_stored(as_, procedures, rows):
    client = as_("publisher")
    sealed = hand_in(client, csv(*rows)).context["rows"]
    make.add_level(procedures[2], 1, date(2019, 6, 1))
    client.post(reverse("levels:file"), {"rows": sealed})
    assert stored() == 1


def test_rows_that_were_tampered_with_are_refused(as_, rows):
    client = as_("publisher")
    sealed = hand_in(client, csv(*rows)).context["rows"]
    assert client.post(reverse("levels:file"), {"rows": sealed[:-3] + "abc"}).status_code == 200
    assert stored() == 0


def bomb():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 101 * 1024 * 1024)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "a.csv"),
        (b"\x00\x01\x02", "a.csv"),
        ("Mã thủ tục,Từ ngày,Quyết định\n".encode("utf-16"), "a.csv"),
        (csv(head="Mã thủ tục,Mức độ"), "a.csv"),
        (b"PK\x03\x04 no workbook", "a.xlsx"),
        (csv(*["1.000001,,1,,01/06/2019,45/KH"] * 20_000), "a.csv"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(as_, content, name):
    response = hand_in(as_("publisher"), content, name)
    assert (response.status_code, stored()) == (200, 0)
    assert response.context["form"].errors["file"]


def test_a_bomb_is_refused_in_words(as_):
    assert hand_in(as_("publisher"), bomb(), "a.xlsx").context["form"].errors["file"]


def test_another_encoding_is_refused_by_row(as_, procedures):
    row = f"{procedures[0].code},Phòng Tư pháp,1,,01/06/2019,45/KH".encode("cp1258", "replace")
    assert problems(hand_in(as_("publisher"), csv() + b"\n" + row)) == [(2, "Đơn vị")]


def test_a_formula_is_no_value(as_, procedures):
    content = xlsx([procedures[0].code, None, "=1+0", None, "=TODAY()", "45/KH"])
    assert problems(hand_in(as_("publisher"), content, "a.xlsx")) == [(2, "Từ ngày")]


@pytest.mark.parametrize(("role", "number"), [("publisher", 3), ("reviewer", 0), ("author", 0), ("stranger", 0)])
def test_who_records_from_a_file(as_, rows, role, number):
    client = as_(role)
    response = hand_in(client, csv(*rows))
    client.post(reverse("levels:file"), {"rows": (response.context or {}).get("rows", "")})
    assert stored() == number


# --- the command ---------------------------------------------------------------------------------------------------


def command(path, *options, user="publisher"):
    out = io.StringIO()
    call_command("import_levels", str(path), "--user", user, *options, stdout=out, stderr=out)
    return out.getvalue()


@pytest.fixture
def file(tmp_path, rows):
    path = tmp_path / "a.csv"
    path.write_bytes(csv(*rows))
    return path


def test_the_command_shows_and_stores_nothing_without_apply(file, procedures):
    output = command(file)
    assert procedures[0].code in output
    assert stored() == 0


def test_the_command_stores_with_apply_and_a_reason(file):
    command(file, "--apply", "--reason", "Theo kế hoạch")
    assert stored() == 3


@pytest.mark.parametrize("options", [["--apply"], ["--apply", "--reason", " "]])
def test_the_command_stores_nothing_without_a_reason(file, options):
    with pytest.raises(CommandError):
        command(file, *options)
    assert stored() == 0


def test_each_record_of_a_file_is_in_the_log_with_the_reason(file):
    command(file, "--apply", "--reason", "Theo kế hoạch")
    entries = ModelLogEntry.objects.filter(action="wagtail.create")
    assert {entry.object_id for entry in entries} == {str(record.pk) for record in MaturityRecord.objects.all()}
    assert {(entry.user.get_username(), entry.data["comment"]) for entry in entries} == {("publisher", "Theo kế hoạch")}


def test_readers_see_the_levels_of_a_file_at_once(file, procedures, portal, client, django_capture_on_commit_callbacks):
    version = read_version()
    connection.run_on_commit.clear()  # what making the services has queued
    with django_capture_on_commit_callbacks(execute=True):
        command(file, "--apply", "--reason", "Theo kế hoạch")
    assert read_version() > version
    assert client.get(portal.services[0].get_url()).context_data["level"] == 1


def test_the_command_stores_nothing_where_a_row_is_refused(file, procedures):
    make.add_level(procedures[2], 1, date(2019, 6, 1))
    with pytest.raises(CommandError):
        command(file, "--apply", "--reason", "Theo kế hoạch")
    assert stored() == 1


@pytest.mark.parametrize("user", ["nobody", "author"])
def test_the_command_asks_for_somebody_who_may_record(file, user):
    with pytest.raises(CommandError):
        command(file, user=user)
