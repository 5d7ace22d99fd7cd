"""The forms of a return: one section at a time, what lies on the shelf, an action for what falls short."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeboard.core.forms import Area, Checkboxes, DateField, Form, Radios
from safeboard.library.shapes.standards import Asks, Question

from ..asking import IN_WORDS, Told, in_words
from ..choices import AnswerState, Origin, Rag, YesNo
from ..models import DraftAnswer, Proof

NO_NAMES = gettext_lazy("The board reads this. Do not name children or families.")
WORDS = {Asks.TEXT: 2_000, Asks.PERSON: 200}


@dataclass
class Row:
    """A question on the page, with its boxes. ``ready``: the answer that stands ready to be confirmed, in words."""

    question: Question
    value: forms.BoundField | None
    words: forms.BoundField | None
    plan: forms.BoundField | None
    review_on: forms.BoundField | None
    evidence: forms.BoundField | None
    keep: forms.BoundField | None
    seen: forms.BoundField | None
    ready: str = ""
    ready_from: str = ""
    more: bool = False

    @property
    def explained(self) -> bool:
        """Whether anything is to be said beside the question."""
        one = self.question
        return bool(one.help or one.why or one.benchmark or one.source)

    @property
    def touched(self) -> bool:
        """Whether something was typed, or is amiss, in the boxes for another answer."""
        boxes = (self.value, self.words, self.plan, self.review_on, self.evidence)
        return any(box is not None and (box.errors or box.value() not in (None, "", [])) for box in boxes)

    @property
    def remarked(self) -> bool:
        """Whether there are words beside the value, or something is amiss with them."""
        return self.words is not None and bool(self.words.value() or self.words.errors)

    @property
    def anchor(self) -> str:
        """Where it stands on the page."""
        return f"q-{self.question.id}"


class SectionForm(Form):
    """The questions of one section. Nothing has to be filled in: it is saved as far as it is."""

    mark_optional = False

    def __init__(
        self,
        data: Any = None,
        *,
        questions: Iterable[Question],
        drafts: Mapping[str, DraftAnswer],
        shelf: Iterable[Proof] = (),
        more: Iterable[str] = (),
    ) -> None:
        self.questions, self.drafts = list(questions), drafts
        self.shelf, self.more = list(shelf), set(more)
        super().__init__(data)
        for question in self.questions:
            self._add(question, drafts.get(question.id))

    def _add(self, question: Question, draft: DraftAnswer | None) -> None:
        waits = draft is not None and draft.state == AnswerState.TO_CONFIRM
        there = None if waits else draft
        name = question.id
        if question.asks in IN_WORDS:
            self.fields[f"w-{name}"] = _text(question, there)
        elif question.asks is not Asks.EVIDENCE:
            self.fields[f"v-{name}"] = value_box(question, there)
            if not question.plan:
                self.fields[f"w-{name}"] = _remark(there)
        else:
            self.fields[f"w-{name}"] = _where(question, there)
        if question.plan:
            self.fields[f"p-{name}"] = _plan(there)
            self.fields[f"r-{name}"] = DateField(
                label=_("When will you look at it again?"), required=False, initial=there and there.review_on
            )
        if (question.proof or question.asks is Asks.EVIDENCE) and self.shelf:
            self.fields[f"e-{name}"] = _evidence(self.shelf, there)
        if waits:
            self.fields[f"k-{name}"] = forms.BooleanField(label=_("This is still right"), required=False)
        self.fields[f"s-{name}"] = forms.IntegerField(
            widget=forms.HiddenInput, required=False, initial=draft.edition if draft else 0
        )

    def rows(self) -> list[Row]:
        """The questions as the page shows them."""
        return [self._row(question) for question in self.questions]

    def _row(self, question: Question) -> Row:
        letters = {"value": "v", "words": "w", "plan": "p", "review_on": "r", "evidence": "e", "keep": "k", "seen": "s"}
        boxes: dict[str, Any] = {
            part: self[f"{letter}-{question.id}"] if f"{letter}-{question.id}" in self.fields else None
            for part, letter in letters.items()
        }
        draft = self.drafts.get(question.id)
        waits = draft is not None and draft.state == AnswerState.TO_CONFIRM
        return Row(
            question,
            ready=_said(question, draft) if waits else "",
            ready_from=str(Origin(draft.origin).label) if draft and waits and draft.origin else "",
            more=question.id in self.more,
            **boxes,
        )

    def given(self) -> dict[str, Told]:
        """What was filled in, by question, as far as it can be understood; not what only waits to be confirmed."""
        data = getattr(self, "cleaned_data", {})
        found: dict[str, Told] = {}
        for question in self.questions:
            name = question.id
            if any(f"{letter}-{name}" in self.errors for letter in "vwpre"):
                continue
            told = Told(
                value=as_kept(data.get(f"v-{name}")),
                words=data.get(f"w-{name}") or "",
                plan=data.get(f"p-{name}") or "",
                review_on=data.get(f"r-{name}"),
                evidence=[int(number) for number in data.get(f"e-{name}") or []],
                seen=data.get(f"s-{name}"),
            )
            draft = self.drafts.get(name)
            waits = draft is not None and draft.state == AnswerState.TO_CONFIRM
            if not waits or told.value or told.words or told.evidence:
                found[name] = told
        return found

    def confirmed(self) -> list[str]:
        """The questions whose ready answer is said to be still right, and that were not answered otherwise."""
        data, given = getattr(self, "cleaned_data", {}), self.given()
        return [one.id for one in self.questions if data.get(f"k-{one.id}") and one.id not in given]

    def meet(self, theirs: Mapping[str, DraftAnswer]) -> None:
        """Show what somebody else wrote meanwhile beside what was typed; sent again, it takes its place."""
        self.data = self.data.copy()
        for name, draft in theirs.items():
            self.data[f"s-{name}"] = str(draft.edition)
            box = next(letter for letter in ("v", "w") if f"{letter}-{name}" in self.fields)
            who = draft.changed_by.name if draft.changed_by else _("Somebody")
            said = _(
                "%(who)s answered this while you wrote: %(what)s. Yours is still here and not saved. Save again to put "
                "it in the place of theirs."
            )
            question = next(one for one in self.questions if one.id == name)
            self.add_error(f"{box}-{name}", said % {"who": who, "what": _said(question, draft) or _("nothing")})


def _said(question: Question, draft: Any) -> str:
    said = in_words(question, draft)
    return said or (
        _("Evidence %(numbers)s") % {"numbers": ", ".join(map(str, draft.evidence))} if draft.evidence else ""
    )


def as_kept(value: Any) -> str:
    """A value as an answer keeps it: a word of a list, a number in figures, a date as 2026-03-31."""
    if value in (None, ""):
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value) if value == int(value) else value)
    return str(value)


def value_box(question: Question, there: Any) -> forms.Field:
    """The box of a value. ``there``: an answer that fills it, or None."""
    label, initial = str(question.question), there.value if there else None
    if question.asks is Asks.NUMBER:
        return forms.FloatField(
            label=label,
            required=False,
            initial=initial or None,
            min_value=0,
            max_value=1e9,
            widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "decimal"}),
            help_text=str(question.unit or ""),
            error_messages={"invalid": _("Write a number in figures, such as 30")},
        )
    if question.asks is Asks.DATE:
        return DateField(label=label, required=False, initial=initial or None)
    hints: dict[Any, Any] = {}
    if question.asks is Asks.YES_NO:
        choices = list(YesNo.choices)
    elif question.asks is Asks.RAG:
        choices = list(Rag.choices)
    elif question.asks is Asks.LEVEL:
        choices = [(str(n), f"{n}. {level.statement}") for n, level in enumerate(question.levels, start=1)]
    else:
        choices = [(option.id, str(option.label)) for option in question.options]
    inline = question.asks is Asks.YES_NO
    return forms.ChoiceField(
        label=label,
        required=False,
        initial=initial,
        choices=choices,
        widget=Radios(hints=hints, inline=inline, small=True),
    )


def _text(question: Question, there: DraftAnswer | None) -> forms.Field:
    lines = question.asks is Asks.TEXT
    return forms.CharField(
        label=str(question.question),
        required=False,
        initial=there.words if there else "",
        max_length=WORDS[question.asks],
        widget=Area(rows=4) if lines else forms.TextInput(),
        help_text=NO_NAMES if lines else "",
    )


def _remark(there: DraftAnswer | None) -> forms.Field:
    return forms.CharField(
        label=_("Anything to add?"),
        required=False,
        initial=there.words if there else "",
        max_length=2_000,
        widget=Area(rows=2),
        help_text=NO_NAMES,
    )


def _where(question: Question, there: DraftAnswer | None) -> forms.Field:
    return forms.CharField(
        label=str(question.question),
        required=False,
        initial=there.words if there else "",
        max_length=2_000,
        widget=Area(rows=2),
        help_text=_("Say what it is and where it is kept, or choose something from your shelf of evidence."),
    )


def _plan(there: DraftAnswer | None) -> forms.Field:
    return forms.CharField(
        label=_("What will be done?"),
        required=False,
        initial=there.plan if there else "",
        max_length=2_000,
        widget=Area(rows=2),
        help_text=NO_NAMES,
    )


def _evidence(shelf: list[Proof], there: DraftAnswer | None) -> forms.Field:
    return forms.MultipleChoiceField(
        label=_("Evidence on your shelf"),
        required=False,
        choices=[(str(proof.number), f"{proof.number}. {proof.title}") for proof in shelf],
        initial=[str(number) for number in (there.evidence if there else [])],
        widget=Checkboxes(small=True),
    )
