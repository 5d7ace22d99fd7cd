"""Forms of indicators: target, baseline and owner; one of the board's own; another board's file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeboard.accounts.models import Person
from safeboard.core import times
from safeboard.core.forms import Area, Checkboxes, DateField, Form, KeyedForm, Radios
from safeboard.library import queries as library
from safeboard.library.shapes.indicators import Better

from .models import Baseline, BoardIndicator, Snapshot
from .queries.standings import PARTS

DIRECTIONS = (
    (Better.UP.value, gettext_lazy("More is better")),
    (Better.DOWN.value, gettext_lazy("Fewer is better")),
    (Better.WATCH.value, gettext_lazy("Neither: it is watched")),
)
GIVEN = ("target", "target_on", "direction", "owner", "baseline", "baseline_figure", "baseline_said")


class SetForm(Form):
    """Target, baseline and owner of an indicator; each can be left empty."""

    mark_optional = False
    target = forms.IntegerField(label=gettext_lazy("Target"), min_value=0, max_value=1_000_000, required=False)
    target_on = DateField(label=gettext_lazy("To be reached by"), required=False)
    direction = forms.ChoiceField(label=gettext_lazy("Which way is better?"), choices=DIRECTIONS, widget=Radios())
    owner = forms.ModelChoiceField(
        Person.objects.none(), label=gettext_lazy("Owner"), required=False, empty_label=gettext_lazy("Nobody yet")
    )
    baseline = forms.ModelChoiceField(
        Baseline._base_manager.none(),
        label=gettext_lazy("Baseline: the quarter that later figures are held against"),
        required=False,
        empty_label=gettext_lazy("None"),
    )
    baseline_figure = forms.IntegerField(
        label=gettext_lazy("Or an older figure that you know"), min_value=0, max_value=1_000_000, required=False
    )
    baseline_said = forms.CharField(label=gettext_lazy("Where it is from"), max_length=200, required=False)

    def __init__(
        self, data: Any = None, *, indicator: BoardIndicator, owners: Iterable[Person], baselines: Any
    ) -> None:
        super().__init__(data, initial={name: getattr(indicator, name) for name in GIVEN})
        owner: Any = self.fields["owner"]
        owner.queryset = Person.objects.filter(pk__in=[one.pk for one in owners]).order_by("name")
        owner.label_from_instance = lambda person: person.name
        frozen: Any = self.fields["baseline"]
        frozen.queryset = baselines
        if indicator.is_share:
            self.fields["target"].help_text = _("So many of a hundred.")
            self.fields["target"].widget.attrs["max"] = 100

    def clean(self) -> dict[str, Any]:
        """An older figure says where it is from."""
        given = super().clean() or {}
        if given.get("baseline_figure") is not None and not given.get("baseline_said"):
            self.add_error("baseline_said", _("Write where the older figure is from"))
        return given


class ChooseForm(Form):
    """The question that an indicator of one's own is counted from."""

    asked = forms.ChoiceField(label=gettext_lazy("Which question?"))

    def __init__(self, data: Any = None, *, questions: Sequence[tuple[str, Any]]) -> None:
        super().__init__(data)
        self.fields["asked"].choices = questions  # type: ignore[attr-defined]


class OwnForm(KeyedForm):
    """What is counted of that question, and what it is called."""

    title = forms.CharField(label=gettext_lazy("What is it called?"), max_length=200)
    counts = forms.MultipleChoiceField(label=gettext_lazy("Which answers count?"), widget=Checkboxes())
    pies = forms.ChoiceField(label=gettext_lazy("Part"), choices=list(PARTS.items()), widget=Radios())
    direction = forms.ChoiceField(label=gettext_lazy("Which way is better?"), choices=DIRECTIONS, widget=Radios())
    counted = forms.CharField(
        label=gettext_lazy("What is counted, in words"), max_length=300, required=False, widget=Area(2)
    )

    def __init__(self, data: Any = None, *, question: str, answers: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(data, initial={"title": question[:200], "direction": Better.UP.value, **more})
        self.fields["counts"].choices = list(answers)  # type: ignore[attr-defined]


class FileForm(Form):
    """A file, and the fingerprint that was told by another way."""

    file = forms.FileField(
        label=gettext_lazy("Their file"),
        help_text=gettext_lazy("It ends in .json."),
        error_messages={
            "required": gettext_lazy("Choose the file first"),
            "empty": gettext_lazy("The file is empty. Nothing was taken in."),
        },
    )
    fingerprint = forms.CharField(
        label=gettext_lazy("Fingerprint of their key"),
        help_text=gettext_lazy(
            "Only the first time. Ring them on a number you know, and write down what they read to you."
        ),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class NarrowForm(Form):
    """A filter over the dashboards: which agencies, and as counted when."""

    mark_optional = False
    kind = forms.ChoiceField(label=gettext_lazy("Kind of agency"), required=False)
    town = forms.ChoiceField(label=gettext_lazy("Town"), required=False)
    at = forms.ChoiceField(label=gettext_lazy("As counted on"), required=False)

    def __init__(self, data: Any = None, *, pack: str, towns: Sequence[str], snapshots: Sequence[Snapshot]) -> None:
        super().__init__(data)
        fields: Any = self.fields
        days = [(str(one.pk), times.exact(timezone.localdate(one.at))) for one in reversed(snapshots)]
        fields["kind"].choices = [("", _("All kinds")), *library.choices(pack, "agency-kinds")]
        fields["town"].choices = [("", _("All towns")), *((town, town) for town in towns)]
        fields["at"].choices = [("", _("The last count")), *days[1:]]
