"""Forms of the register: a view's name, an export."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from safeboard.core.forms import Area, Checkboxes, Form, Radios

from ..choices import ExportGroup, ExportKind


class ViewForm(Form):
    """The name of a saved view, and whose it is."""

    name = forms.CharField(
        label=gettext_lazy("Name of the view"),
        max_length=60,
        help_text=gettext_lazy("Such as “Late this term”. Only you see the names of your own views."),
    )
    default = forms.BooleanField(label=gettext_lazy("Open the list with this view"), required=False)
    shared = forms.BooleanField(
        label=gettext_lazy("Give it to everybody in the agency"),
        required=False,
        help_text=gettext_lazy("Everybody sees its name: nobody’s name must stand in it."),
    )

    def __init__(self, data: Any, *, may_share: bool = False, naming: bool = False, **options: Any) -> None:
        super().__init__(data, **options)
        if not may_share:
            del self.fields["shared"]
        if naming:
            del self.fields["default"]


class ExportForm(Form):
    """As what, which columns, and why."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Take them away as"),
        choices=ExportKind.choices,
        widget=Radios,
        initial=ExportKind.XLSX,
    )
    groups = forms.MultipleChoiceField(
        label=gettext_lazy("What the table holds"),
        choices=ExportGroup.choices,
        required=False,
        widget=Checkboxes,
        help_text=gettext_lazy(
            "Reference, dates, kind, classification, setting and state are always in it. Take no more than is needed."
        ),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why are they taken out?"),
        widget=Area(rows=3),
        max_length=1000,
        help_text=gettext_lazy("It stays with the record of this export."),
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput)
