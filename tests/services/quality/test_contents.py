"""What is read from stored values says of a page what the page says of itself."""

import pytest

from departments.models import Department
from services.completeness import Requirement, missing
from services.models import ServicePage
from services.quality.contents import KEYS, STREAMS, TEXTS, Contents, Known, files_of, names_a_form
from tests import factories as make

pytestmark = pytest.mark.django_db

FEE = {"amount": 8000, "text": "", "exemption": ""}
CHANGES = [
    {},
    {"title": "Khai sinh", "result": " "},
    {"steps": [], "legal_bases": []},
    {"papers": []},
    {"channels": []},
    {"channels": [make.channel(time_value=None)]},
    {"channels": [make.channel(time_value=None, time_text="Không quy định")]},
    {"channels": [make.channel(fees=[FEE])]},
    {"channels": [make.channel(fees=[{**FEE, "amount": 0}])]},
    {"channels": [make.channel(fees=[{**FEE, "amount": None, "text": "Theo quy định"}])]},
    {"agency_text": " ", "competent_text": "UBND xã"},
    {"agency_text": ""},
    {"decision_number": "", "apply_url": "https://nop.example.vn/"},
]
NEEDS = [Requirement(), Requirement(2), Requirement(3), Requirement(4), Requirement(1, full=True)]


def told(values, page):
    known = Known(
        frozenset(make.PortalDocument.objects.values_list("pk", flat=True)),
        frozenset({page.procedure_id} if page.procedure.audiences.exists() else ()),
        frozenset({page.procedure_id} if page.procedure.units.exists() else ()),
    )
    contents = Contents(values, known)
    return [[item.key for item in missing(contents, need)] for need in NEEDS]


def of_page(page):
    return [[item.key for item in missing(page, need)] for need in NEEDS]


def stored(page):
    return ServicePage.objects.filter(pk=page.pk).values(*TEXTS, *STREAMS, *KEYS).get()


@pytest.mark.parametrize("changes", CHANGES)
@pytest.mark.parametrize("bare", [True, False], ids=["bare procedure", "procedure with units"])
def test_columns_and_revisions_lack_what_the_page_lacks(changes, bare):
    section = make.add_unit()
    procedure = make.add_procedure(units=[] if bare else [section.department])
    if bare:
        procedure.audiences.set([])
        procedure.save()
    page = ServicePage.objects.get(pk=make.add_service(section, procedure=procedure, live=False, **changes).pk)
    assert told(stored(page), page) == of_page(page)
    assert told(page.save_revision().content, page) == of_page(page)


def test_a_file_counts_as_a_form_as_long_as_it_is_there():
    file = make.add_file()
    page = make.add_service(make.add_unit(), papers=[make.paper("Tờ khai", file)])
    assert list(files_of([stored(page)])) == [file.pk]
    page = ServicePage.objects.get(pk=page.pk)
    assert told(stored(page), page) == of_page(page)
    file.delete()
    page = ServicePage.objects.get(pk=page.pk)
    assert told(stored(page), page) == of_page(page)


def test_the_unit_that_is_competent_counts_as_an_agency():
    section = make.add_unit()
    unit = Department.objects.get(pk=section.department_id)
    page = make.add_service(section, procedure=make.add_procedure(), agency_text="", competent_unit=unit, live=False)
    page = ServicePage.objects.get(pk=page.pk)
    assert told(stored(page), page) == of_page(page)


@pytest.mark.parametrize(
    ("name", "note", "expected"),
    [
        ("Tờ khai đăng ký khai sinh", "", True),
        ("Đơn đề nghị cấp phép", "", True),
        ("Báo cáo theo mẫu số 02", "", True),
        ("Văn bản cam kết", "Theo mẫu ban hành kèm Thông tư", True),
        ("Đơn vị xác nhận", "", False),
        ("Giấy chứng sinh", "", False),
        ("Hóa đơn", "", False),
    ],
)
def test_a_paper_is_to_be_filled_in_by_how_it_is_called(name, note, expected):
    assert names_a_form(name, note) is expected
