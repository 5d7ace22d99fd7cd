"""Which column of a table holds what: said once, kept with the filter."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from safeboard.core.forms import Form

from ..archive.formats import Columns, WrongColumns
from ..choices import Layout

PARTS = {
    "time": gettext_lazy("Date and time"),
    "address": gettext_lazy("Address of the computer"),
    "url": gettext_lazy("Web address"),
    "host": gettext_lazy("Website"),
    "user": gettext_lazy("User"),
    "category": gettext_lazy("Category"),
    "what": gettext_lazy("Blocked or allowed"),
    "reason": gettext_lazy("Reason"),
    "method": gettext_lazy("Method"),
    "status": gettext_lazy("Status"),
    "bytes": gettext_lazy("Size"),
}
TIMES = [
    ("%Y-%m-%d %H:%M:%S", gettext_lazy("2026-03-31 14:05:09")),
    ("%d/%m/%Y %H:%M:%S", gettext_lazy("31/03/2026 14:05:09")),
    ("%d/%m/%Y %H:%M", gettext_lazy("31/03/2026 14:05")),
    ("%m/%d/%Y %H:%M:%S", gettext_lazy("03/31/2026 14:05:09, the month first")),
    ("%Y-%m-%dT%H:%M:%S", gettext_lazy("2026-03-31T14:05:09")),
    ("%Y-%m-%dT%H:%M:%S%z", gettext_lazy("2026-03-31T14:05:09+0100")),
    ("epoch", gettext_lazy("Seconds since 1970")),
    ("epoch-ms", gettext_lazy("Thousandths of seconds since 1970")),
]


class LookOverForm(Form):
    """How an uploaded file is read; for a table, which column holds what."""

    mark_optional = False
    layout = forms.ChoiceField(label=gettext_lazy("How are its lines written?"), choices=Layout)
    delimiter = forms.ChoiceField(
        label=gettext_lazy("What parts the columns?"),
        choices=[
            (",", gettext_lazy("Comma")),
            (";", gettext_lazy("Semicolon")),
            ("\t", gettext_lazy("Tab")),
            ("|", gettext_lazy("Upright line")),
        ],
        required=False,
    )
    time_format = forms.ChoiceField(label=gettext_lazy("How is the time written?"), choices=TIMES, required=False)
    denied = forms.CharField(
        label=gettext_lazy("Words that say that it was blocked"),
        help_text=gettext_lazy("Parted by commas, such as blocked, denied."),
        max_length=200,
        required=False,
    )

    def __init__(self, data: Any = None, *, titles: list[str], start: dict[str, Any]) -> None:
        super().__init__(data, initial=start)
        choices = [("", gettext_lazy("None")), *((str(n), title[:60] or f"{n + 1}") for n, title in enumerate(titles))]
        for part, label in PARTS.items():
            self.fields[f"part_{part}"] = forms.ChoiceField(label=label, choices=choices, required=False)

    @property
    def parts(self) -> list[Any]:
        """The fields for the columns."""
        return [self[f"part_{part}"] for part in PARTS]

    def clean(self) -> dict[str, Any]:
        """A table needs its columns."""
        found = super().clean() or self.cleaned_data
        if found.get("layout") == Layout.CSV and not self.errors:
            try:
                self.columns()
            except WrongColumns as why:
                self.add_error(None, str(why))
        return found

    def columns(self) -> dict[str, Any] | None:
        """What is kept of the columns; None where it is no table. Raises WrongColumns."""
        given = self.cleaned_data
        if given["layout"] != Layout.CSV:
            return None
        parts = {part: int(given[f"part_{part}"]) for part in PARTS if given.get(f"part_{part}")}
        denied = tuple(word.strip().lower() for word in given["denied"].split(",") if word.strip())
        more = {"denied": denied} if denied else {}
        return Columns(
            parts, given["time_format"] or TIMES[0][0], delimiter=given["delimiter"] or ",", **more
        ).as_json()


def start_of(kept: dict[str, Any], guess: dict[str, int], layout: str) -> dict[str, Any]:
    """What stands in the boxes: what was kept with the filter, else what the titles seem to mean."""
    parts = kept.get("parts") or guess
    return {
        "layout": layout,
        "delimiter": kept.get("delimiter", ","),
        "time_format": kept.get("time_format", TIMES[0][0]),
        "denied": ", ".join(kept.get("denied", ("blocked", "denied"))),
        **{f"part_{part}": str(column) for part, column in parts.items()},
    }
