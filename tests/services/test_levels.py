"""Levels: what each asks of a page, what is refused, what is only warned about, and that no draft undoes them."""

from datetime import date, timedelta
from html import unescape

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.urls import reverse
from django.utils import translation

from core.publishing import PublishRefused
from services.models import MaturityRecord, ServicePage
from tests import factories as make
from tests.services.levels.forms import level_form

START = date(2019, 1, 1)
PAID = {"channels": [make.channel(fees=[{"amount": 50_000, "text": "", "exemption": ""}])]}
FREE = {"channels": [make.channel(fees=[{"amount": 0, "text": "", "exemption": ""}])]}
IN_WORDS = {"channels": [make.channel(fees=[{"amount": None, "text": "Theo quy định", "exemption": ""}])]}
RETURNED = {"online_result": True}


@pytest.fixture(scope="module")
def made(rolled_back):
    return [make.add_unit("Phòng Tư pháp", slug="phong-tu-phap"), make.add_administrator(), make.add_file()]


@pytest.fixture
def section(db, made):
    return type(made[0]).objects.get(pk=made[0].pk)


@pytest.fixture
def add(section, made):
    """A service page with what the named levels ask for: "form", "address"."""

    def add(*has, live=True, **texts):
        if "form" in has:
            texts["papers"] = [make.paper(form=made[2])]
        if "address" in has:
            texts["apply_url"] = "https://dvc.example/nop"
        return make.add_service(section, live=live, **texts)

    return add


ENOUGH = [
    (1, (), {}, {}),
    (2, ("form",), {}, {}),
    (3, ("form", "address"), PAID, {}),
    (4, ("form", "address"), FREE, RETURNED),
    (4, ("form", "address"), {}, {"postal_result": True}),
    (4, ("form", "address"), PAID, {"online_payment": True, "online_result": True}),
]
TOO_LITTLE = [
    (2, (), {}, {}, "form"),
    (3, ("address",), {}, {}, "form"),
    (3, ("form",), {}, {}, "apply_url"),
    (4, ("form", "address"), PAID, RETURNED, "payment"),
    (4, ("form", "address"), IN_WORDS, RETURNED, "payment"),
    (4, ("form", "address"), FREE, {}, "return"),
]


# --- a record for a live page --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("level", "has", "texts", "flags"), ENOUGH)
def test_a_level_is_recorded_where_the_page_has_what_it_asks_for(add, level, has, texts, flags):
    assert make.add_level(add(*has, **texts).procedure, level, START, **flags).pk


@pytest.mark.parametrize(("level", "has", "texts", "flags", "lacking"), TOO_LITTLE)
def test_a_level_is_refused_where_the_live_page_lacks_what_it_asks_for(add, level, has, texts, flags, lacking):
    with pytest.raises(ValidationError):
        make.add_level(add(*has, **texts).procedure, level, START, **flags)


@pytest.mark.parametrize(("has", "flags"), [(("form",), RETURNED), (("form", "address"), {})])
def test_fully_online_asks_for_what_level_4_asks_for(add, has, flags):
    with pytest.raises(ValidationError):
        make.add_level(add(*has).procedure, None, START, extent="full", **flags)


@pytest.mark.parametrize("extent", ["partial", "information"])
def test_a_lesser_extent_asks_for_no_more_than_level_1(add, extent):
    assert make.add_level(add().procedure, None, START, extent=extent).pk


def test_a_unit_s_own_level_asks_for_the_same(add, section):
    with pytest.raises(ValidationError):
        make.add_level(add().procedure, 3, START, unit=section.department)


def test_a_level_is_recorded_while_the_page_is_a_draft(add):
    assert make.add_level(add(live=False).procedure, 4, START).pk


def test_a_record_needs_a_level_or_an_extent(add):
    with pytest.raises((ValidationError, IntegrityError)):
        make.add_level(add().procedure, None, START)


def test_a_unit_has_one_level_a_day(add):
    procedure = add().procedure
    make.add_level(procedure, 1, START)
    with pytest.raises(IntegrityError):
        make.add_level(procedure, 1, START)


# --- a page for a recorded level -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("level", "has", "texts", "flags", "lacking"), TOO_LITTLE)
def test_a_page_that_lacks_what_its_level_asks_for_does_not_go_live(add, level, has, texts, flags, lacking):
    page = add(*has, live=False, **texts)
    make.add_level(page.procedure, level, START, **flags)
    with pytest.raises(PublishRefused) as refused:
        page.save_revision().publish()
    assert [item.key for item in refused.value.items] == [lacking]


@pytest.mark.parametrize(("level", "has", "texts", "flags"), ENOUGH)
def test_a_page_that_has_what_its_level_asks_for_goes_live(add, level, has, texts, flags):
    page = add(*has, live=False, **texts)
    make.add_level(page.procedure, level, START, **flags)
    page.save_revision().publish()
    assert ServicePage.objects.get(pk=page.pk).live


def test_the_highest_level_of_any_unit_is_asked_for(add, section):
    page = add(live=False)
    make.add_level(page.procedure, 1, START)
    make.add_level(page.procedure, 2, START, unit=section.department)
    with pytest.raises(PublishRefused):
        page.save_revision().publish()


def test_a_level_that_is_not_yet_in_force_asks_for_nothing(add):
    page = add(live=False)
    make.add_level(page.procedure, 3, date.today() + timedelta(days=30))
    page.save_revision().publish()
    assert ServicePage.objects.get(pk=page.pk).live


def test_a_level_that_was_lowered_no_longer_asks(add):
    page = add(live=False)
    make.add_level(page.procedure, 3, START)
    make.add_level(page.procedure, 1, START + timedelta(days=30))
    page.save_revision().publish()
    assert ServicePage.objects.get(pk=page.pk).live


def test_a_live_page_may_not_lose_its_form_at_level_2(add):
    page = add("form")
    make.add_level(page.procedure, 2, START)
    page.cases = [("case", {"name": "", "papers": [make.paper()]})]
    with pytest.raises(PublishRefused):
        page.save()


# --- in the admin --------------------------------------------------------------------------------------------------


@pytest.fixture
def admin(client, section, made):
    client.force_login(made[1])
    return client


def record(client, procedure, level, **values):
    return client.post(reverse("wagtailsnippets_services_maturityrecord:add"), level_form(procedure, level, **values))


def test_the_admin_records_a_level(admin, add):
    procedure = add().procedure
    record(admin, procedure, 1, information="on")
    assert MaturityRecord.objects.get(procedure=procedure).level == 1


def test_the_admin_records_no_level_whose_items_are_missing(admin, add):
    procedure = add().procedure
    record(admin, procedure, 3)
    assert not procedure.maturity_records.exists()


def test_who_records_a_level_is_told_what_the_page_lacks(admin, add):
    page = add()
    with translation.override("vi"):
        message = translation.gettext("Level 2 and above needs a form file with at least one paper.")
    assert message in unescape(record(admin, page.procedure, 2).content.decode())


def test_the_admin_asks_for_a_level_or_an_extent(admin, add):
    procedure = add().procedure
    assert (record(admin, procedure, "").status_code, procedure.maturity_records.exists()) == (200, False)


ODD = {"information": "on", "forms": "on", "online_submission": "on", "as_entered": ""}


def test_flags_that_do_not_fit_the_level_are_warned_about_first(admin, add):
    procedure = add().procedure
    response = record(admin, procedure, 1, **ODD)
    with translation.override("vi"):
        warning = translation.gettext("The capabilities that are ticked reach a higher level.")
    assert warning in unescape(response.content.decode())
    assert not procedure.maturity_records.exists()


def test_flags_that_do_not_fit_the_level_are_saved_where_the_user_says_so(admin, add):
    procedure = add().procedure
    record(admin, procedure, 1, **ODD | {"as_entered": "on"})
    assert MaturityRecord.objects.get(procedure=procedure).online_submission


def test_the_extent_that_would_fit_is_proposed_and_not_derived(admin, add):
    procedure = add().procedure
    response = record(admin, procedure, 1, information="on", as_entered="")
    with translation.override("vi"):
        proposal = translation.gettext("Online extent that would fit: %(extent)s.") % {"extent": "Cung cấp thông tin"}
    assert proposal.lower() in unescape(response.content.decode()).lower()
    assert not procedure.maturity_records.exists()


def test_an_entry_without_contradiction_is_stored_at_once(admin, add):
    procedure = add().procedure
    record(admin, procedure, 1, information="on", extent="information", as_entered="")
    assert MaturityRecord.objects.get(procedure=procedure).extent == "information"


def test_two_levels_of_a_day_are_refused_in_words(admin, add):
    procedure = add().procedure
    record(admin, procedure, 1)
    assert record(admin, procedure, 1).status_code == 200


# --- levels and texts are apart ------------------------------------------------------------------------------------


def level_shown(client, page):
    return client.get(page.get_url()).context_data["level"]


def test_publishing_an_old_draft_leaves_the_levels_alone(client, add):
    page = add("form", "address")
    old = page.save_revision()
    old.publish()
    make.add_level(page.procedure, 3, START)
    old.publish()
    assert level_shown(client, page) == 3


def test_publishing_an_old_draft_leaves_the_history_alone(add):
    page = add("form", "address")
    old = page.save_revision()
    make.add_level(page.procedure, 1, START)
    make.add_level(page.procedure, 3, START + timedelta(days=30))
    old.publish()
    assert [r.level for r in page.procedure.maturity_records.order_by("date")] == [1, 3]


def test_both_languages_show_the_same_level(client, add, section):
    page = add("form", "address")
    english = make.add_section(section.department, "en", title="Justice Division")
    texts = {"papers": [make.paper(form=make.add_file())], "apply_url": "https://dvc.example/nop"}
    twin = make.add_service(english, "Birth registration", page.procedure, **texts)
    make.add_level(page.procedure, 3, START)
    assert (level_shown(client, page), level_shown(client, twin)) == (3, 3)


def test_the_page_shows_the_history_of_its_level(client, add):
    page = add("form", "address")
    make.add_level(page.procedure, 1, START, decision_number="11/QĐ-UBND")
    make.add_level(page.procedure, 3, START + timedelta(days=365))
    history = client.get(page.get_url()).context_data["maturity"]["history"]
    assert [(entry["level"], entry["present"]) for entry in history] == [(3, True), (1, False)]


def test_a_unit_that_differs_is_named_on_the_page(client, add, section):
    page = add("form", "address")
    make.add_level(page.procedure, 3, START)
    make.add_level(page.procedure, 1, START, unit=section.department)
    own = client.get(page.get_url()).context_data["maturity"]["by_unit"]
    assert [(item["unit"], item["level"]) for item in own] == [("Phòng Tư pháp", 1)]


def test_without_a_record_the_level_is_not_determined(client, add):
    assert level_shown(client, add()) is None
