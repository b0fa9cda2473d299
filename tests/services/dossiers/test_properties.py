"""Whatever units report and whichever levels they have: figures agree with a count by hand, history is kept."""

from collections import Counter
from datetime import date
from types import SimpleNamespace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.dossiers import figures
from services.dossiers.figures import Period
from services.dossiers.importing import HandedIn, import_statistics
from services.dossiers.measures import MEASURES
from services.dossiers.period import last_of
from services.maturity import level_on
from services.models import COUNTS, DossierFigure, DossierTotal, MaturityRecord
from services.tables.values import Row
from tests import factories as make

MONTHS = [date(2019, month, 1) for month in (1, 2, 3)]
YEAR = Period.year_to(date(2019, 12, 31))
#: unit, month, procedure (or the whole third field), by their numbers → six counts
keys = st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(0, 2))
reports = st.dictionaries(keys, st.tuples(*[st.integers(0, 50)] * 6), max_size=12)
levels = st.lists(
    st.tuples(st.integers(0, 1), st.sampled_from([None, 0, 1, 2]), st.integers(1, 4), st.integers(0, 100)),
    max_size=6,
    unique_by=lambda level: (level[0], level[1], level[3]),
)
examples = settings(
    max_examples=25, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


@pytest.fixture(scope="module")
def district(rolled_back):
    units = [make.add_unit(f"Xã {number}", kind="commune").department for number in range(3)]
    fields = [make.add_field(name) for name in ("Hộ tịch", "Chứng thực")]
    procedures = [make.add_procedure(fields[0], units=units) for _number in range(2)]
    make.add_procedure(fields[1], units=units)
    return SimpleNamespace(units=units, fields=fields, procedures=procedures, admin=make.add_administrator())


def rows_of(district, stated):
    """The rows of a file; key 2 in the last place is the whole second field."""
    for line, ((unit, month, what), counts) in enumerate(stated.items(), start=2):
        about = {"field": "Chứng thực"} if what == 2 else {"code": district.procedures[what].code}
        values = {"month": f"{MONTHS[month]:%m/%Y}", "unit": district.units[unit].name, **about}
        yield Row(line, values | {name: str(count) for name, count in zip(COUNTS, counts, strict=True)})


def hand_in(district, stated):
    return import_statistics(HandedIn(rows_of(district, stated), "a.csv", "0"), user=district.admin)


def record(district, level):
    procedure, unit, reached, day = level
    make.add_level(
        district.procedures[procedure],
        reached,
        date.fromordinal(MONTHS[0].toordinal() + day),
        unit=None if unit is None else district.units[unit],
    )


def counted_by_hand(district, stated):
    """Numerator and denominator of variant A, row by row."""
    online = in_person = 0
    for (unit, month, what), counts in stated.items():
        reached = 4
        if what < 2:
            records = MaturityRecord.objects.filter(procedure=district.procedures[what])
            reached = level_on(records, last_of(MONTHS[month]), district.units[unit].pk) or 0
        if reached >= 3:
            online, in_person = online + counts[0], in_person + counts[1]
    return online, online + in_person


@examples
@given(stated=reports, before=levels, after=levels)
def test_variant_a_agrees_with_a_count_row_by_row_whenever_levels_are_recorded(district, db, stated, before, after):
    with transaction.atomic():
        for level in before:
            record(district, level)
        hand_in(district, stated)
        for level in after:
            if not any(level[:2] == other[:2] and level[3] == other[3] for other in before):
                record(district, level)
        rate = figures.online_rate(YEAR)
        assert (rate.numerator, rate.denominator) == counted_by_hand(district, stated)
        transaction.set_rollback(True)


@examples
@given(stated=reports)
def test_units_fields_and_months_each_add_up_to_the_whole(district, db, stated):
    with transaction.atomic():
        hand_in(district, stated)
        for measure in MEASURES.values():
            whole = figures.rate(measure, YEAR)
            parts = {
                "units": [found.rate for found in figures.rates_by_unit(measure, YEAR)],
                "fields": [found.rate for found in figures.rates_by_field(measure, YEAR)],
                "months": [rate for _month, rate in figures.rates_by_month(measure, YEAR)],
            }
            for rates in parts.values():
                assert sum(rate.numerator for rate in rates) == whole.numerator
                assert sum(rate.denominator for rate in rates) == whole.denominator
        transaction.set_rollback(True)


@examples
@given(stated=reports)
def test_the_same_file_again_changes_nothing(district, db, stated):
    with transaction.atomic():
        hand_in(district, stated)
        before = (DossierFigure.objects.count(), list(DossierTotal.objects.order_by("pk").values()))
        again = hand_in(district, stated)
        assert again.unchanged == len(stated) and not again.writes
        assert (DossierFigure.objects.count(), list(DossierTotal.objects.order_by("pk").values())) == before
        transaction.set_rollback(True)


@examples
@given(versions=st.lists(reports, min_size=2, max_size=4))
def test_every_figure_that_was_ever_stored_is_kept_and_the_last_one_counts(district, db, versions):
    with transaction.atomic():
        latest, ever = {}, Counter()
        for stated in versions:
            ever.update((key, counts) for key, counts in stated.items() if latest.get(key) != counts)
            latest |= stated
            hand_in(district, stated)
        kept = Counter(DossierFigure.objects.values_list(*COUNTS))
        assert kept == Counter(counts for (_key, counts), number in ever.items() for _time in range(number))
        assert figures.sums(YEAR).numbers["received_online"] == sum(counts[0] for counts in latest.values())
        transaction.set_rollback(True)
