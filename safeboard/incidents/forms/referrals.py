"""Referrals: to whom, that it was made, what is added afterwards, what came back. Only the moment is needed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeboard.core.forms import Area, DateTimeField, Form, Radios
from safeboard.partnership.queries import ContactLine

from ..choices import How, Next
from .casework import KeyedForm

PAST = gettext_lazy("Leave it empty if it was just now.")


class ToForm(KeyedForm):
    """To whom, and what is passed on."""

    label_sizes = {"to": "m", "what": "m"}
    to = forms.ChoiceField(
        label=gettext_lazy("To whom?"), error_messages={"required": gettext_lazy("Choose to whom it is referred")}
    )
    what = forms.CharField(
        label=gettext_lazy("What is passed on?"),
        help_text=gettext_lazy("You can leave this empty and add it after the call. Ring first."),
        required=False,
        widget=Area(rows=5),
    )

    def __init__(self, data: Any, lines: Mapping[str, ContactLine], *, to: str = "", first: Iterable[str] = ()) -> None:
        super().__init__(data, initial={"to": to})
        ahead = [kind for kind in first if kind in lines]
        rest = sorted((kind for kind in lines if kind not in ahead), key=lambda kind: lines[kind].title.casefold())
        field = self.fields["to"]
        if ahead:
            field.choices = [
                ("", _("Choose")),
                (_("Owed on this record"), [(kind, lines[kind].title) for kind in ahead]),
                (_("All"), [(kind, lines[kind].title) for kind in rest]),
            ]
        else:
            field.choices = [("", _("Choose")), *((kind, lines[kind].title) for kind in rest)]


class DetailsForm(Form):
    """What is known of a referral that was made. Everything may stay open."""

    mark_optional = False
    sent_at = DateTimeField(label=gettext_lazy("When was it made?"), help_text=PAST, required=False, past=True)
    how = forms.ChoiceField(
        label=gettext_lazy("How?"),
        choices=[("", gettext_lazy("Not said")), *How.choices],
        required=False,
        widget=Radios(small=True),
    )
    spoke_to = forms.CharField(label=gettext_lazy("Whom did you speak to?"), required=False, max_length=200)
    reference = forms.CharField(
        label=gettext_lazy("Their reference"),
        help_text=gettext_lazy("The number they gave you."),
        required=False,
        max_length=100,
    )
    what = forms.CharField(label=gettext_lazy("What was passed on?"), required=False, widget=Area(rows=5))
    answer_due_at = DateTimeField(
        label=gettext_lazy("By when do you expect an answer?"),
        help_text=gettext_lazy("Otherwise the usual time is taken."),
        required=False,
    )


class AcknowledgeForm(Form):
    """They have it."""

    mark_optional = False
    who = forms.CharField(label=gettext_lazy("Who said so?"), required=False, max_length=200)
    at = DateTimeField(label=gettext_lazy("When?"), help_text=PAST, required=False, past=True)


class AnswerForm(Form):
    """What they answered."""

    outcome = forms.CharField(
        label=gettext_lazy("What did they answer?"),
        help_text=gettext_lazy("What they will do, what you are to do, and who tells the child and the family what."),
        widget=Area(rows=6),
        error_messages={"required": gettext_lazy("Write what they answered, in a few words")},
    )
    reference = forms.CharField(label=gettext_lazy("Their reference"), required=False, max_length=100)
    at = DateTimeField(label=gettext_lazy("When?"), help_text=PAST, required=False, past=True)


class RefusedForm(Form):
    """They do not take it on."""

    mark_optional = True
    why = forms.CharField(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy("In their words, where you have them. You can leave it empty for now."),
        required=False,
        widget=Area(rows=4),
    )
    at = DateTimeField(label=gettext_lazy("When?"), help_text=PAST, required=False, past=True)


class DecideForm(Form):
    """What to do about a refusal."""

    what = forms.ChoiceField(
        label=gettext_lazy("What do you do now?"),
        choices=Next,
        widget=Radios(
            hints={
                Next.CHALLENGE: gettext_lazy("You think that a child needs their help. New clocks begin."),
                Next.ELSEWHERE: gettext_lazy("Somebody else is right for it. You choose whom on the next page."),
                Next.ACCEPT: gettext_lazy("They are right, and nobody else is needed."),
            }
        ),
        error_messages={"required": gettext_lazy("Choose what to do now")},
    )
    why = forms.CharField(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy("The decision and its reason become part of the story."),
        widget=Area(rows=4),
        error_messages={"required": gettext_lazy("Write why, in a few words")},
    )
