"""The forms of the chart itself, of its questions and of its outcomes, and of its publishing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safeboard.core.forms import Area, Form, Radios
from safeboard.library.schemas import Chart, Outcome, Step

from .. import editing
from ..choices import Urgency
from ..editing import Edit, said
from ..wording import called
from .base import LINE, LINES, DraftForm, Words


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


class PublishForm(Form):
    """What changed, for whoever uses the chart."""

    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    note = forms.CharField(
        label=_("What changed, and why?"),
        help_text=_("In a sentence or two. Whoever opens the chart's versions reads it."),
        max_length=500,
        widget=Area(rows=3, count=True),
    )
