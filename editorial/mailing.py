"""Sending the e-mails that wait: each once, whoever else sends, and however long the mail server is away."""

import logging
from collections.abc import Callable
from typing import Any

from django.core.mail import EmailMessage, get_connection
from django.utils import timezone

from editorial.mails import compose
from editorial.models.notices import ASKING, Notice
from editorial.models.outgoing import OutgoingMail, OutgoingQuerySet

logger = logging.getLogger(__name__)
#: e-mails in one round, so that other work gets its turn
AT_ONCE = 200
#: after so many failures in a row the mail server is taken to be away: the others wait for the next round
FAILURES_IN_A_ROW = 3


def send_waiting() -> int:
    """Send the notices that wait; the number sent."""
    return deliver(Notice.objects.all(), send)


def deliver(mails: OutgoingQuerySet, send: Callable[[Any], bool]) -> int:
    """Send what waits of one kind; the number sent. What fails is tried again later, the reason is kept with it.

    A worker that is killed between the mail server's answer and the record of it sends the mail again, with the same
    Message-ID, after `LEASE`: the other way round it would be lost.
    """
    sent = failed = 0
    for mail in mails.waiting(timezone.now())[:AT_ONCE]:
        if failed == FAILURES_IN_A_ROW:
            break
        if not mails.claim(mail, timezone.now()):
            continue
        mail.refresh_from_db()
        try:
            sent += send(mail)
            failed = 0
        except Exception as error:  # noqa: BLE001 - one that fails, for whatever reason, holds up no other
            failed += 1
            mail.postpone(error, timezone.now())
            logger.warning("%s %s could not be sent: %s", type(mail).__name__, mail.pk, error)
    return sent


def send(notice: Notice) -> bool:
    """Send a notice that is claimed; False where nobody needs it any more."""
    if not is_needed(notice):
        drop(notice)
        return False
    hand_over(notice, compose(notice))
    return True


def hand_over(mail: OutgoingMail, message: EmailMessage) -> None:
    """Give the message to the mail server and write down that it went."""
    message.connection = get_connection()
    message.send()
    type(mail).objects.filter(pk=mail.pk).update(sent_at=timezone.now(), error="")


def drop(mail: OutgoingMail) -> None:
    """Nobody needs the mail any more, or it cannot reach anybody."""
    type(mail).objects.filter(pk=mail.pk).update(dropped_at=timezone.now())


def is_needed(notice: Notice) -> bool:
    """False where it cannot reach the recipient, or asks for a decision that is taken or no longer theirs."""
    if not (notice.recipient.is_active and notice.recipient.email):
        return False
    if notice.kind not in ASKING:
        return True
    return notice.state.status == notice.state.STATUS_IN_PROGRESS and notice.state.is_decided_by(notice.recipient)
