"""A translation is sent for approval like any other page: what goes under review is what its strings say."""

from django.urls import reverse

from editorial.models import Submission
from tests.editorial.test_submitting import form_of, send
from tests.editorial.test_translations import (  # noqa: F401 - fixtures
    NEW,
    OLD,
    english,
    english_locale,
    live_translation,
    original,
    translate,
    translation,
    translator,
)


def test_a_translation_is_made_from_its_strings_when_it_is_sent(
    client,
    live_translation,  # noqa: F811
    translation,  # noqa: F811
    translator,  # noqa: F811
):
    translate(translation, translator, NEW)
    client.force_login(translator)
    send(client, live_translation)
    page = english(translation)
    assert (page.workflow_in_progress, page.result) == (True, OLD)
    assert page.get_latest_revision_as_object().result == NEW
    assert Submission.objects.get().submitted_by == translator


def test_the_editor_of_translations_shows_the_way_to_the_form(
    client,
    live_translation,  # noqa: F811
    translator,  # noqa: F811
):
    client.force_login(translator)
    text = client.get(reverse("wagtailadmin_pages:edit", args=[live_translation.pk])).content.decode()
    assert f'href="{form_of(live_translation)}"' in text
