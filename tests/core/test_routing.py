"""Remembered routes: the same answers as without them, also between a commit and the new version."""

import pytest

from core import page_cache
from core.models import PublicVersion
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def service(db, settings):
    settings.PORTAL_PAGE_CACHE = False
    return make.add_service(make.add_unit(), "Đăng ký khai sinh")


def unraised(page, **values):
    """Change the row as another process would have, whose new version has not been read yet."""
    type(page).objects.filter(pk=page.pk).update(**values)


def test_a_page_taken_back_is_gone_at_once_where_its_route_is_remembered(client, service):
    assert client.get(service.get_url()).status_code == 200
    unraised(service, live=False)
    assert client.get(service.get_url()).status_code == 410


def test_a_page_deleted_is_no_error_where_its_route_is_remembered(client, service):
    url = service.get_url()
    assert client.get(url).status_code == 200
    version = page_cache.read_version()
    service.delete()
    PublicVersion.objects.update(number=version)
    assert client.get(url).status_code == 404


def test_a_page_is_read_anew_with_every_request(client, service):
    assert service.title in client.get(service.get_url()).content.decode()
    unraised(service, title="Tên mới")
    assert "Tên mới" in client.get(service.get_url()).content.decode()
