"""Look-ups that the staff keeps: the own ones, and those that others share."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from services.levels import lookups
from services.models import LookupSubscription, SavedLookup


@pytest.fixture
def lookup(db, portal):
    return lookups.save_lookup(
        owner=portal.users["publisher"], name="Mức 3-4", query="level=3&level=4", is_shared=False
    )


def save(client, name="Mức 3-4", query="level=3&level=4", **values):
    return client.post(reverse("levels:save"), {"name": name, "query": query, **values})


def saved():
    return list(SavedLookup.objects.values_list("name", "query", "is_shared"))


def names_shown(client):
    response = client.get(reverse("levels:lookup"))
    return [item["lookup"].name for item in response.context["saved"]]


def test_a_look_up_is_kept_and_opened_with_one_click(as_):
    client = as_("staff_reader")
    save(client)
    assert saved() == [("Mức 3-4", "level=3&level=4", False)]
    (item,) = client.get(reverse("levels:lookup")).context["saved"]
    assert client.get(item["url"]).status_code == 200


@pytest.mark.parametrize("query", ["level=7", "date=31/02/2020", "unit=khong-co"])
def test_a_query_that_cannot_be_read_is_not_kept(as_, query):
    save(as_("staff_reader"), query=query)
    assert saved() == []


def test_what_is_no_filter_is_left_out(as_):
    save(as_("staff_reader"), query="level=3&page=4&format=csv&x=<script>")
    assert saved() == [("Mức 3-4", "level=3", False)]


@pytest.mark.parametrize("name", ["", "x" * 121])
def test_a_look_up_needs_a_name(as_, name):
    save(as_("staff_reader"), name=name)
    assert saved() == []


def test_a_name_is_used_once_by_a_person(as_):
    client = as_("staff_reader")
    save(client)
    save(client, query="level=1")
    save(as_("author"))
    assert saved() == [("Mức 3-4", "level=3&level=4", False)] * 2


def test_nobody_keeps_look_ups_without_end(as_, portal, monkeypatch):
    monkeypatch.setattr(lookups, "MOST_KEPT", 1)
    client = as_("staff_reader")
    save(client)
    save(client, name="Khác")
    assert len(saved()) == 1


@pytest.mark.parametrize(("is_shared", "shown"), [(True, ["Mức 3-4"]), (False, [])])
def test_colleagues_see_what_is_shared(as_, lookup, is_shared, shown):
    SavedLookup.objects.update(is_shared=is_shared)
    assert names_shown(as_("author")) == shown


def test_the_owner_deletes_a_look_up(as_, lookup):
    as_("publisher").post(reverse("levels:delete", args=[lookup.pk]))
    assert saved() == []


@pytest.mark.parametrize("is_shared", [True, False])
def test_others_do_not_delete_it(as_, lookup, is_shared):
    SavedLookup.objects.update(is_shared=is_shared)
    response = as_("author").post(reverse("levels:delete", args=[lookup.pk]))
    assert (SavedLookup.objects.count(), response.status_code == 302) == (1, is_shared)


@pytest.mark.parametrize("name", ["delete", "mail"])
def test_following_a_link_changes_nothing(as_, lookup, name):
    assert as_("publisher").get(reverse(f"levels:{name}", args=[lookup.pk])).status_code == 405


@pytest.mark.parametrize("who", ["nobody", "stranger"])
def test_who_may_not_look_up_saves_nothing(client, portal, who):
    if who == "nobody":
        client.force_login(get_user_model().objects.create_user("nobody"))
    save(client)
    assert saved() == []


# --- the e-mail ----------------------------------------------------------------------------------------------------


def change_mail(client, lookup, wanted="1"):
    return client.post(reverse("levels:mail", args=[lookup.pk]), {"wanted": wanted})


def test_a_look_up_is_asked_for_by_e_mail_and_given_up(as_, portal, lookup):
    client = as_("publisher")
    change_mail(client, lookup)
    change_mail(client, lookup)
    assert [asked.user for asked in LookupSubscription.objects.all()] == [portal.users["publisher"]]
    change_mail(client, lookup, wanted="")
    assert not LookupSubscription.objects.exists()


def test_without_an_address_no_e_mail_is_promised(as_, portal, lookup):
    type(portal.users["publisher"]).objects.update(email="")
    change_mail(as_("publisher"), lookup)
    assert not LookupSubscription.objects.exists()


def test_another_s_private_look_up_is_not_sent(as_, lookup):
    assert change_mail(as_("author"), lookup).status_code == 404
    assert not LookupSubscription.objects.exists()
