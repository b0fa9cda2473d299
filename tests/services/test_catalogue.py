"""The catalogue as readers see it: what is listed, filtered, counted, downloaded, refused."""

import csv
import io
import json
import re
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from openpyxl import load_workbook

from core.text import slugify
from services.models import LifeEvent
from tests import factories as make
from tests.readers import forget_pages

URL = "/dich-vu-cong/"
PAST, YESTERDAY = date(2019, 1, 1), date.today() - timedelta(days=2)
ALL = {"Cấp giấy phép cũ", "Chứng thực chữ ký", "Đăng ký đất đai", "Đăng ký khai sinh", "Đăng ký kết hôn"}


@pytest.fixture(scope="module")
def town(rolled_back):
    """Two units and five services of all kinds, and three pages that readers of the list must not see."""
    justice = make.add_unit("Phòng Tư pháp", slug="phong-tu-phap")
    commune = make.add_unit("Xã Nam Sơn", slug="xa-nam-son", kind="commune")
    status, land = make.add_field("Hộ tịch", slug="ho-tich"), make.add_field("Đất đai", slug="dat-dai")
    town = SimpleNamespace(justice=justice, commune=commune, status=status, land=land)
    both, online = [justice.department, commune.department], {"apply_url": "https://dvc.example/nop"}
    papers = {"papers": [make.paper(form=make.add_file())]}

    town.birth = make.add_procedure(status, units=both, at_commune=True)
    birth = LifeEvent.objects.create(name="Sinh con", slug="sinh-con", summary="Con mới sinh")
    town.birth.events.set([birth])
    town.birth.save()
    make.add_service(justice, "Đăng ký khai sinh", town.birth, **papers, **online)
    make.add_level(town.birth, 3, PAST, extent="partial")
    make.add_level(town.birth, 2, PAST, unit=commune.department, extent="information")

    town.marriage = make.add_procedure(status, units=[commune.department], at_district=False, at_commune=True)
    make.add_service(commune, "Đăng ký kết hôn", town.marriage, **papers, **online)
    make.add_level(town.marriage, 4, PAST, extent="full", online_payment=True, online_result=True)

    town.parcel = make.add_procedure(land, units=[justice.department], audience="organisation")
    make.add_service(justice, "Đăng ký đất đai", town.parcel, keywords="sổ đỏ", full_name="Đăng ký lần đầu")

    foreign = make.add_procedure(status, at_district=False, at_ministry=True)
    make.add_service(justice, "Chứng thực chữ ký", foreign, **papers, **online)
    make.add_level(foreign, 3, PAST)

    town.ended = make.add_procedure(land, units=[justice.department], in_force_until=YESTERDAY)
    make.add_service(justice, "Cấp giấy phép cũ", town.ended, **papers, **online)
    make.add_level(town.ended, 3, PAST)

    make.add_service(justice, "Bản nháp", live=False)
    make.restrict(make.add_service(justice, "Dịch vụ nội bộ"))
    english = make.add_section(justice.department, "en", title="Justice Division")
    make.add_service(english, "Birth registration", town.birth, **papers, **online)
    return town


class Answer:
    """A list, read as a reader would."""

    def __init__(self, response):
        self.response = response
        self.status = response.status_code
        self.html = response.content.decode()
        self.listing = response.context_data["listing"] if self.status in {200, 400} else None

    @property
    def total(self):
        return int(re.search(r'data-total="(\d+)"', self.html)[1])

    @property
    def titles(self):
        return [row["title"] for row in self.listing.rows]

    @property
    def levels(self):
        return {row["title"]: row["level"] for row in self.listing.rows}

    def counts(self, name):
        facet = next((facet for facet in self.listing.facets if facet.name == name), None)
        values = (*facet.values, *facet.hidden_values) if facet else ()
        return {value.value: value.count for value in values}


@pytest.fixture
def read(client, db, town):
    def read(url=URL, **parameters):
        forget_pages()
        return Answer(client.get(url, parameters))

    return read


@pytest.fixture
def rate(read):
    """(numerator, denominator) of the rate over the list."""

    def rate(**parameters):
        found = read(**parameters).response.context_data["rate"]
        return found["numerator"], found["denominator"]

    return rate


# --- what is listed ------------------------------------------------------------------------------------------------


def test_the_list_has_every_public_service_in_order_of_its_name(read):
    assert read().titles == sorted(ALL, key=lambda title: slugify(title))


@pytest.mark.parametrize("title", ["Bản nháp", "Dịch vụ nội bộ"])
def test_neither_a_draft_nor_a_private_service_is_told_of(read, title):
    assert title not in read().html


@pytest.mark.parametrize("wanted", ["csv", "json", "atom"])
def test_downloads_tell_of_no_draft_and_of_no_private_service(client, town, db, wanted):
    response = client.get(URL, {"format": wanted})
    text = (response.getvalue() if response.streaming else response.content).decode()
    assert not [title for title in ("Bản nháp", "Dịch vụ nội bộ") if title in text]


def test_each_language_lists_its_own_services(read):
    assert read("/en/services/").titles == ["Birth registration"]


def test_a_row_leads_to_the_public_address_of_the_service(read):
    urls = {row["title"]: row["url"] for row in read().listing.rows}
    assert urls["Đăng ký đất đai"] == "/dich-vu-cong/dang-ky-dat-dai/"


# --- filters -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ({"level": "4"}, {"Đăng ký kết hôn"}),
        ({"level": ["3", "4"]}, ALL - {"Đăng ký đất đai"}),
        ({"level": "unknown"}, {"Đăng ký đất đai"}),
        ({"extent": "partial"}, {"Đăng ký khai sinh"}),
        ({"extent": "full"}, {"Đăng ký kết hôn"}),
        ({"government": "commune"}, {"Đăng ký khai sinh", "Đăng ký kết hôn"}),
        ({"government": "ministry"}, {"Chứng thực chữ ký"}),
        ({"field": "dat-dai"}, {"Đăng ký đất đai", "Cấp giấy phép cũ"}),
        ({"unit": "xa-nam-son"}, {"Đăng ký khai sinh", "Đăng ký kết hôn"}),
        ({"audience": "organisation"}, {"Đăng ký đất đai"}),
        ({"event": "sinh-con"}, {"Đăng ký khai sinh"}),
        ({"payment": "1"}, {"Đăng ký kết hôn"}),
        ({"field": "ho-tich", "unit": "phong-tu-phap"}, {"Đăng ký khai sinh"}),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)
def test_each_filter_leaves_what_it_names(read, parameters, found):
    assert set(read(**parameters).titles) == found


@pytest.mark.parametrize("words", ["đăng ký khai sinh", "dang ky khai sinh", "ĐĂNG  KÝ Khai sinh", "khai sinh đăng"])
def test_words_find_a_service_with_or_without_marks_in_any_order(read, words):
    assert read(q=words).titles == ["Đăng ký khai sinh"]


@pytest.mark.parametrize("words", ["so do", "lan dau"])
def test_words_find_a_service_by_its_keywords_and_its_full_name(read, words):
    assert read(q=words).titles == ["Đăng ký đất đai"]


def test_words_find_a_service_by_its_code(read, town):
    assert read(q=town.marriage.code).titles == ["Đăng ký kết hôn"]


def test_a_list_narrowed_by_a_life_event_says_what_it_is(read):
    assert "Con mới sinh" in read(event="sinh-con").html


def test_one_click_leads_to_level_3_and_4(read):
    assert "?level=3&level=4" in [link.url for link in read().listing.quick]


# --- counts --------------------------------------------------------------------------------------------------------


def test_counts_are_those_of_the_whole_list_where_nothing_is_chosen(read):
    assert read().counts("field") == {"ho-tich": 3, "dat-dai": 2}


def test_a_facet_does_not_narrow_itself(read):
    assert read(field="dat-dai").counts("field") == {"ho-tich": 3, "dat-dai": 2}


def test_a_facet_narrows_the_others(read):
    assert read(field="dat-dai").counts("level") == {"3": 1, "unknown": 1}


def test_words_narrow_the_counts(read):
    assert read(q="dang ky").counts("field") == {"ho-tich": 2, "dat-dai": 1}


def test_a_count_is_the_total_of_the_list_to_which_it_leads(read):
    counts = read(unit="xa-nam-son").counts("level")
    assert counts == {level: read(unit="xa-nam-son", level=level).total for level in counts}


# --- levels of units -----------------------------------------------------------------------------------------------


def test_without_a_unit_a_service_has_the_level_for_all_units(read):
    assert read().levels["Đăng ký khai sinh"] == 3


def test_with_a_unit_a_service_has_the_level_of_that_unit(read):
    assert read(unit="xa-nam-son").levels["Đăng ký khai sinh"] == 2


def test_a_unit_without_a_level_of_its_own_has_that_for_all_units(read):
    assert read(unit="phong-tu-phap").levels["Đăng ký khai sinh"] == 3


def test_level_and_unit_together_ask_for_the_unit_s_level(read):
    assert read(unit="xa-nam-son", level="3").titles == []


def test_of_two_units_asked_for_the_lower_level_counts(read):
    assert read(unit=["xa-nam-son", "phong-tu-phap"]).levels["Đăng ký khai sinh"] == 2


# --- the rate ------------------------------------------------------------------------------------------------------


def test_the_rate_leaves_out_what_no_unit_executes_and_what_is_no_longer_in_force(rate):
    assert rate()[1] == len({"Đăng ký khai sinh", "Đăng ký kết hôn", "Đăng ký đất đai"})


def test_a_service_without_a_level_is_in_the_denominator_and_not_met(rate):
    assert rate(field="dat-dai") == (0, 1)


def test_services_at_level_3_and_4_are_in_the_numerator(rate):
    assert rate()[0] == 2


def test_a_filter_by_level_does_not_make_the_rate_whole(rate):
    assert rate(level=["3", "4"]) == rate()


def test_the_rate_of_a_unit_takes_the_levels_of_the_unit(rate):
    assert rate(unit="xa-nam-son") == (1, 2)


def test_where_nothing_is_counted_there_is_no_rate(read):
    assert read(government="ministry").response.context_data["rate"]["none_arose"]


def test_the_rate_is_shown_with_numerator_and_denominator(read):
    text = re.sub(r"<[^>]+>", " ", read().html)
    assert re.search(r"\b2\b[^\d%]{1,20}\b3\b[^%]*66[.,]7%", text)


def test_undetermined_services_are_a_segment_of_their_own(read):
    segments = {segment["level"]: segment["count"] for segment in read().response.context_data["rate"]["segments"]}
    assert segments == {4: 1, 3: 1, 2: 0, 1: 0, 0: 1}


# --- downloads -----------------------------------------------------------------------------------------------------


def csv_rows(response):
    return list(csv.DictReader(io.StringIO(response.getvalue().decode("utf-8-sig"))))


def xlsx_rows(response):
    header, *rows = load_workbook(io.BytesIO(response.content)).active.iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


@pytest.fixture
def download(client, db, town):
    def download(wanted, **parameters):
        response = client.get(URL, {**parameters, "format": wanted})
        return {"csv": csv_rows, "xlsx": xlsx_rows, "json": lambda found: json.loads(found.getvalue())}[wanted](
            response
        )

    return download


@pytest.mark.parametrize("wanted", ["csv", "xlsx", "json"])
@pytest.mark.parametrize("parameters", [{}, {"level": "3"}, {"unit": "xa-nam-son"}, {"q": "dang ky"}, {"level": "1"}])
def test_a_download_has_as_many_rows_as_the_list_says(read, download, wanted, parameters):
    assert len(download(wanted, **parameters)) == read(**parameters).total


def test_a_download_of_a_unit_s_list_has_the_levels_of_the_unit(download):
    levels = {row["title"]: row["level"] for row in download("json", unit="xa-nam-son")}
    assert levels["Đăng ký khai sinh"] == 2


def test_a_download_gives_whole_addresses(download):
    addresses = {row["title"]: row["url"] for row in download("csv")}
    assert addresses["Đăng ký kết hôn"] == "http://testserver/dich-vu-cong/dang-ky-ket-hon/"


def test_the_feed_has_an_entry_for_every_service(client, town, db):
    assert client.get(URL, {"format": "atom"}).content.decode().count("<entry>") == len(ALL)


# --- what cannot be read -------------------------------------------------------------------------------------------

MALFORMED = [
    ("level", "5"),
    ("level", "ba"),
    ("extent", "everything"),
    ("government", "village"),
    ("field", "khong-co"),
    ("unit", "khong-co"),
    ("audience", "cats"),
    ("event", "khong-co"),
    ("payment", "yes"),
]


@pytest.mark.parametrize(("name", "value"), MALFORMED)
def test_a_value_that_does_not_exist_is_answered_with_400(read, name, value):
    assert read(**{name: value}).status == 400


@pytest.mark.parametrize(("name", "value"), MALFORMED)
def test_the_field_that_cannot_be_read_is_named(read, name, value):
    assert [error["field"] for error in read(**{name: value}).listing.errors] == [name]


def test_the_form_is_there_to_be_mended(read):
    assert 'name="q"' in read(level="5").html


def test_the_error_leads_to_a_field_of_the_form(read):
    assert 'id="id_level"' in read(level="5").html


@pytest.mark.parametrize("page", ["0", "-1", "x", "1.5", "²", "9999999999"])
def test_a_page_that_is_no_number_is_answered_with_400(read, page):
    assert read(page=page).status == 400


def test_a_page_past_the_end_is_404(read):
    assert read(page="2").status == 404


def test_an_unknown_format_is_answered_with_400(read):
    assert read(format="pdf").status == 400


@pytest.mark.parametrize("words", ["\x00", "'; DROP TABLE", "%", "<script>", '"', "x" * 255])
def test_odd_words_are_answered_with_a_page(read, words):
    assert read(q=words).status in {200, 400}


def test_words_too_long_are_answered_with_400(read):
    assert read(q="x" * 256).status == 400


def test_what_a_reader_typed_is_not_run_as_markup(read):
    assert "<script>alert" not in read(q="<script>alert(1)</script>").html


def test_unknown_parameters_are_ignored(read):
    assert read(utm_source="thu").titles == read().titles


def test_an_empty_list_offers_to_remove_a_filter(read):
    answer = read(level="1", unit="xa-nam-son")
    assert (answer.status, answer.total) == (400, 0) or "?unit=xa-nam-son" in answer.html
