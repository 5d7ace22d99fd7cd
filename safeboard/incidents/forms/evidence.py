"""Evidence: taking it in, handing it over, adding a file, and why a file or a pack leaves the service."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeboard.accounts.models import Person
from safeboard.core.forms import Area, DateTimeField, Form, Radios
from safeboard.partnership import queries as partnership

from ..choices import Custody, EvidenceKind
from ..models import Incident
from ..queries.evidence import Chain, Party
from .casework import KeyedForm

OFF = {"autocomplete": "off", "spellcheck": "false"}


def colleagues(agency_id: int, label: Any, empty: Any) -> forms.ModelChoiceField:
    """One of the people of the agency."""
    field = forms.ModelChoiceField(
        queryset=partnership.people_of(agency_id), label=label, required=False, empty_label=empty
    )
    field.label_from_instance = lambda person: person.name  # type: ignore[method-assign]
    return field


class TakeInForm(KeyedForm):
    """A piece of evidence, in words."""

    mark_optional = False

    kind = forms.ChoiceField(
        label=gettext_lazy("What is it?"),
        choices=EvidenceKind,
        widget=Radios(),
        error_messages={"required": gettext_lazy("Choose what it is")},
    )
    what = forms.CharField(
        label=gettext_lazy("Describe it"),
        help_text=gettext_lazy("So that somebody else would know it again: “black telephone, cracked corner”."),
        widget=Area(rows=3),
        error_messages={"required": gettext_lazy("Describe it in a few words")},
    )
    marks = forms.CharField(
        label=gettext_lazy("Make, serial number, label"),
        help_text=gettext_lazy("What can be read on the outside, if anything. Do not switch it on to find out."),
        required=False,
        widget=forms.TextInput(attrs=OFF),
    )
    found = forms.CharField(
        label=gettext_lazy("Where was it, and who had it, if you know?"), required=False, widget=Area(rows=2)
    )
    at = DateTimeField(
        label=gettext_lazy("When was it taken in?"),
        help_text=gettext_lazy("Leave it empty if it was just now."),
        required=False,
        past=True,
    )
    place = forms.CharField(
        label=gettext_lazy("Where is it kept now?"),
        help_text=gettext_lazy("The room, the cupboard, who has the key."),
        error_messages={"required": gettext_lazy("Say where it is kept now")},
    )
    name = forms.CharField(
        label=gettext_lazy("Their name, if they have no account here"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs=OFF),
    )

    field_order = ["kind", "what", "marks", "found", "at", "person", "name", "place"]

    def __init__(self, data: Any = None, *, incident: Incident, me: Person) -> None:
        super().__init__(data, initial={"person": me.pk})
        self.fields["person"] = colleagues(
            incident.agency_id, gettext_lazy("Who keeps it?"), gettext_lazy("Somebody who has no account here")
        )
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """A person, or a name: one of the two."""
        given = super().clean() or {}
        if given.get("person") is None and not given.get("name"):
            self.add_error("name", _("Say who keeps it: choose somebody above, or write their name"))
        return given

    def values(self) -> dict[str, Any]:
        """The fields as the operation takes them."""
        given = dict(self.cleaned_data)
        keeper = _party(given.pop("person"), given.pop("name"))
        return {**given, "keeper": keeper}


class HandOverForm(KeyedForm):
    """A handover: what became of it, who has it now, where, why, and the receipt."""

    mark_optional = False

    state = forms.ChoiceField(
        label=gettext_lazy("What happened to it?"),
        choices=[
            (Custody.KEPT, gettext_lazy("A colleague keeps it now, or it lies somewhere else")),
            (
                Custody.HANDED_ON,
                gettext_lazy("Somebody else has it now, such as the police"),
            ),
            (Custody.RETURNED, gettext_lazy("It was given back to its owner")),
            (Custody.DISPOSED, gettext_lazy("It was disposed of")),
        ],
        widget=Radios(
            reveals={
                Custody.KEPT: "person",
                Custody.HANDED_ON: "body",
                Custody.RETURNED: "owner",
                Custody.DISPOSED: "instruction",
            }
        ),
        error_messages={"required": gettext_lazy("Choose what happened to it")},
    )
    body = forms.CharField(
        label=gettext_lazy("To whom?"),
        help_text=gettext_lazy("Name, rank or number, and organisation."),
        required=False,
        max_length=160,
        widget=forms.TextInput(attrs=OFF),
    )
    owner = forms.CharField(
        label=gettext_lazy("Who took it back?"), required=False, max_length=160, widget=forms.TextInput(attrs=OFF)
    )
    instruction = forms.CharField(
        label=gettext_lazy("On whose instruction?"),
        help_text=gettext_lazy("Name, organisation, and the reference they gave."),
        required=False,
        widget=forms.TextInput(attrs=OFF),
    )
    at = DateTimeField(
        label=gettext_lazy("When was that?"),
        help_text=gettext_lazy("Leave it empty if it was just now."),
        required=False,
        past=True,
    )
    place = forms.CharField(
        label=gettext_lazy("Where is it now?"),
        help_text=gettext_lazy("The room, the cupboard, the police station."),
        error_messages={"required": gettext_lazy("Say where it is now")},
    )
    why = forms.CharField(
        label=gettext_lazy("Why?"), error_messages={"required": gettext_lazy("Say why it was handed over")}
    )
    receipt = forms.CharField(
        label=gettext_lazy("Receipt or reference, if you were given one"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs=OFF),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)

    NEEDED = {
        Custody.KEPT: ("person", gettext_lazy("Choose who keeps it now")),
        Custody.HANDED_ON: ("body", gettext_lazy("Say who has it now")),
        Custody.RETURNED: ("owner", gettext_lazy("Say who took it back")),
        Custody.DISPOSED: ("instruction", gettext_lazy("Say on whose instruction it was disposed of")),
    }

    def __init__(self, data: Any = None, *, chain: Chain) -> None:
        super().__init__(data, initial={"seen": len(chain.handovers)})
        self.chain = chain
        self.fields["person"] = colleagues(
            chain.item.agency_id, gettext_lazy("Who keeps it now?"), gettext_lazy("Choose a colleague")
        )

    def clean(self) -> dict[str, Any]:
        """What the choice asks for is there, and nobody else was quicker."""
        given = super().clean() or {}
        needed = self.NEEDED.get(given.get("state", ""))
        if needed and not given.get(needed[0]):
            self.add_error(needed[0], str(needed[1]))
        return given

    def values(self) -> dict[str, Any]:
        """The fields as the operation takes them. Who disposes of it is who had it."""
        given = self.cleaned_data
        takers = {
            Custody.KEPT: _party(given.get("person"), ""),
            Custody.HANDED_ON: _party(None, given["body"]),
            Custody.RETURNED: _party(None, given["owner"]),
            Custody.DISPOSED: self._giver(),
        }
        same = {name: given[name] for name in ("form_key", "state", "at", "place", "why", "receipt")}
        instruction = given["instruction"] if given["state"] == Custody.DISPOSED else ""
        return same | {"instruction": instruction, "giver": self._giver(), "taker": takers[Custody(given["state"])]}

    def _giver(self) -> Party:
        """Who had it when the form was opened: the operation refuses where somebody else has it by now."""
        seen, chain = self.cleaned_data["seen"], self.chain
        if not (seen.isascii() and seen.isdigit()) or int(seen) >= len(chain.handovers):
            return chain.keeper
        return chain.passages[int(seen)][1]


class FileForm(KeyedForm):
    """One file."""

    label_size = "m"
    file = forms.FileField(
        label=gettext_lazy("Choose a file"),
        help_text=gettext_lazy("PDF, PNG, JPEG or plain text (.txt, .csv, .log), up to 5 MB."),
        error_messages={
            "required": gettext_lazy("Choose a file first"),
            "empty": gettext_lazy("The file is empty: it has 0 bytes. Nothing was added."),
            "missing": gettext_lazy("No file came with the form. Choose it again."),
            "max_length": gettext_lazy("The name of the file is too long. Give it a shorter one. Nothing was added."),
        },
    )


class RemovalForm(Form):
    """The removal of a sealed file, on police instruction."""

    told_by = forms.CharField(
        label=gettext_lazy("Who in the police instructed it?"),
        help_text=gettext_lazy("Name, rank or number, and force."),
        max_length=160,
        widget=forms.TextInput(attrs=OFF),
        error_messages={"required": gettext_lazy("Say who in the police instructed it")},
    )
    reference = forms.CharField(
        label=gettext_lazy("Their reference"),
        max_length=80,
        widget=forms.TextInput(attrs=OFF),
        error_messages={"required": gettext_lazy("Write their reference")},
    )
    told_at = DateTimeField(
        label=gettext_lazy("When did they instruct it?"),
        help_text=gettext_lazy("Leave it empty if it was just now."),
        required=False,
        past=True,
    )


class PackForm(KeyedForm):
    """What a pack is for."""

    why = forms.CharField(
        label=gettext_lazy("What is it for?"),
        help_text=gettext_lazy("Who will get it, and why. The reason stays with the record."),
        widget=Area(rows=3),
        error_messages={"required": gettext_lazy("Say what the pack is for")},
    )


def _party(person: Person | None, name: str) -> Party:
    return Party(person) if person else Party(name=name)
