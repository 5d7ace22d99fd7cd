"""Notes, people, details, conclusion: the forms of a record."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeboard.accounts.models import Person
from safeboard.core.forms import Area, DateField, DateTimeField, Form, KeyedForm, Radios
from safeboard.library import queries as library
from safeboard.partnership import queries as partnership
from safeboard.partnership.models import Setting

from ..choices import Images, NoteKind
from ..models import Incident, Involved
from ..rules import born_after
from .involved import kin_field, part_field
from .report import AboutTime

NOTES = (NoteKind.ACTION, NoteKind.CONTACT, NoteKind.DECISION)
NOTE_HINTS = {
    NoteKind.ACTION: gettext_lazy("Who did what"),
    NoteKind.CONTACT: gettext_lazy("Whom you spoke or wrote to, and what was said"),
    NoteKind.DECISION: gettext_lazy("What was decided, by whom, and why"),
}


class NoteForm(KeyedForm):
    """An entry of the story."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What is it?"),
        choices=[(kind.value, kind.label) for kind in NOTES],
        initial=NoteKind.ACTION,
        widget=Radios(hints=NOTE_HINTS),
    )
    text = forms.CharField(
        label=gettext_lazy("What was done, said or decided?"),
        help_text=gettext_lazy("It is added to the story with your name, and cannot be altered afterwards."),
        widget=Area(rows=6),
        error_messages={"required": gettext_lazy("Write what was done, said or decided")},
    )
    at = DateTimeField(
        label=gettext_lazy("When was that?"),
        help_text=gettext_lazy("Leave it empty if it was just now."),
        required=False,
        past=True,
    )


class RecordForm(KeyedForm):
    """The written record (Toolkit Annex E): one big text."""

    text = forms.CharField(
        label=gettext_lazy("What was said, and what happened"),
        help_text=gettext_lazy(
            "The child’s own words where you can, also if they are rude or unclear. What you said and did. Who was "
            "there, when and where. What you saw, apart from what you think."
        ),
        widget=Area(rows=16),
        error_messages={"required": gettext_lazy("Write what was said and what happened")},
    )
    at = DateTimeField(
        label=gettext_lazy("When was it said?"),
        help_text=gettext_lazy("Leave it empty if it was just now."),
        required=False,
        past=True,
    )


class WhyForm(Form):
    """One reason."""

    why = forms.CharField(widget=Area(rows=4))

    def __init__(self, data: Any = None, *, label: str = "", hint: str = "", needed: bool = True) -> None:
        super().__init__(data)
        field = self.fields["why"]
        field.label, field.help_text, field.required = label, hint, needed


class ConcludeForm(Form):
    """The conclusion (Toolkit s5)."""

    conclusion = forms.CharField(
        label=gettext_lazy("What was the conclusion?"),
        help_text=gettext_lazy("What was found, what was done about it, and how the child or adult is now."),
        widget=Area(rows=8),
        error_messages={"required": gettext_lazy("Write what the conclusion was")},
    )


class InvolvedForm(KeyedForm):
    """Somebody involved. A name may stay open."""

    kin = kin_field()
    part = part_field()
    name = forms.CharField(
        label=gettext_lazy("Name"),
        help_text=gettext_lazy(
            "As you know it. A member of staff of this name is kept from the record where it is about them."
        ),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    birth_date = DateField(label=gettext_lazy("Date of birth"), required=False, past=True)
    detail = forms.CharField(label=gettext_lazy("What to know about them"), required=False, widget=Area(rows=3))

    def __init__(self, data: Any = None, *, incident: Incident) -> None:
        super().__init__(data)
        self.incident = incident

    def clean_birth_date(self) -> str:
        """As the record keeps it; not later than the day it happened."""
        born: date | None = self.cleaned_data["birth_date"]
        if born and born_after(born.isoformat(), self.incident.happened_on):
            raise forms.ValidationError(
                _("“Date of birth” is later than the day it happened. Look at both dates."),
                params={"parts": ("day", "month", "year")},
            )
        return born.isoformat() if born else ""


class AccountForm(Form):
    """Which account somebody involved has: people of the own agency alone."""

    person = forms.ModelChoiceField(
        queryset=Person.objects.none(),
        label=gettext_lazy("Which account is theirs?"),
        help_text=gettext_lazy(
            "Where the concern is about them, that account sees nothing of this record from now on."
        ),
        required=False,
        empty_label=gettext_lazy("None of them has an account here"),
        widget=Radios,
    )

    def __init__(self, data: Any = None, *, involved: Involved) -> None:
        super().__init__(data, initial={"person": involved.person_id})
        field = self.fields["person"]
        field.queryset = partnership.people_of(involved.agency_id)
        field.label_from_instance = lambda person: person.name
        if field.queryset.count() > 12:
            field.widget = forms.Select(choices=field.choices)


class ChangeForm(Form):
    """The details of an incident, all on one page."""

    edition = forms.IntegerField(widget=forms.HiddenInput)
    images = forms.ChoiceField(
        label=gettext_lazy("Is it, or may it be, about naked or sexual pictures or films of a child?"),
        help_text=gettext_lazy("“Yes” or “perhaps” seals every file on this record at once."),
        choices=Images,
        widget=Radios(),
    )
    scenario = forms.ChoiceField(label=gettext_lazy("Kind of incident"))
    classification = forms.ChoiceField(label=gettext_lazy("What it is mainly about"))
    strand = forms.ChoiceField(label=gettext_lazy("Strand"), required=False)
    narrative = forms.CharField(label=gettext_lazy("What happened"), widget=Area(rows=10))
    happened_on = DateField(label=gettext_lazy("When it happened"), past=True)
    happened_at = AboutTime(label=gettext_lazy("About what time"), required=False, max_length=20)
    setting = forms.ModelChoiceField(
        queryset=None,
        label=gettext_lazy("Setting"),
        required=False,
        empty_label=gettext_lazy("Somewhere else, or only online"),
    )
    where = forms.CharField(label=gettext_lazy("Room, app, game or website"), required=False)
    how_found = forms.ChoiceField(label=gettext_lazy("How it was found"))
    address = forms.CharField(
        label=gettext_lazy("Web address, as text"),
        required=False,
        max_length=2000,
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocomplete": "off", "autocapitalize": "none"}),
    )
    actions = forms.CharField(label=gettext_lazy("What was done, and by whom"), required=False, widget=Area(rows=4))
    evidence = forms.CharField(
        label=gettext_lazy("Which device, and where it is now"), required=False, widget=Area(rows=3)
    )

    def __init__(self, data: Any = None, *, incident: Incident) -> None:
        names = [name for name in self.base_fields if name not in ("setting", "happened_at")]
        at = incident.happened_at
        initial = {name: getattr(incident, name) for name in names} | {
            "setting": incident.setting_id,
            "happened_at": at.strftime("%H:%M") if at else "",
        }
        super().__init__(data, initial=initial)
        self.fields["setting"].queryset = Setting.objects.filter(agency_id=incident.agency_id).order_by("name")
        aspects = [one for one in library.items(incident.pack, "classifications") if one.group == "aspect"]
        strands = [one for one in library.items(incident.pack, "classifications") if one.group == "strand"]
        offered = {
            "scenario": library.choices(incident.pack, "incident-kinds"),
            "how_found": library.choices(incident.pack, "how-found"),
            "classification": [(one.id, str(one.title)) for one in aspects],
            "strand": [("", _("None of these")), *((one.id, str(one.title)) for one in strands)],
        }
        for name, choices in offered.items():
            now = getattr(incident, name)
            kept = [] if now in dict(choices) else [(now, now)]  # what the pack has lost meanwhile stays as it is
            self.fields[name].choices = [*kept, *choices]

    def values(self) -> dict[str, Any]:
        """The fields as the operation takes them."""
        return {name: value for name, value in self.cleaned_data.items() if name != "edition"}


def in_words(form: ChangeForm, name: str, value: Any) -> str:
    """A value of a field as a person reads it, to be shown beside another."""
    choices = dict(getattr(form.fields[name], "choices", []) or []) if not isinstance(value, Setting) else {}
    if value in choices and value != "":
        return str(choices[value])
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, date):
        from safeboard.core import times

        return times.exact(value)
    return str(value) if value not in (None, "") else _("(empty)")
