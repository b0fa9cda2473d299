"""The admin's own search: found with marks or without, and no typed sign is an error."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.images.tests.utils import get_test_image_file

from core.models import PortalDocument, PortalImage
from tests import factories as make

pytestmark = pytest.mark.django_db

TITLE = "Đăng ký khai sinh (mẫu 45/KH-UBND)"
DOORS = [
    "wagtailadmin_pages:search",
    "wagtailadmin_choose_page_search",
    "wagtaildocs:index",
    "wagtaildocs_chooser:choose_results",
    "wagtailimages:index",
    "wagtailimages_chooser:choose_results",
]


@pytest.fixture
def things(committed):
    """A page, a file and a picture of the same name."""
    with committed():
        section = make.add_unit("Phòng Tư pháp", slug="phong-tu-phap")
        make.add_service(section, TITLE)
        PortalDocument.objects.create(title=TITLE, file=ContentFile(b"x", name="mau.pdf"))
        PortalImage.objects.create(title=TITLE, file=get_test_image_file())


@pytest.mark.parametrize("door", DOORS)
def test_things_are_found_with_marks_and_without(admin_client, things, door):
    for typed in (
        "đăng ký",
        "dang ky",
        "Đăng Ký",
        "DANG KY KHAI",
        "dang khai si",
        "Đa\u0306ng ky\u0301",
        "45/kh-ubnd",
        '"khai sinh"',
    ):
        assert TITLE in admin_client.get(reverse(door), {"q": typed}).content.decode(), typed


@pytest.mark.parametrize("door", DOORS)
def test_other_words_find_nothing(admin_client, things, door):
    for typed in ("kết hôn", "ket hon"):
        assert TITLE not in admin_client.get(reverse(door), {"q": typed}).content.decode(), typed


@pytest.mark.parametrize("door", DOORS)
def test_no_typed_sign_is_an_error(admin_client, things, door):
    for typed in (
        '"',
        '""',
        "a\0b",
        "'",
        "*",
        "( OR",
        "a AND NOT",
        "\\",
        " ",
        ".",
        '"."',
        "-đ",
        "%s %",
        ":*",
        "a " * 400,
        'live:yes "',
    ):
        assert admin_client.get(reverse(door), {"q": typed}).status_code == 200, typed
