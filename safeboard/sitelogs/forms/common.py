"""What the forms of this room share."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms

from safeboard.core.forms import Area, Form


class KeyedForm(Form):
    """A form that counts once, however often it is sent."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.initial.setdefault("form_key", str(uuid4()))


class WhyForm(Form):
    """One reason in words."""

    why = forms.CharField(widget=Area(rows=3), max_length=1000)

    def __init__(self, data: Any = None, *, label: str, hint: str = "") -> None:
        super().__init__(data)
        self.fields["why"].label, self.fields["why"].help_text = label, hint
