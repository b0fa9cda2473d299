"""A unit with a service whose national record is known, and the comparison with a file."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import translation

from core.page_cache import forget
from services.models import NationalFinding
from tests import factories as make


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def section():
    return make.add_unit("UBND xã Bình Minh", kind="commune")


@pytest.fixture
def page(section):
    """A live service at level 3 that two channels lead to, one with a fee, with one paper."""
    procedure = make.add_procedure(code="1.900001", units=[section.department], at_commune=True, at_district=False)
    page = make.add_service(
        section,
        "Đăng ký khai sinh",
        procedure,
        apply_url="https://example.vn/nop",
        papers=[make.paper("Tờ khai", form=make.add_file())],
        channels=[
            make.channel("online"),
            make.channel("direct", fees=[{"amount": 8000, "text": "", "exemption": ""}]),
        ],
    )
    make.add_level(procedure, 3)
    return page


def listed(code="1.900001", **values):
    """A row of the national list that agrees with the service; a value of `...` leaves the column out."""
    row = {
        "code": code,
        "name": "Thủ tục đăng ký khai sinh.",
        "field": "Hộ tịch",
        "level": ["xã"],
        "agency": "UBND xã Bình Minh",
        "channels": [{"kind": "online"}, {"kind": "direct", "fees": [{"amount": 8000}]}],
        "documents": [{"papers": [{"name": "tờ khai", "originals": 1}]}],
        "maturity_level": "3",
    }
    return {key: value for key, value in (row | values).items() if value is not ...}


@pytest.fixture
def compare(tmp_path):
    """`compare(*rows)`: compare with a file of these rows; what the command wrote is returned."""

    def _compare(*rows, options=()):
        path = tmp_path / "danh-muc.json"
        path.write_text(json.dumps(rows), encoding="utf-8")
        out = StringIO()
        call_command("compare_national", path, *options, stdout=out)
        forget()
        return out.getvalue()

    return _compare


def findings():
    """Findings as {(code, kind): (here, there)}."""
    return {(one.code, one.kind): (one.here, one.there) for one in NationalFinding.objects.all()}
