"""Attaching a file to an incident that takes files."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from safeboard.core.forms import Form


class AttachForm(Form):
    """One file."""

    label_size = "m"
    file = forms.FileField(
        label=gettext_lazy("Choose a file"),
        help_text=gettext_lazy(
            "PDF, PNG, JPEG or plain text, up to 5 MB. It is encrypted; only those who handle this incident open it."
        ),
        error_messages={
            "required": gettext_lazy("Choose a file first"),
            "empty": gettext_lazy("The file is empty: it has 0 bytes. Nothing was attached."),
            "missing": gettext_lazy("No file came with the form. Choose it again."),
        },
    )
