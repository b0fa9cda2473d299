"""A unit with one service, readers who come anew, an editor, and midnight."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from tests import factories as make

FRONT, SERVICE = "/", "/dich-vu-cong/dang-ky-khai-sinh/"
PUBLIC = [FRONT, SERVICE, "/dich-vu-cong/", "/dich-vu-cong/?q=khai+sinh", "/don-vi/", "/don-vi/phong-tu-phap/"]
PUBLIC += ["/van-ban/", "/thong-bao/", "/tim-kiem/?q=khai+sinh", "/en/", "/en/services/"]


@pytest.fixture(scope="module")
def made(rolled_back):
    section = make.add_unit("Phòng Tư pháp", slug="phong-tu-phap")
    return [section, make.add_service(section), make.add_administrator()]


@pytest.fixture
def town(db, made):
    section, service, user = (type(one).objects.get(pk=one.pk) for one in made)
    return SimpleNamespace(section=section, service=service, user=user)


@pytest.fixture
def visit(db, town):
    """Ask as a new reader; `hit`, `miss` or None tells how the answer was made."""

    def visit(url=SERVICE, **options):
        response = Client().get(url, **options)
        response.cache = response.headers.get("X-Portal-Cache")
        return response

    return visit


@pytest.fixture
def editor(client, db, town):
    client.force_login(town.user)
    return client


@pytest.fixture
def tomorrow(monkeypatch):
    """Call it to let midnight pass."""
    today = timezone.localdate()

    def pass_midnight():
        monkeypatch.setattr(timezone, "localdate", lambda *args: today + timedelta(days=1))

    return pass_midnight


def publish(town):
    town.service.title = "Khai sinh mới"
    town.service.save_revision().publish()
