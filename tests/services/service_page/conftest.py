"""A service's page: two units, somebody who writes, and what a page says without its tags."""

import re
from datetime import date
from html import unescape

import pytest

from tests import factories as make

PAST = date(2019, 1, 1)


@pytest.fixture(scope="module")
def made(rolled_back):
    justice, culture = make.add_unit("Phòng Tư pháp"), make.add_unit("Phòng Văn hóa")
    return [justice, culture, make.add_administrator()]


@pytest.fixture
def justice(db, made):
    return type(made[0]).objects.get(pk=made[0].pk)


@pytest.fixture
def culture(db, made):
    return type(made[1]).objects.get(pk=made[1].pk)


@pytest.fixture
def editor(client, justice, made):
    client.force_login(made[2])
    return client


def text(response):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))


def main_text(client, page):
    """What stands between header and footer, as markup."""
    return client.get(page.get_url()).content.decode().split("<main")[1].split("</main>")[0]
