"""What differs from the national list is found, kept and forgotten; the catalogue stays as it is."""

import pytest
from django.core.management import CommandError, call_command

from services.models import NationalComparison, NationalFinding, NationalListing, ProcedureAlias
from tests import factories as make
from tests.services.fixtures.import_command import state
from tests.services.fixtures.packages import OLD
from tests.services.national.conftest import findings, listed

pytestmark = pytest.mark.django_db


def test_a_list_that_agrees_leaves_nothing_to_report(page, compare):
    compare(listed())
    assert findings() == {}
    assert NationalComparison.objects.get().rows == 1


DIFFERENCES = {
    "name": ({"name": "Thủ tục đăng ký khai sinh lưu động"}, "name", None),
    "fee": (
        {"channels": [{"kind": "direct", "fees": [{"amount": 5000}]}]},
        "fee",
        ("In person: 8,000 VND", "In person: 5,000 VND"),
    ),
    "no fee any more": (
        {"channels": [{"kind": "direct"}]},
        "fee",
        ("In person: 8,000 VND", "In person: –"),
    ),
    "papers": (
        {"documents": [{"papers": [{"name": "Tờ khai", "originals": 1}, {"name": "Căn cước", "copies": 2}]}]},
        "papers",
        ("", "Căn cước (originals: 0, copies: 2)"),
    ),
    "level": ({"maturity_level": "4"}, "level", ("Level 3", "Level 4")),
    "over": ({"in_force_until": "2020-01-01"}, "abolished_there", ("", "01/01/2020")),
}


@pytest.mark.parametrize("name", DIFFERENCES)
def test_a_difference_is_found_with_what_both_say(page, compare, name):
    values, kind, said = DIFFERENCES[name]
    compare(listed(**values))
    assert list(findings()) == [("1.900001", kind)]
    if said:
        assert findings()["1.900001", kind] == said


def test_what_the_list_does_not_speak_of_is_no_difference(page, compare):
    compare(listed(channels=..., documents=..., maturity_level=...))
    assert findings() == {}


def test_an_extent_is_no_conflict_with_a_level(page, compare):
    compare(listed(maturity_level=..., maturity="toàn trình"))
    assert findings() == {}


def test_a_procedure_of_our_units_or_levels_that_is_not_here_is_missing(page, compare):
    rows = (
        listed("1.900002"),
        listed("1.900003", agency="Sở Tư pháp"),
        listed("1.900004", agency="Bộ Tư pháp", level=["bộ"]),
        listed("1.900005", in_force_until="2020-01-01"),
    )
    compare(listed(), *rows)
    assert set(findings()) == {("1.900002", "missing_here"), ("1.900003", "missing_here")}
    assert NationalFinding.objects.get(code="1.900002").unit.name == "UBND xã Bình Minh"


def test_a_service_that_the_whole_list_lacks_is_abolished_there(page, compare):
    compare(listed("1.900002"))
    assert ("1.900001", "abolished_there") in findings()
    compare(listed("1.900002"), options=["--part"])
    assert ("1.900001", "abolished_there") not in findings()


def test_a_row_that_cannot_be_read_is_neither_missing_nor_abolished(page, compare):
    output = compare(listed(channels=[{"kind": "Fax"}]), listed("1.900002"))
    assert "column channels[0].kind: unknown way of applying: “Fax”" in output
    assert set(findings()) == {("1.900002", "missing_here")}


def test_a_file_that_breaks_off_tells_of_nothing_abolished(page, tmp_path):
    path = tmp_path / "a.json"
    path.write_text('[{"code": "1.900002", "name": "A", "field": "B"},\n{"co')
    call_command("compare_national", path)
    assert {kind for _code, kind in findings()} == {"missing_here"}


def test_another_code_of_a_procedure_is_the_procedure(page, compare):
    ProcedureAlias.objects.create(procedure=page.procedure, code="1.800001")
    compare(listed("1.800001", maturity_level="4"))
    assert set(findings()) == {("1.900001", "level")}


def test_a_national_package_is_compared_as_well(page, compare):
    compare(OLD, listed())
    assert set(findings()) == {("1.900101", "missing_here")}


def test_what_the_list_states_of_levels_is_kept_with_its_day(page, compare):
    compare(listed(maturity_level="4", maturity="một phần"), options=["--date", "2024-05-31"])
    kept = NationalListing.objects.get()
    assert (kept.code, kept.level, kept.extent, str(kept.listed_on)) == ("1.900001", 4, "partial", "2024-05-31")


def test_a_finding_that_stays_keeps_its_day_and_one_that_is_settled_is_gone(page, compare):
    compare(listed(maturity_level="4", name="Tên khác"))
    first = NationalFinding.objects.get(kind="level").found_at
    compare(listed(maturity_level="4"))
    assert NationalFinding.objects.get().found_at == first


def test_a_comparison_changes_nothing_of_the_catalogue(page, compare):
    before = state()
    compare(listed(name="Khác", maturity_level="4"), listed("1.900002"))
    assert state() == before


def test_a_file_of_which_nothing_can_be_read_changes_no_finding(page, compare, tmp_path):
    compare(listed(maturity_level="4"))
    empty = tmp_path / "b.json"
    empty.write_text("[]")
    for path in (empty, tmp_path / "nowhere.json"):
        with pytest.raises(CommandError):
            call_command("compare_national", path)
    assert len(findings()) == 1


def test_a_comparison_takes_as_many_queries_with_many_rows_as_with_few(section, compare, django_assert_max_num_queries):
    for at in range(1, 21):
        make.add_service(
            section,
            f"Thủ tục {at}",
            make.add_procedure(code=f"1.90010{at % 10}" if at < 10 else f"1.9001{at}", units=[section.department]),
        )
    rows = [listed(f"1.9001{at:02d}") for at in range(1, 21)]
    with django_assert_max_num_queries(45):
        compare(*rows)
