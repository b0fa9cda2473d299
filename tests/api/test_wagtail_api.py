"""Wagtail's own API: pages that everybody may read, and nothing else."""

from types import ModuleType

import pytest

from portal import api, urls
from tests import factories
from tests.api.conftest import KINDS


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("state", "status"), [("public", 200), ("private", 404), ("draft", 404)])
def test_a_page_is_there_only_where_everybody_may_read_it(client, portal, kind, state, status):
    page = getattr(getattr(portal, kind), state)
    assert client.get(f"/api/v2/pages/{page.pk}/").status_code == status
    listed = client.get("/api/v2/pages/", {"limit": 20, "order": "-id"}).json()["items"]
    assert (page.pk in {item["id"] for item in listed}) == (status == 200)


def test_somebody_signed_in_sees_no_more(client, portal):
    client.force_login(factories.add_administrator())
    assert client.get(f"/api/v2/pages/{portal.services.private.pk}/").status_code == 404


def test_what_a_draft_changes_does_not_come_out(client, portal):
    page = portal.services.public
    page.title = "Chưa công bố"
    page.save_revision()
    assert "Chưa công bố" not in client.get(f"/api/v2/pages/{page.pk}/?fields=*").content.decode()


@pytest.mark.parametrize("path", ["documents/", "images/", "users/", "pages/1/copy/"])
def test_files_and_everything_else_are_not_there(client, db, path):
    factories.add_file()
    assert client.get(f"/api/v2/{path}").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(client, portal, method):
    client.force_login(factories.add_administrator())
    assert getattr(client, method)(f"/api/v2/pages/{portal.services.public.pk}/").status_code in {403, 405}


def test_the_next_api_is_not_there(client, portal):
    assert client.get("/api/v3-preview/pages/").status_code == 404


@pytest.fixture
def next_api(settings):
    """The portal's addresses as they are where the setting is on."""
    settings.PORTAL_API_V3_PREVIEW = True
    mounted = ModuleType("mounted")
    mounted.urlpatterns = [*api.preview(), *urls.urlpatterns]
    mounted.handler404 = urls.handler404
    settings.ROOT_URLCONF = mounted


def test_the_next_api_is_mounted_where_the_setting_says_so(client, portal, next_api):
    assert client.get("/api/v3-preview/pages/").status_code == 200


@pytest.mark.parametrize("path", ["documents/", "images/", "documents/1/", "images/1/", "documents", "images"])
def test_its_lists_of_files_which_name_unpublished_ones_are_left_out(client, portal, next_api, path):
    factories.add_file("mat.txt")
    answer = client.get(f"/api/v3-preview/{path}")
    assert answer.status_code == 404
    assert "mat.txt" not in answer.content.decode()


def test_an_answer_to_somebody_with_a_token_is_never_kept(client, portal):
    for _time in range(2):
        answer = client.get("/api/v2/pages/", headers={"Authorization": "Bearer x"})
        assert "X-Portal-Cache" not in answer.headers


def test_it_sets_no_cookie(client, portal):
    assert not client.get("/api/v2/pages/").cookies
