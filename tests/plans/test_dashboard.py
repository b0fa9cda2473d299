"""The public dashboard of a plan: what a reader sees, asks and is refused."""

import re
from datetime import date

import pytest

from plans.models import Measure, Scope
from services.models import Procedure
from tests import factories as make
from tests.plans.build import add_online_service, add_plan, add_report, add_target

ADDRESS = "/ke-hoach-so-lieu/"


@pytest.fixture
def justice(db):
    return make.add_unit("Phòng Tư pháp")


@pytest.fixture
def plan(db):
    return add_plan()


@pytest.fixture
def levels(plan, justice):
    """Two of four services at level 3 or 4, the target 55%."""
    for number, level in enumerate((4, 3, 2, None)):
        procedure = make.add_procedure(units=[justice.department], field=make.add_field("Hộ tịch"))
        add_online_service(justice, f"Thủ tục {number}", procedure)
        if level:
            make.add_level(procedure, level, date(2018, 6, 1), online_result=True)
    return add_target(plan, value=55)


def text_of(response) -> str:
    words = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", words)


def test_without_a_plan_the_page_says_so(client, db):
    response = client.get(ADDRESS)
    assert response.status_code == 200
    assert "Chưa có kế hoạch" in text_of(response)


def test_a_plan_that_is_not_public_is_not_shown(client, plan, levels):
    plan.is_public = False
    plan.save()
    assert "45/KH-UBND" not in text_of(client.get(ADDRESS))
    assert client.get(f"{ADDRESS}?year=2019").status_code == 404


def test_an_indicator_is_shown_with_result_numbers_target_and_gap(client, levels):
    text = text_of(client.get(f"{ADDRESS}?year=2019&date=31/10/2019"))
    assert "50,0%" in text and "2/4 thủ tục" in text and "≥ 55%" in text and "Thiếu 5,0 điểm %" in text


def test_every_figure_comes_with_date_formula_and_source(client, levels):
    text = text_of(client.get(f"{ADDRESS}?year=2019&date=31/10/2019"))
    assert "Tính đến 31/10/2019" in text and "(mức 3 + mức 4) ÷ tất cả thủ tục" in text
    assert "Nguồn: danh mục" in text


def test_figures_are_those_of_the_day_asked_for(client, levels):
    make.add_level(Procedure.objects.get(maturity_records=None), 4, date(2019, 9, 1), online_result=True)
    before = text_of(client.get(f"{ADDRESS}?year=2019&date=31/8/2019"))
    after = text_of(client.get(f"{ADDRESS}?year=2019&date=2019-09-01"))
    assert "2/4 thủ tục" in before and "3/4 thủ tục" in after


def test_a_plan_of_the_past_is_measured_by_its_last_day(client, levels):
    response = client.get(f"{ADDRESS}?year=2019")
    assert 'value="31/12/2019"' in response.content.decode()


def test_a_day_alone_chooses_the_plan_of_its_year(client, levels):
    add_plan(2020, number="12/KH-UBND")
    assert "45/KH-UBND" in text_of(client.get(f"{ADDRESS}?date=31/10/2019"))
    assert "12/KH-UBND" in text_of(client.get(f"{ADDRESS}?date=31/10/2020"))


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("date=31/02/2019", "date"),
        ("date=hom-qua", "date"),
        ("date=31/12/2999", "date"),
        ("year=2019&date=31/12/2018", "date"),
        ("year=hai-nghin", "year"),
        ("year=-1", "year"),
    ],
)
def test_a_malformed_parameter_is_answered_with_400_and_the_field_named(client, levels, query, field):
    response = client.get(f"{ADDRESS}?{query}")
    html = response.content.decode()
    assert response.status_code == 400
    assert f'href="#id_{field}"' in html and f'id="error_{field}"' in html
    assert "2/4" not in html


def test_what_was_typed_stays_in_the_form_and_is_escaped(client, levels):
    html = client.get(f'{ADDRESS}?date="><script>').content.decode()
    assert "&quot;&gt;&lt;script&gt;" in html


@pytest.mark.parametrize("wanted", ["pdf", "atom", "CSV"])
def test_a_format_that_there_is_not_is_answered_with_400(client, levels, wanted):
    response = client.get(f"{ADDRESS}?format={wanted}")
    assert response.status_code == 400
    assert "csv, xlsx, json" in text_of(response)


def test_a_year_without_a_plan_is_answered_with_404(client, levels):
    assert client.get(f"{ADDRESS}?year=2018").status_code == 404


def test_the_three_figures_count_the_states(client, plan, levels, justice):
    met = add_target(plan, Measure.REPORTED_SHARE, 95, scope=Scope.UNITS, units=[justice.department])
    add_report(met, justice.department, 96, 100)
    none_arose = add_target(plan, Measure.REPORTED_SHARE, 95, scope=Scope.UNITS, units=[justice.department])
    add_report(none_arose, justice.department, 0, 0)
    add_target(plan, Measure.REPORTED_SHARE, 95, scope=Scope.UNITS, units=[justice.department])
    response = client.get(f"{ADDRESS}?year=2019&date=31/10/2019")
    assert [figure["count"] for figure in response.context["summary"]] == [1, 1, 1]
    assert "1 chỉ tiêu chưa đánh giá được" in text_of(response)


def test_a_target_for_which_nothing_arose_has_neither_0_nor_100_per_cent(client, plan, justice):
    target = add_target(plan, Measure.REPORTED_SHARE, 95, scope=Scope.UNITS, units=[justice.department])
    add_report(target, justice.department, 0, 0)
    text = text_of(client.get(f"{ADDRESS}?year=2019&date=31/10/2019"))
    assert "Không phát sinh" in text and "0/0 văn bản" in text
    assert "0,0%" not in text


def test_a_target_of_which_nothing_is_reported_says_so(client, plan, justice):
    add_target(plan, Measure.REPORTED_SHARE, 95, scope=Scope.UNITS, units=[justice.department])
    text = text_of(client.get(f"{ADDRESS}?year=2019&date=31/10/2019"))
    assert "Chưa báo cáo" in text and "Phòng Tư pháp" in text


def test_units_that_do_not_reach_the_target_are_named_with_their_numbers(client, plan, justice):
    culture = make.add_unit("Phòng Văn hóa")
    target = add_target(
        plan, Measure.REPORTED_SHARE, 95, scope=Scope.UNITS, units=[justice.department, culture.department]
    )
    add_report(target, justice.department, 99, 100)
    add_report(target, culture.department, 80, 100)
    text = text_of(client.get(f"{ADDRESS}?year=2019&date=31/10/2019"))
    assert "1 đơn vị chưa đạt mục tiêu" in text
    assert "Phòng Văn hóa 80,0% 80/100" in text


def test_levels_over_the_years_leave_out_years_of_which_nothing_is_known(client, levels):
    section = client.get(f"{ADDRESS}?year=2019&date=31/10/2019").context["by_year"]
    assert [row["name"] for row in section["rows"]] == ["2018", "10/2019"]
    assert [cell["count"] for cell in section["rows"][-1]["counts"]] == [1, 1, 1, 0, 1]


def test_fields_lead_to_their_lists(client, levels):
    html = client.get(f"{ADDRESS}?year=2019&date=31/10/2019").content.decode()
    assert 'href="/dich-vu-cong/?field=ho-tich' in html


def test_the_english_page_has_the_same_figures(client, levels):
    response = client.get("/en/plans/?year=2019&date=31/10/2019")
    text = text_of(response)
    assert "50.0%" in text and "2/4 procedures" in text and "5.0 points short" in text


def test_a_draft_of_a_service_is_not_counted(client, levels, justice):
    make.add_service(justice, "Bản nháp", live=False)
    assert "2/4 thủ tục" in text_of(client.get(f"{ADDRESS}?year=2019&date=31/10/2019"))


def test_texts_of_records_are_escaped(client, plan):
    add_target(plan, name="<script>alert(1)</script>", group="<b>")
    html = client.get(f"{ADDRESS}?year=2019").content.decode()
    assert "<script>alert" not in html and "&lt;script&gt;alert(1)" in html


@pytest.mark.parametrize(("part", "words"), [(9499, "Thiếu dưới 0,1 điểm %"), (9450, "Thiếu 0,5 điểm %")])
def test_a_gap_is_never_rounded_away(client, plan, justice, part, words):
    target = add_target(plan, Measure.REPORTED_SHARE, 95, scope=Scope.UNITS, units=[justice.department])
    add_report(target, justice.department, part, 10000)
    assert words in text_of(client.get(f"{ADDRESS}?year=2019&date=31/10/2019"))
