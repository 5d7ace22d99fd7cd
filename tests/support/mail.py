"""A mail server on loopback, so that what is sent goes by SMTP as it would for real."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest


class Postbox:
    """What the server took in: each message parsed, with the addresses it was sent to in ``to``."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.recipients: list[list[str]] = []
        self.refuse_with: str | None = None

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Keep the message, or refuse it with the answer that a test set."""
        if self.refuse_with:
            return self.refuse_with
        text = envelope.content.replace(b"\r\n", b"\n")  # as written, not as it travelled
        self.messages.append(message_from_bytes(text, policy=policy.default))  # type: ignore[arg-type]
        self.recipients.append(list(envelope.rcpt_tos))
        return "250 taken"

    def texts_for(self, address: str) -> list[str]:
        """The plain texts sent to one address, in the order they came."""
        found = []
        for message, recipients in zip(self.messages, self.recipients, strict=True):
            if address in recipients:
                body = message.get_body(("plain",))
                found.append(body.get_content() if body else "")
        return found


@pytest.fixture
def smtp_server(settings: Any) -> Iterator[Postbox]:
    """A real SMTP server that the settings point at; gives back its postbox."""
    from aiosmtpd.controller import Controller

    postbox = Postbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(postbox, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS, settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = False, "", ""
    yield postbox
    controller.stop()
