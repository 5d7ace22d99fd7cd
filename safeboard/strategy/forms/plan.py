"""Forms of actions: raised, answered, changed, given another date, done; and the filter of the plan."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeboard.accounts.models import Person
from safeboard.core.forms import Area, DateField, Form, KeyedForm, Radios
from safeboard.core.roles import AGENCY_ROLES, BOARD_ROLES, Role
from safeboard.partnership.models import Agency

from ..choices import Colour, State
from ..models import Action, Objective

NO_NAMES = gettext_lazy("Name no child, and nothing that tells who a child is.")


def roles(found: Iterable[Role]) -> list[tuple[str, str]]:
    """Roles as choices, without those who only read."""
    kept = sorted((role for role in found if role != Role.INSPECTOR), key=lambda role: list(Role).index(role))
    return [(role.value, str(role.label)) for role in kept]


class WhoFields(Form):
    """Who sees to it in the place where it is to be done: a person, or whoever holds a role."""

    owner = forms.ModelChoiceField(
        queryset=Person.objects.none(),
        label=gettext_lazy("Who sees to it?"),
        required=False,
        empty_label=gettext_lazy("Nobody by name"),
    )
    owner_role = forms.ChoiceField(
        label=gettext_lazy("Or which role?"),
        help_text=gettext_lazy("Whoever holds it at the time is reminded."),
        required=False,
    )

    def for_people(self, people: QuerySet[Person], found: Iterable[Role]) -> None:
        """Offer these people, and these roles."""
        field = self.fields["owner"]
        field.queryset = people
        field.label_from_instance = lambda person: person.name
        self.fields["owner_role"].choices = [("", _("No role")), *roles(found)]


def _objective(field: forms.ModelChoiceField, objectives: QuerySet[Objective]) -> None:
    field.queryset = objectives
    field.label_from_instance = lambda one: str(one)[:110]


class ActionFields(WhoFields):
    """What is said of an action."""

    title = forms.CharField(
        label=gettext_lazy("What is to be done?"),
        help_text=NO_NAMES,
        max_length=200,
        error_messages={"required": gettext_lazy("Write what is to be done")},
    )
    why = forms.CharField(
        label=gettext_lazy("Why?"), help_text=NO_NAMES, required=False, max_length=2000, widget=Area(rows=3)
    )
    objective = forms.ModelChoiceField(
        queryset=None,
        label=gettext_lazy("Under which objective?"),
        required=False,
        empty_label=gettext_lazy("None"),
    )
    starts_on = DateField(label=gettext_lazy("When does it begin?"), required=False)
    cost = forms.DecimalField(
        label=gettext_lazy("What will it cost, in pounds?"),
        error_messages={"invalid": gettext_lazy("Give the cost in figures alone, such as 1200 or 49.50")},
        required=False,
        min_value=0,
        max_digits=10,
        decimal_places=2,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "inputmode": "decimal"}),
    )


class RaiseForm(ActionFields, KeyedForm):
    """A new action: of the board itself or asked of an agency; or of an agency for itself."""

    agency = forms.ModelChoiceField(
        queryset=Agency._base_manager.none(),
        label=gettext_lazy("Who is to do it?"),
        help_text=gettext_lazy("An agency is asked: it accepts, or declines with a reason."),
        required=False,
        empty_label=gettext_lazy("The board itself"),
    )
    board = forms.ModelChoiceField(
        queryset=None, label=gettext_lazy("In which board’s plan?"), widget=Radios(), empty_label=None
    )
    due_on = DateField(label=gettext_lazy("By when?"))
    field_order = ("title", "agency", "board", "owner", "owner_role", "due_on", "objective", "why", "starts_on", "cost")

    def __init__(
        self,
        data: Any = None,
        *,
        people: QuerySet[Person],
        objectives: QuerySet[Objective],
        agencies: QuerySet[Agency] | None = None,
        boards: Any = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        soon = timezone.localdate() + timedelta(days=90)
        super().__init__(data, initial={"due_on": soon, **(initial or {})})
        self.for_people(people, AGENCY_ROLES if agencies is None else AGENCY_ROLES | BOARD_ROLES)
        _objective(self.fields["objective"], objectives)
        if agencies is None:
            del self.fields["agency"]
        else:
            self.fields["agency"].queryset = agencies
            self.fields["owner"].help_text = _("People of the board. An agency says itself who sees to it.")
        if boards is None or len(boards) < 2:
            del self.fields["board"]
        else:
            self.fields["board"].queryset = boards

    def clean(self) -> dict[str, Any]:
        """A person of the board does not see to what an agency is asked for."""
        given = super().clean() or {}
        if given.get("agency") and given.get("owner"):
            self.add_error("owner", _("The agency says itself who sees to it. Choose nobody by name, or a role."))
        return given


class ChangeForm(ActionFields):
    """Other words, another owner, objective, start or cost."""

    field_order = ("title", "owner", "owner_role", "objective", "why", "starts_on", "cost")

    def __init__(
        self, data: Any = None, *, action: Action, people: QuerySet[Person], objectives: QuerySet[Objective]
    ) -> None:
        names = ("title", "why", "owner", "owner_role", "objective", "starts_on", "cost")
        super().__init__(data, initial={name: getattr(action, name) for name in names})
        self.for_people(people, BOARD_ROLES if action.agency_id is None else AGENCY_ROLES)
        _objective(self.fields["objective"], objectives)
        self.fields["starts_on"].required = True


class AnswerForm(WhoFields):
    """An agency's yes or no."""

    said = forms.ChoiceField(
        label=gettext_lazy("Will you do it?"),
        choices=[("yes", gettext_lazy("Yes, we accept")), ("no", gettext_lazy("No, we decline"))],
        widget=Radios(),
        error_messages={"required": gettext_lazy("Say whether you accept it")},
    )
    answer = forms.CharField(
        label=gettext_lazy("What do you say to the board?"),
        help_text=gettext_lazy("Where you decline, say why. Name no child."),
        required=False,
        max_length=2000,
        widget=Area(rows=3),
    )
    field_order = ("said", "owner", "owner_role", "answer")

    def __init__(self, data: Any = None, *, people: QuerySet[Person]) -> None:
        super().__init__(data)
        self.for_people(people, AGENCY_ROLES)
        self.fields["owner"].label = _("If you accept: who sees to it?")

    def clean(self) -> dict[str, Any]:
        """A no needs a reason."""
        given = super().clean() or {}
        if given.get("said") == "no" and not given.get("answer"):
            self.add_error("answer", _("Say why you decline, so that the board can find another way"))
        return given


class RedateForm(Form):
    """Another date, and why."""

    due_on = DateField(label=gettext_lazy("By when now?"))
    why = forms.CharField(
        label=gettext_lazy("Why does the date move?"),
        help_text=gettext_lazy("Both dates and the reason stay in the plan. Name no child."),
        max_length=1000,
        widget=Area(rows=3),
        error_messages={"required": gettext_lazy("Say why the date moves")},
    )


class MilestoneForm(KeyedForm):
    """A step on the way."""

    title = forms.CharField(
        label=gettext_lazy("What will have been reached?"),
        max_length=200,
        error_messages={"required": gettext_lazy("Write what will have been reached")},
    )
    due_on = DateField(label=gettext_lazy("By when?"))


class NoteForm(KeyedForm):
    """A note of progress."""

    text = forms.CharField(
        label=gettext_lazy("How does it go?"),
        help_text=gettext_lazy("It is added with your name and not altered afterwards. Name no child."),
        max_length=4000,
        widget=Area(rows=4),
        error_messages={"required": gettext_lazy("Write what was done, or what stands in the way")},
    )


class DoneForm(Form):
    """How one can tell that it was done."""

    evidence = forms.CharField(
        label=gettext_lazy("How can one tell that it was done?"),
        help_text=gettext_lazy("What there is to show, and where it is kept. Name no child."),
        required=False,
        max_length=4000,
        widget=Area(rows=4),
    )
    done_on = DateField(label=gettext_lazy("When was it done?"), past=True)

    def __init__(self, data: Any = None, *, has_files: bool) -> None:
        super().__init__(data, initial={"done_on": timezone.localdate()})
        self.fields["evidence"].required = not has_files
        self.fields["evidence"].error_messages["required"] = _("Say how one can tell, or add a file first")


class DropForm(Form):
    """Why nothing will be done."""

    why = forms.CharField(
        label=gettext_lazy("Why is it dropped?"),
        help_text=gettext_lazy("It stays in the plan with this reason. Name no child."),
        max_length=1000,
        widget=Area(rows=3),
        error_messages={"required": gettext_lazy("Say why it is dropped")},
    )


class WaitForm(Form):
    """Which other action has to be done first."""

    first = forms.ModelChoiceField(
        queryset=None,
        label=gettext_lazy("What has to be done first?"),
        error_messages={"required": gettext_lazy("Choose an action")},
    )

    def __init__(self, data: Any = None, *, others: QuerySet[Action]) -> None:
        super().__init__(data)
        self.fields["first"].queryset = others
        self.fields["first"].label_from_instance = lambda one: one.title


class ProofForm(Form):
    """A file that shows that it was done."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("PDF, PNG, JPEG or plain text, at most 20 MB. No picture of a child."),
        error_messages={"required": gettext_lazy("Choose a file")},
    )


class PlanFilter(Form):
    """Which actions are shown."""

    mark_optional = False
    words = forms.CharField(label=gettext_lazy("Words in the action"), required=False, max_length=80)
    whose = forms.ChoiceField(label=gettext_lazy("Whose"), required=False)
    agency = forms.CharField(label=gettext_lazy("Agency"), required=False, max_length=80)
    colour = forms.ChoiceField(
        label=gettext_lazy("How it stands"),
        required=False,
        choices=[("", gettext_lazy("All")), *[one for one in Colour.choices if one[0] != Colour.NONE]],
    )
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[
            ("", gettext_lazy("All")),
            ("owed", gettext_lazy("Still owed")),
            ("unanswered", gettext_lazy("Unanswered")),
            *State.choices,
        ],
    )
    objective = forms.ChoiceField(label=gettext_lazy("Objective"), required=False)

    def __init__(
        self, data: Any, *, whose: list[tuple[str, str]], objectives: list[tuple[str, str]], agencies: list[str] | None
    ) -> None:
        """``agencies``: names to be suggested; None where no agency can be asked for."""
        super().__init__(data)
        if agencies is None:
            del self.fields["agency"]
        else:
            self.fields["agency"].suggested = agencies
        self.fields["whose"].choices = [("", _("Everybody’s")), *whose]
        self.fields["objective"].choices = [("", _("All")), *objectives]
