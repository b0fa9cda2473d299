"""What the long forms say."""

from datetime import date

import pytest

from announcements.models import DirectiveFile, Hotline
from announcements.models.relations import DirectiveRelation
from departments.models import DepartmentLeader
from search.rebuilding import rebuild
from services.models import Procedure, ProcedureAlias
from tests import factories
from tests.api.conftest import add_announcement, add_department, add_directive


@pytest.fixture
def service(section):
    form = factories.add_file()
    channels = [
        factories.channel("direct", fees=[{"amount": 8000, "text": "8.000 đồng", "exemption": "Trẻ em"}]),
        factories.channel("post", time_value=None, time_unit="", time_text="Trong ngày"),
    ]
    page = factories.add_service(
        section,
        channels=channels,
        papers=[factories.paper(form=form)],
        apply_url="https://dichvucong.example/",
        summary="Khai sinh cho trẻ em",
    )
    procedure = page.procedure
    ProcedureAlias.objects.create(procedure=procedure, code="T-HNI-123456-TT")
    factories.add_level(procedure, 2, date(2018, 1, 1))
    factories.add_level(procedure, 3, date(2019, 1, 1), forms=True, online_submission=True, decision_number="1/QĐ")
    factories.add_level(procedure, 2, date(2019, 6, 1), unit=section.department)
    return page


def test_a_service_has_its_channels_with_time_limits_and_fees(get, service):
    direct, post = get(f"services/{service.procedure.code}").json()["channels"]
    assert direct["time_limit"] == {"value": 3.0, "unit": "working_day", "text": ""}
    assert direct["fees"] == [{"amount": 8000, "text": "8.000 đồng", "exemption": "Trẻ em"}]
    assert post["time_limit"] == {"value": None, "unit": None, "text": "Trong ngày"}


def test_a_paper_names_its_form_with_an_address_that_gives_the_file(get, client, service):
    paper = get(f"services/{service.procedure.code}").json()["cases"][0]["papers"][0]
    assert (paper["originals"], paper["copies"], paper["form"]["type"]) == (1, 0, "TXT")
    assert client.get(paper["form"]["url"]).status_code == 200


def test_a_code_of_old_finds_the_service_under_its_present_code(get, service):
    found = get("services/T-HNI-123456-TT").json()
    assert found["code"] == service.procedure.code
    assert found["other_codes"] == ["T-HNI-123456-TT"]


def test_levels_are_dated_and_follow_each_other(get, service):
    levels = get(f"services/{service.procedure.code}").json()["levels"]
    general = [level for level in levels if level["unit"] is None]
    assert [(level["level"], level["since"], level["until"], level["is_current"]) for level in general] == [
        (3, "2019-01-01", None, True),
        (2, "2018-01-01", "2018-12-31", False),
    ]
    assert general[0]["capabilities"] == ["information", "forms", "online_submission"]


def test_a_unit_has_the_level_of_its_own_record(get, service):
    found = get(f"services/{service.procedure.code}").json()
    assert found["level"] == 3
    assert [(level["unit"]["slug"], level["level"]) for level in found["unit_levels"]] == [("phong-tu-phap", 2)]


def test_a_list_asked_for_a_unit_has_the_levels_of_the_unit(get, service):
    assert get("services", unit="phong-tu-phap").json()["items"][0]["level"] == 2


def test_a_level_that_nobody_determined_is_null(get, section):
    page = factories.add_service(section)
    assert get(f"services/{page.procedure.code}").json()["level"] is None


def test_texts_are_in_the_language_asked_for(get, service):
    Procedure.objects.get().field.__class__.objects.update(name_en="Civil status")
    english = factories.add_section(service.procedure.units.get(), "en")
    factories.add_service(
        english,
        "Birth registration",
        service.procedure,
        papers=[factories.paper(form=factories.add_file())],
        apply_url="https://dichvucong.example/",
    )
    found = get(f"services/{service.procedure.code}", locale="en")
    assert (found.json()["title"], found.json()["field"]["name"]) == ("Birth registration", "Civil status")
    assert found.headers["Content-Language"] == "en"


def test_a_service_that_is_not_there_in_english_is_not_found_in_it(get, service):
    assert get(f"services/{service.procedure.code}", locale="en").status_code == 404


def test_a_document_says_what_it_does_to_others_and_they_to_it(get, section):
    older, newer = add_directive(section, 1), add_directive(section, 2)
    DirectiveRelation.objects.create(page=newer, kind="replaces", target=older)
    assert get(f"directives/{newer.pk}").json()["relations"][0] | {"url": ""} == {
        "kind": "replaces",
        "reference": "01/KH-UBND",
        "id": older.pk,
        "url": "",
    }
    found = get(f"directives/{older.pk}").json()
    assert found["validity"] == "replaced"
    assert found["changed_by"][0]["id"] == newer.pk


def test_a_document_is_the_same_alone_and_in_the_list(get, section):
    older, newer = add_directive(section, 1), add_directive(section, 2)
    DirectiveRelation.objects.create(page=newer, kind="replaces", target=older)
    listed = get("directives").json()["items"]
    assert {item["validity"] for item in listed} == {"replaced", "in_force"}
    for item in listed:
        alone = get(f"directives/{item['id']}").json()
        assert {name: alone[name] for name in item} == item


def test_a_document_has_its_text_and_its_files(get, client, section):
    page = add_directive(section)
    DirectiveFile.objects.create(page=page, document=factories.add_file("ke-hoach.txt"), title="Bản ký")
    found = get(f"directives/{page.pk}").json()
    assert found["text"] == "Nội dung của trang."
    assert found["files"][0]["title"] == "Bản ký"
    assert client.get(found["files"][0]["url"]).status_code == 200


def test_an_announcement_names_its_unit_hotlines_and_last_day(get, section):
    page = add_announcement(section, is_urgent=True, expires_on=date(2019, 12, 31))
    Hotline.objects.create(page=page, label="Hạt Kiểm lâm", phone="024 3885 0114")
    found = get(f"announcements/{page.pk}").json()
    assert found["unit"]["slug"] == "phong-tu-phap"
    assert found["hotlines"] == [{"label": "Hạt Kiểm lâm", "phone": "024 3885 0114"}]
    assert (found["is_urgent"], found["has_expired"]) == (False, True)


def test_a_unit_has_its_contacts_and_leaders(get, section):
    DepartmentLeader.objects.create(page=section, name="Nguyễn Văn A", position="Trưởng phòng")
    found = get("departments/phong-tu-phap").json()
    assert (found["phone"], found["abbreviation"]) == ("024 3885 0100", "PTP")
    assert found["leaders"] == [{"name": "Nguyễn Văn A", "position": "Trưởng phòng", "task": "", "phone": ""}]


def test_a_unit_that_has_ended_says_so_and_names_its_successor(get, section):
    page = add_department(section)
    page.department.valid_to, page.department.successor = date(2019, 1, 1), section.department
    page.department.save()
    found = get(f"departments/{page.department.slug}").json()
    assert (found["has_ended"], found["successor"]["slug"]) == (True, "phong-tu-phap")


def test_a_hit_has_its_code_and_its_extract_in_pieces(get, service):
    rebuild()
    hit = get("search", q="khai sinh").json()["items"][0]
    assert (hit["kind"], hit["code"]) == ("service", service.procedure.code)
    assert "".join(piece["text"] for piece in hit["segments"]) == hit["extract"]
    assert any(piece["found"] and piece["text"].lower() == "khai sinh" for piece in hit["segments"])


def test_a_document_found_by_search_has_its_number(get, section):
    add_directive(section, 45)
    rebuild()
    assert get("search", q="45/KH-UBND").json()["items"][0]["reference"] == "45/KH-UBND"


def test_search_counts_its_facets(get, service):
    rebuild()
    facets = {facet["name"]: facet["values"] for facet in get("search", q="khai sinh").json()["facets"]}
    assert {value["value"]: value["count"] for value in facets["kind"]}["service"] == 1
