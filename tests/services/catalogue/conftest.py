"""Two units and their services, and a reader of the list."""

import re
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from services.models import LifeEvent
from tests import factories as make
from tests.readers import forget_pages

URL = "/dich-vu-cong/"
PAST, YESTERDAY = date(2019, 1, 1), date.today() - timedelta(days=2)
#: in force today; "Cấp giấy phép cũ" no longer is
ALL = {"Chứng thực chữ ký", "Đăng ký đất đai", "Đăng ký khai sinh", "Đăng ký kết hôn"}


@pytest.fixture(scope="module")
def town(rolled_back):
    """Two units and five services of all kinds, and three pages that readers of the list must not see."""
    justice = make.add_unit("Phòng Tư pháp", slug="phong-tu-phap")
    commune = make.add_unit("Xã Nam Sơn", slug="xa-nam-son", kind="commune")
    status, land = make.add_field("Hộ tịch", slug="ho-tich"), make.add_field("Đất đai", slug="dat-dai")
    town = SimpleNamespace(justice=justice, commune=commune, status=status, land=land)
    both, online = [justice.department, commune.department], {"apply_url": "https://dvc.example/nop"}
    papers = {"papers": [make.paper(form=make.add_file())]}

    town.birth = make.add_procedure(status, units=both, at_commune=True)
    birth = LifeEvent.objects.create(name="Sinh con", slug="sinh-con", summary="Con mới sinh")
    town.birth.events.set([birth])
    town.birth.save()
    make.add_service(justice, "Đăng ký khai sinh", town.birth, **papers, **online)
    make.add_level(town.birth, 3, PAST, extent="partial")
    make.add_level(town.birth, 2, PAST, unit=commune.department, extent="information")

    town.marriage = make.add_procedure(status, units=[commune.department], at_district=False, at_commune=True)
    make.add_service(commune, "Đăng ký kết hôn", town.marriage, **papers, **online)
    make.add_level(town.marriage, 4, PAST, extent="full", online_payment=True, online_result=True)

    town.parcel = make.add_procedure(land, units=[justice.department], audience="organisation")
    make.add_service(justice, "Đăng ký đất đai", town.parcel, keywords="sổ đỏ", full_name="Đăng ký lần đầu")

    foreign = make.add_procedure(status, at_district=False, at_ministry=True)
    make.add_service(justice, "Chứng thực chữ ký", foreign, **papers, **online)
    make.add_level(foreign, 3, PAST)

    town.ended = make.add_procedure(land, units=[justice.department], in_force_until=YESTERDAY)
    make.add_service(justice, "Cấp giấy phép cũ", town.ended, **papers, **online)
    make.add_level(town.ended, 3, PAST)

    make.add_service(justice, "Bản nháp", live=False)
    make.restrict(make.add_service(justice, "Dịch vụ nội bộ"))
    english = make.add_section(justice.department, "en", title="Justice Division")
    make.add_service(english, "Birth registration", town.birth, **papers, **online)
    return town


class Answer:
    """A list, read as a reader would."""

    def __init__(self, response):
        self.response = response
        self.status = response.status_code
        self.html = response.content.decode()
        self.listing = response.context_data["listing"] if self.status in {200, 400} else None

    @property
    def total(self):
        return int(re.search(r'data-total="(\d+)"', self.html)[1])

    @property
    def titles(self):
        return [row["title"] for row in self.listing.rows]

    @property
    def levels(self):
        return {row["title"]: row["level"] for row in self.listing.rows}

    def counts(self, name):
        facet = next((facet for facet in self.listing.facets if facet.name == name), None)
        values = (*facet.values, *facet.hidden_values) if facet else ()
        return {value.value: value.count for value in values}


@pytest.fixture
def read(client, db, town):
    def read(url=URL, **parameters):
        forget_pages()
        return Answer(client.get(url, parameters))

    return read


@pytest.fixture
def rate(read):
    """(numerator, denominator) of the rate over the list."""

    def rate(**parameters):
        found = read(**parameters).response.context_data["rate"]
        return found["numerator"], found["denominator"]

    return rate
