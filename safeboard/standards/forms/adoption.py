"""The form of a recommendation: what became of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeboard.core.forms import Area, DateField, Form, Radios

from ..choices import Adopted

LINES = 2_000


class AdoptionForm(Form):
    """How far a recommendation was taken up."""

    state = forms.ChoiceField(label=gettext_lazy("How far was it taken up?"), choices=Adopted.choices, widget=Radios())
    who = forms.CharField(label=gettext_lazy("Who took it up?"), required=False, max_length=200)
    since = DateField(label=gettext_lazy("Since when?"), required=False)
    evidence = forms.CharField(
        label=gettext_lazy("What shows it?"),
        help_text=gettext_lazy("For example a decision, a document, where it is kept. Do not name children."),
        required=False,
        max_length=LINES,
        widget=Area(rows=4),
    )
    look_on = DateField(label=gettext_lazy("When do you look at it again?"), required=False)

    def clean(self) -> dict[str, Any]:
        """What was taken up has a day and something that shows it."""
        data = super().clean() or {}
        if data.get("state") in (Adopted.ADOPTED, Adopted.PARTLY):
            for name, words in (("since", _("Say since when")), ("evidence", _("Say what shows it"))):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, words)
        return data
