"""The strategy discussion: arranged, written down, its minutes added to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeboard.accounts.models import Person
from safeboard.core.forms import Area, Checkboxes, DateTimeField, Form, Radios

from ..choices import Held, MinuteKind, Owner
from ..models import Incident
from ..operations.discussion import Guest
from ..queries.handling import allowed, handlers
from .casework import KeyedForm

LINES = gettext_lazy("One person a line: name, agency, role.")
MOST_GUESTS = 40


def owners(incident: Incident) -> list[tuple[str, str]]:
    """Who here may owe something of it: posts, and people by name."""
    posts = [(f"post-{owner.value}", str(owner.label)) for owner in allowed(incident)]
    return posts + [(f"person-{one.pk}", one.name) for one in handlers(incident)]


def owner_of(incident: Incident, chosen: str) -> dict[str, Any]:
    """What was chosen, as the operation takes it."""
    kind, _dash, value = chosen.partition("-")
    if kind == "person":
        return {"person": next((one for one in handlers(incident) if str(one.pk) == value), None)}
    return {"owner": value if value in Owner.values else ""}


class ArrangeForm(Form):
    """By when a strategy discussion is to be arranged."""

    due_at = DateTimeField(
        label=gettext_lazy("By when?"),
        error_messages={"required": gettext_lazy("Say by when it is to be arranged")},
    )


class DiscussionForm(KeyedForm):
    """That it was held: when, how, who was there, what was shared. Decisions and actions are added afterwards."""

    mark_optional = False
    held_at = DateTimeField(
        label=gettext_lazy("When was it held?"),
        help_text=gettext_lazy("Leave it empty if it was just now."),
        required=False,
        past=True,
    )
    how = forms.ChoiceField(
        label=gettext_lazy("How?"),
        choices=Held,
        widget=Radios(),
        error_messages={"required": gettext_lazy("Choose how it was held")},
    )
    where = forms.CharField(label=gettext_lazy("Where?"), required=False, max_length=200)
    present = forms.MultipleChoiceField(
        label=gettext_lazy("Who was there from your own agency?"), required=False, widget=Checkboxes
    )
    guests = forms.CharField(
        label=gettext_lazy("Who else was there?"), help_text=LINES, required=False, widget=Area(rows=5)
    )
    absent = forms.CharField(
        label=gettext_lazy("Who sent apologies?"), help_text=LINES, required=False, widget=Area(rows=2)
    )
    shared = forms.CharField(
        label=gettext_lazy("What information was shared?"),
        help_text=gettext_lazy("By whom, in a few sentences."),
        required=False,
        widget=Area(rows=6),
    )

    def __init__(self, data: Any = None, *, incident: Incident) -> None:
        super().__init__(data)
        self.people = {str(one.pk): one for one in handlers(incident)}
        field = self.fields["present"]
        field.choices = [(pk, one.name) for pk, one in self.people.items()]

    def clean_present(self) -> list[Person]:
        return [self.people[pk] for pk in self.cleaned_data["present"]]

    def clean_guests(self) -> list[Guest]:
        return _guests(self.cleaned_data["guests"])

    def clean_absent(self) -> list[Guest]:
        return _guests(self.cleaned_data["absent"])


def _guests(text: str) -> list[Guest]:
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_GUESTS:
        raise forms.ValidationError(_("At most %(most)s people, one a line.") % {"most": MOST_GUESTS})
    return list(_read(lines))


def _read(lines: Iterable[str]) -> Iterable[Guest]:
    for line in lines:
        name, organisation, role = (*(part.strip() for part in line.split(",", 2)), "", "")[:3]
        yield Guest(name, organisation, role)


WORDS: dict[str, dict[str, tuple[Any, Any]]] = {
    MinuteKind.DECISION: {
        "text": (gettext_lazy("What was decided?"), ""),
        "why": (gettext_lazy("Why?"), ""),
    },
    MinuteKind.CHILD: {
        "text": (gettext_lazy("What is the child told?"), ""),
        "who": (gettext_lazy("Who tells them?"), gettext_lazy("Somebody whom the child knows, where that can be.")),
        "due_at": (gettext_lazy("When?"), gettext_lazy("It becomes a duty with this time.")),
        "why": (
            gettext_lazy("If they are not told yet: why?"),
            gettext_lazy("Then leave the first box empty, and give the time at which it is decided again."),
        ),
        "owner": (gettext_lazy("Who here sees to it?"), ""),
    },
    MinuteKind.ACTION: {
        "text": (gettext_lazy("What is to be done?"), ""),
        "who": (
            gettext_lazy("Who does it, if somebody outside?"),
            gettext_lazy("Name and agency. Somebody here follows it up."),
        ),
        "due_at": (gettext_lazy("By when?"), ""),
        "owner": (gettext_lazy("Who here does it, or follows it up?"), ""),
    },
    MinuteKind.ADDED: {
        "text": (
            gettext_lazy("What is added?"),
            gettext_lazy("The minutes stay as they are; this stands below them with your name and the time."),
        )
    },
}
WORDS[MinuteKind.PARENTS] = {
    **WORDS[MinuteKind.CHILD],
    "text": (gettext_lazy("What are the parents or carers told?"), ""),
    "who": (gettext_lazy("Who tells them?"), ""),
    "why": (
        gettext_lazy("If they are not told yet: why?"),
        gettext_lazy("For example because it would put the child at more risk. Then leave the first box empty."),
    ),
}


class MinuteForm(KeyedForm):
    """One entry of the minutes; which boxes it has depends on what it is."""

    mark_optional = False
    text = forms.CharField(required=False, widget=Area(rows=4))
    why = forms.CharField(required=False, widget=Area(rows=3))
    who = forms.CharField(required=False, max_length=200)
    due_at = DateTimeField(required=False)
    owner = forms.ChoiceField(required=False)

    def __init__(self, data: Any = None, *, kind: str, incident: Incident) -> None:
        super().__init__(data)
        self.incident = incident
        self.fields["owner"].choices = owners(incident)
        words = WORDS[kind]
        for name in ("text", "why", "who", "due_at", "owner"):
            if name in words:
                self.fields[name].label, self.fields[name].help_text = words[name]
            else:
                del self.fields[name]
        self.order_fields(["text", "who", "due_at", "why", "owner"] if kind != MinuteKind.DECISION else None)

    def values(self) -> dict[str, Any]:
        """As the operation takes them."""
        given = dict(self.cleaned_data)
        return {**given, **owner_of(self.incident, given.pop("owner", ""))}
