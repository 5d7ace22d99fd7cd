"""Forms of time and money."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from safeboard.core.forms import KeyedForm, Radios

from ..choices import Means
from ..models import Objective
from ..queries.money import year_name, year_of


def _amount(label: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        error_messages={"invalid": gettext_lazy("Give days or pounds in figures alone, such as 1200 or 2.5")},
        min_value=0,
        max_digits=12,
        decimal_places=2,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "inputmode": "decimal"}),
    )


class ResourceForm(KeyedForm):
    """What an objective needs in a year, who gives it, and what was asked, committed, spent."""

    title = forms.CharField(
        label=gettext_lazy("What for?"),
        max_length=200,
        error_messages={"required": gettext_lazy("Write what it is for")},
    )
    means = forms.ChoiceField(
        label=gettext_lazy("Time or money?"), choices=Means, widget=Radios(inline=True), initial=Means.MONEY
    )
    objective = forms.ModelChoiceField(
        queryset=None,
        label=gettext_lazy("For which objective?"),
        required=False,
        empty_label=gettext_lazy("The whole plan"),
    )
    year = forms.TypedChoiceField(label=gettext_lazy("In which financial year?"), coerce=int)
    source = forms.CharField(label=gettext_lazy("Who gives it?"), required=False, max_length=200)
    asked = _amount(gettext_lazy("Asked"))
    committed = _amount(gettext_lazy("Committed"))
    spent = _amount(gettext_lazy("Spent"))

    def __init__(self, data: Any = None, *, objectives: QuerySet[Objective], initial: dict[str, Any] | None = None):
        this = year_of()
        super().__init__(data, initial={"year": this, "committed": 0, "spent": 0, **(initial or {})})
        self.fields["objective"].queryset = objectives
        self.fields["objective"].label_from_instance = lambda one: str(one)[:110]
        begin = min(this - 2, self.initial["year"])
        self.fields["year"].choices = [(year, year_name(year)) for year in range(begin, this + 5)]
