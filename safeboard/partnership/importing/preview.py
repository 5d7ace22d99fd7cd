"""The plan of an import as a person reads it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeboard.library import queries as library

from ..models import Agency, ImportRun, Setting

GROUPS = {
    "refused": gettext_lazy("Refused"),
    "added": gettext_lazy("Added"),
    "changed": gettext_lazy("Changed"),
    "same": gettext_lazy("Left alone"),
}


def group_of(run: ImportRun, name: str) -> list[dict[str, Any]]:
    """The faults, or the entries of one state, in the order of the sheet."""
    if name == "refused":
        return list(run.plan["faults"])
    return [entry for entry in run.plan["entries"] if entry["state"] == name]


def in_words(run: ImportRun, entries: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Entries with what they are, and each change as (field, now, then)."""
    pack = run.board.pack
    return [
        {
            **entry,
            "word": _("Agency") if entry["what"] == "agency" else _("Setting"),
            "lines": [_line(pack, entry["what"], name, *pair) for name, pair in entry["changes"].items()],
        }
        for entry in entries
    ]


def _line(pack: str, what: str, name: str, now: str, then: str) -> tuple[str, str, str]:
    model = Agency if what == "agency" else Setting
    if name == "kind":
        list_ = "agency-kinds" if what == "agency" else "setting-kinds"
        label = _("Kind of member") if what == "agency" else _("Kind of setting")
        return label, library.label(pack, list_, now), library.label(pack, list_, then)
    field: Any = model._meta.get_field(name)
    words = dict(field.flatchoices)
    return str(field.verbose_name).capitalize(), str(words.get(now, now)), str(words.get(then, then))
