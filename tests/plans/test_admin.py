from datetime import date

import pytest
from django.urls import reverse

from plans.models import Comparison, Measure, Plan, Scope
from tests import factories as make
from tests.plans.build import add_plan, add_report, add_target

EDIT, ADD = "wagtailsnippets_plans_plan:edit", "wagtailsnippets_plans_plan:add"


def plan_form(plan, rows, **changes):
    """What the editor posts: the plan's fields and its targets."""
    data = {
        "number": plan.number,
        "date": "12/02/2019",
        "year": str(plan.year),
        "title": plan.title,
        "title_en": "",
        "issuer": str(plan.issuer_id),
        "page": "",
        "document": "",
        "is_public": "on",
        "report_months": "3",
        "report_days": "5",
        "remind_days": "2",
        "targets-TOTAL_FORMS": str(len(rows)),
        "targets-INITIAL_FORMS": str(sum(1 for row in rows if row.get("id"))),
        "targets-MIN_NUM_FORMS": "0",
        "targets-MAX_NUM_FORMS": "1000",
        **changes,
    }
    for number, row in enumerate(rows):
        for name, value in row.items():
            data[f"targets-{number}-{name}"] = value
        data.setdefault(f"targets-{number}-ORDER", str(number + 1))
        data.setdefault(f"targets-{number}-id", "")
    return data


def level_row(**values):
    row = {
        "name": "Dịch vụ công mức 3 trở lên",
        "measure": Measure.LEVELS,
        "scope": Scope.WHOLE,
        "comparison": Comparison.AT_LEAST,
        "value": "55",
    }
    return row | values


@pytest.fixture
def board(client, staff):
    client.force_login(staff["publisher"])
    return client


@pytest.mark.parametrize(("typed", "stored"), [("99,5", 99.5), ("99.5", 99.5), ("60", 60)])
def test_a_value_is_typed_with_the_comma_of_vietnamese(board, plan, typed, stored):
    board.post(reverse(EDIT, args=[plan.pk]), plan_form(plan, [level_row(value=typed)]))
    assert float(plan.targets.get().value) == stored
    shown = board.get(reverse(EDIT, args=[plan.pk])).context["form"].formsets["targets"].forms[0]["value"]
    assert f'value="{typed.replace(".", ",")}' in str(shown)


def test_a_value_that_is_no_number_is_refused_at_its_field(board, plan):
    response = board.post(reverse(EDIT, args=[plan.pk]), plan_form(plan, [level_row(value="chín mươi")]))
    assert "value" in response.context["form"].formsets["targets"].errors[0]


def test_the_board_edits_a_plan_with_its_targets(board, plan, commune):
    field = make.add_field("Hộ tịch")
    rows = [
        level_row(),
        level_row(name="Tư pháp", scope=Scope.UNITS, units=[commune.department.pk], fields=[field.pk], value="99.5"),
    ]
    response = board.post(reverse(EDIT, args=[plan.pk]), plan_form(plan, rows))
    assert response.status_code == 302, response.context["form"].formsets["targets"].errors
    first, second = plan.targets.order_by("sort_order")
    assert (first.name, float(second.value)) == ("Dịch vụ công mức 3 trở lên", 99.5)
    assert (list(second.units.all()), list(second.fields.all())) == ([commune.department], [field])


def test_what_units_report_needs_its_words(board, plan):
    rows = [level_row(measure=Measure.REPORTED_SHARE)]
    response = board.post(reverse(EDIT, args=[plan.pk]), plan_form(plan, rows))
    assert {"counted", "formula", "source"} <= set(response.context["form"].formsets["targets"].errors[0])


def test_named_units_have_to_be_named(board, plan):
    response = board.post(reverse(EDIT, args=[plan.pk]), plan_form(plan, [level_row(scope=Scope.UNITS)]))
    assert "units" in response.context["form"].formsets["targets"].errors[0]


def test_a_target_on_which_units_have_reported_is_not_removed(board, plan, target, commune):
    add_report(target, commune.department, 1, 2)
    words = ("name", "counted", "part_label", "whole_label", "formula", "source")
    row = {name: getattr(target, name) for name in words}
    row |= {"id": str(target.pk), "DELETE": "on", "measure": target.measure, "scope": target.scope}
    row |= {"comparison": target.comparison, "value": "95"}
    response = board.post(reverse(EDIT, args=[plan.pk]), plan_form(plan, [row]))
    assert response.status_code == 200
    assert "Văn bản xử lý qua mạng" in str(response.context["form"].non_field_errors())
    assert plan.targets.count() == 1


def test_there_is_one_plan_a_year(board, plan):
    response = board.post(reverse(ADD), plan_form(plan, []))
    assert "year" in response.context["form"].errors


@pytest.mark.parametrize("role", ["author", "reviewer", "staff_reader"])
def test_others_change_no_plan(sign_in, plan, role):
    client = sign_in(role)
    client.post(reverse(EDIT, args=[plan.pk]), plan_form(plan, [], title="Khác"))
    client.post(reverse("plans:copy", args=[plan.pk]), {"year": "2020", "number": "9/KH", "date": "01/02/2020"})
    client.post(reverse("wagtailsnippets_plans_plan:delete", args=[plan.pk]))
    assert list(Plan.objects.values_list("title", flat=True)) == [plan.title]


# --- copying -------------------------------------------------------------------------------------------------------


def test_next_years_plan_is_a_copy_that_readers_do_not_see(board, plan, target, commune):
    add_report(target, commune.department, 1, 2)
    target.units.set([commune.department])
    target.save()
    copy = {"year": "2020", "number": "12/KH-UBND", "date": "10/02/2020"}
    response = board.post(reverse("plans:copy", args=[plan.pk]), copy)
    made = Plan.objects.get(year=2020)
    assert response.url == reverse(EDIT, args=[made.pk])
    assert (made.number, made.date, made.is_public, made.title) == (
        "12/KH-UBND",
        date(2020, 2, 10),
        False,
        plan.title,
    )
    (copied,) = made.targets.all()
    assert (copied.name, copied.value, list(copied.units.all())) == (target.name, target.value, [commune.department])
    assert (copied.reports.count(), target.reports.count()) == (0, 1)


def test_a_year_that_has_a_plan_is_named_as_what_is_wrong(board, plan):
    add_plan(2020)
    response = board.post(
        reverse("plans:copy", args=[plan.pk]), {"year": "2020", "number": "1/KH", "date": "01/02/2020"}
    )
    assert "year" in response.context["form"].errors
    assert Plan.objects.count() == 2


# --- deleting ------------------------------------------------------------------------------------------------------


def test_a_plan_on_which_units_have_reported_stays(board, plan, target, commune):
    add_report(target, commune.department, 1, 2)
    board.post(reverse("wagtailsnippets_plans_plan:delete", args=[plan.pk]))
    assert Plan.objects.filter(pk=plan.pk).exists()


def test_a_plan_without_reports_is_deleted(board, plan, target):
    board.post(reverse("wagtailsnippets_plans_plan:delete", args=[plan.pk]))
    assert not Plan.objects.exists()


# --- how it stands -------------------------------------------------------------------------------------------------


def test_every_member_of_the_staff_sees_how_the_plan_stands(sign_in, plan, target, commune):
    add_target(plan)
    add_report(target, commune.department, 90, 100)
    html = sign_in("staff_reader").get(reverse("plans:state"), {"year": "2019", "date": "31/10/2019"}).content.decode()
    for text in ("90,0%", "90/100 văn bản", "≥ 95%", "1 đơn vị chưa báo cáo"):
        assert text in html


@pytest.mark.parametrize(("query", "field"), [({"year": "x"}, "year"), ({"date": "32/1"}, "date")])
def test_a_query_that_cannot_be_read_is_400_with_its_field(sign_in, plan, query, field):
    response = sign_in("staff_reader").get(reverse("plans:state"), query)
    assert response.status_code == 400
    assert field in response.context["form"].errors


def test_without_any_plan_the_page_says_so(sign_in):
    assert "Chưa có kế hoạch" in sign_in("staff_reader").get(reverse("plans:state")).content.decode()


def test_the_menu_leads_to_what_one_may_do(sign_in, plan):
    home = reverse("wagtailadmin_home")
    assert reverse("plans:state") in sign_in("staff_reader").get(home).content.decode()
    assert reverse("plans:reports") not in sign_in("staff_reader").get(home).content.decode()
    assert reverse("wagtailsnippets_plans_plan:list") in sign_in("publisher").get(home).content.decode()
    assert reverse("wagtailsnippets_plans_plan:list") not in sign_in("author").get(home).content.decode()


def test_the_file_of_a_plan_that_is_still_written_is_not_given_to_readers(client, db):
    file = make.add_file("ke-hoach.txt")
    plan = add_plan(document=file, is_public=False)
    assert client.get(file.url).status_code != 200
    plan.is_public = True
    plan.save()
    assert client.get(file.url).status_code == 200
