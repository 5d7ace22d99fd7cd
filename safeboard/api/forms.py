"""The form by which a token is made."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safeboard.core.access import Access
from safeboard.core.forms import Checkboxes, DateField, Form

from .rules import scopes_to_give

USUAL = timedelta(days=180)


class TokenForm(Form):
    """What uses the token, what it may do, and until when."""

    name = forms.CharField(
        label=_("What will use it?"),
        help_text=_("A name to know it by, such as “Filter at Alder Bank”."),
        max_length=80,
        error_messages={"required": _("Say what will use it")},
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may it do?"),
        help_text=_("Choose as little as it needs. It acts in your name, and never may more than you."),
        widget=Checkboxes(),
        error_messages={"required": _("Choose what it may do")},
    )
    ends_on = DateField(label=_("Until when?"), help_text=_("Its last day, within a year from today."), future=True)

    def __init__(self, data: Any, access: Access) -> None:
        super().__init__(data, initial={"ends_on": timezone.localdate() + USUAL})
        self.fields["scopes"].choices = [(one.value, one.label) for one in scopes_to_give(access)]
