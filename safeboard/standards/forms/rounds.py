"""The forms of a round: its dates, its agencies, and what the board says to what was sent."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeboard.core.forms import Area, Checkboxes, DateField, Form, Radios
from safeboard.library.shapes.standards import Question

from ..asking import Told, label_of
from .returns import as_kept, value_box

DAYS = {"class": "govuk-input--width-3", "inputmode": "numeric"}


class RoundForm(Form):
    """What a round is called, when it is sent and by when it is answered, and what is said with it."""

    title = forms.CharField(label=gettext_lazy("What is the round called?"), max_length=200)
    opens_on = DateField(label=gettext_lazy("When is it sent?"))
    due_on = DateField(label=gettext_lazy("By when is it to be answered?"))
    note = forms.CharField(
        label=gettext_lazy("What do you want to tell the agencies with it?"),
        help_text=gettext_lazy("It stands in the message and on the page of the return."),
        required=False,
        max_length=2_000,
        widget=Area(rows=4),
    )
    remind_before = forms.IntegerField(
        label=gettext_lazy("How many days before the last day does a reminder go?"),
        min_value=1,
        max_value=90,
        widget=forms.TextInput(attrs=DAYS),
    )
    remind_every = forms.IntegerField(
        label=gettext_lazy("Once it is late, every how many days?"),
        min_value=1,
        max_value=90,
        widget=forms.TextInput(attrs=DAYS),
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None, sent: bool = False) -> None:
        today = timezone.localdate()
        start = {"opens_on": today, "due_on": today + timedelta(days=42), "remind_before": 14, "remind_every": 7}
        super().__init__(data, initial={**start, "form_key": uuid.uuid4(), **(initial or {})})
        if sent:
            for name in ("title", "opens_on", "note"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first, nor in the past."""
        data = super().clean() or {}
        due, opens = data.get("due_on"), data.get("opens_on")
        if due and opens and due < opens:
            self.add_error("due_on", _("The last day must not be before the day on which it is sent."))
        elif due and due < timezone.localdate() and "opens_on" in self.fields:
            self.add_error("due_on", _("The last day has passed already. Give a later one."))
        return data


class AgenciesForm(Form):
    """Which agencies a round goes to."""

    mark_optional = False
    how = forms.ChoiceField(
        label=gettext_lazy("Which agencies?"),
        choices=[
            ("all", gettext_lazy("All agencies of the board")),
            ("kinds", gettext_lazy("Those of some kinds")),
            ("towns", gettext_lazy("Those with a setting in some towns")),
            ("list", gettext_lazy("Those that I tick")),
        ],
        widget=Radios(reveals={"kinds": "kinds", "towns": "towns", "list": "list"}),
    )
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Kinds of agency"), required=False, widget=Checkboxes(small=True)
    )
    towns = forms.MultipleChoiceField(label=gettext_lazy("Towns"), required=False, widget=Checkboxes(small=True))
    list = forms.MultipleChoiceField(label=gettext_lazy("Agencies"), required=False, widget=Checkboxes(small=True))

    def __init__(
        self,
        data: Any = None,
        *,
        kinds: Iterable[tuple[str, str]],
        towns: Iterable[str],
        agencies: Iterable[tuple[int, str]],
        chosen: Iterable[int] = (),
    ) -> None:
        ticked = [str(pk) for pk in chosen]
        super().__init__(data, initial={"how": "list" if ticked else "all", "list": ticked})
        fields: dict[str, Any] = self.fields
        fields["kinds"].choices = kinds
        fields["towns"].choices = [(town, town) for town in towns]
        fields["list"].choices = [(str(pk), name) for pk, name in agencies]

    def clean(self) -> dict[str, Any]:
        """Something has to be ticked where something is to be ticked."""
        data = super().clean() or {}
        how = data.get("how")
        if how in ("kinds", "towns", "list") and not data.get(how) and how not in self.errors:
            self.add_error(how, _("Tick at least one."))
        return data


class BackForm(Form):
    """What more is needed."""

    remarks = forms.CharField(
        label=gettext_lazy("What more is needed?"),
        help_text=gettext_lazy("The agency reads it. Do not name children or families."),
        max_length=2_000,
        widget=Area(rows=5),
    )
    more = forms.MultipleChoiceField(
        label=gettext_lazy("Which questions need it?"), required=False, widget=Checkboxes(small=True)
    )

    def __init__(self, data: Any = None, *, questions: Iterable[Question]) -> None:
        super().__init__(data)
        field: Any = self.fields["more"]
        field.choices = [(one.id, str(one.question)) for one in questions]


class ViewForm(Form):
    """The board's other view of an answer."""

    reason = forms.CharField(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy("The agency reads it. What it answered itself stays beside it."),
        max_length=1_000,
        widget=Area(rows=4),
        error_messages={"required": gettext_lazy("Say why: the agency reads it")},
    )

    def __init__(self, data: Any = None, *, question: Question, value: str) -> None:
        super().__init__(data, initial={"value": value})
        field: Any = value_box(question, Told(value))
        if question.codes:
            choices = [(code, label_of(question, code)) for code in question.codes]
            field = forms.ChoiceField(choices=choices, widget=Radios())
        field.label, field.required = _("How does the board see it?"), True
        self.fields["value"] = field
        self.order_fields(["value", "reason"])

    def clean_value(self) -> str:
        """The value as an answer keeps it."""
        return as_kept(self.cleaned_data["value"])
