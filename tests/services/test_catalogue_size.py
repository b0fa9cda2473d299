"""The catalogue grows: the same queries for one row and for two hundred, and a field's list that shows them all."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.page_cache import forget
from tests import factories as make
from tests.readers import forget_pages

URL = "/dich-vu-cong/"
LISTS = ("", "?field=thu-vien", "?q=thu+tuc&level=unknown", "?unit=thu-vien", "?format=json")
SIZES = (1, 20, 201)


def queries(url):
    """Statements of an answer that is not stored, by a worker that has answered others before."""
    forget_pages()
    with CaptureQueriesContext(connection) as made:
        response = Client().get(url)
        assert response.status_code == 200
        b"".join(response)
    return len(made)


@pytest.fixture(scope="module")
def statements(rolled_back):
    """(list, size of the catalogue) → number of queries; the catalogue is left at its greatest size."""
    library, field = make.add_unit("Thư viện", slug="thu-vien"), make.add_field("Thư viện", slug="thu-vien")
    found, size = {}, 0
    for wanted in SIZES:
        make.add_services(library, wanted - size, field)
        size = wanted
        forget()
        for query in LISTS:
            queries(URL + query)
        found |= {(query, size): queries(URL + query) for query in LISTS}
    return found


@pytest.mark.parametrize("query", LISTS)
def test_a_list_takes_at_most_12_queries(statements, db, query):
    assert statements[query, SIZES[-1]] <= 12


@pytest.mark.parametrize("query", LISTS)
def test_a_list_takes_the_same_number_of_queries_whatever_its_size(statements, db, query):
    assert len({statements[query, size] for size in SIZES}) == 1


def rows(client, url):
    return client.get(url).context_data["listing"].rows


def test_a_field_s_list_shows_up_to_200_rows(client, db, statements):
    assert len(rows(client, f"{URL}?field=thu-vien")) == 200


def test_the_201st_row_is_on_the_next_page(client, db, statements):
    assert len(rows(client, f"{URL}?field=thu-vien&page=2")) == 1


def test_any_other_list_shows_20_rows(client, db, statements):
    assert len(rows(client, URL)) == 20


def test_pages_past_the_first_carry_the_filters_on(client, db, statements):
    assert 'href="?unit=thu-vien&amp;page=2"' in client.get(f"{URL}?unit=thu-vien").content.decode()
