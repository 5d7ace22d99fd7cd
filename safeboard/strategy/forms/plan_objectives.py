"""Forms of priorities, objectives and ready chains."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy

from safeboard.core.forms import Area, DateField, KeyedForm, Radios
from safeboard.core.roles import AGENCY_ROLES, BOARD_ROLES
from safeboard.partnership.models import Agency

from ..models import Objective, Priority
from .plan import roles

NUMBER = {"class": "govuk-input--width-2", "inputmode": "numeric"}


def indicator_field() -> forms.ChoiceField:
    """Which indicator shows that an objective is reached; fill it with ``offer_indicators``."""
    return forms.ChoiceField(
        label=gettext_lazy("Which indicator shows it?"),
        help_text=gettext_lazy("Its baseline, target and latest figure then stand beside the objective."),
        required=False,
    )


def offer_indicators(field: Any, found: Sequence[tuple[str, str]]) -> None:
    """Offer these indicators: ids and titles."""
    field.choices = [("", gettext_lazy("None")), *found]


class HeadingForm(KeyedForm):
    """A priority: its words and number."""

    title = forms.CharField(
        label=gettext_lazy("What is it?"),
        max_length=200,
        error_messages={"required": gettext_lazy("Write what it is")},
    )
    number = forms.IntegerField(
        label=gettext_lazy("Number"),
        help_text=gettext_lazy("Leave it empty for the next one."),
        required=False,
        min_value=1,
        max_value=999,
        widget=forms.TextInput(attrs=NUMBER),
    )


class ObjectiveForm(HeadingForm):
    """An objective: under which priority, its words, number and measure."""

    title = forms.CharField(
        label=gettext_lazy("What is to be reached?"),
        max_length=300,
        widget=Area(rows=2),
        error_messages={"required": gettext_lazy("Write what is to be reached")},
    )
    priority = forms.ModelChoiceField(
        queryset=None,
        label=gettext_lazy("Under which priority?"),
        required=False,
        empty_label=gettext_lazy("None"),
    )
    measure = forms.CharField(
        label=gettext_lazy("How shall we know?"), required=False, max_length=500, widget=Area(rows=2)
    )
    indicator = indicator_field()
    field_order = ("title", "priority", "number", "measure", "indicator")

    def __init__(
        self,
        data: Any = None,
        *,
        priorities: QuerySet[Priority],
        indicators: Sequence[tuple[str, str]],
        initial: Any = None,
    ) -> None:
        super().__init__(data, initial=initial or {})
        self.fields["priority"].queryset = priorities
        offer_indicators(self.fields["indicator"], indicators)


class ChainForm(KeyedForm):
    """A ready chain of steps: which, for what, from when, whose."""

    chain = forms.ChoiceField(label=gettext_lazy("Which steps?"), widget=Radios())
    about = forms.CharField(
        label=gettext_lazy("For what?"),
        help_text=gettext_lazy("It stands before every step. For example: practice guidance"),
        max_length=80,
        error_messages={"required": gettext_lazy("Write what the steps are for")},
    )
    starts_on = DateField(label=gettext_lazy("When does the first one begin?"))
    agency = forms.ModelChoiceField(
        queryset=None,
        label=gettext_lazy("Who is to do it?"),
        required=False,
        empty_label=gettext_lazy("The board itself"),
    )
    owner_role = forms.ChoiceField(label=gettext_lazy("Which role sees to it?"), required=False)
    objective = forms.ModelChoiceField(
        queryset=None, label=gettext_lazy("Under which objective?"), required=False, empty_label=gettext_lazy("None")
    )

    def __init__(
        self,
        data: Any = None,
        *,
        chains: list[tuple[str, str]],
        hints: dict[str, str],
        objectives: QuerySet[Objective],
        agencies: QuerySet[Agency],
    ) -> None:
        super().__init__(data, initial={"starts_on": timezone.localdate()})
        self.fields["chain"].widget = Radios(hints=hints)
        self.fields["chain"].choices = chains
        self.fields["agency"].queryset = agencies
        self.fields["owner_role"].choices = [("", gettext_lazy("No role")), *roles(BOARD_ROLES | AGENCY_ROLES)]
        self.fields["objective"].queryset = objectives
        self.fields["objective"].label_from_instance = lambda one: str(one)[:110]


class ImportForm(KeyedForm):
    """The plan to look at."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("Excel workbook (.xlsx), CSV, or a Word file (.docx) with a table; at most 20 MB."),
        error_messages={"required": gettext_lazy("Choose a file")},
    )
