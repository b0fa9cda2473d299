"""Time from signing to publication, and the pages behind each figure."""

from datetime import date
from urllib.parse import parse_qsl

import pytest
from django.urls import reverse

from announcements.models import DirectivePage, DocumentType
from editorial.models import DayOff
from services.models import ServicePage
from tests import factories as make
from tests.editorial.clock import clock  # noqa: F401 - fixture
from tests.editorial.conftest import decide
from tests.editorial.test_reports import ask, queries_of, table_of
from tests.editorial.test_submitting import send

UNIT, KIND, PUBLISHED, MEASURED, MEDIAN, MEAN, ON_TIME, LATE, SHARE = range(9)
NONE_AROSE = "không phát sinh"


def rows_of(client, name="times", **query):
    return table_of(ask(client, name, format="csv", **query))[1:]


def publish(page, as_):
    for name in ("head", "board"):
        state = type(page).objects.get(pk=page.pk).current_workflow_task_state
        url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
        as_(name).post(url, {"comment": ""}, headers={"x-requested-with": "XMLHttpRequest"})


def add_draft(section, people, title):
    page = make.add_service(section, title, live=False)
    page.save_revision(user=people.author)
    return page


@pytest.fixture
def add_directive(section, people):
    def add(issued_on):
        page = DirectivePage(
            reference="45/KH-UBND",
            document_type=DocumentType.objects.first(),
            issuer=section.department,
            issued_on=issued_on,
            abstract="Kế hoạch cải cách hành chính",
            body=[("text", "<p>Nội dung</p>")],
            live=False,
        )
        section.add_child(instance=page)
        page.save_revision(user=people.author)
        return page

    return add


def test_a_service_takes_the_working_days_from_its_sending(draft, as_, clock):  # noqa: F811
    send(as_("author"), draft)
    clock.set(2026, 6, 4, 15)
    publish(draft, as_)
    whole, row = rows_of(as_("board"))
    assert row == ["Phòng Tư pháp", "dịch vụ công", "1", "1", "3", "3", "1", "0", "1/1 (100,0%)"]
    assert whole[2:] == row[2:]


def test_a_document_takes_the_working_days_from_its_signing(add_directive, as_, clock):  # noqa: F811
    page = add_directive(date(2026, 5, 28))
    send(as_("author"), page)
    clock.set(2026, 6, 3, 8)
    publish(page, as_)
    row = rows_of(as_("board"))[1]
    assert (row[MEDIAN], row[ON_TIME], row[LATE], row[SHARE]) == ("4", "0", "1", "0/1 (0,0%)")


def test_a_day_off_is_no_working_day(draft, as_, clock):  # noqa: F811
    DayOff.objects.create(day=date(2026, 6, 3), name="Bão")
    send(as_("author"), draft)
    clock.set(2026, 6, 4, 15)
    publish(draft, as_)
    assert rows_of(as_("board"))[1][MEDIAN] == "2"


def test_median_and_mean_differ(section, people, as_, clock):  # noqa: F811
    drafts = [add_draft(section, people, f"Thủ tục {number}") for number in range(3)]
    for page in drafts:
        send(as_("author"), page)
    for page, day in zip(drafts, (2, 2, 9), strict=True):
        clock.set(2026, 6, day, 10)
        publish(page, as_)
    row = rows_of(as_("board"))[1]
    assert (row[PUBLISHED], row[MEDIAN], row[MEAN], row[SHARE]) == ("3", "1", "2.7", "2/3 (66,7%)")


def test_what_was_published_without_a_review_counts_and_is_not_measured(section, as_, clock):  # noqa: F811
    make.add_service(section)
    row = next(row for row in rows_of(as_("board")) if row[KIND] == "dịch vụ công" and row[UNIT] == "Phòng Tư pháp")
    assert row[PUBLISHED:] == ["1", "0", NONE_AROSE, NONE_AROSE, "0", "0", NONE_AROSE]


def test_a_later_version_is_no_first_publication(draft, as_, clock):  # noqa: F811
    send(as_("author"), draft)
    publish(draft, as_)
    clock.set(2026, 7, 1, 9)
    page = ServicePage.objects.get(pk=draft.pk)
    page.save_revision(user=None)
    send(as_("author"), page)
    publish(page, as_)
    kinds = [row[KIND] for row in rows_of(as_("board"), since="01/07/2026", until="31/07/2026")]
    assert "dịch vụ công" not in kinds


def test_from_the_first_sending_on_the_days_count_where_it_was_sent_back(draft, as_, clock):  # noqa: F811
    send(as_("author"), draft)
    decide(as_("head"), draft, "reject", comment="Thiếu căn cứ")
    clock.set(2026, 6, 3, 9)
    send(as_("author"), draft)
    clock.set(2026, 6, 4, 9)
    publish(draft, as_)
    assert rows_of(as_("board"))[1][MEDIAN] == "3"


def test_a_figure_leads_to_the_pages_behind_it(section, people, as_, clock):  # noqa: F811
    early, late = add_draft(section, people, "Kịp"), add_draft(section, people, "Muộn")
    for page, day in ((early, 2), (late, 30)):
        send(as_("author"), page)
        clock.set(2026, 6, day, 10)
        publish(page, as_)
    client = as_("board")
    row = ask(client, "times").context["rows"][1]
    for column, titles in ((MEASURED, {"Kịp", "Muộn"}), (ON_TIME, {"Kịp"}), (LATE, {"Muộn"})):
        path, _mark, query = row[column].url.partition("?")
        assert path == reverse("editorial:report", args=["times-pages"])
        assert {found[0] for found in rows_of(client, "times-pages", **dict(parse_qsl(query)))} == titles


def test_a_head_reads_of_the_own_unit_only(draft, as_, clock):  # noqa: F811
    send(as_("author"), draft)
    publish(draft, as_)
    assert rows_of(as_("other_head"), kind="services.servicepage") == []
    assert rows_of(as_("other_head"), "times-pages", kind="services.servicepage") == []
    assert len(rows_of(as_("head"), "times-pages", kind="services.servicepage")) == 1


def test_the_period_counts_both_its_days(draft, as_, clock):  # noqa: F811
    send(as_("author"), draft)
    publish(draft, as_)
    query = {"kind": "services.servicepage"}
    client = as_("board")
    assert len(rows_of(client, since="01/06/2026", until="01/06/2026", **query)) == 2
    assert rows_of(client, since="02/06/2026", until="03/06/2026", **query) == []


def test_an_outcome_that_there_is_not_is_answered_with_the_field_named(as_):
    answer = ask(as_("board"), "times-pages", outcome="perfect")
    assert answer.status_code == 400 and "outcome" in answer.context["form"].errors


@pytest.mark.parametrize("name", ["times", "times-pages"])
def test_twenty_pages_take_as_many_queries_as_one(section, people, as_, name):
    client = as_("board")
    make.add_service(section)
    first = queries_of(client, name)
    for number in range(19):
        make.add_service(section, f"Thủ tục {number}")
    assert queries_of(client, name) == first
