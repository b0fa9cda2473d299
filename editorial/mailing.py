"""Sending the notices that wait: each once, whoever else sends, and however long the mail server is away."""

import logging

from django.core.mail import EmailMessage, get_connection
from django.utils import timezone

from editorial.mails import compose
from editorial.models.notices import ASKING, Notice

logger = logging.getLogger(__name__)
#: notices in one round, so that other work gets its turn
AT_ONCE = 200
#: after so many failures in a row the mail server is taken to be away: the others wait for the next round
FAILURES_IN_A_ROW = 3


def send_waiting() -> int:
    """Send what waits; the number sent. What fails is tried again later, the reason is kept with it.

    A worker that is killed between the mail server's answer and the record of it sends the notice again, with the same
    Message-ID, after `LEASE`: the other way round it would be lost.
    """
    sent = failed = 0
    for notice in Notice.objects.waiting(timezone.now())[:AT_ONCE]:
        if failed == FAILURES_IN_A_ROW:
            break
        if not Notice.objects.claim(notice, timezone.now()):
            continue
        notice.refresh_from_db()
        try:
            sent += send(notice)
            failed = 0
        except Exception as error:  # noqa: BLE001 - one notice that fails, for whatever reason, holds up no other
            failed += 1
            notice.postpone(error, timezone.now())
            logger.warning("Notice %s could not be sent: %s", notice.pk, error)
    return sent


def send(notice: Notice) -> bool:
    """Send a notice that is claimed; False where nobody needs it any more."""
    waits = Notice.objects.filter(pk=notice.pk)
    if not is_needed(notice):
        waits.update(dropped_at=timezone.now())
        return False
    message: EmailMessage = compose(notice)
    message.connection = get_connection()
    message.send()
    waits.update(sent_at=timezone.now(), error="")
    return True


def is_needed(notice: Notice) -> bool:
    """False where it cannot reach the recipient, or asks for a decision that is taken or no longer theirs."""
    if not (notice.recipient.is_active and notice.recipient.email):
        return False
    if notice.kind not in ASKING:
        return True
    return notice.state.status == notice.state.STATUS_IN_PROGRESS and notice.state.is_decided_by(notice.recipient)
