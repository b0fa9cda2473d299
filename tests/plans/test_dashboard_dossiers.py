"""Dossiers on the dashboard: communes from the lowest, on time by month."""

import re
from datetime import date

import pytest

from plans.models import Comparison, Measure, Scope, Target
from tests import factories as make
from tests.plans.build import add_plan, add_target
from tests.services.dossiers.reported import report

ADDRESS = "/ke-hoach-so-lieu/?year=2019&date=31/10/2019"


@pytest.fixture
def communes(db):
    """Three communes and a target above 90%: one reaches it, one does not, one has reported nothing."""
    plan, field = add_plan(), make.add_field("Hộ tịch")
    sections = [make.add_unit(name, kind="commune") for name in ("Xã Bắc Sơn", "Xã Hồng Kỳ", "Xã Minh Trí")]
    units = [section.department for section in sections]
    make.add_procedure(field, units=units)
    add_target(
        plan, Measure.ONLINE_DOSSIERS, 90, scope=Scope.COMMUNES, comparison=Comparison.ABOVE, name="Hồ sơ cấp xã"
    )
    report(units[0], (2019, 1), [84, 16, 5, 10, 60, 30], field=field)
    report(units[1], (2019, 2), [95, 5, 0, 50, 49, 1], field=field)
    report(units[1], (2019, 11), [0, 900, 0, 0, 0, 900], field=field)
    return units


@pytest.fixture
def context(client, communes):
    return client.get(ADDRESS).context


def test_the_commune_that_is_behind_stands_first_with_its_numbers(context):
    first, *others = context["units"]["rows"]
    assert (first["name"], first["rate"]["numerator"], first["rate"]["denominator"]) == ("Xã Bắc Sơn", 84, 100)
    assert first["state"] == {"kind": "warn", "text": "Chưa đạt"} and not first["bar"]["is_met"]
    assert [row["name"] for row in others] == ["Xã Hồng Kỳ", "Xã Minh Trí"]


def test_a_commune_that_reaches_the_target_has_no_tag(context):
    assert context["units"]["rows"][1]["state"] is None


def test_a_commune_that_has_reported_nothing_says_so(context):
    last = context["units"]["rows"][2]
    assert last["state"]["text"] == "Chưa báo cáo" and last["bar"]["value"] is None


def test_figures_after_the_day_do_not_count(context):
    assert context["units"]["rate"]["numerator"] == 179


def test_how_many_are_behind_is_said_in_words(client, communes):
    html = client.get(ADDRESS).content.decode()
    assert "1 trên 3 xã, thị trấn chưa đạt mục tiêu &gt; 90%." in html
    assert "Kỳ 01/2019–10/2019" in html


def test_a_commune_leads_to_its_section(client, communes):
    assert 'href="/don-vi/xa-bac-son/">Xã Bắc Sơn</a>' in client.get(ADDRESS).content.decode()


def test_on_time_by_month_has_a_chart_and_a_table_with_the_same_numbers(client, communes):
    section = client.get(ADDRESS).context["on_time"]
    assert [(row["numerator"], row["denominator"]) for row in section["rows"][:2]] == [(70, 100), (99, 100)]
    html = client.get(ADDRESS).content.decode()
    assert "<desc>01/2019: 70,0%; 02/2019: 99,0%; 03/2019: không phát sinh;" in html
    assert re.search(r"<td[^>]*>100</td><td[^>]*><b>70,0%</b>", html)


def test_where_nothing_is_reported_the_sections_are_left_out(client, communes):
    before = client.get("/ke-hoach-so-lieu/?year=2019&date=01/01/2019").context
    assert before["on_time"] is not None  # January has figures, whole months count
    add_plan(2018, number="12/KH-UBND", date=date(2018, 2, 1))
    earlier = client.get("/ke-hoach-so-lieu/?year=2018").context
    assert earlier["units"] is None and earlier["on_time"] is None


def test_without_a_target_communes_are_ranked_all_the_same(client, communes):
    Target.objects.all().delete()
    section = client.get(ADDRESS).context["units"]
    assert section["words"] == "" and section["rows"][0]["name"] == "Xã Bắc Sơn"
