"""Elasticsearch with TLS and a user: reached with the right ones, and left alone, without harm, with wrong ones."""

import logging
import os
from uuid import uuid4

import certifi
import pytest

from search.checks import check_engine
from search.engines import answering, outside_engine
from search.outbox import sync
from tests.search.outside import drop_indexes

pytestmark = pytest.mark.django_db
GIVEN = {name: os.environ.get(f"SEARCH_TEST_SECURED_{name}", "") for name in ("CA", "USER", "PASSWORD")}
NO_USER = {"USER": "", "PASSWORD": ""}


@pytest.fixture
def use(settings, secured_url):
    """The portal asks the server from now on, as the given settings say in place of the right ones."""
    settings.SEARCH_ELASTICSEARCH_PREFIX = f"test-{uuid4().hex[:12]}"

    def use(**changes):
        for name, value in {"URL": secured_url, "API_KEY": "", **GIVEN, **changes}.items():
            setattr(settings, f"SEARCH_ELASTICSEARCH_{name}", value)
        return outside_engine()

    return use


@pytest.fixture
def secured(use):
    engine = use()
    engine.clear()
    yield engine
    drop_indexes(use())


def test_a_user_with_the_documented_rights_does_all_that_the_portal_does(secured, ask, add_page):
    page = add_page("Xin phép xây nhà")
    assert sync(secured).pushed
    assert ask("xin phep xay nha").titles == ["Xin phép xây nhà"]
    assert answering() == "elasticsearch"
    page.delete()
    sync(secured)
    assert ask("xin phép xây nhà").total == 0


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"CA": certifi.where()}, "certificate verify failed"),
        ({"CA": ""}, "certificate verify failed"),
        ({"CA": "/khong-co.crt"}, "No such file"),
        ({"PASSWORD": "sai"}, "unable to authenticate"),
        ({"API_KEY": "c2FpOnNhaQ==", **NO_USER}, "unable to authenticate"),
        ({"API_KEY": "khóa-đ", **NO_USER}, "can't encode"),
        (NO_USER, "missing authentication"),
    ],
    ids=["another authority", "no authority", "no file", "wrong password", "wrong key", "no key", "nobody"],
)
def test_with_wrong_settings_the_database_answers_and_the_log_says_why(
    secured, use, ask, add_page, caplog, changes, said
):
    add_page("Xin phép xây nhà")
    sync(secured)
    use(**changes)
    with caplog.at_level(logging.WARNING):
        answer = ask("xin phép xây nhà")
    assert (answer.status, answer.titles) == (200, ["Xin phép xây nhà"])
    assert answering() != "elasticsearch"
    assert said in caplog.text
    assert not any(value in caplog.text for value in changes.values() if value and "/" not in value)


def test_a_certificate_that_cannot_be_read_is_said_at_start(use):
    use(CA="/khong-co.crt")
    assert [message.id for message in check_engine()] == ["search.W002"]
    use()
    assert check_engine() == []
