"""The editor's form, by POST: what may be saved, what may be published, what is warned about."""

from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from announcements import reference
from announcements.models import DirectivePage, DocumentType
from announcements.wording import REFERENCE_ERRORS
from core.publishing import PublishRefused
from tests.announcements.conftest import add_directive


@pytest.fixture(autouse=True)
def signed_in(publisher, calendar):
    return publisher


def typed(units, **changes):
    """What the form sends for a complete document."""
    values = {
        "title": "",
        "slug": "",
        "summary": "",
        "seo_title": "",
        "search_description": "",
        "reference": "45/KH-UBND",
        "document_type": DocumentType.objects.get(abbreviation="KH").pk,
        "abstract": "Ứng dụng công nghệ thông tin năm 2019",
        "issuer": units.office.department.pk,
        "drafting_unit": "",
        "issued_on": "2019-02-12",
        "effective_on": "",
        "expires_on": "",
        "signer": "",
        "position": "",
        "authority": "",
        "field": "",
        "urgency": "",
        "recipients": "",
        "files": inline_formset([]),
        "relations": inline_formset([]),
        "comments": inline_formset([]),
        "body": streamfield([("text", rich_text("<p>Nội dung</p>"))]),
    }
    return nested_form_data(values | changes)


@pytest.fixture
def create(client, units):
    """Send the form for a new document; `action` is the button."""
    url = reverse("wagtailadmin_pages:add", args=["announcements", "directivepage", units.office.pk])

    def create(action="action-submit", **changes):
        return client.post(url, typed(units, **changes) | ({action: "1"} if action else {}))

    return create


@pytest.fixture
def edit(client, units):
    def edit(page, action="action-submit", **changes):
        values = typed(units, title=page.title, slug=page.slug, **changes)
        url = reverse("wagtailadmin_pages:edit", args=[page.pk])
        return client.post(url, values | ({action: "1"} if action else {}))

    return edit


def errors(response):
    assert response.status_code == 200, response
    return response.context["form"].errors


def warnings(response):
    return [str(message) for message in get_messages(response.wsgi_request) if "warning" in message.tags]


def test_title_and_address_are_made_where_they_are_left_empty(create):
    assert create().status_code == 302
    page = DirectivePage.objects.get()
    assert (page.title, page.slug) == ("Ứng dụng công nghệ thông tin năm 2019", "45-kh-ubnd-2019")
    assert page.workflow_in_progress and not page.live


def test_a_title_that_is_typed_is_kept(create):
    create(title="Kế hoạch CNTT")
    assert DirectivePage.objects.get().title == "Kế hoạch CNTT"


def test_a_long_abstract_is_kept_whole_and_its_title_is_short(create):
    abstract = "Quy định chức năng, nhiệm vụ, quyền hạn và cơ cấu tổ chức; " + "phân công, phối hợp " * 40
    create(abstract=abstract)
    page = DirectivePage.objects.get()
    assert page.abstract == abstract.strip()
    assert len(page.title) <= 255
    assert abstract.startswith(page.title)


def test_the_number_is_put_into_its_form(create):
    create(reference=" số 45 / kh – ubnd ")
    page = DirectivePage.objects.get()
    assert (page.reference, page.reference_key, page.number) == ("45/KH-UBND", "45/kh-ubnd", 45)


@pytest.mark.parametrize("wrong", ["KH-UBND", "45", "45/XX-", "0/KH-UBND", "45/KH-UBND!", "05/1800/QĐ-UBND", "/"])
@pytest.mark.parametrize("action", ["action-submit", ""])
def test_a_number_that_cannot_be_read_is_refused_by_its_field(create, wrong, action):
    assert list(errors(create(action, reference=wrong))) == ["reference"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"document_type": ""}, "document_type"),
        ({"issued_on": ""}, "issued_on"),
        ({"issuer": ""}, "issuer"),
        ({"abstract": "", "title": "Kế hoạch"}, "abstract"),
        ({"body": streamfield([])}, "body"),
        ({"reference": ""}, "reference"),
    ],
)
def test_what_is_missing_is_named_and_nothing_is_published(create, changes, field):
    found = errors(create(**changes))
    assert list(found) == [field]
    assert found[field][0]
    assert not DirectivePage.objects.exists()


@pytest.mark.parametrize("field", ["document_type", "issued_on", "issuer", "reference"])
def test_a_draft_may_lack_it(create, field):
    assert create("", **{field: ""}).status_code == 302
    assert not DirectivePage.objects.get().live


def test_a_draft_with_its_number_alone_is_called_by_it(create):
    create("", abstract="", body=streamfield([]))
    page = DirectivePage.objects.get()
    assert page.title == "45/KH-UBND"


def test_a_draft_without_number_and_abstract_needs_a_title(create):
    assert "abstract" in errors(create("", abstract="", reference=""))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"issued_on": "2019-11-16"}, "issued_on"),
        ({"effective_on": "2019-03-01", "expires_on": "2019-02-28"}, "expires_on"),
        ({"expires_on": "2019-02-11"}, "expires_on"),
        ({"issued_on": "hôm qua"}, "issued_on"),
        ({"urgency": "gấp"}, "urgency"),
    ],
)
def test_dates_and_choices_that_cannot_be_are_refused_by_their_field(create, changes, field):
    assert list(errors(create(**changes))) == [field]


def test_a_relation_needs_a_document(create):
    empty = {"kind": "replaces", "target": "", "reference": ""}
    response = create(relations=inline_formset([empty]))
    assert response.status_code == 200
    assert list(response.context["form"].formsets["relations"].forms[0].errors) == ["target"]


def test_a_relation_keeps_the_number_of_the_document_chosen(create, units):
    old = add_directive(units.office, "38/KH-UBND", date(2018, 1, 30))
    create(relations=inline_formset([{"kind": "replaces", "target": old.pk, "reference": ""}]))
    relation = DirectivePage.objects.get(reference="45/KH-UBND").relations.get()
    assert relation.reference == "38/KH-UBND"
    old.delete()
    relation.refresh_from_db()
    assert (relation.target, relation.reference) == (None, "38/KH-UBND")


def test_a_live_page_cannot_be_made_incomplete(edit, units):
    page = add_directive(units.office, "45/KH-UBND")
    assert list(errors(edit(page, issuer=""))) == ["issuer"]
    assert DirectivePage.objects.get(pk=page.pk).issuer == units.office.department


def test_a_live_page_that_is_edited_waits_for_approval(edit, units):
    page = add_directive(units.office, "45/KH-UBND")
    assert edit(page, signer="Nguyễn Văn An").status_code == 302
    page = DirectivePage.objects.get(pk=page.pk)
    assert page.signer == "" and page.workflow_in_progress
    assert page.get_latest_revision_as_object().signer == "Nguyễn Văn An"


def test_code_cannot_publish_what_is_incomplete(units):
    with pytest.raises(PublishRefused) as refused:
        add_directive(units.office, "45/KH-UBND", body=[], abstract="")
    assert {item.key for item in refused.value.items} == {"abstract", "body"}


def test_code_cannot_publish_a_number_that_cannot_be_read(units):
    with pytest.raises(ValidationError) as refused:
        add_directive(units.office, "khong/so", title="Văn bản")
    assert "reference" in refused.value.message_dict


def test_what_is_incomplete_cannot_be_scheduled(create):
    later = {"go_live_at": "2019-12-01 08:00"}
    assert list(errors(create(issuer="", **later))) == ["issuer"]


def test_a_scheduled_document_goes_live_on_its_day(units):
    page = add_directive(units.office, "45/KH-UBND", live=False)
    page.go_live_at = timezone.now() - timezone.timedelta(minutes=1)
    revision = page.save_revision(approved_go_live_at=page.go_live_at)
    assert not DirectivePage.objects.get(pk=page.pk).live
    call_command("publish_scheduled")
    assert DirectivePage.objects.get(pk=page.pk).live
    assert revision.pk


def test_a_scheduled_document_that_became_incomplete_stays_a_draft(units):
    page = add_directive(units.office, "45/KH-UBND", live=False)
    page.go_live_at = timezone.now() - timezone.timedelta(minutes=1)
    revision = page.save_revision(approved_go_live_at=page.go_live_at)
    content = revision.content | {"issuer": None}
    type(revision).objects.filter(pk=revision.pk).update(content=content)
    call_command("publish_scheduled")
    assert not DirectivePage.objects.get(pk=page.pk).live


def test_the_same_number_of_the_same_issuer_and_year_is_warned_about_after_saving(create, units):
    add_directive(units.office, "45/KH-UBND", date(2019, 5, 1))
    response = create()
    assert response.status_code == 302
    (warning,) = warnings(response)
    assert "45/KH-UBND" in warning
    assert "/edit/" in warning


def test_the_warning_comes_with_a_draft_and_with_an_edit_too(create, edit, units):
    add_directive(units.office, "45/KH-UBND", date(2019, 5, 1))
    assert warnings(create(""))
    page = add_directive(units.justice, "46/KH-UBND")
    assert warnings(edit(page))


@pytest.mark.parametrize("changes", [{"issued_on": "2018-02-12"}, {"reference": "46/KH-UBND"}, {"issuer": "other"}])
def test_another_year_number_or_issuer_is_not_warned_about(create, units, changes):
    add_directive(units.office, "45/KH-UBND", date(2019, 5, 1))
    if changes.get("issuer"):
        changes = {"issuer": units.justice.department.pk}
    assert warnings(create(**changes)) == []


def test_every_error_of_a_number_has_words_for_editors():
    assert set(REFERENCE_ERRORS) == set(reference.MESSAGES)


def test_an_urgent_announcement_needs_a_last_day_that_comes_after_its_first(client, units):
    url = reverse("wagtailadmin_pages:add", args=["announcements", "announcementpage", units.office.pk])
    values = {
        "title": "Cháy rừng",
        "slug": "chay-rung",
        "summary": "",
        "kind": "disaster",
        "is_urgent": "on",
        "effective_on": "2019-11-15",
        "expires_on": "",
        "body": streamfield([]),
        "files": inline_formset([]),
        "hotlines": inline_formset([]),
        "comments": inline_formset([]),
        "seo_title": "",
        "search_description": "",
        "action-submit": "1",
    }
    assert list(errors(client.post(url, nested_form_data(values)))) == ["expires_on"]
    assert list(errors(client.post(url, nested_form_data(values | {"expires_on": "2019-11-14"})))) == ["expires_on"]
    assert client.post(url, nested_form_data(values | {"expires_on": "2019-11-15"})).status_code == 302


def test_errors_are_said_in_the_language_of_the_editor(create):
    message = errors(create(reference="45"))["reference"][0]
    assert message == gettext("This is not the form of a number and symbol, for example 45/KH-UBND.")
