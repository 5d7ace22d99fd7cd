"""The filter of the list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeboard.core.forms import Form

from ..choices import Status
from ..queries.listing import Choosing

CALENDAR = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
NO_DAY = {"invalid": gettext_lazy("Write the day as in 2026-03-31")}


class ListFilter(Form):
    """What of the list is shown. Everything may stay open."""

    mark_optional = False
    status = forms.ChoiceField(label=gettext_lazy("Status"), required=False)
    scenario = forms.ChoiceField(label=gettext_lazy("Kind of incident"), required=False)
    classification = forms.ChoiceField(label=gettext_lazy("Classification"), required=False)
    setting = forms.ChoiceField(label=gettext_lazy("Setting"), required=False)
    since = forms.DateField(label=gettext_lazy("Reported from"), required=False, widget=CALENDAR, error_messages=NO_DAY)
    until = forms.DateField(
        label=gettext_lazy("Reported until"), required=False, widget=CALENDAR, error_messages=NO_DAY
    )
    late = forms.BooleanField(label=gettext_lazy("Something is late"), required=False)

    def __init__(self, data: Any, choosing: Choosing) -> None:
        super().__init__(data)
        every = [("", _("All"))]
        self.fields["status"].choices = [*every, *Status.choices]
        self.fields["scenario"].choices = every + choosing.scenarios
        self.fields["classification"].choices = every + choosing.classifications
        self.fields["setting"].choices = every + [(str(pk), name) for pk, name in choosing.settings]

    def wanted(self) -> dict[str, Any]:
        """What was chosen; a box that cannot be read counts as open and says so."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

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
