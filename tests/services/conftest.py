"""Who imports, how, and a unit to import under."""

from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.utils import translation

from departments.models import Department, DepartmentIndexPage, DepartmentPage


@pytest.fixture
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def admin():
    return get_user_model().objects.create_superuser("admin", "admin@example.vn", "x")


@pytest.fixture
def run(admin):
    """Run the command as the administrator; its output is returned."""

    def _run(path, *options, apply=True):
        out = StringIO()
        arguments = ("--apply", "--user", "admin", "--reason", "Cập nhật định kỳ") if apply else ()
        call_command("import_services", path, *arguments, *options, stdout=out, verbosity=0)
        return out.getvalue()

    return _run


@pytest.fixture
def unit():
    """A unit of the portal with its section."""
    department = Department.objects.create(
        name="Ủy ban nhân dân xã Bình Minh", kind="commune", aliases="UBND xã Bình Minh"
    )
    index = DepartmentIndexPage.objects.get(locale__language_code="vi")
    return index.add_child(instance=DepartmentPage(title="Xã Bình Minh", department=department, locale=index.locale))
