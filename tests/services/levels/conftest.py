"""Two units, their people, three services."""

from types import SimpleNamespace

import pytest

from departments.roles import AUTHOR, PUBLISHER, REVIEWER, STAFF_READER
from services.models import Procedure
from tests import factories as make


@pytest.fixture(scope="module")
def portal(rolled_back):
    own, other = make.add_unit("Phòng Tư pháp"), make.add_unit("Phòng Văn hóa")
    services = [make.add_service(own, title) for title in ("Khai sinh", "Kết hôn", "Khai tử")]
    users = {role.key: make.add_member(role, own) for role in (PUBLISHER, REVIEWER, AUTHOR, STAFF_READER)}
    return SimpleNamespace(own=own, other=other, services=services, users=users)


@pytest.fixture
def procedures(db, portal):
    return list(Procedure.objects.filter(pages__in=portal.services).order_by("pages__path"))


@pytest.fixture
def as_(client, db, portal):
    def sign_in(role):
        if role in portal.users:
            client.force_login(portal.users[role])
        return client

    return sign_in
