"""Plain text: words alone, nothing that a browser or a shell would run."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from .unfit import Unfit

CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
MARKUP = re.compile(rb"<\s*(?:script|html|svg|iframe|object|embed|!doctype|\?php|\?xml|meta\s|body)", re.IGNORECASE)
PROGRAMS = (b"#!", b"{\\rtf", b"<")


def check_text(content: bytes) -> None:
    """Raise Unfit where it is not text in UTF-8, or is a page, a drawing or a program written as text."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unfit("kind", _("Only PDF, PNG, JPEG and plain text in UTF-8 are taken.")) from None
    if CONTROL.search(text):
        raise Unfit("kind", _("The text has signs in it that no text has. Save it as plain text (UTF-8) again."))
    if has_markup(content) or text.lstrip().encode().startswith(PROGRAMS):
        raise Unfit("active", _("Web pages, drawings as SVG and scripts are not taken: they can run. Save it as PDF."))


def has_markup(content: bytes) -> bool:
    """Whether there is markup in it that a browser would run or draw."""
    return bool(MARKUP.search(content))
