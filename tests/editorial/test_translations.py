"""wagtail-localize knows no review: its doors save drafts, and a draft is not what readers see."""

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.models import GroupPagePermission, Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from departments.roles import AUTHOR, PUBLISHER, REVIEWER, STAFF_READER, TRANSLATOR
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
    """A translator to whom the right to publish was given by hand as well."""
    user = make.add_member(TRANSLATOR, office.english, "phien-dich")
    for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename="publish_page"):
        GroupPagePermission.objects.get_or_create(group=user.groups.get(), page=office.english, permission=permission)
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


def begin(client, page, locale):
    """Press “translate this page”; the translation, None where there is none."""
    client.post(reverse("wagtail_localize:submit_page_translation", args=[page.pk]), {"locales": [locale.pk]})
    return ServicePage.objects.filter(translation_key=page.translation_key, locale=locale).first()


def test_a_new_translation_is_a_draft(client, translator, original, english_locale):
    client.force_login(translator)
    assert not begin(client, original, english_locale).live


@pytest.mark.parametrize(
    ("role", "may"), [(TRANSLATOR, True), (PUBLISHER, True), (AUTHOR, False), (REVIEWER, False), (STAFF_READER, False)]
)
def test_who_begins_translations(client, section, original, english_locale, role, may):
    client.force_login(make.add_member(role, section, "nguoi-thu"))
    assert bool(begin(client, original, english_locale)) == may


def test_nobody_begins_the_translation_of_another_units_page(client, office, original, english_locale):
    make.add_section(office.other.department, "en", title="Culture Division")
    client.force_login(make.add_member(TRANSLATOR, office.other, "phien-dich-khac"))
    assert begin(client, original, english_locale) is None


def test_a_translator_makes_no_vietnamese_pages(client, translator, english_locale, office):
    page = make.add_service(office.english, "Registration of births")
    client.force_login(translator)
    assert begin(client, page, make.locale("vi")) is None


def test_nobody_updates_the_translation_of_another_units_page(office, live_translation, translation):
    make.add_section(office.other.department, "en", title="Culture Division")
    with pytest.raises(PermissionDenied):
        translation.save_target(user=make.add_member(TRANSLATOR, office.other, "phien-dich-khac"), publish=False)


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
