"""What is asked of somebody involved, in the report and on the record alike."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from safeboard.core.forms import Radios

from ..choices import Kin, Part


def kin_field() -> forms.ChoiceField:
    """Whether they are a child, staff, or somebody else."""
    return forms.ChoiceField(
        label=_("Who are they?"),
        choices=Kin,
        widget=Radios(),
        error_messages={"required": _("Choose who they are: a child, staff, or somebody else")},
    )


def part_field() -> forms.ChoiceField:
    """What their part was, in words without blame."""
    return forms.ChoiceField(
        label=_("What was their part?"),
        choices=Part,
        widget=Radios(),
        error_messages={"required": _("Choose what their part was. If unsure, “Took part”.")},
    )
