"""A hand-made catalogue of two units in which every kind of thing is missing somewhere, and who reads of it."""

from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model

from departments.roles import ADMINISTRATOR, AUTHOR, PUBLISHER, REVIEWER, STAFF_READER, TRANSLATOR
from services.models import LinkCheck
from tests import factories as make

ROLES = (AUTHOR, REVIEWER, TRANSLATOR, PUBLISHER, STAFF_READER, ADMINISTRATOR)
#: a paper that is not to be filled in
COPY = make.paper("Bản sao giấy tờ tùy thân")


def add_whole_service(section, title, *, level=3, **changes):
    """A live service that lacks nothing at its level."""
    papers = [COPY, make.paper("Đơn đề nghị", make.add_file())]
    page = make.add_service(section, title, **{"papers": papers, "apply_url": "https://nop.example.vn/", **changes})
    if level:
        make.add_level(page.procedure, level, online_submission=True, forms=True)
    return page


@pytest.fixture(scope="module")
def portal(rolled_back):
    """Phòng Tư pháp: five services and a draft; Phòng Văn hóa: one whole service."""
    own, other = make.add_unit("Phòng Tư pháp"), make.add_unit("Phòng Văn hóa")
    english = make.add_section(own.department, "en", title="Justice Division")
    whole = add_whole_service(own, "Khai sinh")
    add_whole_service(other, "Cấp phép quảng cáo")
    shared = make.add_procedure(units=[own.department, other.department])
    half = add_whole_service(own, "Chứng thực", level=None, procedure=shared)
    make.add_level(shared, 3, unit=own.department, online_submission=True, forms=True)
    lost = make.add_file()
    pages = {
        "whole": whole,
        "half": half,
        "unlevelled": add_whole_service(own, "Kết hôn", level=None),
        "formless": add_whole_service(own, "Khai tử", papers=[COPY, make.paper("Đơn đề nghị", lost)]),
        "unanswered": add_whole_service(own, "Nhận cha mẹ con", apply_url="https://hong.example.vn/nop"),
        "draft": make.add_service(own, "Hộ tịch lưu động", live=False, papers=[COPY], result="", steps=[]),
    }
    lost.delete()
    LinkCheck.objects.create(address="https://hong.example.vn/nop", tries=3, status=404, reason="error_status")
    LinkCheck.objects.create(address="https://nop.example.vn/", tries=2, status=500, reason="error_status")
    users = {role.key: make.add_member(role, own) for role in ROLES} | {"superuser": make.add_administrator()}
    users["nobody"] = get_user_model().objects.create_user("khach", "khach@example.org", "mat-khau")
    return SimpleNamespace(own=own, other=other, english=english, users=users, **pages)


@pytest.fixture
def as_(client, db, portal):
    def sign_in(role):
        client.force_login(get_user_model().objects.get(pk=portal.users[role].pk))
        return client

    return sign_in
