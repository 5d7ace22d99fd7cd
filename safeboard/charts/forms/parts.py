"""The forms of what a question or an outcome has: answers, duties, lines, contacts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy

from safeboard.core.forms import Area, Radios
from safeboard.library.poster import owner_name
from safeboard.library.schemas import Answer, Chart, Do, Duty, Owner, Text

from .. import editing
from ..choices import DutyKind, Unit
from ..editing import Edit, said
from ..wording import called
from .base import LINE, LINES, DraftForm, Words

MOST_DAYS = 365


class AnswerForm(DraftForm):
    """An answer to a question."""

    kind = "answers"

    label = Words(label=gettext_lazy("What is the answer?"), max_length=120)
    hint = Words(label=gettext_lazy("What helps to choose it?"), max_length=300, required=False)
    next = forms.ChoiceField(label=gettext_lazy("Where does it lead?"))
    unsure = forms.BooleanField(
        label=gettext_lazy("It says ‘I am not sure’"),
        help_text=gettext_lazy("Every question has one such answer, and it leads to somebody to ring."),
        required=False,
    )
    contact = forms.ChoiceField(label=gettext_lazy("Whom to ring with it"), required=False)

    def before(self) -> dict[str, Any]:
        """As the answer is."""
        answer = self.there
        words = {"label": answer.label, "hint": answer.hint or "", "next": answer.next}
        return {**words, "unsure": answer.unsure, "contact": answer.contact or ""}

    def arrange(self) -> None:
        """It can lead to every question and every outcome."""
        ahead = [(name, called(self.chart, name)) for name in editing.nodes(self.chart) if name != self.node]
        self.offer("next", [("", gettext("Choose a question or an outcome")), *ahead])

    def edit(self) -> Edit:
        """The answer changed, or added."""
        data = self.cleaned_data

        def change(chart: Chart) -> Chart:
            step: Any = editing.node_of(chart, self.node)
            was = editing.part_of(chart, self.node, self.kind, self.part) if self.part else None
            value = Answer(
                id=was.id if was else editing.new_id(data["label"], editing.answer_ids(step)),
                label=said(was and was.label, data["label"]),
                hint=said(was and was.hint, data["hint"]),
                next=data["next"],
                unsure=data["unsure"],
                contact=data["contact"] or None,
            )
            return self.put(value)(chart)

        return change


class DutyForm(DraftForm):
    """What somebody owes from the moment that the step or outcome is reached."""

    kind = "duties"

    duty = forms.ChoiceField(label=gettext_lazy("What kind of thing is it?"), choices=DutyKind.choices)
    title = Words(label=gettext_lazy("What is to be done?"), max_length=LINE)
    owner = forms.ChoiceField(label=gettext_lazy("Who does it?"))
    unit = forms.ChoiceField(label=gettext_lazy("By when?"), choices=Unit.choices, widget=Radios(inline=True))
    number = forms.IntegerField(
        label=gettext_lazy("How many of them?"),
        min_value=1,
        max_value=MOST_DAYS * 24 * 60,
        required=False,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-4"}),
        help_text=gettext_lazy(
            "From the moment at which the question or outcome is reached. Leave it empty for ‘at once’."
        ),
    )
    to = forms.ChoiceField(
        label=gettext_lazy("To whom?"),
        help_text=gettext_lazy("Needed where something is referred or told."),
        required=False,
    )

    def before(self) -> dict[str, Any]:
        """As the duty is, its time in the largest unit that fits."""
        duty = self.there
        unit, number = in_units(duty.within, working_days=duty.working_days)
        rest = {"duty": duty.kind.value, "title": duty.title, "owner": duty.owner.value, "to": duty.to or ""}
        return {**rest, "unit": unit, "number": number}

    def arrange(self) -> None:
        """Everybody who can owe something."""
        self.offer("owner", [(owner.value, owner_name(owner)) for owner in Owner])

    def clean(self) -> dict[str, Any]:
        """A number where the unit asks for one."""
        data = super().clean() or {}
        unit, number = data.get("unit"), data.get("number")
        if unit and unit != Unit.AT_ONCE and not number and "number" not in self.errors:
            self.add_error("number", gettext("Say how many, or choose ‘At once’"))
        if unit and number and length(unit, number) > timedelta(days=MOST_DAYS):
            self.add_error("number", ValidationError(gettext("A duty is due within a year at the most")))
        return data

    def edit(self) -> Edit:
        """The duty changed wherever it stands, or added."""
        data = self.cleaned_data

        def change(chart: Chart) -> Chart:
            was = editing.part_of(chart, self.node, self.kind, self.part) if self.part else None
            value = Duty(
                id=was.id if was else editing.new_id(data["title"], editing.duty_ids(chart)),
                kind=data["duty"],
                title=said(was and was.title, data["title"]),
                owner=data["owner"],
                within=length(data["unit"], data["number"] or 0),
                working_days=data["unit"] == Unit.WORKING_DAYS,
                to=data["to"] or None,
            )
            return self.put(value)(chart)

        return change


def length(unit: str, number: int) -> timedelta:
    """So many minutes, hours or days; none at once."""
    if unit == Unit.AT_ONCE:
        return timedelta(0)
    return timedelta(**{"days" if unit == Unit.WORKING_DAYS else unit: number})


def in_units(within: timedelta, *, working_days: bool = False) -> tuple[str, int | None]:
    """A length of time in the unit in which people say it, and how many."""
    if working_days and within:
        return Unit.WORKING_DAYS.value, within.days
    minutes = round(within.total_seconds() / 60)
    if not minutes:
        return Unit.AT_ONCE.value, None
    for unit, size in ((Unit.DAYS, 24 * 60), (Unit.HOURS, 60)):
        if minutes % size == 0:
            return unit.value, minutes // size
    return Unit.MINUTES.value, minutes


class DoForm(DraftForm):
    """One thing to do now, and with whom."""

    kind = "do"

    text = Words(label=gettext_lazy("What is to be done now?"), max_length=LINES, widget=Area(rows=3))
    contact = forms.ChoiceField(label=gettext_lazy("With whom?"), required=False)

    def before(self) -> dict[str, Any]:
        """As the line is."""
        return {"text": self.there.text, "contact": self.there.contact or ""}

    def edit(self) -> Edit:
        """The line changed, or added."""
        data, was = self.cleaned_data, self.there
        value = Do(text=said(was and was.text, data["text"]), contact=data["contact"] or None)
        return self.put(value)


class DontForm(DraftForm):
    """One thing that is not to be done."""

    kind = "dont"

    text = Words(label=gettext_lazy("What is not to be done?"), max_length=LINES, widget=Area(rows=3))

    def before(self) -> dict[str, Any]:
        """As the line is."""
        return {"text": self.there}

    def edit(self) -> Edit:
        """The line changed, or added."""
        value: Text | None = said(self.there, self.cleaned_data["text"])
        return self.put(value)


class ContactForm(DraftForm):
    """Somebody to ring at an outcome."""

    kind = "contacts"

    contact = forms.ChoiceField(label=gettext_lazy("Whom to ring"))

    def before(self) -> dict[str, Any]:
        """As it is."""
        return {"contact": self.there}

    def arrange(self) -> None:
        """Somebody has to be chosen."""
        field: Any = self.fields["contact"]
        self.offer("contact", [("", gettext("Choose somebody")), *field.choices[1:]])

    def edit(self) -> Edit:
        """The contact changed, or added."""
        return self.put(self.cleaned_data["contact"])


PARTS: dict[str, type[DraftForm]] = {form.kind: form for form in (AnswerForm, DutyForm, DoForm, DontForm, ContactForm)}
