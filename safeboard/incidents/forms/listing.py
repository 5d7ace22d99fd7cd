"""The filter of the list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeboard.core import times
from safeboard.core.forms import Form

from ..choices import Alarm, Status
from ..queries.listing import Choosing

CALENDAR = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
NO_DAY = {"invalid": gettext_lazy("Write the day as in 2026-03-31")}
TICKS = ("late", "mine", "reported", "images", "again")


@dataclass(frozen=True)
class Tag:
    """Something that was chosen in the filter: the field, and both in words."""

    name: str
    label: str
    value: str = ""


class ListFilter(Form):
    """What of the list is shown. Everything may stay open."""

    mark_optional = False
    status = forms.ChoiceField(label=gettext_lazy("Status"), required=False)
    scenario = forms.ChoiceField(label=gettext_lazy("Kind of incident"), required=False)
    classification = forms.ChoiceField(label=gettext_lazy("Classification"), required=False)
    setting = forms.ChoiceField(label=gettext_lazy("Setting"), required=False)
    alarm = forms.ChoiceField(label=gettext_lazy("Referrals"), required=False)
    since = forms.DateField(label=gettext_lazy("Reported from"), required=False, widget=CALENDAR, error_messages=NO_DAY)
    until = forms.DateField(
        label=gettext_lazy("Reported until"), required=False, widget=CALENDAR, error_messages=NO_DAY
    )
    late = forms.BooleanField(label=gettext_lazy("Something is late"), required=False)
    mine = forms.BooleanField(label=gettext_lazy("I owe something"), required=False)
    reported = forms.BooleanField(label=gettext_lazy("I reported it"), required=False)
    images = forms.BooleanField(label=gettext_lazy("Images of children, or perhaps"), required=False)
    again = forms.BooleanField(label=gettext_lazy("A child in it is in another one too"), required=False)
    person = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)

    def __init__(self, data: Any, choosing: Choosing, words: str = "") -> None:
        super().__init__(data)
        self.words = words
        every = [("", _("All"))]
        self.fields["status"].choices = [*every, *Status.choices]
        self.fields["scenario"].choices = every + choosing.scenarios
        self.fields["classification"].choices = every + choosing.classifications
        self.fields["setting"].choices = every + [(str(pk), name) for pk, name in choosing.settings]
        self.fields["alarm"].choices = [*every, *Alarm.choices]
        if not choosing.handles:
            del self.fields["again"], self.fields["person"]

    def wanted(self) -> dict[str, Any]:
        """What was chosen; a box that cannot be read counts as open and says so."""
        self.is_valid()
        chosen = {name: value for name, value in self.cleaned_data.items() if value}
        return chosen | ({"words": self.words} if self.words else {})

    def selects(self) -> list[dict[str, Any]]:
        """The choices for the page: name, label, options with the chosen one."""
        return [
            {
                "name": name,
                "label": self.fields[name].label,
                "options": [(value, text, self.data.get(name, "") == value) for value, text in field.choices],
            }
            for name, field in self.fields.items()
            if isinstance(field, forms.ChoiceField)
        ]

    def days(self) -> list[dict[str, Any]]:
        """The two dates for the page: name, label, what was given, what is wrong with it."""
        return [
            {
                "name": name,
                "label": self.fields[name].label,
                "value": self.data.get(name, ""),
                "errors": self.errors.get(name, []),
            }
            for name in ("since", "until")
        ]

    def ticks(self) -> list[tuple[str, str, bool]]:
        """The boxes to tick for the page: name, label, whether it is ticked."""
        return [
            (name, str(self.fields[name].label), bool(self.data.get(name))) for name in TICKS if name in self.fields
        ]

    def tags(self) -> list[Tag]:
        """What was chosen, in words, each to be taken out by itself."""
        return [self._tag(name, value) for name, value in self.wanted().items()]

    def _tag(self, name: str, value: Any) -> Tag:
        if name == "words":
            return Tag("search", _("Words"), value)
        if name == "person":
            return Tag(name, _("The same person again"))
        label, field = str(self.fields[name].label), self.fields[name]
        if isinstance(field, forms.ChoiceField):
            return Tag(name, label, str(dict(field.choices)[value]))
        return Tag(name, label, times.exact(value) if name in ("since", "until") else "")
