"""Support: what was decided for somebody, on one short page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from safeboard.core.forms import Area, DateField, Radios

from ..choices import SupportState
from ..queries.support import Asked
from .casework import KeyedForm

STATES = (SupportState.OFFERED, SupportState.DECLINED, SupportState.NOT_NEEDED)


class SupportForm(KeyedForm):
    """What was offered, by whom, from when; or why nothing. ``who`` is asked only where nobody is named."""

    mark_optional = False
    state = forms.ChoiceField(
        label=gettext_lazy("What was decided?"),
        choices=[(state.value, state.label) for state in STATES],
        widget=Radios(),
        error_messages={"required": gettext_lazy("Choose what was decided")},
    )
    who = forms.CharField(label=gettext_lazy("Who are they?"), required=False, max_length=300)
    what = forms.CharField(
        label=gettext_lazy("What was offered?"),
        help_text=gettext_lazy("Somebody to talk to, changes in the day, help with accounts and blocking, a service."),
        required=False,
        widget=Area(rows=3),
    )
    by_whom = forms.CharField(label=gettext_lazy("Who gives it?"), required=False, max_length=200)
    starts_on = DateField(label=gettext_lazy("From when?"), required=False)
    why = forms.CharField(
        label=gettext_lazy("Why, where it was declined or is not needed?"), required=False, widget=Area(rows=3)
    )
    review_on = DateField(
        label=gettext_lazy("When will you look again whether it helps?"),
        help_text=gettext_lazy("You are reminded on that day. Until then the incident stays open."),
        required=False,
    )

    def __init__(self, data: Any = None, *, asked: Asked) -> None:
        now = asked.now
        names = ("state", "who", "what", "by_whom", "why", "starts_on")
        initial = {name: getattr(now, name) for name in names} if now else {}
        super().__init__(data, initial=initial)
        if asked.involved:
            del self.fields["who"]
