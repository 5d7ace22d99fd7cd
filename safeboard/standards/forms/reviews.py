"""The forms of a board's own review: itself, its sections, its questions, its publishing; and of recommendations."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeboard.core.forms import Area, Form, Radios
from safeboard.library.schemas import Text
from safeboard.library.shapes.standards import LEVELS, Asks, Level, Option, Pies, Question, Review, Section, When

from .. import editing
from ..asking import label_of
from ..choices import AsksLabel, PiesLabel
from ..editing import Edit, said
from ..errors import Refused

LINE, LINES = 300, 2_000


class StartForm(Form):
    """A review of the board's own."""

    title = forms.CharField(label=gettext_lazy("What is it called?"), max_length=200)


class DraftForm(Form):
    """A form over a draft. ``edition`` says which edition of it the page showed; ``edit`` gives the change."""

    edit: Callable[[], Edit]  # each form's own
    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, data: Any, *, review: Review, edition: int, initial: dict[str, Any] | None = None) -> None:
        self.review = review
        super().__init__(data, initial={"edition": edition, **(initial or {})})


class AboutForm(DraftForm):
    """The review itself."""

    title = forms.CharField(label=gettext_lazy("What is it called?"), max_length=200)
    summary = forms.CharField(
        label=gettext_lazy("What is it for?"), required=False, max_length=LINES, widget=Area(rows=3)
    )
    months = forms.IntegerField(
        label=gettext_lazy("Every how many months is it sent?"),
        min_value=1,
        max_value=60,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
    )

    def __init__(self, data: Any, *, review: Review, edition: int) -> None:
        words = {"title": review.title, "summary": review.summary or "", "months": review.months}
        super().__init__(data, review=review, edition=edition, initial=words)

    def edit(self) -> Edit:
        """Title, summary and interval changed."""
        data = self.cleaned_data
        return lambda review: editing.changed(
            review,
            title=said(review.title, data["title"]),
            summary=said(review.summary, data["summary"]),
            months=data["months"],
        )


class SectionEditForm(DraftForm):
    """A section."""

    title = forms.CharField(label=gettext_lazy("What is the section called?"), max_length=LINE)
    help = forms.CharField(
        label=gettext_lazy("What is to be known before it is answered?"),
        required=False,
        max_length=LINES,
        widget=Area(rows=3),
    )
    pies = forms.ChoiceField(
        label=gettext_lazy("Which part is it about?"),
        required=False,
        choices=[("", gettext_lazy("None in particular")), *PiesLabel.choices],
    )

    def __init__(self, data: Any, *, review: Review, edition: int, section: Section | None = None) -> None:
        self.section, self.made = section, section.id if section else ""
        words: dict[str, Any] = {}
        if section:
            words = {"title": section.title, "help": section.help or "", "pies": section.pies or ""}
        super().__init__(data, review=review, edition=edition, initial=words)

    def edit(self) -> Edit:
        """The section changed, or added at the end."""
        data = self.cleaned_data

        def change(review: Review) -> Review:
            was = editing.section_of(review, self.section.id) if self.section else None
            self.made = was.id if was else editing.new_id(data["title"], editing.ids_of(review))
            return editing.put_section(
                review,
                Section(
                    id=self.made,
                    title=said(was and was.title, data["title"]),
                    help=said(was and was.help, data["help"]),
                    pies=Pies(data["pies"]) if data["pies"] else None,
                    questions=was.questions if was else (),
                ),
            )

        return change


class QuestionForm(DraftForm):
    """A question: what it asks for, and what it follows."""

    question = forms.CharField(label=gettext_lazy("What is the question?"), max_length=LINE)
    asks = forms.ChoiceField(
        label=gettext_lazy("What sort of answer?"),
        choices=AsksLabel.choices,
        widget=Radios(small=True, reveals={"choice": "options", "level": "levels"}),
    )
    options = forms.CharField(
        label=gettext_lazy("The answers, each on a line of its own"),
        required=False,
        max_length=LINES,
        widget=Area(rows=5),
    )
    levels = forms.CharField(
        label=gettext_lazy("The five levels, the lowest first, each on a line of its own"),
        required=False,
        max_length=4_000,
        widget=Area(rows=6),
    )
    help = forms.CharField(
        label=gettext_lazy("What helps to answer it?"), required=False, max_length=LINES, widget=Area(rows=2)
    )
    why = forms.CharField(label=gettext_lazy("Why is it asked?"), required=False, max_length=LINES, widget=Area(rows=2))
    after = forms.ChoiceField(
        label=gettext_lazy("When is it asked?"),
        required=False,
        help_text=gettext_lazy("A question can follow one answer of a question that stands before it."),
    )
    plan = forms.BooleanField(
        label=gettext_lazy("Ask what will be done, and when it is looked at again"), required=False
    )
    proof = forms.BooleanField(label=gettext_lazy("Ask for evidence"), required=False)
    optional = forms.BooleanField(label=gettext_lazy("It may stay open"), required=False)

    def __init__(
        self, data: Any, *, review: Review, edition: int, section: Section, question: Question | None = None
    ) -> None:
        self.section, self.there = section, question
        self.made = question.id if question else ""
        super().__init__(data, review=review, edition=edition, initial=self._before(question))
        after: Any = self.fields["after"]
        after.choices = [("", _("Always")), *self._answers_before()]

    def _before(self, one: Question | None) -> dict[str, Any]:
        if one is None:
            return {"asks": Asks.YES_NO.value}
        return {
            "question": one.question,
            "asks": one.asks.value,
            "options": "\n".join(str(option.label) for option in one.options),
            "levels": "\n".join(str(level.statement) for level in one.levels),
            "help": one.help or "",
            "why": one.why or "",
            "after": f"{one.when.question}:{','.join(one.when.answers)}" if one.when else "",
            "plan": one.plan,
            "proof": one.proof,
            "optional": one.optional,
        }

    def _answers_before(self) -> list[tuple[str, str]]:
        """Every answer that this question could follow."""
        found: list[tuple[str, str]] = []
        for one in self._earlier():
            short = str(one.question)[:80]
            for code in one.codes:
                words = {"answer": label_of(one, code), "question": short}
                found.append((f"{one.id}:{code}", _("After “%(answer)s” to: %(question)s") % words))
        held = self.there.when if self.there else None
        if held and len(held.answers) > 1:
            key = f"{held.question}:{','.join(held.answers)}"
            found.append((key, _("After several answers, as it is now")))
        return found

    def _earlier(self) -> list[Question]:
        earlier: list[Question] = []
        for section in self.review.sections:
            for one in section.questions:
                if self.there and one.id == self.there.id:
                    return earlier
                earlier.append(one)
            if section.id == self.section.id:
                return earlier
        return earlier

    def clean(self) -> dict[str, Any]:
        """A list has two answers at least, a level five."""
        data = super().clean() or {}
        if data.get("asks") == Asks.CHOICE and len(_lines(data.get("options"))) < 2:
            self.add_error("options", _("Write two answers at least, each on a line of its own"))
        if data.get("asks") == Asks.LEVEL and len(_lines(data.get("levels"))) != LEVELS:
            self.add_error("levels", _("Write five levels, each on a line of its own"))
        return data

    def edit(self) -> Edit:
        """The question changed, or added at the end of its section."""
        data = self.cleaned_data

        def change(review: Review) -> Review:
            section = editing.section_of(review, self.section.id)
            was = editing.question_of(review, self.there.id)[1] if self.there else None
            self.made = was.id if was else editing.new_id(data["question"], editing.ids_of(review))
            asks = Asks(data["asks"])
            kept = {name: getattr(was, name) for name in ("source", "benchmark", "unit")} if was else {}
            same = was is not None and was.asks is asks
            value = editing.new_question(
                id=self.made,
                asks=asks,
                question=said(was and was.question, data["question"]),
                help=said(was and was.help, data["help"]),
                why=said(was and was.why, data["why"]),
                options=_options(was, data["options"]) if asks is Asks.CHOICE else (),
                levels=_levels(was, data["levels"]) if asks is Asks.LEVEL else (),
                when=_when(data["after"]),
                gap=was.gap if was and same and asks is not Asks.CHOICE else None,
                fact=was.fact if was and same else None,
                **{name: data[name] for name in ("plan", "proof", "optional")},
                **kept,
            )
            return editing.put_question(review, section.id, value)

        return change


def _lines(words: str | None) -> list[str]:
    return [line.strip() for line in re.split(r"[\r\n]+", words or "") if line.strip()]


def _options(was: Question | None, words: str) -> tuple[Option, ...]:
    """The answers of a list; those that were there keep their ids."""
    before = {str(option.label): option for option in (was.options if was else ())}
    found: list[Option] = []
    for line in dict.fromkeys(_lines(words)):
        taken = [*(option.id for option in found), *(option.id for option in before.values())]
        made = before.get(line) or Option(id=editing.new_id(line, taken), label=Text({"en": line[:LINE]}))
        found.append(made)
    if len(found) < 2:
        raise Refused(_("Two of the answers are the same. Write two different ones at least."))
    return tuple(found)


def _levels(was: Question | None, words: str) -> tuple[Level, ...]:
    """The five levels; where a statement stayed, what improves it stays too."""
    before = {str(level.statement): level for level in (was.levels if was else ())}
    return tuple(before.get(line) or Level(statement=Text({"en": line})) for line in _lines(words))


def _when(word: str) -> When | None:
    if not word:
        return None
    question, _colon, answers = word.partition(":")
    return When(question=question, answers=tuple(answers.split(",")))


class PublishForm(Form):
    """What is new, for whoever sends it."""

    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    note = forms.CharField(
        label=gettext_lazy("What is it, or what changed?"),
        help_text=gettext_lazy("In a sentence or two. It stands beside the version."),
        max_length=500,
        widget=Area(rows=3, count=True),
    )
