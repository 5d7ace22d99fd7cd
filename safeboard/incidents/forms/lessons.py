"""Forms of lessons and near misses."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from safeboard.accounts.models import Person
from safeboard.core.forms import Area, DateField, Form, Radios
from safeboard.partnership.models import Board, Setting

from ..choices import Effective, LessonKind
from .casework import KeyedForm

NO_NAMES = gettext_lazy("No names here, and nothing that tells who it was.")


class LessonForm(KeyedForm):
    """A lesson: what it is, what it becomes, who sees to it by when."""

    what = forms.CharField(
        label=gettext_lazy("What did you learn, and what is to change?"),
        help_text=NO_NAMES,
        max_length=1000,
        widget=Area(rows=4, count=True),
        error_messages={"required": gettext_lazy("Write what you learned")},
    )
    kind = forms.ChoiceField(label=gettext_lazy("What does it become?"), choices=LessonKind, widget=Radios())
    owner = forms.ModelChoiceField(
        queryset=Person.objects.none(),
        label=gettext_lazy("Who sees to it?"),
        required=False,
        empty_label=gettext_lazy("Nobody yet"),
    )
    due_on = DateField(label=gettext_lazy("By when?"))
    everybody = forms.BooleanField(
        label=gettext_lazy("Show it to everybody who works here"),
        help_text=gettext_lazy("It stands on the team’s page too."),
        required=False,
    )

    def __init__(
        self, data: Any = None, *, owners: Iterable[Person], initial: dict[str, Any] | None = None, board: bool = False
    ) -> None:
        soon = timezone.localdate() + timedelta(days=28)
        super().__init__(data, initial={"due_on": soon, **(initial or {})})
        field = self.fields["owner"]
        field.queryset = Person.objects.filter(pk__in=[one.pk for one in owners]).order_by("name")
        field.label_from_instance = lambda person: person.name
        if board:
            del self.fields["everybody"]


class DoneForm(Form):
    """What was done about a lesson, and how it was shared."""

    done = forms.CharField(
        label=gettext_lazy("What was done?"),
        help_text=NO_NAMES,
        widget=Area(rows=4),
        error_messages={"required": gettext_lazy("Write what was done")},
    )
    shared = forms.CharField(
        label=gettext_lazy("How was it shared, and with whom?"),
        help_text=gettext_lazy("For example: at the team meeting; with parents in the newsletter."),
        required=False,
        widget=Area(rows=3),
    )
    done_on = DateField(label=gettext_lazy("When?"), past=True)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"done_on": timezone.localdate()})


class PlanForm(Form):
    """A lesson as an action of the plan."""

    title = forms.CharField(
        label=gettext_lazy("What is to be done?"),
        help_text=NO_NAMES,
        max_length=200,
        error_messages={"required": gettext_lazy("Write what is to be done")},
    )
    due_on = DateField(label=gettext_lazy("By when?"))


class LookForm(Form):
    """Did it work?"""

    worked = forms.ChoiceField(label=gettext_lazy("Did it work?"), choices=Effective, widget=Radios())
    found = forms.CharField(
        label=gettext_lazy("How can you tell, and what now?"),
        help_text=NO_NAMES,
        widget=Area(rows=4),
        error_messages={"required": gettext_lazy("Write how you can tell")},
    )
    again = forms.BooleanField(label=gettext_lazy("Look again in three months"), required=False)


class ShareForm(Form):
    """Share a lesson with a board."""

    board = forms.ModelChoiceField(
        queryset=Board.objects.none(), label=gettext_lazy("With which board?"), widget=Radios(), empty_label=None
    )
    say_who = forms.BooleanField(
        label=gettext_lazy("Say that it comes from us"),
        help_text=gettext_lazy("Without this, the board does not see who shared it."),
        required=False,
    )

    def __init__(self, data: Any = None, *, boards: Any) -> None:
        boards = boards.order_by("name")
        super().__init__(data, initial={"board": boards.first()})
        self.fields["board"].queryset = boards


class NearMissForm(KeyedForm):
    """Half a minute: what nearly happened, where, what stopped it. There is no box for names."""

    what = forms.CharField(
        label=gettext_lazy("What nearly happened?"),
        help_text=NO_NAMES,
        max_length=1000,
        widget=Area(rows=3),
        error_messages={"required": gettext_lazy("Write in a sentence what nearly happened")},
    )
    setting = forms.ModelChoiceField(
        queryset=Setting._base_manager.none(),
        label=gettext_lazy("Where?"),
        required=False,
        empty_label=gettext_lazy("Somewhere else, or only online"),
    )
    where = forms.CharField(label=gettext_lazy("Room, app or website"), required=False, max_length=120)
    stopped = forms.CharField(
        label=gettext_lazy("What stopped it?"),
        help_text=gettext_lazy("Luck counts too."),
        required=False,
        max_length=500,
        widget=Area(rows=2),
    )

    def __init__(self, data: Any = None, *, settings: Any, usual: int | None = None) -> None:
        super().__init__(data, initial={"setting": usual})
        self.fields["setting"].queryset = settings


class LessonFilter(Form):
    """Which lessons are listed."""

    mark_optional = False
    stands = forms.ChoiceField(
        label=gettext_lazy("Where they stand"),
        required=False,
        choices=[
            ("", gettext_lazy("All")),
            ("open", gettext_lazy("To be done")),
            ("look", gettext_lazy("Done, to be looked back on")),
            ("done", gettext_lazy("Looked back on")),
        ],
    )
    worked = forms.ChoiceField(
        label=gettext_lazy("Did it work?"), required=False, choices=[("", gettext_lazy("All")), *Effective.choices]
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What they become"), required=False, choices=[("", gettext_lazy("All")), *LessonKind.choices]
    )
