"""A mail server that can be away, or refuse single addresses."""

import smtplib

import pytest
from django.core.mail.backends.locmem import EmailBackend


class MailServer(EmailBackend):
    """Delivers into `django.core.mail.outbox`, unless it is told otherwise."""

    down = False
    refused: frozenset[str] = frozenset()
    attempts = 0
    #: called with every message before it is delivered
    meanwhile = None

    def send_messages(self, messages):
        MailServer.attempts += 1
        if MailServer.down:
            raise ConnectionRefusedError("Connection refused")
        for message in messages:
            if MailServer.refused.intersection(message.to):
                raise smtplib.SMTPRecipientsRefused(dict.fromkeys(message.to, (550, b"No such user")))
            if MailServer.meanwhile is not None:
                MailServer.meanwhile()
        return super().send_messages(messages)


@pytest.fixture
def mail_server(settings):
    settings.EMAIL_BACKEND = f"{__name__}.MailServer"
    MailServer.down, MailServer.refused, MailServer.attempts = False, frozenset(), 0
    MailServer.meanwhile = None
    return MailServer
