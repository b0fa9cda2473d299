"""One level for many services chosen in a list: what is shown first, and that all or nothing is stored."""

from datetime import date

import pytest
from django.urls import reverse

from services.models import MaturityRecord
from tests import factories as make

LEVEL = {
    "level": "1",
    "extent": "information",
    "date": "2019-06-01",
    "decision_number": "45/KH",
    "flags": "information",
}


def ask(client, procedures, **values):
    """Post the page: without values, the first time; else with what was entered."""
    data = {"service": [procedure.pk for procedure in procedures], **values}
    return client.post(reverse("levels:chosen"), data)


def preview(client, procedures, **changes):
    return ask(client, procedures, **{**LEVEL, **changes}, preview="1")


def confirm(client, procedures, **changes):
    """What the browser does: preview, then press the button that the preview shows."""
    digest = preview(client, procedures, **changes).context["digest"]
    return ask(client, procedures, **{**LEVEL, **changes}, confirm=digest)


def stored():
    return MaturityRecord.objects.count()


def test_the_chosen_services_are_named(as_, procedures):
    response = ask(as_("publisher"), procedures)
    assert [procedure.pk for procedure in response.context["chosen"]] == sorted(p.pk for p in procedures)


def test_nothing_is_stored_before_the_preview_is_confirmed(as_, procedures):
    response = preview(as_("publisher"), procedures)
    assert (response.context["may_be_stored"], stored()) == (True, 0)


def test_the_preview_shows_what_changes(as_, procedures):
    make.add_level(procedures[0], 1, date(2019, 1, 1))
    changes = preview(as_("publisher"), procedures[:1]).context["changes"]
    assert [(change["before"], change["after"]) for change in changes] == [("Mức 1", "Mức 1, Cung cấp thông tin")]


def test_a_confirmed_preview_stores_a_record_each(as_, portal, procedures):
    confirm(as_("publisher"), procedures)
    found = MaturityRecord.objects.all()
    assert {record.procedure for record in found} == set(procedures)
    assert {(r.level, r.date, r.decision_number, r.recorded_by) for r in found} == {
        (1, date(2019, 6, 1), "45/KH", portal.users["publisher"])
    }


def test_one_refused_record_keeps_all_from_being_stored(as_, procedures):
    make.add_level(procedures[1], 1, date(2019, 6, 1))
    response = preview(as_("publisher"), procedures)
    assert [problem["line"] for problem in response.context["problems"]] == [2]
    confirm(as_("publisher"), procedures)
    assert stored() == 1


def test_a_level_whose_items_a_live_page_lacks_is_refused_with_the_reason(as_, procedures):
    (problem, *_) = preview(as_("publisher"), procedures[:1], level="3", extent="").context["problems"]
    assert problem["column"] == "Mức độ"


def test_contradictions_are_said_in_the_preview(as_, procedures):
    changes = preview(as_("publisher"), procedures[:1], extent="", flags="online_submission").context["changes"]
    assert changes[0]["advice"]


def test_what_was_changed_after_the_preview_is_previewed_again(as_, procedures):
    client = as_("publisher")
    digest = preview(client, procedures).context["digest"]
    response = ask(client, procedures, **LEVEL | {"decision_number": "46/KH"}, confirm=digest)
    assert (response.status_code, stored()) == (200, 0)


def test_without_a_decision_nothing_is_previewed(as_, procedures):
    response = preview(as_("publisher"), procedures, decision_number="")
    assert response.context["form"].errors["decision_number"]
    assert not response.context["previewed"]


@pytest.mark.parametrize("chosen", [[], ["x"], ["999999999999999"], list(range(1, 600))])
def test_a_selection_that_cannot_be_recorded_is_refused(as_, procedures, chosen):
    response = as_("publisher").post(reverse("levels:chosen"), {"service": chosen, **LEVEL, "preview": "1"})
    assert (response.status_code, len(response.context["refusals"])) == (400, 1)


def test_all_services_that_a_look_up_finds_are_chosen(as_, procedures):
    response = as_("publisher").post(reverse("levels:chosen"), {"everything": "q=khai", "service": procedures[1].pk})
    assert {procedure.pk for procedure in response.context["chosen"]} == {procedures[0].pk, procedures[2].pk}


def test_a_look_up_that_cannot_be_read_chooses_nothing(as_, procedures):
    assert as_("publisher").post(reverse("levels:chosen"), {"everything": "level=7"}).status_code == 400


@pytest.mark.parametrize(
    ("role", "unit", "number"),
    [
        ("publisher", None, 3),
        ("publisher", "own", 3),
        ("reviewer", "own", 3),
        ("reviewer", None, 0),
        ("author", "own", 0),
        ("staff_reader", "own", 0),
        ("stranger", "own", 0),
    ],
)
def test_who_records_for_many(as_, portal, procedures, role, unit, number):
    unit = {"unit": portal.own.department.pk} if unit else {}
    client = as_(role)
    shown = preview(client, procedures, **unit)
    digest = (shown.context or {}).get("digest", "")
    ask(client, procedures, **LEVEL | unit, confirm=digest)
    assert stored() == number
