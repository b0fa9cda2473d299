"""The two national forms of a procedure become the portal's own record; nothing of a channel or a case is flattened."""

import json

import pytest

from departments.models import Department
from services.importing.formats import Format, format_of, in_columns
from services.importing.record import read_record
from services.tables.values import Row
from tests.services.fixtures.import_command import count, service
from tests.services.fixtures.import_records import COMPLETE, jsonl
from tests.services.fixtures.packages import NEW, OLD, changed

pytestmark = pytest.mark.usefixtures("in_english")


def _record(package):
    record, problems = read_record(in_columns(Row(1, package)))
    assert problems == []
    return record


def _problems(package):
    return [(one.column, one.reason) for one in read_record(in_columns(Row(1, package)))[1]]


def _values(stream):
    """Values of a StreamField without identifiers."""
    return [_plain(child["value"]) for child in stream]


def _plain(value):
    return {
        key: [_plain(item["value"]) for item in part] if isinstance(part, list) else part for key, part in value.items()
    }


# --- the old package -----------------------------------------------------------------------------------------------


def test_each_time_limit_of_a_channel_keeps_its_own_fees():
    first, second, online = _values(_record(OLD).page["channels"])
    fee = {"amount": 8000, "text": "Mỗi bản sao.", "exemption": "Miễn cho hộ nghèo."}
    assert first == {"kind": "direct", "time_value": "5", "time_unit": "working_day", "time_text": "", "fees": [fee]}
    assert second == {
        "kind": "direct",
        "time_value": "7.5",
        "time_unit": "day",
        "time_text": "Khi phải xác minh.",
        "fees": [],
    }
    assert (online["kind"], online["time_value"], online["time_text"]) == (
        "online",
        None,
        "Trong ngày; nhận sau 15 giờ thì ngày làm việc tiếp theo.",
    )
    assert online["fees"] == [{"amount": 0, "text": "", "exemption": ""}]


def test_papers_stay_with_their_case():
    handed_in, shown = _values(_record(OLD).page["cases"])
    assert (handed_in["name"], shown["name"]) == ("Giấy tờ phải nộp", "Giấy tờ phải xuất trình")
    assert handed_in["papers"] == [
        {
            "name": "Tờ khai",
            "originals": 1,
            "copies": 0,
            "form": None,
            "note": "to-khai.docx\nhttps://example.vn/to-khai.docx",
            "show_only": False,
        }
    ]
    assert [(paper["name"], paper["show_only"]) for paper in shown["papers"]] == [("Căn cước", True)]


def test_the_name_of_a_case_heads_its_steps():
    steps = [(step["title"], step["text"]) for step in _values(_record(OLD).page["steps"])]
    assert steps == [("Nộp tại nhà", ""), ("", "Hẹn ngày."), ("", "Cán bộ đến."), ("", "Nộp tại trụ sở.")]


def test_the_rest_of_the_old_package_is_read():
    record = _record(OLD)
    assert record.code == "1.900101"
    assert record.agencies == ("UBND xã Bình Minh",)
    assert record.procedure["audiences"] == ["Cán bộ, công chức, viên chức"]
    assert (record.procedure["field"], record.procedure["at_commune"], record.procedure["at_province"]) == (
        "Hộ tịch",
        True,
        False,
    )
    page = record.page
    assert (page["decision_number"], str(page["decision_date"])) == ("1872/QĐ-BTP", "2020-09-04")
    assert page["result"] == "Giấy khai sinh\nBản sao trích lục"
    assert page["competent_text"] == "Chủ tịch UBND xã"
    assert [(act["number"], act["title"]) for act in _values(page["legal_bases"])] == [("60/2014/QH13", "Luật Hộ tịch")]


def test_keys_of_the_old_package_may_be_written_in_any_case():
    package = {"maTTHC" if key == "MATTHC" else key.lower(): value for key, value in OLD.items()}
    assert _record(package).page["result"] == _record(OLD).page["result"]


def test_keys_that_nothing_is_made_of_are_named():
    assert {"ID", "COQUANPHOIHOP", "CAPTHUCHIEN[].MACAP", "KETQUATHUCHIEN[].MAKETQUA"} <= _record(OLD).unread
    assert "CACHTHUCTHUCHIEN[].THOIGIAN[].DONVITINH" not in _record(OLD).unread


def test_a_level_that_is_only_a_number_is_not_guessed_at():
    record = _record(changed(OLD, CAPTHUCHIEN=[{"CAPTHUCHIEN": "3"}]))
    assert not any(record.procedure[level] for level in ("at_ministry", "at_province", "at_district", "at_commune"))
    assert "CAPTHUCHIEN[].CAPTHUCHIEN" in record.unread


OLD_FEES = {
    "in dollars": ({"SOTIEN": 5, "DONVI": "USD", "MOTA": ""}, (None, "5 USD", "")),
    "nought that its words deny": (
        {"SOTIEN": 0, "DONVI": "Đồng", "MOTA": "20.000 đồng/tờ"},
        (None, "20.000 đồng/tờ", ""),
    ),
    "only words": ({"SOTIEN": None, "MOTA": "Theo nghị quyết"}, (None, "Theo nghị quyết", "")),
    "thousands set apart": ({"SOTIEN": "1.500.000", "DONVI": "VNĐ"}, (1_500_000, "", "")),
    "a fraction of nothing": ({"SOTIEN": "75000.00", "DONVI": "Đồng"}, (75_000, "", "")),
}


@pytest.mark.parametrize("name", OLD_FEES)
def test_a_fee_is_an_amount_only_where_that_is_certain(name):
    fee, expected = OLD_FEES[name]
    limit = {"THOIGIANGIAIQUYET": 1, "DONVITINH": "Giờ", "PHILEPHI": [fee]}
    (channel,) = _values(_record(changed(OLD, CACHTHUCTHUCHIEN=[{"KENH": "3", "THOIGIAN": [limit]}])).page["channels"])
    (found,) = channel["fees"]
    assert (found["amount"], found["text"], found["exemption"]) == expected


def test_a_time_limit_in_an_unknown_unit_stays_in_words():
    limit = {"THOIGIANGIAIQUYET": 2, "DONVITINH": "Buổi", "MOTA": "sáng"}
    (channel,) = _values(_record(changed(OLD, CACHTHUCTHUCHIEN=[{"KENH": "3", "THOIGIAN": [limit]}])).page["channels"])
    assert (channel["time_value"], channel["time_unit"], channel["time_text"]) == (None, "", "2 Buổi\nsáng")


# --- the new interface ---------------------------------------------------------------------------------------------


def test_the_new_interface_is_read_whole():
    record = _record(NEW)
    online, post = _values(record.page["channels"])
    assert online == {
        "kind": "online",
        "time_value": "3",
        "time_unit": "working_day",
        "time_text": "Qua cổng",
        "fees": [{"amount": 8000, "text": "mỗi bản", "exemption": ""}],
    }
    assert (post["kind"], post["time_value"], post["time_text"]) == ("post", None, "Theo quy định")
    assert [fee["text"] for fee in post["fees"]] == ["Theo cước bưu chính", "20 USD"]
    assert [step["text"] for step in _values(record.page["steps"])] == ["Nộp.", "Nhận & ký."]
    (case,) = _values(record.page["cases"])
    assert [(paper["name"], paper["originals"], paper["note"]) for paper in case["papers"]] == [
        ("Tờ khai", 1, "tk.docx"),
        ("Giấy tờ khác", None, ""),
    ]
    assert record.page["conditions"] == "Có tên trong sổ"
    assert record.procedure["audiences"] == ["Công dân Việt Nam", "Tổ chức (không bao gồm doanh nghiệp, HTX)"]
    assert (record.procedure["at_province"], record.procedure["at_commune"]) == (True, True)


def test_the_day_of_a_decision_is_the_one_in_vietnam():
    assert str(_record(NEW).page["decision_date"]) == "2020-09-04"


def test_papers_that_belong_to_every_case_make_one_of_their_own():
    record = _record(changed(NEW, profileComponents=[{"name": "Ảnh", "originalQty": 2}]))
    assert [case["name"] for case in _values(record.page["cases"])] == ["", ""]


# --- what is wrong is told with its path ---------------------------------------------------------------------------

WRONG = {
    "channel": (
        changed(OLD, CACHTHUCTHUCHIEN=[{"KENH": "9", "THOIGIAN": []}]),
        ("CACHTHUCTHUCHIEN[0].KENH", "1, 2 or 3 is expected, not “9”"),
    ),
    "amount": (
        changed(OLD, CACHTHUCTHUCHIEN=[{"KENH": "1", "THOIGIAN": [{"PHILEPHI": [{}, {"SOTIEN": "nhiều"}]}]}]),
        ("CACHTHUCTHUCHIEN[0].THOIGIAN[0].PHILEPHI[1].SOTIEN", "an amount is expected, not “nhiều”"),
    ),
    "time": (
        changed(OLD, CACHTHUCTHUCHIEN=[{"KENH": "1", "THOIGIAN": [{"THOIGIANGIAIQUYET": "ba"}]}]),
        ("CACHTHUCTHUCHIEN[0].THOIGIAN[0].THOIGIANGIAIQUYET", "a number is expected, not “ba”"),
    ),
    "paper": (
        changed(OLD, THANHPHANHOSO=[{"GIAYTO": [{"TENGIAYTO": " "}]}]),
        ("THANHPHANHOSO[0].GIAYTO[0].TENGIAYTO", "missing"),
    ),
    "copies": (
        changed(OLD, THANHPHANHOSO=[{"GIAYTO": [{"TENGIAYTO": "A", "SOBANSAO": -1}]}]),
        ("THANHPHANHOSO[0].GIAYTO[0].SOBANSAO", "a whole number from 0 to 10000 is expected, not “-1”"),
    ),
    "text for a list": (changed(OLD, THANHPHANHOSO="x"), ("THANHPHANHOSO", "a list is expected, not text")),
    "text for an object": (
        changed(OLD, THANHPHANHOSO=["x"]),
        ("THANHPHANHOSO[0]", "an object is expected, not text"),
    ),
    "name": (changed(OLD, TENTTHC=...), ("TENTTHC", "missing")),
    "field": (changed(OLD, LINHVUCTHUCHIEN=[]), ("LINHVUCTHUCHIEN", "missing")),
    "code": (changed(OLD, MATTHC="x"), ("MATTHC", "“x” is no procedure code such as 1.001193")),
    "day": (
        changed(OLD, NGAYQUYETDINH="hôm qua"),
        ("NGAYQUYETDINH", "a date such as 31/12/2024 or 2024-12-31 is expected, not “hôm qua”"),
    ),
    "method": (
        changed(NEW, executionMethods=[{"submissionMethod": "OTHER"}]),
        ("executionMethods[0].submissionMethod", "DIRECT, ONLINE or POSTAL is expected, not “OTHER”"),
    ),
    "object for text": (
        changed(NEW, executionSteps=[{"name": {}}]),
        ("executionSteps[0].name", "text is expected, not an object"),
    ),
    "moment": (
        changed(NEW, procedureProposal={"decisionDate": 9 * 10**14}),
        ("procedureProposal.decisionDate", "milliseconds since 1970 are expected, not “900000000000000”"),
    ),
    "level": (changed(NEW, isWard="yes"), ("isWard", "true or false is expected, not text")),
    "many": (
        changed(NEW, executionCases=[{}] * 501),
        ("executionCases", "at most 500 entries are taken"),
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_package_is_refused_with_the_path_and_the_reason(name):
    package, expected = WRONG[name]
    assert expected in _problems(package)


# --- which form a file has -----------------------------------------------------------------------------------------


def test_the_form_is_known_by_the_keys():
    assert [format_of(one) for one in (OLD, NEW, COMPLETE, {})] == [
        Format.PACKAGE,
        Format.INTERFACE,
        Format.COLUMNS,
        Format.COLUMNS,
    ]


SHAPES = {
    "one object": lambda: json.dumps(OLD, ensure_ascii=False, indent=2),
    "an array": lambda: json.dumps([OLD, NEW], ensure_ascii=False),
    "an array over many lines": lambda: json.dumps([OLD, NEW], ensure_ascii=False, indent=1),
    "lines": lambda: json.dumps(OLD) + "\n" + json.dumps(NEW),
    "the answer of an exchange": lambda: json.dumps({"error_code": "0", "result": [OLD]}),
    "the answer over many lines": lambda: json.dumps({"error_code": "0", "result": [OLD]}, indent=2),
}


@pytest.mark.django_db
@pytest.mark.parametrize("shape", SHAPES)
def test_packages_are_imported_and_a_second_time_change_nothing(run, unit, tmp_path, shape):
    path = tmp_path / "goi.json"
    path.write_text(SHAPES[shape](), encoding="utf-8")
    assert count(run(path), "new") in {1, 2}
    assert service("1.900101").live
    assert count(run(path), "new") == count(run(path), "changed") == 0


@pytest.mark.django_db
def test_the_report_names_what_is_not_read(run, unit, tmp_path):
    output = run(jsonl(tmp_path / "a.jsonl", OLD), apply=False)
    assert "Columns that are not read:" in output
    assert "COQUANPHOIHOP" in output


@pytest.mark.django_db
def test_a_form_that_is_forced_is_asked_of_every_record(run, unit, tmp_path):
    path = jsonl(tmp_path / "a.jsonl", NEW)
    assert "line 1, column MATTHC: missing" in run(path, "--format", "package", apply=False)
    assert Department.objects.filter(name="x").count() == 0
