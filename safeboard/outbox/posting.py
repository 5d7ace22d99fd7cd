"""A message as an e-mail: plain text, headers that cannot be added to, nothing attached."""

from __future__ import annotations

import time
import unicodedata
from email.utils import parseaddr
from smtplib import SMTPConnectError, SMTPException, SMTPResponseException, SMTPServerDisconnected

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.validators import validate_email

from .choices import SUBJECT_LENGTH
from .models import Message

AWAY = 60.0  # seconds for which a mail server that did not answer is left alone
_left_alone_until = 0.0


def is_set() -> bool:
    """Whether there is a mail server to post through."""
    return bool(settings.EMAIL_HOST)


def is_away() -> bool:
    """Whether the mail server did not answer a moment ago: asking again now would only hold up the other work."""
    return time.monotonic() < _left_alone_until


def note_away(error: Exception | None) -> None:
    """Remember whether the server itself could not be reached (``error``), or that it could (None)."""
    global _left_alone_until
    silent = isinstance(error, SMTPServerDisconnected | SMTPConnectError) or (
        isinstance(error, OSError) and not isinstance(error, SMTPException)
    )
    _left_alone_until = time.monotonic() + AWAY if silent else 0.0


def one_line(text: str, length: int = SUBJECT_LENGTH) -> str:
    """The text on one line, without control or direction marks, and cut where it is too long."""
    clean = "".join(" " if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} else c for c in text)
    clean = " ".join(clean.split())
    return clean if len(clean) <= length else clean[: length - 1].rstrip() + "…"


def plain(text: str) -> str:
    """The text with plain line ends and without control marks."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"})


def is_address(email: str) -> bool:
    """Whether this is one address that a mail can be posted to."""
    try:
        validate_email(email)
    except ValidationError:
        return False
    return len(email) <= 254


def post(message: Message) -> None:
    """Hand the message to the mail server.

    Raises BadHeaderError or ValueError for a header that would carry more than itself, OSError or SMTPException
    where the server is away or refuses.
    """
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    EmailMessage(
        subject=message.subject,
        body=message.body,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[message.email],
        headers={
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            # The same at each attempt: a mail that arrives twice is shown once.
            "Message-ID": f"<safeboard.{message.pk}.{message.made_at:%Y%m%d%H%M%S}@{domain}>",
        },
        connection=get_connection(fail_silently=False),
    ).send(fail_silently=False)


def in_short(error: Exception) -> str:
    """What went wrong, in a word and a number: a server's own text could repeat the message."""
    codes: list[int] = []
    if isinstance(error, SMTPResponseException):
        codes = [error.smtp_code]
    recipients = getattr(error, "recipients", None)
    if isinstance(recipients, dict):
        codes = [code for code, _text in recipients.values()]
    return " ".join([type(error).__name__, *map(str, sorted(set(codes)))])[:120]
