"""Only what everybody may read comes out, and lists agree with the pages."""

import re
from datetime import date

import pytest
from wagtail.models import Page

from announcements.models.relations import DirectiveRelation
from search.rebuilding import rebuild
from tests import factories
from tests.api.conftest import ADD, KINDS, add_directive, detail_path, forget

LISTS = {"services": "/dich-vu-cong/", "directives": "/van-ban/", "announcements": "/thong-bao/"}


@pytest.mark.parametrize("kind", KINDS)
def test_a_list_has_the_public_page_and_neither_the_private_one_nor_the_draft(get, portal, kind):
    pages = getattr(portal, kind)
    ids = {item["id"] for item in get(kind).json()["items"]}
    assert pages.public.pk in ids
    assert not ids & {pages.private.pk, pages.draft.pk}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("state", "status"), [("public", 200), ("private", 404), ("draft", 404)])
def test_a_detail_is_there_for_a_public_page_only(get, portal, kind, state, status):
    page = getattr(getattr(portal, kind), state)
    assert get(detail_path(kind, page)).status_code == status


@pytest.mark.parametrize("kind", KINDS)
def test_an_item_has_a_stable_id_and_an_absolute_address_that_works(get, client, portal, kind):
    page = getattr(portal, kind).public
    item = get(detail_path(kind, page)).json()
    assert item["id"] == page.pk
    assert item["url"].startswith("http://testserver/")
    assert client.get(item["url"]).status_code == 200


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "services"])  # a procedure has one page
def test_an_alias_is_not_given_twice(get, portal, kind):
    page = getattr(portal, kind).public
    before = get(kind).json()["total"]
    page.create_alias(update_slug="bi-danh")
    assert get(kind).json()["total"] == before


def test_search_gives_the_public_page_only(get, portal):
    rebuild()
    for word in ("dịch vụ", "kế hoạch", "thông báo"):
        answer = get("search", q=word).json()
        ids = {item["id"] for item in answer["items"]}
        private = {getattr(portal, kind).private.pk for kind in KINDS} | {
            getattr(portal, kind).draft.pk for kind in KINDS
        }
        assert answer["total"] >= 1
        assert not ids & private


def test_the_page_of_a_decision_is_named_only_where_everybody_may_read_it(get, portal):
    service = portal.services.public
    for number, state in enumerate(("public", "private", "draft")):
        page = Page.objects.get(pk=getattr(portal.directives, state).pk)
        factories.add_level(service.procedure, 1, date(2019, 1, 1 + number), decision_number=state, decision_page=page)
    levels = get(detail_path("services", service)).json()["levels"]
    assert {level["decision_number"] for level in levels if level["decision_url"]} == {"public"}


def test_a_relation_to_a_private_document_gives_its_number_but_no_address(get, portal):
    page = add_directive(portal.section, 9)
    DirectiveRelation.objects.create(page=page, kind="replaces", target=portal.directives.private)
    relation = get(f"directives/{page.pk}").json()["relations"][0]
    assert (relation["id"], relation["url"]) == (None, None)


@pytest.mark.parametrize(
    ("kind", "query"),
    [
        ("services", ""),
        ("services", "level=unknown"),
        ("services", "level=3&level=4"),
        ("services", "unit=phong-tu-phap"),
        ("services", "q=so 1"),
        ("services", "audience=organisation"),
        ("directives", "year=2019"),
        ("directives", "q=01/KH-UBND"),
        ("directives", "issued_from=2019-01-03"),
        ("directives", "validity=expired"),
        ("announcements", "kind=general"),
        ("announcements", "state=in_force"),
        ("announcements", "q=so 2"),
    ],
)
def test_a_filter_gives_the_total_that_the_page_shows(get, client, portal, kind, query):
    for number in range(4, 9):
        ADD[kind](portal.section, number)
    forget()
    html = client.get(f"{LISTS[kind]}?{query}").content.decode()
    assert get(f"{kind}?{query}").json()["total"] == int(re.search(r'data-total="(\d+)"', html)[1])


def test_search_gives_the_total_that_the_results_page_shows(get, client, portal):
    rebuild()
    forget()
    html = client.get("/tim-kiem/", {"q": "số 1"}).content.decode()
    assert get("search", q="số 1").json()["total"] == int(re.search(r'data-total="(\d+)"', html)[1])
