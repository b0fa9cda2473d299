"""wagtail-localize knows no review: its doors save drafts, and a draft is not what readers see."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from wagtail.models import GroupPagePermission, Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from departments.roles import TRANSLATOR
from editorial.contributors import contributors
from services.models import ServicePage
from tests import factories as make
from tests.editorial.conftest import decide

CONTEXT, OLD, NEW = "result", "Birth certificate", "Certificate of birth"


@pytest.fixture
def english_locale(db):
    return Locale.objects.get(language_code="en")


@pytest.fixture
def original(section):
    page = make.add_service(section, result="Giấy khai sinh")
    page.save_revision().publish()
    return ServicePage.objects.get(pk=page.pk)


@pytest.fixture
def translator(office, original, english_locale):
    """A translator who was given every right there is, the one of starting translations included."""
    user = make.add_member(TRANSLATOR, office.english, "phien-dich")
    group = user.groups.get()
    group.permissions.add(Permission.objects.get(codename="submit_translation"))
    for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__endswith="_page"):
        GroupPagePermission.objects.get_or_create(group=group, page=office.english, permission=permission)
    return user


@pytest.fixture
def translation(original, english_locale):
    source, _created = TranslationSource.get_or_create_from_instance(original)
    return Translation.objects.create(source=source, target_locale=english_locale)


def translate(translation, user, words):
    segment = StringSegment.objects.get(source=translation.source, context__path=CONTEXT)
    StringTranslation.objects.update_or_create(
        translation_of=segment.string,
        context=segment.context,
        locale=translation.target_locale,
        defaults={"data": words, "last_translated_by": user},
    )


@pytest.fixture
def live_translation(translation, translator):
    """An English page that readers see, with a translation of its result."""
    translate(translation, translator, OLD)
    translation.save_target(publish=False)
    page = english(translation)
    page.get_latest_revision().publish()
    return ServicePage.objects.get(pk=page.pk)


def english(translation):
    return ServicePage.objects.get(translation_key=translation.source.object_id, locale=translation.target_locale)


def test_a_new_translation_is_a_draft(client, translator, original, english_locale):
    client.force_login(translator)
    url = reverse("wagtail_localize:submit_page_translation", args=[original.pk])
    client.post(url, {"locales": [english_locale.pk]})
    page = ServicePage.objects.get(translation_key=original.translation_key, locale=english_locale)
    assert not page.live


@pytest.mark.django_db(transaction=False)
@pytest.mark.parametrize("publish", [True, False])
def test_what_readers_see_stays_while_a_translation_is_saved(
    live_translation, translation, translator, publish, django_capture_on_commit_callbacks
):
    translate(translation, translator, NEW)
    published = live_translation.last_published_at
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(user=translator, publish=publish)
    page = english(translation)
    assert (page.live, page.result, page.last_published_at) == (True, OLD, published)
    assert page.get_latest_revision_as_object().result == NEW and page.has_unpublished_changes


def test_the_editor_of_translations_publishes_nothing(
    client, live_translation, translation, translator, django_capture_on_commit_callbacks
):
    translate(translation, translator, NEW)
    client.force_login(translator)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("wagtailadmin_pages:edit", args=[live_translation.pk]), {"action": "publish"})
    assert english(translation).result == OLD


def test_bringing_translations_up_to_date_publishes_nothing(
    client, live_translation, translation, translator, original, django_capture_on_commit_callbacks
):
    translate(translation, translator, NEW)
    client.force_login(translator)
    url = reverse("wagtail_localize:update_translations", args=[translation.source.pk])
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url, {"publish_translations": "on"})
    assert english(translation).result == OLD


def test_a_live_page_without_a_revision_keeps_what_it_says(translation, translator):
    translate(translation, translator, OLD)
    translation.save_target(publish=False)
    page = english(translation)
    page.live = True
    page.save()
    ServicePage.objects.filter(pk=page.pk).update(live_revision=None)
    page.revisions.all().delete()
    translate(translation, translator, NEW)
    translation.save_target(user=translator, publish=True)
    assert (english(translation).live, english(translation).result) == (True, OLD)


def test_a_translation_under_review_is_left_alone(client, live_translation, translation, translator):
    translate(translation, translator, NEW)
    translation.save_target(user=translator, publish=False)
    english(translation).get_workflow().start(english(translation), translator)
    translate(translation, translator, "Something else")
    client.force_login(translator)
    client.post(reverse("wagtailadmin_pages:edit", args=[live_translation.pk]), {"action": "publish"})
    page = english(translation)
    assert page.get_latest_revision_as_object().result == NEW and page.workflow_in_progress


def test_who_translated_does_not_approve(as_, live_translation, translation, people):
    translate(translation, people.head, NEW)
    page = english(translation)
    assert people.head.pk in contributors(page)
    translation.save_target(user=people.author, publish=False)
    page.get_workflow().start(english(translation), people.author)
    decide(as_("head"), page, "approve")
    assert english(translation).current_workflow_task_state.step == "unit"
    decide(as_("deputy"), page, "approve")
    decide(as_("board"), page, "approve")
    assert english(translation).result == NEW
