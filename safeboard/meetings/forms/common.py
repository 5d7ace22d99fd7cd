"""What the forms of this room share."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy

from safeboard.core.forms import Form

NO_NAMES = gettext_lazy("Name no child here, and nothing that tells who it was.")


class KeyedForm(Form):
    """A form that counts once, however often it is sent."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *more: Any, **options: Any) -> None:
        super().__init__(data, *more, **options)
        self.initial.setdefault("form_key", str(uuid4()))
