"""The pages of a report, each a short form (Toolkit s5: the minimum record)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeboard.core.dates import time_of_day
from safeboard.core.forms import Area, DateField, Form, Radios
from safeboard.library import queries as library
from safeboard.partnership.models import Setting

from ..choices import Images, Kin
from ..queries import usual_setting
from ..rules import born_after
from .answers import Answers
from .involved import kin_field, part_field

YEARS_OF_EVENTS, YEARS_OF_CHILDHOOD, YEARS_OF_LIFE = 80, 25, 120
FEW_SETTINGS = 7
ELSEWHERE = "elsewhere"


class ReportForm(Form):
    """A page of the report, filled from the answers so far."""

    label_size = "m"

    def __init__(self, data: Any, answers: Answers, **options: Any) -> None:
        self.so_far = answers
        super().__init__(data, initial={**self.suggested(), **answers.given}, **options)

    def suggested(self) -> dict[str, Any]:
        """What stands in the boxes before anything was answered."""
        return {}

    def answers(self) -> dict[str, Any]:
        """What the draft keeps of a clean form: words, and dates as YYYY-MM-DD."""
        return {name: _word(value) for name, value in self.cleaned_data.items()}


def _word(value: Any) -> str:
    if isinstance(value, time):
        return value.isoformat(timespec="minutes")
    return value.isoformat() if isinstance(value, date) else str(value or "")


def _choices(form: Form, name: str, rows: Any, hint: str = "hint") -> None:
    """Give a field the pack's items, each with its words of help."""
    field = form.fields[name]
    field.choices = [(row.id, str(row.title)) for row in rows]
    field.widget.hints = {row.id: str(getattr(row, hint)) for row in rows if getattr(row, hint)}


class AboutTime(forms.CharField):
    """A time of day as people write it: 9.30, 14:10, 3pm."""

    widget = forms.TextInput(attrs={"class": "govuk-input--width-5", "autocomplete": "off"})

    def clean(self, value: Any) -> time | None:
        """The time; None where nothing was written."""
        text = super().clean(value)
        found = time_of_day(text, hour_alone=True)
        if text and found is None:
            raise ValidationError(_("“About what time” must be a time such as 9:30 or 3pm. Leave it empty if unsure."))
        return found


class KindForm(ReportForm):
    """Is it about images of children, and what kind of incident is it."""

    images = forms.ChoiceField(
        label=gettext_lazy("Is it, or may it be, about naked or sexual pictures or films of a child?"),
        help_text=gettext_lazy(
            "We ask this first because such a picture must not be copied, sent or shown, even to report it."
        ),
        choices=Images,
        widget=Radios(),
        error_messages={
            "required": gettext_lazy("Say whether it may be about pictures of a child. “Not sure” is an answer.")
        },
    )
    scenario = forms.ChoiceField(
        label=gettext_lazy("What kind of incident is it?"),
        help_text=gettext_lazy("Choose the nearest. It can be changed later."),
        widget=Radios(),
        error_messages={"required": gettext_lazy("Choose what kind of incident it is. The nearest will do.")},
    )

    def __init__(self, data: Any, answers: Answers, **options: Any) -> None:
        super().__init__(data, answers, **options)
        _choices(self, "scenario", library.items(answers.pack, "incident-kinds"), "summary")

    def answers(self) -> dict[str, Any]:
        """Also the classification that the kind suggests, where none was chosen for this kind."""
        found = super().answers()
        if found["scenario"] == self.so_far.said("scenario") and self.so_far.said("classification"):
            return found
        kind = library.item(self.so_far.pack, "incident-kinds", found["scenario"])
        known = [one.id for one in library.items(self.so_far.pack, "classifications") if one.group == "aspect"]
        suggested = [one for one in kind.classifications if one in known] or known
        return {**found, "classification": suggested[0]}


class WhatForm(ReportForm):
    """What happened, and when."""

    narrative = forms.CharField(
        label=gettext_lazy("What happened?"),
        help_text=gettext_lazy(
            "In your own words: what you saw or were told. If a child told you, use the words they used."
        ),
        widget=Area(rows=7),
        error_messages={"required": gettext_lazy("Say in a few words what happened")},
    )
    happened_on = DateField(
        label=gettext_lazy("When did it happen?"),
        help_text=gettext_lazy("If you are not sure, your best guess."),
        past=True,
    )
    happened_at = AboutTime(
        label=gettext_lazy("About what time"),
        help_text=gettext_lazy("For example 9:30 or 3pm"),
        required=False,
        max_length=20,
    )

    def __init__(self, data: Any, answers: Answers, **options: Any) -> None:
        super().__init__(data, answers, **options)
        if answers.about_images:
            words = _("In words only: what you saw or were told, in a sentence or two. Do not go back to look.")
            self.fields["narrative"].help_text = words

    def suggested(self) -> dict[str, Any]:
        """Today."""
        return {"happened_on": timezone.localdate()}

    def clean_happened_on(self) -> date:
        """Within living memory, and not before somebody involved was born."""
        day: date = self.cleaned_data["happened_on"]
        if day < timezone.localdate() - timedelta(days=YEARS_OF_EVENTS * 365):
            raise _box(_("“When did it happen?” is very long ago. Is the year right?"), "year")
        if any(born_after(row.get("birth_date", ""), day) for row in self.so_far.people):
            words = _("“When did it happen?” is before the date of birth of somebody you named. Look at both dates.")
            raise _box(words, "day", "month", "year")
        return day

    def clean(self) -> dict[str, Any]:
        """A time of today has passed already."""
        found = super().clean() or self.cleaned_data
        now = timezone.localtime()
        at = found.get("happened_at")
        if at and found.get("happened_on") == now.date() and at > (now + timedelta(minutes=5)).time() > time(0, 5):
            self.add_error("happened_at", _("“About what time” is later than now. Was it another day?"))
        return found


def _box(words: str, *parts: str) -> ValidationError:
    return ValidationError(words, code="date", params={"parts": parts})


class WhereForm(ReportForm):
    """Where it happened, and how it came to light."""

    setting = forms.ChoiceField(label=gettext_lazy("Where did it happen?"), widget=Radios(apart=ELSEWHERE))
    where = forms.CharField(
        label=gettext_lazy("Room, app, game or website"),
        help_text=gettext_lazy("The name is enough: a computer in the library, a group chat, a game."),
        required=False,
    )
    how_found = forms.ChoiceField(
        label=gettext_lazy("How do you know about it?"),
        widget=Radios(small=True),
        error_messages={"required": gettext_lazy("Choose how you know about it")},
    )
    address = forms.CharField(
        label=gettext_lazy("Web address"),
        help_text=gettext_lazy(
            "Only if you know it. Do not open the page again to look. It is kept as plain text, never a link."
        ),
        required=False,
        max_length=2000,
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocomplete": "off", "autocapitalize": "none"}),
    )

    def __init__(self, data: Any, answers: Answers, **options: Any) -> None:
        super().__init__(data, answers, **options)
        own = Setting.objects.filter(agency_id=answers.access.agency_id, closed_on=None).values_list("pk", "name")
        choices = [(str(pk), name) for pk, name in own]
        field = self.fields["setting"]
        if len(choices) > FEW_SETTINGS:
            field.widget = forms.Select()
            choices.insert(0, ("", _("Choose a place")))
        field.choices = [*choices, (ELSEWHERE, _("Somewhere else, or only online"))]
        _choices(self, "how_found", library.items(answers.pack, "how-found"), "id")
        self.fields["how_found"].widget.hints = {}

    def suggested(self) -> dict[str, Any]:
        """Where the person reported from last, or the agency's only setting."""
        return {"setting": usual_setting(self.so_far.access)}


class PersonForm(ReportForm):
    """Somebody involved. Nothing of it has to be known."""

    label_size = "s"
    entry = forms.UUIDField(widget=forms.HiddenInput)
    kin = kin_field()
    part = part_field()
    name = forms.CharField(
        label=gettext_lazy("Name"), help_text=gettext_lazy("As you know it."), required=False, max_length=120
    )
    birth_date = DateField(
        label=gettext_lazy("Date of birth"),
        help_text=gettext_lazy("Only if you know it. It helps the police and social care to find the right child."),
        required=False,
        past=True,
    )

    def __init__(self, data: Any, answers: Answers, *, row: Mapping[str, str] | None = None, **options: Any) -> None:
        super().__init__(data, answers, **options)
        self.initial.update(row or {"entry": str(uuid4())})
        self.fields["name"].widget.attrs.update({"autocomplete": "off", "spellcheck": "false"})

    def clean(self) -> dict[str, Any]:
        """A date of birth that fits the day it happened and who they are."""
        found = super().clean() or self.cleaned_data
        born, day = found.get("birth_date"), self.so_far.happened_on or timezone.localdate()
        if born is None:
            return found
        if born > day:
            words = _("“Date of birth” is later than the day it happened. Look at both dates.")
            self.add_error("birth_date", _box(words, "day", "month", "year"))
        most = YEARS_OF_CHILDHOOD if found.get("kin") == Kin.CHILD else YEARS_OF_LIFE
        if (day - born).days > most * 366:
            words = _(
                "“Date of birth”: they would have been more than %(years)s. Look at the year, or at who they are."
            )
            self.add_error("birth_date", _box(words % {"years": most}, "year"))
        return found

    def is_empty(self) -> bool:
        """Whether nothing was filled in."""
        names = ("kin", "part", "name", "birth_date_day", "birth_date_month", "birth_date_year")
        return not any(str(self.data.get(name, "")).strip() for name in names)

    def answers(self) -> dict[str, Any]:
        """One answer, under the entry's own word: sent twice it is one person."""
        found = super().answers()
        return {f"person:{found.pop('entry')}": found}


class DoneForm(ReportForm):
    """What was done so far, and where the device is."""

    actions = forms.CharField(
        label=gettext_lazy("What has been done so far, and by whom?"),
        help_text=gettext_lazy("Whom you told or rang, who is with the child. Leave it empty if nothing was done yet."),
        required=False,
        widget=Area(rows=4),
    )
    evidence = forms.CharField(
        label=gettext_lazy("Which device is it on, and where is that now?"),
        help_text=gettext_lazy(
            "For example “silver school laptop 14, locked in the office”. Leave the device as it is. "
            "Do not search it or take pictures of the screen."
        ),
        required=False,
        widget=Area(rows=3),
    )


class SortForm(ReportForm):
    """How the incident is counted."""

    classification = forms.ChoiceField(
        label=gettext_lazy("What is it mainly about?"),
        widget=Radios(),
        error_messages={"required": gettext_lazy("Choose one")},
    )
    strand = forms.ChoiceField(
        label=gettext_lazy("Does one of these fit as well?"), required=False, widget=Radios(apart="")
    )

    def __init__(self, data: Any, answers: Answers, **options: Any) -> None:
        super().__init__(data, answers, **options)
        rows = library.items(answers.pack, "classifications")
        _choices(self, "classification", [row for row in rows if row.group == "aspect"])
        _choices(self, "strand", [row for row in rows if row.group == "strand"])
        self.fields["strand"].choices = [*self.fields["strand"].choices, ("", _("None of these"))]
