"""Why everything is taken away."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from safeboard.core.forms import Area, Form


class TakeForm(Form):
    """The reason, which stays in the history."""

    label_size = "m"
    why = forms.CharField(
        label=_("Why do you take it?"),
        help_text=_("For example: we move to a service of our own. That you took it is recorded and told to others."),
        max_length=500,
        widget=Area(rows=3),
        error_messages={"required": _("Say why you take it")},
    )
