"""Forms of minutes: one item's text, two texts made one, a decision, an action, the approval."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from safeboard.accounts.models import Person
from safeboard.core.forms import Area, DateField, Form
from safeboard.partnership.models import Agency

from ..models import Decision
from .common import NO_NAMES, KeyedForm


class MinuteForm(Form):
    """The minute of one item, and the edition that its writer began from."""

    edition = forms.IntegerField(widget=forms.HiddenInput)
    minute = forms.CharField(required=False, max_length=20_000, widget=Area(rows=5))


class SettleForm(MinuteForm):
    """One text made of two."""

    minute = forms.CharField(
        label=gettext_lazy("The minute as it shall stand"), max_length=20_000, required=False, widget=Area(rows=12)
    )


class DecisionForm(KeyedForm):
    """A decision."""

    text = forms.CharField(
        label=gettext_lazy("What was decided?"), help_text=NO_NAMES, max_length=2000, widget=Area(rows=4)
    )


class ActionForm(KeyedForm):
    """An action that a meeting agreed: what, who, by when, from which decision."""

    title = forms.CharField(label=gettext_lazy("What is to be done?"), help_text=NO_NAMES, max_length=200)
    decision = forms.ModelChoiceField(
        queryset=Decision._base_manager.none(),
        label=gettext_lazy("Which decision does it carry out?"),
        required=False,
        empty_label=gettext_lazy("None in particular"),
    )
    agency = forms.ModelChoiceField(
        queryset=Agency._base_manager.none(),
        label=gettext_lazy("Whom does it fall to?"),
        help_text=gettext_lazy("An agency is asked: it accepts, or declines with its reason."),
        required=False,
        empty_label=gettext_lazy("The board itself"),
    )
    owner = forms.ModelChoiceField(
        queryset=Person.objects.none(),
        label=gettext_lazy("Who sees to it?"),
        help_text=gettext_lazy("Only where the board does it itself."),
        required=False,
        empty_label=gettext_lazy("To be named"),
    )
    due_on = DateField(label=gettext_lazy("By when?"))

    def __init__(
        self, data: Any = None, *, decisions: Sequence[Decision], agencies: Any, owners: Sequence[Person]
    ) -> None:
        super().__init__(data, initial={"due_on": timezone.localdate() + timedelta(days=28)})
        self.fields["decision"].queryset = Decision.objects.filter(pk__in=[one.pk for one in decisions])
        self.fields["decision"].label_from_instance = lambda one: f"{one.label}: {one.text[:80]}"
        if len(decisions) == 1:
            self.initial["decision"] = decisions[0].pk
        self.fields["agency"].queryset = agencies
        self.fields["owner"].queryset = Person.objects.filter(pk__in=[one.pk for one in owners]).order_by("name")
        self.fields["owner"].label_from_instance = lambda one: one.name

    def clean(self) -> dict[str, Any]:
        """An agency names its own people: the owner is left out where it is asked."""
        given = super().clean() or {}
        if given.get("agency"):
            given["owner"] = None
        return given


class ApproveForm(Form):
    """The minutes of an earlier meeting are approved."""

    corrections = forms.CharField(
        label=gettext_lazy("Corrections that were agreed"),
        help_text=gettext_lazy("They stand below the minutes. After this nothing can be changed."),
        max_length=1000,
        required=False,
        widget=Area(rows=3),
    )
