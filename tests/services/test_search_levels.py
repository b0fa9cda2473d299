"""Levels among search results: the service's own, or, where units are chosen, theirs, as in the catalogue's list."""

from datetime import date

import pytest

from core.page_cache import forget
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(db):
    return make.add_unit("UBND thị trấn", slug="thi-tran")


@pytest.fixture
def births(town):
    """Level 2 for all units, 4 in the town, nothing of its own in the village; and one service of the village alone."""
    village = make.add_unit("UBND xã", slug="xa")
    ready = {"papers": [make.paper(form=make.add_file())], "apply_url": "https://dvc.example/nop"}
    both = make.add_procedure(units=[town.department, village.department])
    page = make.add_service(town, "Đăng ký khai sinh", both, **ready)
    make.add_level(both, 2)
    make.add_level(both, 4, unit=town.department, extent="full", online_payment=True, online_result=True)
    other = make.add_procedure(units=[village.department])
    make.add_service(village, "Đăng ký lại khai sinh", other, **ready)
    make.add_level(other, 3)
    return page


@pytest.fixture
def ask(client, committed):
    def ask(**filters):
        with committed():
            forget()
        context = client.get("/tim-kiem/", {"q": "đăng ký khai sinh", **filters}).context_data
        rows = [row for row in (context["best"], *context["listing"].rows) if row]
        return context, {str(row["title"]).replace("<mark>", "").replace("</mark>", ""): row for row in rows}

    return ask


def counts(context, name):
    facets = [facet for facet in context["listing"].facets if facet.name == name]
    return {one.value: one.count for facet in facets for one in (*facet.values, *facet.hidden_values) if one.count}


def level_of(rows):
    return rows["Đăng ký khai sinh"]["level"]


def test_without_a_unit_the_level_is_the_services_own(births, ask):
    context, rows = ask()
    assert level_of(rows) == 2
    assert counts(context, "level") == {"2": 1, "3": 1}
    assert counts(context, "extent") == {}


def test_with_a_unit_level_and_extent_are_those_of_the_unit(births, ask):
    context, rows = ask(unit="thi-tran")
    assert (level_of(rows), rows["Đăng ký khai sinh"]["extent"]) == (4, "full")
    assert counts(context, "level") == {"4": 1}
    assert counts(context, "extent") == {"full": 1}


def test_with_a_unit_that_has_no_level_of_its_own_that_for_all_units_counts(births, ask):
    assert level_of(ask(unit="xa")[1]) == 2


def test_with_two_units_the_lowest_counts(births, ask):
    assert level_of(ask(unit=["thi-tran", "xa"])[1]) == 2


@pytest.mark.parametrize(("level", "found"), [("4", ["Đăng ký khai sinh"]), ("2", [])])
def test_the_level_asked_for_is_that_of_the_unit(births, ask, level, found):
    assert list(ask(unit="thi-tran", level=level)[1]) == found


def test_a_unit_does_not_narrow_itself_under_a_level(births, ask):
    context, _rows = ask(unit="thi-tran", level="4")
    assert counts(context, "unit") == {"thi-tran": 1, "xa": 1}
    assert counts(context, "level") == {"4": 1}


@pytest.mark.parametrize("filters", [{}, {"unit": "thi-tran"}, {"unit": "thi-tran", "level": "4"}, {"level": "2"}])
def test_search_and_catalogue_count_alike(client, births, ask, filters):
    context, _rows = ask(**filters)
    catalogue = client.get("/dich-vu-cong/", filters).context_data
    assert context["listing"].total == catalogue["listing"].total
    for name in ("level", "extent", "unit"):
        assert counts(context, name) == counts(catalogue, name)


@pytest.mark.parametrize(("level", "total"), [("4", 1), ("2", 0)])
def test_a_level_is_that_of_the_unit_where_more_answers_than_is_fetched(births, ask, monkeypatch, level, total):
    monkeypatch.setattr("search.query.LIMIT", 1)
    assert ask(unit="thi-tran", level=level)[0]["listing"].total == total


def test_a_record_shows_at_once(births, ask, town):
    ask(unit="thi-tran")
    make.add_level(births.procedure, 3, unit=town.department, on=date(2019, 5, 1))
    assert level_of(ask(unit="thi-tran")[1]) == 3


def test_a_hit_says_its_place_once_as_the_best_one_and_in_the_list(births, client, committed):
    births.place = "Bộ phận Một cửa"
    births.save()
    with committed():
        forget()
    best = client.get("/tim-kiem/", {"q": "đăng ký khai sinh"}).content.decode()
    assert 'class="box best"' in best
    assert best.count(births.place) == 1
    listed = client.get("/tim-kiem/", {"q": "đăng ký"}).content.decode()
    assert 'class="box best"' not in listed
    assert listed.count(births.place) == 1
