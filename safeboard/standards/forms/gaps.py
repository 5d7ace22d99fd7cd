"""The forms beside a return: something for the shelf of evidence, an action for what falls short."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from safeboard.accounts.models import Person
from safeboard.core.forms import Area, DateField, Form, KeyedForm, Radios
from safeboard.partnership.models import Board

from .returns import NO_NAMES


class ProofForm(KeyedForm):
    """Something for the shelf of evidence."""

    title = forms.CharField(
        label=gettext_lazy("What is it?"),
        help_text=gettext_lazy("For example: acceptable-use policy for staff, 2026. Do not name children."),
        max_length=200,
    )
    dated = DateField(label=gettext_lazy("What date does it bear?"), required=False)
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("PDF, picture or plain text, up to 5 MB. Nothing about a child, and no picture of one."),
        required=False,
    )
    where = forms.CharField(
        label=gettext_lazy("Or where is it kept?"),
        help_text=gettext_lazy("For example: staff handbook, section 4."),
        required=False,
        max_length=500,
    )


class GapForm(Form):
    """An action for what falls short."""

    title = forms.CharField(label=gettext_lazy("What is to be done?"), max_length=200)
    why = forms.CharField(
        label=gettext_lazy("Why?"), required=False, max_length=2_000, widget=Area(rows=3), help_text=NO_NAMES
    )
    owner = forms.ModelChoiceField(
        queryset=Person.objects.none(),
        label=gettext_lazy("Who sees to it?"),
        required=False,
        empty_label=gettext_lazy("Nobody yet"),
    )
    board = forms.ModelChoiceField(
        queryset=Board.objects.none(), label=gettext_lazy("In which board’s plan?"), widget=Radios(), empty_label=None
    )
    due_on = DateField(label=gettext_lazy("By when?"))
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, owners: Iterable[Person], boards: Iterable[int], initial: dict[str, Any]):
        start = {"due_on": timezone.localdate() + timedelta(days=90), "form_key": uuid.uuid4(), **initial}
        super().__init__(data, initial=start)
        owner: Any = self.fields["owner"]
        owner.queryset = Person.objects.filter(pk__in=[one.pk for one in owners]).order_by("name")
        owner.label_from_instance = lambda person: person.name
        board: Any = self.fields["board"]
        board.queryset = Board.objects.filter(pk__in=list(boards)).order_by("name")
        if len(board.queryset) == 1:
            board.initial = board.queryset[0]
            board.widget = forms.HiddenInput()
