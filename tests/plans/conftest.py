import pytest

from departments.roles import AUTHOR, PUBLISHER, REVIEWER, STAFF_READER
from plans.models import Measure, Scope
from tests import factories as make
from tests.editorial.clock import clock  # noqa: F401 - a fixture
from tests.plans.build import add_plan, add_target


@pytest.fixture
def plan(db):
    return add_plan()


@pytest.fixture
def third_quarter(clock):  # noqa: F811 - the fixture above
    """Thursday, 3 October 2019: the third quarter is over, its reports are due on 7 October."""
    clock.set(2019, 10, 3, 9)
    return clock


@pytest.fixture
def commune(db):
    return make.add_unit("Xã Bắc Sơn", kind="commune")


@pytest.fixture
def target(plan):
    """What communes report: documents handled on the network."""
    return add_target(plan, Measure.REPORTED_SHARE, 95, scope=Scope.COMMUNES)


@pytest.fixture
def staff(commune):
    """By role, members of the commune and of the portal."""
    other = make.add_unit("Xã Nam Sơn", kind="commune")
    members = {role.key: make.add_member(role, commune) for role in (AUTHOR, REVIEWER, PUBLISHER, STAFF_READER)}
    return members | {
        "other author": make.add_member(AUTHOR, other, "other-author"),
        "other reviewer": make.add_member(REVIEWER, other, "other-reviewer"),
        "second reviewer": make.add_member(REVIEWER, commune, "second-reviewer"),
        "superuser": make.add_administrator(),
    }


@pytest.fixture
def sign_in(client, staff):
    def sign_in(role):
        client.force_login(staff[role])
        return client

    return sign_in
