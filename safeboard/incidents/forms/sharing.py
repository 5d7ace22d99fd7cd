"""Decisions to share or not; handing on to an agency of the board; referrals to us."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeboard.core.forms import Area, Checkboxes, DateTimeField, Form, Radios, TelephoneField
from safeboard.library import queries as library
from safeboard.library.referring import InboundSource

from ..choices import Consent, Share
from ..models import Incident, Involved
from ..queries.referring import bases
from .casework import KeyedForm
from .referrals import PAST


class SharingForm(KeyedForm):
    """A decision to share information or not, with its reason."""

    mark_optional = True
    decision = forms.ChoiceField(
        label=gettext_lazy("What was decided?"),
        choices=Share,
        widget=Radios(inline=True),
        error_messages={"required": gettext_lazy("Choose whether it is shared or not")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy("What you weighed up, in a few sentences. Whoever reads it later must understand it."),
        widget=Area(rows=4),
        error_messages={"required": gettext_lazy("Write why")},
    )
    with_whom = forms.CharField(label=gettext_lazy("With whom?"), required=False, max_length=200)
    information = forms.CharField(label=gettext_lazy("What information?"), required=False, widget=Area(rows=3))
    consent = forms.ChoiceField(
        label=gettext_lazy("Were those concerned asked?"),
        required=False,
        choices=[("", gettext_lazy("Not said")), *Consent.choices],
        widget=Radios(small=True),
    )
    consent_why = forms.CharField(
        label=gettext_lazy("If they were not asked, why?"),
        help_text=gettext_lazy("For example because asking would put a child at risk, or would take too long."),
        required=False,
        max_length=500,
    )
    basis = forms.ChoiceField(label=gettext_lazy("What does it rest on?"), required=False)
    at = DateTimeField(label=gettext_lazy("When was it decided?"), help_text=PAST, required=False, past=True)

    def __init__(self, data: Any, *, incident: Incident, with_whom: str = "", information: str = "") -> None:
        super().__init__(data, initial={"with_whom": with_whom, "information": information})
        known = bases(incident.pack)
        field = self.fields["basis"]
        field.choices = [("", _("Not said")), *((one.id, str(one.title)) for one in known)]
        field.widget = Radios(
            choices=field.choices, small=True, hints={one.id: str(one.hint) for one in known if one.hint}
        )


PARTS = (
    ("summary", gettext_lazy("What kind of incident it is, when it happened, how it was found")),
    ("narrative", gettext_lazy("What happened, as it was written down")),
    ("actions", gettext_lazy("What was done at first, and by whom")),
)


class HandOnForm(KeyedForm):
    """To which agency of the board, what it is shown, and why. What is not ticked stays here."""

    label_sizes = {"agency": "m", "parts": "m", "people": "m", "message": "m", "why": "m"}
    agency = forms.TypedChoiceField(
        label=gettext_lazy("To which agency?"),
        coerce=int,
        error_messages={"required": gettext_lazy("Choose the agency")},
    )
    about_them = forms.BooleanField(
        label=gettext_lazy("The concern is about somebody who works or volunteers there"),
        help_text=gettext_lazy(
            "Then only the few there who may know of it get it. Add the person to this record first, so that it is "
            "kept from them."
        ),
        required=False,
    )
    parts = forms.MultipleChoiceField(
        label=gettext_lazy("What do they need to know?"),
        help_text=gettext_lazy("Tick what they need for the child, and no more. You see it before it is sent."),
        choices=PARTS,
        required=False,
        widget=Checkboxes(),
    )
    people = forms.MultipleChoiceField(
        label=gettext_lazy("Whose names?"),
        help_text=gettext_lazy("With their part in it, and their date of birth where it is written down."),
        required=False,
        widget=Checkboxes(),
    )
    message = forms.CharField(
        label=gettext_lazy("Your words to them"),
        help_text=gettext_lazy("What you ask of them."),
        required=False,
        widget=Area(rows=4),
    )
    why = forms.CharField(
        label=gettext_lazy("Why is it shared?"),
        help_text=gettext_lazy("It stays on this record. They do not see it. You can write it afterwards too."),
        required=False,
        widget=Area(rows=3),
    )

    def __init__(self, data: Any, *, agencies: Mapping[int, str], people: Iterable[Involved]) -> None:
        super().__init__(data, initial={"parts": ["summary", "narrative"]})
        self.fields["agency"].choices = [("", _("Choose")), *((str(pk), name) for pk, name in agencies.items())]
        named = [(str(one.pk), f"{one.name} ({one.get_part_display()})") for one in people if one.name]
        self.fields["people"].choices = named
        self.fields["people"].widget.choices = named
        if not named:
            del self.fields["people"]


class CallForm(KeyedForm):
    """A referral to us by telephone: under a minute. Who rang and what they said; the rest may stay open."""

    mark_optional = True
    label_sizes = {"source": "m", "said": "m"}
    source = forms.ChoiceField(
        label=gettext_lazy("Who rang?"), error_messages={"required": gettext_lazy("Choose who rang")}
    )
    from_name = forms.CharField(
        label=gettext_lazy("Name of the body or team"),
        help_text=gettext_lazy("For example “Northshore police, online team”."),
        required=False,
        max_length=160,
    )
    said = forms.CharField(
        label=gettext_lazy("What did they say?"),
        help_text=gettext_lazy("A few words are enough. Names, what happened, what they ask of us."),
        widget=Area(rows=6),
        error_messages={"required": gettext_lazy("Write what they said, in a few words")},
    )
    caller = forms.CharField(label=gettext_lazy("Whom did you speak to?"), required=False, max_length=200)
    call_back = TelephoneField(label=gettext_lazy("Number to ring back"), required=False)
    reference = forms.CharField(label=gettext_lazy("Their reference"), required=False, max_length=100)
    scenario = forms.ChoiceField(label=gettext_lazy("What kind of incident is it?"), required=False)
    allegation = forms.BooleanField(
        label=gettext_lazy("The concern is about somebody who works or volunteers here"),
        help_text=gettext_lazy("Then only the few who may know can read it."),
        required=False,
    )
    about = forms.CharField(
        label=gettext_lazy("Their name, where you know it"),
        help_text=gettext_lazy("So that it is kept from them, whatever their post."),
        required=False,
        max_length=120,
    )
    written_due_at = DateTimeField(
        label=gettext_lazy("When do they confirm it in writing?"),
        help_text=gettext_lazy("Leave it empty if they did not say: a working day or two is taken."),
        required=False,
    )

    def __init__(self, data: Any, *, pack: str, sources: Mapping[str, InboundSource]) -> None:
        super().__init__(data)
        known = [(one.id, str(one.title)) for one in sources.values()]
        hints = {one.id: str(one.hint) for one in sources.values() if one.hint}
        self.fields["source"].choices = known
        self.fields["source"].widget = Radios(choices=known, hints=hints)
        self.fields["scenario"].choices = [
            ("", _("Not said yet")),
            *(library.choices(pack, "incident-kinds") if pack in library.packs() else []),
        ]


class RefuseForm(Form):
    """We do not take it on."""

    why = forms.CharField(
        label=gettext_lazy("Why do you not take it on?"),
        help_text=gettext_lazy(
            "They read exactly this, and have to find another way for the child at once. Say whom you would ask."
        ),
        widget=Area(rows=4),
        error_messages={"required": gettext_lazy("Write why, in a few words")},
    )


class AnswerBackForm(Form):
    """What we answer the sender."""

    answer = forms.CharField(
        label=gettext_lazy("What do you answer them?"),
        help_text=gettext_lazy("They read exactly this. Say what you will do, and share no more than they need."),
        widget=Area(rows=6),
        error_messages={"required": gettext_lazy("Write what you answer, in a few words")},
    )


class WrittenForm(Form):
    """The confirmation in writing has come."""

    mark_optional = True
    reference = forms.CharField(label=gettext_lazy("Their reference"), required=False, max_length=100)
