"""Forms of the chronology."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeboard.core.forms import Area, Checkboxes, DateField, Form, KeyedForm, Radios

from ..choices import EventKind
from ..models import Event


class EventForm(KeyedForm):
    """A line by hand."""

    what = forms.CharField(
        label=gettext_lazy("What was done?"),
        help_text=gettext_lazy("One sentence. Name no child."),
        max_length=500,
        widget=Area(rows=3, count=True),
    )
    kind = forms.ChoiceField(label=gettext_lazy("What kind was it?"), choices=EventKind, widget=Radios())
    on = DateField(label=gettext_lazy("When?"))
    until = DateField(label=gettext_lazy("Until when, if it took longer than a day?"), required=False)
    month_only = forms.BooleanField(label=gettext_lazy("Only the month is known"), required=False)

    def __init__(self, data: Any = None, *, event: Event | None = None) -> None:
        names = ("what", "kind", "on", "until", "month_only")
        super().__init__(data, initial={name: getattr(event, name) for name in names} if event else None)

    def clean(self) -> dict[str, Any]:
        """The end does not lie before the beginning."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("until") and given.get("on") and given["until"] < given["on"]:
            self.add_error("until", _("The last day lies before the first. Give a later one."))
        return given

    def given(self) -> dict[str, Any]:
        """What the operations take, apart from the form's key."""
        return {name: value for name, value in self.cleaned_data.items() if name != "form_key"}


class ChronologyFilter(Form):
    """Which years and kinds."""

    year = forms.ChoiceField(label=gettext_lazy("Year"), required=False)
    kind = forms.MultipleChoiceField(
        label=gettext_lazy("Kind"), choices=EventKind, required=False, widget=Checkboxes(small=True)
    )
    mark_optional = False

    def __init__(self, data: Any = None, *, years: Iterable[int]) -> None:
        super().__init__(data)
        field: Any = self.fields["year"]
        field.choices = [("", _("All years")), *((str(year), str(year)) for year in years)]
