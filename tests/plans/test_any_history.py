"""Whatever was recorded, in whatever order: on any day every place of the portal gives the same figures."""

import csv
import io
import json
import re
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.page_cache import forget
from services.catalogue import counted_catalogue
from services.level_book import LevelsOn
from services.maturity import state_on
from services.models import MaturityRecord
from services.rates import level_rate
from tests import factories as make
from tests.plans.build import add_plan, add_target

LIST, PLAN, API = "/dich-vu-cong/", "/ke-hoach-so-lieu/", "/api/v1/services"
FIRST = date(2018, 7, 1)
days = st.integers(0, 700).map(lambda number: FIRST + timedelta(days=number))
days_of_the_plan = st.integers(0, 364).map(lambda number: date(2019, 1, 1) + timedelta(days=number))


@pytest.fixture(scope="module")
def town(rolled_back):
    """Five services that count, of three units; then one of no unit, a draft, a private one and an English twin."""
    sections = [make.add_unit(name, kind="commune") for name in ("Xã Bắc Sơn", "Xã Nam Sơn", "Xã Minh Trí")]
    units = [section.department for section in sections]
    procedures = [make.add_procedure(units=units[: number % 3 + 1], at_commune=True) for number in range(5)]
    ended = make.add_procedure(units=units, in_force_from=date(2018, 10, 1), in_force_until=date(2019, 6, 30))
    for number, procedure in enumerate([*procedures, ended]):
        make.add_service(sections[number % 3], f"Thủ tục {number}", procedure)
    foreign, draft, private = make.add_procedure(), make.add_procedure(units=units), make.add_procedure(units=units)
    make.add_service(sections[0], "Của nơi khác", foreign)
    make.add_service(sections[0], "Bản nháp", draft, live=False)
    make.restrict(make.add_service(sections[0], "Nội bộ", private))
    make.add_service(make.add_section(units[0], "en"), "In English", procedures[0])
    add_target(add_plan(2019))
    counted = [*procedures, ended]
    return SimpleNamespace(units=units, counted=counted, all=[*counted, foreign, draft, private])


@st.composite
def histories(draw):
    """Records as (procedure, unit or None, day, level, extent, paid online, annulled): one a day and unit."""
    keys = st.tuples(st.integers(0, 8), st.sampled_from([None, 0, 1, 2]), days)
    states = st.tuples(st.sampled_from([None, 1, 2, 3, 4]), st.sampled_from(["full", "partial", "information"]))
    found = draw(st.dictionaries(keys, st.tuples(states, st.booleans(), st.integers(0, 9)), max_size=40))
    return [(*key, *state, paid, annulled == 0) for key, (state, paid, annulled) in found.items()]


@pytest.fixture
def record(town, db):
    """Store a history, for the length of one example."""

    def store(history):
        MaturityRecord.objects.bulk_create(
            MaturityRecord(
                procedure=town.all[procedure],
                unit=None if unit is None else town.units[unit],
                date=day,
                level=level,
                extent=extent,
                online_payment=paid,
                annulled_at="2020-01-01T00:00Z" if annulled else None,
                annulled_reason="Nhập nhầm" if annulled else "",
            )
            for procedure, unit, day, level, extent, paid, annulled in history
        )
        forget()

    return store


def expected(town, on: date) -> dict[int, int]:
    """Level, 0 where there is none, of each procedure that counts on a day: by the rule, read one by one."""
    found = {}
    for procedure in town.counted:
        begin, end = procedure.in_force_from or on, procedure.in_force_until or on
        if begin <= on <= end:
            executing = set(procedure.units.values_list("pk", flat=True))
            records = [record for record in procedure.maturity_records.valid() if record.unit_id in {None, *executing}]
            found[procedure.code] = state_on(records, on).level or 0
    return found


def by_level(rows, key=lambda row: row["level"]) -> dict[int, int]:
    levels = [int(key(row) or 0) for row in rows]
    return {level: levels.count(level) for level in range(5)}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories(), on=days_of_the_plan)
def test_list_files_api_rate_and_dashboard_agree_on_any_day(client, town, record, history, on):
    with transaction.atomic():
        record(history)
        levels = expected(town, on)
        counts = {level: list(levels.values()).count(level) for level in range(5)}
        everywhere = {"date": on.isoformat()}

        page = client.get(LIST, everywhere).context_data["rate"]
        table = json.loads(client.get(LIST, {**everywhere, "format": "json"}).getvalue())
        lines = client.get(LIST, {**everywhere, "format": "csv"}).getvalue().decode("utf-8-sig")
        rows = [row for row in csv.DictReader(io.StringIO(lines)) if row["units"]]
        items = [item for item in client.get(API, everywhere).json()["items"] if item["units"]]
        plan = json.loads(client.get(PLAN, {**everywhere, "year": 2019, "format": "json"}).getvalue())[0]

        assert by_level([row for row in table if row["units"]]) == by_level(rows) == by_level(items) == counts
        reached = (counts[3] + counts[4], sum(counts.values()))
        rate = level_rate(counted_catalogue(on), ("Huyện",), on).rate
        for figures in (page, plan, {"numerator": rate.numerator, "denominator": rate.denominator}):
            assert (figures["numerator"], figures["denominator"]) == reached
        for level in (3, 4):
            answer = client.get(LIST, {**everywhere, "level": level})
            total = int(re.search(r'data-total="(\d+)"', answer.content.decode())[1])
            assert total == sum(1 for row in table if row["level"] == level)
        transaction.set_rollback(True)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories(), on=days)
def test_the_book_of_levels_says_what_the_rule_says_of_every_unit(town, record, history, on):
    with transaction.atomic():
        record(history)
        levels = LevelsOn(on)
        for procedure in town.all:
            executing = set(procedure.units.values_list("pk", flat=True))
            records = [entry for entry in procedure.maturity_records.valid() if entry.unit_id in {None, *executing}]
            assert levels.of_service(procedure.pk) == state_on(records, on)
            for unit, state in levels.of_units(procedure.pk):
                assert state == levels.joint_of(procedure.pk, [unit]) == state_on(records, on, unit)
        transaction.set_rollback(True)


def test_nobody_counts_a_draft_a_private_service_or_one_of_no_unit(client, town, db):
    forget()
    rate = client.get(LIST, {"date": "2019-03-01"}).context_data["rate"]
    assert rate["denominator"] == len(town.counted)
