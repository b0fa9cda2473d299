"""What the catalogue cannot read is said, and the form is there to be mended."""

import pytest

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
