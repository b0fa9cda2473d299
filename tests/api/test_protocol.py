"""Errors, conditional requests, other origins."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.http import http_date

from core.models import PublicVersion
from tests.api.conftest import forget

PROBLEM = "application/problem+json"


# --- errors -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("services?level=9", "level"),
        ("services?colour=red", "colour"),
        ("services?page=2", "page"),
        ("services?format=csv", "format"),
        ("services?unit=nowhere", "unit"),
        ("services?limit=0", "limit"),
        ("services?limit=201", "limit"),
        ("services?limit=x", "limit"),
        ("services?limit=1&limit=2", "limit"),
        ("services?q=a&q=b", "q"),
        ("services?q=%00", "q"),
        ("services?locale=fr", "locale"),
        ("services/1.000001?limit=2", "limit"),
        ("directives?issued_from=31/02/2019", "issued_from"),
        ("directives?issued_from=", "issued_from"),
        ("directives?issued_from=2019-02-01&issued_to=2019-01-01", "issued_to"),
        ("announcements?kind=gossip", "kind"),
        ("departments?kind=office", "kind"),
        ("search", "q"),
        ("search?q=", "q"),
        ("search?q=a&kind=gossip", "kind"),
        ("search?q=a&page=1", "page"),
    ],
)
def test_a_malformed_or_unknown_parameter_is_refused_by_name(get, section, query, name):
    answer = get(query)
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, PROBLEM)
    assert [error["name"] for error in answer.json()["errors"]] == [name]
    assert set(answer.json()) == {"type", "title", "status", "detail", "errors"}


def test_all_parameters_at_fault_are_named_together(get, db):
    names = [error["name"] for error in get("services?level=9&colour=red&locale=fr").json()["errors"]]
    assert sorted(names) == ["colour", "level", "locale"]


@pytest.mark.parametrize(
    "path",
    ["nothing", "nothing/", "services/", "services/1/2", "directives/x", "directives/0", "directives/" + "9" * 30],
)
def test_an_unknown_address_is_answered_with_a_problem(get, db, path):
    answer = get(path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, PROBLEM)


@pytest.mark.parametrize("path", ["services", "nothing"])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(client, db, path, method):
    answer = getattr(client, method)(f"/api/v1/{path}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (405, PROBLEM)
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_a_write_is_refused_as_a_problem_whatever_protects_forms(db):
    from django.test import Client

    answer = Client(enforce_csrf_checks=True).post("/api/v1/nothing")
    assert (answer.status_code, answer.headers["Content-Type"]) == (405, PROBLEM)


def test_a_failure_of_ours_is_a_problem_that_tells_nothing_of_the_inside(client, db, monkeypatch):
    monkeypatch.setattr("services.api.part_of", lambda *_args: 1 / 0)
    answer = client.get("/api/v1/services")
    assert (answer.status_code, answer.headers["Content-Type"]) == (500, PROBLEM)
    assert "ZeroDivision" not in answer.content.decode()


def test_too_many_parameters_are_a_problem_too(client, db):
    answer = client.get("/api/v1/services?" + "&".join(f"a{number}=1" for number in range(2000)))
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, PROBLEM)


# --- conditional requests ---------------------------------------------------------------------------------------------


@pytest.fixture
def published(section, django_capture_on_commit_callbacks):
    """Publish a page, commit included."""

    def publish():
        # The test's own transaction never ends, so what it has to do at its end is done here, once for each.
        connection.run_on_commit.clear()
        with django_capture_on_commit_callbacks(execute=True):
            type(section).objects.get(pk=section.pk).save_revision().publish()

    publish()
    return publish


def test_an_answer_that_the_reader_has_is_not_given_again_nor_worked_for(get, published):
    etag = get("services").headers["ETag"]
    forget()
    with CaptureQueriesContext(connection) as queries:
        answer = get("services", headers={"If-None-Match": f'W/"x", {etag}'})
    assert (answer.status_code, answer.content, answer.headers["ETag"]) == (304, b"", etag)
    assert len(queries) == 1


def test_a_publication_outdates_what_the_reader_has(get, section, published):
    etag = get("services").headers["ETag"]
    published()
    answer = get("services", headers={"If-None-Match": etag})
    assert answer.status_code == 200
    assert answer.headers["ETag"] != etag


def test_another_query_language_or_day_is_another_answer(get, published, monkeypatch):
    tags = {get(path).headers["ETag"] for path in ("services", "services?locale=en", "services?limit=2", "directives")}
    day = __import__("datetime").date(2031, 1, 1)
    monkeypatch.setattr("core.read_api.answers.today", lambda: day)
    tags.add(get("services").headers["ETag"])
    assert len(tags) == 5


def test_the_day_of_the_last_change_answers_as_well(get, published):
    PublicVersion.objects.update(changed_at=PublicVersion.objects.get().changed_at - timedelta(minutes=5))
    modified = get("services").headers["Last-Modified"]
    assert get("services", headers={"If-Modified-Since": modified}).status_code == 304
    assert get("services", headers={"If-Modified-Since": http_date(0)}).status_code == 200
    assert get("services", headers={"If-Modified-Since": "yesterday"}).status_code == 200


def test_an_error_is_never_said_to_be_unchanged(get, published):
    answer = get("services?level=9", headers={"If-Modified-Since": http_date(4_000_000_000)})
    assert answer.status_code == 400
    assert "ETag" not in answer.headers


def test_an_unknown_parameter_is_not_answered_from_the_cache(client, published):
    assert client.get("/api/v1/services").status_code == 200
    assert client.get("/api/v1/services?colour=red").status_code == 400


def test_an_answer_is_kept_until_something_is_published(client, section, published):
    client.get("/api/v1/services")
    assert client.get("/api/v1/services").headers["X-Portal-Cache"] == "hit"
    published()
    assert client.get("/api/v1/services").headers["X-Portal-Cache"] == "miss"


# --- other origins, HEAD, cookies -------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["services", "services?level=9", "nothing", "openapi.json"])
def test_pages_of_any_origin_may_read(get, section, path):
    answer = get(path, headers={"Origin": "https://elsewhere.example"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_a_preflight_is_answered(client, db):
    headers = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET"}
    answer = client.options("/api/v1/services", headers=headers)
    assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) == (204, "*")
    assert "GET" in answer.headers["Access-Control-Allow-Methods"]


def test_head_gives_the_headers_of_get(client, section):
    answer = client.head("/api/v1/services")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["ETag"] == client.get("/api/v1/services").headers["ETag"]
