"""The catalogue as a download: what everybody may read for all, drafts for superusers alone."""

import json

import pytest
from django.urls import reverse

from departments.roles import PUBLISHER
from tests import factories as make

pytestmark = pytest.mark.django_db
PUBLIC = "/du-lieu/danh-muc-thu-tuc."
STAFF = "/admin/catalogue/{}/"


@pytest.fixture
def section():
    """A unit with a service that is live, one that is a draft and one that not everybody may read."""
    section = make.add_unit()
    make.add_service(section, "Công khai", make.add_procedure(code="1.900001"))
    make.add_service(section, "Bản nháp", make.add_procedure(code="1.900002"), live=False)
    make.restrict(make.add_service(section, "Nội bộ", make.add_procedure(code="1.900003")))
    return section


def _codes(response):
    return [row["code"] for row in json.loads(b"".join(response.streaming_content))]


def test_readers_download_what_they_may_read(client, section):
    assert _codes(client.get(f"{PUBLIC}json")) == ["1.900001"]


@pytest.mark.parametrize(("form", "kind"), [("csv", "text/csv"), ("xlsx", "spreadsheetml"), ("json", "json")])
def test_each_format_says_what_it_is(client, section, form, kind):
    response = client.get(f"{PUBLIC}{form}")
    assert kind in response.headers["Content-Type"]
    assert response.headers["Content-Disposition"] == f'attachment; filename="danh-muc-thu-tuc.{form}"'


def test_a_format_that_there_is_not_is_not_found(client, section):
    assert client.get(f"{PUBLIC}pdf").status_code == 404


def test_drafts_are_for_superusers_alone(client, section):
    url = STAFF.format("json")
    assert client.get(url).status_code == 302
    client.force_login(make.add_member(PUBLISHER))
    assert client.get(url).status_code in {302, 403}
    client.force_login(make.add_administrator())
    assert _codes(client.get(url)) == ["1.900001", "1.900002", "1.900003"]
    assert client.post(url).status_code == 405


def test_the_list_of_services_offers_the_files(client, section):
    for user, url in (
        (make.add_member(PUBLISHER), f"{PUBLIC}xlsx"),
        (make.add_administrator(), STAFF.format("xlsx")),
    ):
        client.force_login(user)
        assert url in client.get(reverse("services:index")).content.decode()


@pytest.mark.parametrize("number", [1, 20])
def test_a_download_takes_as_many_queries_with_many_rows_as_with_one(
    client, section, django_assert_max_num_queries, number
):
    make.add_services(section, number, make.add_field())
    with django_assert_max_num_queries(12):
        assert len(_codes(client.get(f"{PUBLIC}json"))) == number + 1
