"""The history of a question in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeboard.core import history
from safeboard.core.models import Entry

VERBS = {
    "sitelogs.asked": gettext_lazy("Asked it"),
    "sitelogs.second": gettext_lazy("Decided as the second person"),
    "sitelogs.question_named": gettext_lazy("Kept it under a name, or forgot the name"),
    "core.linked": gettext_lazy("Linked it to another record"),
}
LOOKS = {
    "rows": gettext_lazy("Looked at the answer"),
    "counts": gettext_lazy("Looked at the counts"),
    "line": gettext_lazy("Looked at a line, and at what came before and after"),
    "sheet": gettext_lazy("Took the answer as a spreadsheet"),
    "csv": gettext_lazy("Took the answer as CSV"),
    "pack": gettext_lazy("Took the answer as an evidence pack"),
}


@dataclass(frozen=True)
class Trace:
    """Who did what, and when."""

    what: str
    who: str
    at: datetime


def trace(entry: Entry) -> Trace:
    """An entry in words."""
    looked = entry.verb == "sitelogs.looked"
    what = LOOKS.get(entry.facts.get("what", "")) if looked else VERBS.get(entry.verb)
    return Trace(str(what or _("Something else")), history.who(entry), entry.at)
