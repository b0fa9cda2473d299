"""A saved look-up by e-mail: exactly one a month, with totals, changes, link and file."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import call_command

from services.levels import lookups, monthly
from services.models import LookupMail, LookupSubscription, SavedLookup
from tests import factories as make
from tests.editorial.mail_server import mail_server  # noqa: F401 - fixture


@pytest.fixture
def asked(db, portal):
    """The staff reader asked long ago for every service."""
    user = portal.users["staff_reader"]
    lookup = lookups.save_lookup(owner=user, name="Mọi dịch vụ", query="", is_shared=False)
    lookups.subscribe(lookup=lookup, user=user)
    LookupSubscription.objects.update(created_at=datetime(2020, 1, 15, tzinfo=UTC))
    return lookup


def run(day=None):
    monthly.prepare(day)
    return monthly.send_waiting()


def this_month():
    return date.today().replace(day=1)


# --- one a month ---------------------------------------------------------------------------------------------------


def test_a_job_that_runs_twice_sends_one(asked, mailoutbox):
    run()
    run()
    assert len(mailoutbox) == 1


def test_the_scheduler_and_the_worker_send_it(asked, mailoutbox, run_queued_tasks):
    call_command("run_scheduler", "--once", verbosity=0)
    assert "services.tasks.send_lookups" in run_queued_tasks()
    assert len(mailoutbox) == 1


def test_a_job_that_was_away_sends_one_late_in_the_month(asked, mailoutbox):
    run(this_month() + timedelta(days=25))
    run(this_month() + timedelta(days=26))
    assert len(mailoutbox) == 1


def test_the_next_month_has_its_own(asked, mailoutbox):
    run(this_month())
    run(this_month() + timedelta(days=31))
    assert len(mailoutbox) == 2


def test_who_asks_during_a_month_gets_the_first_one_at_the_start_of_the_next(asked, mailoutbox):
    LookupSubscription.objects.update(created_at=datetime.now(UTC))
    run()
    assert len(mailoutbox) == 0
    run(this_month() + timedelta(days=31))
    assert len(mailoutbox) == 1


def test_giving_up_and_asking_again_brings_no_second_one(asked, portal, mailoutbox):
    run()
    user = portal.users["staff_reader"]
    lookups.unsubscribe(lookup=asked, user=user)
    lookups.subscribe(lookup=asked, user=user)
    LookupSubscription.objects.update(created_at=datetime(2020, 1, 15, tzinfo=UTC))
    run()
    assert len(mailoutbox) == 1


def test_a_mail_server_that_is_down_delays_and_loses_nothing(asked, mail_server, mailoutbox):  # noqa: F811
    mail_server.down = True
    run()
    mail_server.down = False
    LookupMail.objects.update(next_attempt_at=datetime.now(UTC))
    run()
    assert len(mailoutbox) == 1


# --- to whom -------------------------------------------------------------------------------------------------------


def no_longer_asked(lookup, user):
    lookups.unsubscribe(lookup=lookup, user=user)


def no_longer_active(lookup, user):
    type(user).objects.filter(pk=user.pk).update(is_active=False)


def no_longer_allowed(lookup, user):
    user.groups.clear()


def no_longer_shared(lookup, user):
    SavedLookup.objects.update(owner=make.add_administrator(), is_shared=False)


def no_longer_readable(lookup, user):
    SavedLookup.objects.update(query="unit=khong-con")


@pytest.mark.parametrize(
    "happens", [no_longer_asked, no_longer_active, no_longer_allowed, no_longer_shared, no_longer_readable]
)
def test_nothing_is_sent_to_whom_it_no_longer_concerns(asked, portal, mailoutbox, happens):
    monthly.prepare()
    happens(asked, portal.users["staff_reader"])
    monthly.send_waiting()
    assert len(mailoutbox) == 0
    assert LookupMail.objects.get().dropped_at is not None


# --- what it says --------------------------------------------------------------------------------------------------


@pytest.fixture
def text(asked, procedures, mailoutbox):
    def text():
        run()
        return mailoutbox[-1]

    return text


def test_the_rate_stands_with_numerator_and_denominator(text, procedures):
    make.add_level(procedures[0], 1)
    assert "0/3" in text().body or "0 trên 3" in text().body


def test_what_was_recorded_since_is_named(text, procedures):
    make.add_level(procedures[0], 1, date(2020, 2, 1))
    make.add_level(procedures[1], 1, date(2019, 2, 1))
    body = text().body
    assert "Khai sinh" in body
    assert "Kết hôn" not in body


def test_the_rows_come_as_a_file(text, procedures):
    name, content, kind = text().attachments[0]
    assert (name.endswith(".csv"), kind) == (True, "text/csv")
    assert all(procedure.code in content for procedure in procedures)


def test_it_leads_to_the_look_up_and_to_where_it_is_stopped(text, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://cong.example"
    body = text().body
    assert "https://cong.example/admin/levels/lookup/?" in body
    assert "https://cong.example/admin/levels/lookup/#saved" in body


def test_it_is_known_again_by_its_message_id(text):
    mail = text()
    assert mail.extra_headers["Message-ID"].startswith(f"<lookup-{LookupMail.objects.get().pk}@")
