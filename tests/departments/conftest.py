"""Three units with their groups: one in both languages."""

import pytest

from departments.models import Department
from tests import factories as make
from tests.departments.rights import sync


@pytest.fixture(scope="module")
def provided(rolled_back):
    justice = make.add_unit("Phòng Tư pháp", name_en="Justice Division")
    make.add_section(justice.department, "en", title="Justice Division")
    make.add_unit("Xã Nam Sơn", kind="commune")
    make.add_unit("Phòng Nội vụ")
    sync()


@pytest.fixture
def justice(db, provided):
    return Department.objects.get(name="Phòng Tư pháp")


@pytest.fixture
def commune(db, provided):
    return Department.objects.get(name="Xã Nam Sơn")
