"""Each e-mail is sent once, and a mail server that is away only delays it."""

import pytest
from django.core.management import call_command
from django.utils import timezone

from editorial.mailing import send_waiting
from editorial.models import Notice
from tests.editorial.clock import clock  # noqa: F401 - fixture
from tests.editorial.mail_server import mail_server  # noqa: F401 - fixture
from tests.editorial.test_submitting import send


@pytest.fixture
def waiting(as_, draft):
    """Two e-mails that wait, to the two heads of the unit."""
    send(as_("author"), draft)
    return Notice.objects.filter(kind="asked")


def to(mailoutbox):
    return sorted(mail.to[0].split("@")[0] for mail in mailoutbox)


BOTH = ["pho-phong", "truong-phong"]


def test_a_second_run_sends_nothing_again(waiting, mailoutbox):
    send_waiting()
    send_waiting()
    assert to(mailoutbox) == BOTH


def test_the_scheduler_and_the_worker_send_it(waiting, mailoutbox, run_queued_tasks):
    call_command("run_scheduler", "--once", verbosity=0)
    assert "editorial.tasks.send_notices" in run_queued_tasks()
    assert to(mailoutbox) == BOTH


def test_a_second_worker_that_sends_at_the_same_time_sends_the_others_only(waiting, mail_server, mailoutbox):  # noqa: F811
    def second_worker():
        mail_server.meanwhile = None
        send_waiting()

    mail_server.meanwhile = second_worker
    send_waiting()
    assert to(mailoutbox) == BOTH


def test_of_two_workers_that_have_read_the_same_list_one_gets_a_notice(waiting):
    notice = waiting.first()
    now = timezone.now()
    assert [Notice.objects.claim(notice, now), Notice.objects.claim(notice, now)] == [True, False]


def test_a_mail_server_that_is_down_delays_and_loses_nothing(waiting, mail_server, mailoutbox, clock):  # noqa: F811
    mail_server.down = True
    for _round in range(5):
        send_waiting()
        clock.pass_(minutes=90)
    assert (mailoutbox, waiting.filter(sent_at=None).count()) == ([], 2)
    mail_server.down = False
    send_waiting()
    assert to(mailoutbox) == BOTH


def test_why_it_could_not_be_sent_is_kept_until_it_is(waiting, mail_server, clock):  # noqa: F811
    mail_server.down = True
    send_waiting()
    assert set(waiting.values_list("error", flat=True)) == {"ConnectionRefusedError: Connection refused"}
    mail_server.down = False
    clock.pass_(minutes=90)
    send_waiting()
    assert set(waiting.values_list("error", flat=True)) == {""}


def test_the_pauses_between_attempts_grow(waiting, mail_server, clock):  # noqa: F811
    mail_server.down = True
    for _minute in range(60):
        send_waiting()
        clock.pass_(minutes=1)
    assert 4 <= waiting.first().attempts <= 6


def test_a_recipient_who_is_refused_holds_up_no_other(waiting, mail_server, mailoutbox):  # noqa: F811
    mail_server.refused = frozenset([waiting.order_by("pk").first().recipient.email])
    send_waiting()
    assert len(mailoutbox) == 1
    assert "No such user" in waiting.get(sent_at=None).error


def test_a_server_that_is_away_is_not_asked_for_every_mail(waiting, mail_server):  # noqa: F811
    state, sender = waiting.first().state, waiting.first().state.workflow_state.requested_by
    moment = timezone.now()
    for kind in ("returned", "published", "passed_on"):
        Notice.objects.create(kind=kind, state=state, recipient=sender, created_at=moment, next_attempt_at=moment)
    mail_server.down = True
    send_waiting()
    assert mail_server.attempts == 3


def test_what_a_killed_worker_was_sending_is_sent_by_another_one_later(waiting, mailoutbox, clock):  # noqa: F811
    lost = waiting.first()
    assert Notice.objects.claim(lost, timezone.now())
    send_waiting()
    assert len(mailoutbox) == 1
    clock.pass_(minutes=11)
    send_waiting()
    assert to(mailoutbox) == BOTH


def test_a_mail_that_is_sent_a_second_time_can_be_known_by_its_identity(waiting, mailoutbox, clock):  # noqa: F811
    send_waiting()
    Notice.objects.update(sent_at=None)
    clock.pass_(minutes=11)
    send_waiting()
    identities = {mail.extra_headers["Message-ID"] for mail in mailoutbox}
    assert (len(mailoutbox), len(identities)) == (4, 2)
