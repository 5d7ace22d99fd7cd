"""Forms of looking back: the debrief, the text for the board, its findings, the review of the log."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeboard.core.forms import Area, DateField, Form, Radios
from safeboard.library.schemas import Prompt
from safeboard.partnership.models import Board

from ..choices import Asks, Effective, Every, Prevented
from ..queries.log_review import LENGTH
from .casework import KeyedForm


def asked(field: forms.Field, prompt: Prompt | None) -> None:
    """Give a field the words of a question of the pack, where the pack has it."""
    if prompt is not None:
        field.label = str(prompt.title)
        field.help_text = str(prompt.hint) if prompt.hint else ""


class DebriefForm(KeyedForm):
    """The debrief: short, and most of it may stay open."""

    mark_optional = False
    held_on = DateField(label=gettext_lazy("When did you talk it over?"), past=True)
    took_part = forms.CharField(
        label=gettext_lazy("Who took part?"), required=False, max_length=400, widget=Area(rows=2)
    )
    well = forms.CharField(label=gettext_lazy("What went well?"), required=False, widget=Area(rows=3))
    badly = forms.CharField(label=gettext_lazy("What did not go well?"), required=False, widget=Area(rows=3))
    prevented = forms.ChoiceField(
        label=gettext_lazy("Could it have been prevented?"), choices=Prevented, widget=Radios(inline=True)
    )
    how_prevented = forms.CharField(label=gettext_lazy("How?"), required=False, widget=Area(rows=2))
    effective = forms.ChoiceField(
        label=gettext_lazy("Was the response effective?"), choices=Effective, widget=Radios(inline=True)
    )
    response = forms.CharField(
        label=gettext_lazy("What else could have been done?"), required=False, widget=Area(rows=2)
    )
    learned = forms.CharField(
        label=gettext_lazy("What do we learn from it?"),
        widget=Area(rows=4),
        error_messages={"required": gettext_lazy("Write in a few words what you learn from it, or “nothing new”")},
    )

    def __init__(self, data: Any = None, *, prompts: Iterable[Prompt] = ()) -> None:
        super().__init__(data, initial={"held_on": timezone.localdate()})
        for prompt in prompts:
            asked(self.fields[prompt.id], prompt)


class SeriousForm(Form):
    """The text for the board."""

    label_size = "m"
    mark_optional = False
    edition = forms.IntegerField(widget=forms.HiddenInput)
    subject = forms.CharField(
        label=gettext_lazy("What is it about, in a few words?"),
        help_text=gettext_lazy("For example: an adult who posed as a child in a game."),
        required=False,
        max_length=120,
    )
    account = forms.CharField(
        label=gettext_lazy("What happened, and what was done"),
        help_text=gettext_lazy(
            "Write it anew, as short as it can be. Leave out what is not needed to learn from it: ages, dates, family, "
            "what somebody looks like."
        ),
        required=False,
        widget=Area(rows=16),
    )
    why = forms.CharField(required=False, widget=Area(rows=5))
    prevented = forms.CharField(required=False, widget=Area(rows=5))
    response = forms.CharField(required=False, widget=Area(rows=5))
    lessons = forms.CharField(required=False, widget=Area(rows=5))
    more_names = forms.CharField(
        label=gettext_lazy("Other names that must not stand in it"),
        help_text=gettext_lazy(
            "One on each line: parents, brothers, sisters, friends, nicknames, names used online. The list stays here."
        ),
        required=False,
        widget=Area(rows=3),
    )

    def __init__(self, data: Any = None, *, initial: dict[str, Any], prompts: Iterable[Prompt] = ()) -> None:
        super().__init__(data, initial=initial)
        for prompt in prompts:
            asked(self.fields[prompt.id], prompt)


class AskForm(Form):
    """To which board, and that the hints were looked at."""

    edition = forms.IntegerField(widget=forms.HiddenInput)
    board = forms.ModelChoiceField(
        queryset=Board.objects.none(),
        label=gettext_lazy("Which board’s subgroup is to review it?"),
        widget=Radios(),
        empty_label=None,
    )
    looked = forms.BooleanField(
        label=gettext_lazy("I have looked at the words above. Nobody who knows the area could tell who it is."),
        error_messages={"required": gettext_lazy("Look at the words that could point to somebody, then tick it")},
    )

    def __init__(self, data: Any = None, *, boards: Any, edition: int) -> None:
        boards = boards.order_by("name")
        super().__init__(data, initial={"edition": edition, "board": boards.first()})
        self.fields["board"].queryset = boards


class ConfirmForm(Form):
    """A second person confirms it, or gives it back."""

    edition = forms.IntegerField(widget=forms.HiddenInput)
    answer = forms.ChoiceField(
        label=gettext_lazy("Does it name or point to anybody?"),
        choices=[
            ("release", gettext_lazy("No. Give it to the board")),
            ("back", gettext_lazy("Perhaps. Give it back to be written again")),
        ],
        widget=Radios(reveals={"back": "why"}),
    )
    why = forms.CharField(label=gettext_lazy("What has to change?"), required=False, widget=Area(rows=3))

    def __init__(self, data: Any = None, *, edition: int) -> None:
        super().__init__(data, initial={"edition": edition})

    def clean(self) -> dict[str, Any]:
        """A reason where it goes back."""
        given = super().clean() or self.cleaned_data
        if given.get("answer") == "back" and not given.get("why", "").strip():
            self.add_error("why", _("Write what has to change"))
        return given


class LogReviewForm(KeyedForm):
    """Conclusions of a review of the log, and when it is reviewed next."""

    conclusions = forms.CharField(
        label=gettext_lazy("What do you conclude?"),
        help_text=gettext_lazy("What keeps coming back, what should change in policy or practice. No names."),
        widget=Area(rows=6),
        error_messages={"required": gettext_lazy("Write what you conclude, also if it is that all is well")},
    )
    asked = forms.CharField(
        label=gettext_lazy("What do staff ask?"),
        help_text=gettext_lazy("Questions from team meetings, for the next training. No names."),
        required=False,
        widget=Area(rows=3),
    )
    every = forms.ChoiceField(
        label=gettext_lazy("How often do you review the log?"), choices=Every, widget=Radios(inline=True)
    )
    next_on = DateField(label=gettext_lazy("When is the next review?"))

    def __init__(self, data: Any = None, *, every: str = Every.TERM) -> None:
        ahead: date = timezone.localdate() + LENGTH[Every(every)]
        super().__init__(data, initial={"every": every, "next_on": ahead})


class NextReviewForm(LogReviewForm):
    """Only the date of the next review."""

    conclusions = None  # type: ignore[assignment]
    asked = None  # type: ignore[assignment]


class FindingForm(KeyedForm):
    """What the subgroup finds on one of the four questions."""

    about = forms.ChoiceField(label=gettext_lazy("On which question?"), choices=Asks, widget=Radios(small=True))
    text = forms.CharField(
        label=gettext_lazy("What do you find?"),
        widget=Area(rows=4),
        error_messages={"required": gettext_lazy("Write what you find")},
    )
