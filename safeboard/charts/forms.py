"""The forms of the editor. Each knows the part that it changes, and gives the change as a function of the chart."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from safeboard.core.forms import Area, Form, Radios
from safeboard.library.poster import owner_name
from safeboard.library.schemas import Answer, Chart, Do, Duty, Outcome, Owner, Step, Text

from . import editing
from .choices import DutyKind, Unit, Urgency
from .editing import Edit, said
from .queries import contact_choices
from .wording import Difference, called

LINE, LINES = 200, 1_000  # characters; a drawing has no room for more
MOST_DAYS = 365


class Words(forms.CharField):
    """Words of a chart: without the marks that a chart may not hold."""

    def clean(self, value: Any) -> str:
        """The words; refused where nothing that can be seen is left of them."""
        words = editing.visible(super().clean(value))
        if self.required and not words:
            raise ValidationError(self.error_messages["required"], code="required")
        return words


class DraftForm(Form):
    """A form over a draft. ``edition`` says which edition of it the page showed."""

    kind = ""  # of the parts that it is about, as ``editing`` calls them

    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self, data: QueryDict | None, *, chart: Chart, pack: str, edition: int, node: str = "", part: str = ""
    ):
        self.chart, self.node, self.part = chart, node, part
        self.made = ""  # the id of what was added
        self.meanwhile: list[Difference] = []  # what somebody else changed since the page was opened
        super().__init__(data, initial={"edition": edition, **(self.before() if part or not self.kind else {})})
        for name in ("contact", "to"):
            if name in self.fields:
                self.offer(name, [("", __("Nobody")), *contact_choices(pack)])
        self.arrange()

    def before(self) -> dict[str, Any]:
        """What the boxes hold at first."""
        return {}

    def arrange(self) -> None:
        """Fill in the choices."""

    def offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        """Let these be chosen in a field."""
        field: Any = self.fields[name]
        field.choices = choices

    @property
    def there(self) -> Any:
        """The part as it is; None where one is added."""
        return editing.part_of(self.chart, self.node, self.kind, self.part) if self.part else None

    def edit(self) -> Edit:
        """The change as a function of the chart."""
        raise NotImplementedError

    def put(self, value: Any) -> Edit:
        """The part changed or added."""
        return lambda chart: editing.put_part(chart, self.node, self.kind, self.part, value)


class ChartForm(DraftForm):
    """The chart itself: what it is called and where it begins."""

    title = Words(label=_("What is the chart called?"), max_length=LINE)
    summary = Words(label=_("When is it used?"), max_length=LINES, required=False, widget=Area(rows=3))
    start = forms.ChoiceField(label=_("Where does it begin?"))

    def before(self) -> dict[str, Any]:
        """As the chart is."""
        return {"title": self.chart.title, "summary": self.chart.summary or "", "start": self.chart.start}

    def arrange(self) -> None:
        """Any question can be the first."""
        self.offer("start", [(step.id, called(self.chart, step.id)) for step in self.chart.steps])

    def edit(self) -> Edit:
        """Title, summary and start changed."""
        data = self.cleaned_data
        return lambda chart: editing.changed(
            chart,
            title=said(chart.title, data["title"]),
            summary=said(chart.summary, data["summary"]),
            start=data["start"],
        )


IMAGES = _("Pictures of children may be part of it")
IMAGES_HINT = _("From here on no file can be added to the incident.")


class StepForm(DraftForm):
    """A question."""

    question = Words(label=_("What is the question?"), max_length=LINE)
    help = Words(
        label=_("What does it mean here, or why is it asked?"), max_length=LINES, required=False, widget=Area()
    )
    images = forms.BooleanField(label=IMAGES, help_text=IMAGES_HINT, required=False)

    def before(self) -> dict[str, Any]:
        """As the step is, where there is one."""
        step: Any = editing.node_of(self.chart, self.node) if self.node else None
        return {"question": step.question, "help": step.help or "", "images": bool(step.concern)} if step else {}

    def edit(self) -> Edit:
        """The question changed, or added at the end."""
        data, concern = self.cleaned_data, "images" if self.cleaned_data["images"] else None

        def change(chart: Chart) -> Chart:
            if not self.node:
                self.made = editing.new_id(data["question"], editing.node_ids(chart))
                words = {"question": said(None, data["question"]), "help": said(None, data["help"])}
                return editing.put_node(chart, Step(id=self.made, concern=concern, **words))
            step: Any = editing.node_of(chart, self.node)
            words = {"question": said(step.question, data["question"]), "help": said(step.help, data["help"])}
            return editing.put_node(chart, editing.with_fields(step, concern=concern, **words))

        return change


class OutcomeForm(DraftForm):
    """An outcome."""

    title = Words(label=_("What is to happen?"), max_length=LINE)
    summary = Words(label=_("What does it mean?"), max_length=LINES, required=False, widget=Area())
    urgency = forms.ChoiceField(label=_("How soon?"), choices=Urgency.choices, widget=Radios(inline=True))
    images = forms.BooleanField(label=IMAGES, help_text=IMAGES_HINT, required=False)

    def before(self) -> dict[str, Any]:
        """As the outcome is, where there is one."""
        if not self.node:
            return {}
        outcome: Any = editing.node_of(self.chart, self.node)
        words = {"title": outcome.title, "summary": outcome.summary or ""}
        return {**words, "urgency": outcome.urgency.value, "images": bool(outcome.concern)}

    def edit(self) -> Edit:
        """The outcome changed, or added at the end."""
        data, concern = self.cleaned_data, "images" if self.cleaned_data["images"] else None

        def change(chart: Chart) -> Chart:
            rest = {"urgency": data["urgency"], "concern": concern}
            if not self.node:
                self.made = editing.new_id(data["title"], editing.node_ids(chart))
                words = {"title": said(None, data["title"]), "summary": said(None, data["summary"])}
                return editing.put_node(chart, Outcome(id=self.made, **words, **rest))
            outcome: Any = editing.node_of(chart, self.node)
            words = {"title": said(outcome.title, data["title"]), "summary": said(outcome.summary, data["summary"])}
            return editing.put_node(chart, editing.with_fields(outcome, **words, **rest))

        return change


class AnswerForm(DraftForm):
    """An answer to a question."""

    kind = "answers"

    label = Words(label=_("What is the answer?"), max_length=120)
    hint = Words(label=_("What helps to choose it?"), max_length=300, required=False)
    next = forms.ChoiceField(label=_("Where does it lead?"))
    unsure = forms.BooleanField(
        label=_("It says ‘I am not sure’"),
        help_text=_("Every question has one such answer, and it leads to somebody to ring."),
        required=False,
    )
    contact = forms.ChoiceField(label=_("Whom to ring with it"), required=False)

    def before(self) -> dict[str, Any]:
        """As the answer is."""
        answer = self.there
        words = {"label": answer.label, "hint": answer.hint or "", "next": answer.next}
        return {**words, "unsure": answer.unsure, "contact": answer.contact or ""}

    def arrange(self) -> None:
        """It can lead to every question and every outcome."""
        ahead = [(name, called(self.chart, name)) for name in editing.nodes(self.chart) if name != self.node]
        self.offer("next", [("", __("Choose a question or an outcome")), *ahead])

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

    duty = forms.ChoiceField(label=_("What kind of thing is it?"), choices=DutyKind.choices)
    title = Words(label=_("What is to be done?"), max_length=LINE)
    owner = forms.ChoiceField(label=_("Who does it?"))
    unit = forms.ChoiceField(label=_("By when?"), choices=Unit.choices, widget=Radios(inline=True))
    number = forms.IntegerField(
        label=_("How many of them?"),
        min_value=1,
        max_value=MOST_DAYS * 24 * 60,
        required=False,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-4"}),
        help_text=_("From the moment at which the question or outcome is reached. Leave it empty for ‘at once’."),
    )
    to = forms.ChoiceField(
        label=_("To whom?"), help_text=_("Needed where something is referred or told."), required=False
    )

    def before(self) -> dict[str, Any]:
        """As the duty is, its time in the largest unit that fits."""
        duty = self.there
        unit, number = in_units(duty.within)
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
            self.add_error("number", __("Say how many, or choose ‘At once’"))
        if unit and number and length(unit, number) > timedelta(days=MOST_DAYS):
            self.add_error("number", ValidationError(__("A duty is due within a year at the most")))
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
                to=data["to"] or None,
            )
            return self.put(value)(chart)

        return change


def length(unit: str, number: int) -> timedelta:
    """So many minutes, hours or days; none at once."""
    return timedelta(0) if unit == Unit.AT_ONCE else timedelta(**{unit: number})


def in_units(within: timedelta) -> tuple[str, int | None]:
    """A length of time in the unit in which people say it, and how many."""
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

    text = Words(label=_("What is to be done now?"), max_length=LINES, widget=Area(rows=3))
    contact = forms.ChoiceField(label=_("With whom?"), required=False)

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

    text = Words(label=_("What is not to be done?"), max_length=LINES, widget=Area(rows=3))

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

    contact = forms.ChoiceField(label=_("Whom to ring"))

    def before(self) -> dict[str, Any]:
        """As it is."""
        return {"contact": self.there}

    def arrange(self) -> None:
        """Somebody has to be chosen."""
        field: Any = self.fields["contact"]
        self.offer("contact", [("", __("Choose somebody")), *field.choices[1:]])

    def edit(self) -> Edit:
        """The contact changed, or added."""
        return self.put(self.cleaned_data["contact"])


PARTS: dict[str, type[DraftForm]] = {form.kind: form for form in (AnswerForm, DutyForm, DoForm, DontForm, ContactForm)}


class PublishForm(Form):
    """What changed, for whoever uses the chart."""

    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    note = forms.CharField(
        label=_("What changed, and why?"),
        help_text=_("In a sentence or two. Whoever opens the chart's versions reads it."),
        max_length=500,
        widget=Area(rows=3, count=True),
    )
