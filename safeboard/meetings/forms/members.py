"""Forms of seats in the subgroup, its terms of reference and the officer's work."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from safeboard.accounts.models import Person
from safeboard.core.forms import Area, DateField, Form, Radios, yes_or_no
from safeboard.partnership.models import Agency

from ..choices import Part
from ..models import Member, Terms
from .common import NO_NAMES, KeyedForm

PART_HINTS = {
    Part.CHAIR: gettext_lazy("A member of the board: runs it, or works for one of its partners"),
    Part.CORE: gettext_lazy("Votes, and reads what is confidential"),
    Part.COOPTED: gettext_lazy("Gives advice for as long as it is needed"),
    Part.YOUNG: gettext_lazy("Chosen by young people"),
    Part.DEPUTY: gettext_lazy("Comes in place of one member"),
}


class MemberForm(KeyedForm):
    """Somebody's seat: who, as what, for whom, from when until when."""

    name = forms.CharField(label=gettext_lazy("Full name"), max_length=120)
    part = forms.ChoiceField(
        label=gettext_lazy("What are they in the subgroup?"), choices=Part, widget=Radios(hints=PART_HINTS)
    )
    stands_for = forms.ModelChoiceField(
        queryset=Member._base_manager.none(),
        label=gettext_lazy("A deputy of whom?"),
        required=False,
        empty_label=gettext_lazy("Not a deputy"),
    )
    agency = forms.ModelChoiceField(
        queryset=Agency._base_manager.none(),
        label=gettext_lazy("Which agency do they speak for?"),
        help_text=gettext_lazy("The register shows from now on that it is in the subgroup."),
        required=False,
        empty_label=gettext_lazy("None of the board’s agencies"),
    )
    speaks_for = forms.CharField(
        label=gettext_lazy("Whom do they speak for, where it is no agency of the board?"),
        help_text=gettext_lazy("For example: the youth council, a filtering provider."),
        max_length=160,
        required=False,
    )
    person = forms.ModelChoiceField(
        queryset=Person.objects.none(),
        label=gettext_lazy("Their account here"),
        help_text=gettext_lazy("They read papers with it. Invite them as a subgroup member where they have none."),
        required=False,
        empty_label=gettext_lazy("No account"),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail address, where they have no account"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    since = DateField(label=gettext_lazy("From"))
    until = DateField(label=gettext_lazy("Last day of the term"), required=False)
    note = forms.CharField(label=gettext_lazy("What to know"), max_length=200, required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        people: Iterable[tuple[int, str]],
        agencies: Any,
        members: Iterable[Member],
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial={"since": timezone.localdate(), **(initial or {})})
        self.fields["person"].queryset = Person.objects.filter(pk__in=[pk for pk, _name in people]).order_by("name")
        self.fields["person"].label_from_instance = lambda person: f"{person.name} ({person.email})"
        self.fields["agency"].queryset = agencies
        whole = [one.pk for one in members if one.part != Part.DEPUTY]
        self.fields["stands_for"].queryset = Member.objects.filter(pk__in=whole).order_by("name")


class EndForm(Form):
    """The last day of a seat."""

    until = DateField(label=gettext_lazy("Which is the last day?"))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"until": timezone.localdate()})


class TermsForm(Form):
    """The draft of the terms: a box for each section, then the numbers that the product counts with."""

    edition = forms.IntegerField(widget=forms.HiddenInput)
    quorum_share = forms.IntegerField(
        label=gettext_lazy("Quorum: share of the voting members, in per cent"),
        min_value=0,
        max_value=100,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
    )
    quorum_least = forms.IntegerField(
        label=gettext_lazy("Never fewer voting members than"),
        min_value=1,
        max_value=50,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
    )
    quorum_chair = yes_or_no(gettext_lazy("Must the chair or the deputy chair be there?"))
    papers_days = forms.IntegerField(
        label=gettext_lazy("Papers go out this many days before"),
        min_value=0,
        max_value=60,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
    )
    page_limit = forms.IntegerField(
        label=gettext_lazy("A paper with more pages needs a summary"),
        min_value=1,
        max_value=500,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
    )

    def __init__(self, data: Any = None, *, terms: Terms, hints: dict[str, str]) -> None:
        rule = ("quorum_share", "quorum_least", "papers_days", "page_limit", "edition")
        initial: dict[str, Any] = {name: getattr(terms, name) for name in rule}
        initial["quorum_chair"] = "yes" if terms.quorum_chair else "no"
        super().__init__(data, initial=initial)
        boxes = {}
        for one in terms.sections:
            boxes[f"section-{one['id']}"] = forms.CharField(
                label=one["title"],
                help_text=hints.get(one["id"], ""),
                initial=one["text"],
                required=False,
                max_length=4000,
                widget=Area(rows=6),
            )
        self.fields = {"edition": self.fields["edition"], **boxes, **self.fields}

    @property
    def texts(self) -> dict[str, str]:
        """The words of the sections by their id."""
        found = self.cleaned_data.items()
        return {name.removeprefix("section-"): text for name, text in found if name.startswith("section-")}


class AgreeForm(Form):
    """Who agreed the terms of reference, and when they are looked at again."""

    agreed_on = DateField(label=gettext_lazy("When were they agreed?"), past=True)
    agreed_by = forms.CharField(
        label=gettext_lazy("By whom, and in which minute?"),
        help_text=gettext_lazy("For example: the board, 3 March 2026, item 6."),
        max_length=160,
    )
    review_on = DateField(label=gettext_lazy("When are they looked at again?"), required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"agreed_on": timezone.localdate()})


class WorkForm(KeyedForm):
    """A piece of the officer's work."""

    on = DateField(label=gettext_lazy("When?"), past=True)
    aspect = forms.ChoiceField(label=gettext_lazy("Which part of the role?"), widget=Radios(small=True))
    hours = forms.DecimalField(
        label=gettext_lazy("How many hours?"),
        help_text=gettext_lazy("For example 1.5"),
        error_messages={"invalid": gettext_lazy("Give the hours as a number, such as 1.5")},
        min_value=0,
        max_value=24,
        decimal_places=2,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "decimal"}),
    )
    what = forms.CharField(
        label=gettext_lazy("What was done?"), help_text=NO_NAMES, max_length=500, widget=Area(rows=2)
    )

    def __init__(self, data: Any = None, *, aspects: Iterable[tuple[str, str]]) -> None:
        super().__init__(data, initial={"on": timezone.localdate()})
        self.fields["aspect"].choices = list(aspects)

    @property
    def minutes(self) -> int:
        """The time taken, in minutes."""
        return round(self.cleaned_data["hours"] * 60)
