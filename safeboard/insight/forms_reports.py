"""Forms of annual reports, of comments on them, and of packs for reviewers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta
from functools import lru_cache
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from safeboard.core.forms import Area, Checkboxes, DateField, Form, KeyedForm, Radios
from safeboard.library.shapes.reports import Report as Template
from safeboard.strategy.choices import Taken

from .models import ReportPart
from .queries.reports import Month

NO_CHILD = gettext_lazy("Do not name a child, or describe a case by which one could be known.")
FIGURES: dict[str, Any] = {
    "incidents": gettext_lazy("Incidents by quarter and kind"),
    "concerns": gettext_lazy("What incidents were about"),
    "reporters": gettext_lazy("Who reported incidents"),
    "register": gettext_lazy("Agencies with a lead, an officer and a plan"),
    "standing": gettext_lazy("How agencies stand in each part"),
    "policies": gettext_lazy("Indicators: policies"),
    "infrastructure": gettext_lazy("Indicators: infrastructure"),
    "education": gettext_lazy("Indicators: education"),
    "standards": gettext_lazy("Indicators: standards"),
    "plan": gettext_lazy("The action plan"),
    "returns": gettext_lazy("Annual returns, agency by agency"),
    "meetings": gettext_lazy("Meetings of the subgroup"),
    "lessons": gettext_lazy("Lessons shared with the board"),
    "surveys": gettext_lazy("You said, we did"),
}


class BeginForm(Form):
    """A new report: of which year, from which template."""

    year = forms.TypedChoiceField(label=gettext_lazy("Of which year?"), coerce=int, widget=Radios())
    template = forms.ChoiceField(label=gettext_lazy("What do you begin from?"), widget=Radios())

    def __init__(self, data: Any = None, *, templates: Sequence[Template], taken: Sequence[int]) -> None:
        this = timezone.localdate().year
        years = [year for year in range(this, this - 4, -1) if year not in taken]
        super().__init__(data, initial={"year": years[0] if years else None, "template": templates[0].id})
        self.fields["year"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]
        field: Any = self.fields["template"]
        field.choices = [(one.id, str(one.title)) for one in templates]
        field.widget.hints = {one.id: str(one.summary or "") for one in templates}


class PartForm(Form):
    """A section: its words, its figures, and whether it stands in the report."""

    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    title = forms.CharField(label=gettext_lazy("Heading"), max_length=200)
    text = forms.CharField(label=gettext_lazy("Text"), help_text=NO_CHILD, widget=Area(rows=14), required=False)
    taken = forms.MultipleChoiceField(
        label=gettext_lazy("Which figures stand in it?"), widget=Checkboxes(), required=False
    )
    left_out = forms.BooleanField(label=gettext_lazy("Leave this section out of the report"), required=False)

    def __init__(self, data: Any = None, *, part: ReportPart) -> None:
        names = ("edition", "title", "text", "taken", "left_out")
        super().__init__(data, initial={name: getattr(part, name) for name in names})
        self.fields["taken"].choices = [  # type: ignore[attr-defined]
            (name, FIGURES[name]) for name in part.figures
        ]
        if not part.figures:
            del self.fields["taken"]

    def given(self) -> dict[str, Any]:
        """What was typed, as the operation takes it."""
        return {name: value for name, value in self.cleaned_data.items() if name != "edition"}


class AddForm(KeyedForm):
    """A new section: where it stands, its words and its figures."""

    title = forms.CharField(label=gettext_lazy("Heading"), max_length=200)
    after = forms.ChoiceField(label=gettext_lazy("Where does it stand?"), required=False)
    text = forms.CharField(label=gettext_lazy("Text"), help_text=NO_CHILD, widget=Area(rows=14), required=False)
    taken = forms.MultipleChoiceField(
        label=gettext_lazy("Which figures stand in it?"), widget=Checkboxes(), required=False
    )

    def __init__(self, data: Any = None, *, parts: Sequence[ReportPart], frozen: Collection[str] | None) -> None:
        super().__init__(data, initial={"after": str(parts[-1].key)})
        fields: Any = self.fields
        fields["after"].choices = [
            ("", _("First")),
            *((str(one.key), _("After “%(title)s”") % {"title": one.title}) for one in parts),
        ]
        fields["taken"].choices = [(name, label) for name, label in FIGURES.items() if frozen is None or name in frozen]
        if not fields["taken"].choices:
            del fields["taken"]

    def given(self, parts: Sequence[ReportPart]) -> dict[str, Any]:
        """What was typed, as the operation takes it."""
        after = next((one for one in parts if str(one.key) == self.cleaned_data["after"]), None)
        return {**self.cleaned_data, "after": after}


class ConsultForm(Form):
    """Until when comments can be made."""

    closes_on = DateField(label=gettext_lazy("Until when can they comment?"))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"closes_on": timezone.localdate() + timedelta(days=28)})


class SignForm(Form):
    """The chair's word that this is the report."""

    read = forms.BooleanField(
        label=gettext_lazy("I have read it, and sign it as chair of the subgroup"),
        error_messages={"required": gettext_lazy("Tick the box to sign it")},
    )


class PublishForm(Form):
    """Who may read the signed report."""

    public = forms.BooleanField(
        label=gettext_lazy("Anybody with its address may read it"),
        help_text=gettext_lazy("Agencies by name stand in it where a table lists them. Look it over first."),
        required=False,
    )


class CommentForm(KeyedForm):
    """A comment on a section."""

    text = forms.CharField(
        label=gettext_lazy("What do you say about it?"), help_text=NO_CHILD, max_length=4000, widget=Area(rows=6)
    )


class AnswerForm(Form):
    """What came of a comment."""

    taken = forms.ChoiceField(label=gettext_lazy("What came of it?"), choices=Taken.choices, widget=Radios())
    answer = forms.CharField(
        label=gettext_lazy("Your answer"),
        help_text=gettext_lazy("Whoever made the comment reads it."),
        max_length=4000,
        required=False,
        widget=Area(rows=4),
    )


def _months() -> list[tuple[Any, Any]]:
    return [("", _("No month yet")), *MONTHS.items()]


def options(chosen: int | None) -> SafeString:
    """The months as options of a list, one of them chosen; kept, because a board has many agencies."""
    return _options(chosen, get_language())


@lru_cache(maxsize=256)
def _options(chosen: int | None, _language: str | None) -> SafeString:
    rows = ((value == (chosen or ""), value, label) for value, label in _months())
    return format_html_join("", "{}", ((_option(*row),) for row in rows))


def _option(chosen: bool, value: Any, label: Any) -> SafeString:
    words = '<option value="{}" selected>{}</option>' if chosen else '<option value="{}">{}</option>'
    return format_html(words, value, label)


class MonthsForm(Form):
    """The month of each agency, in a table."""

    by_clock = forms.BooleanField(
        label=gettext_lazy("Ask each month’s agencies automatically, on its first day"),
        help_text=gettext_lazy("Board managers are told when it went, and when it could not. This month’s goes today."),
        required=False,
    )

    def __init__(self, data: Any = None, *, rows: Sequence[Month], by_clock: bool = True) -> None:
        super().__init__(data, initial={"by_clock": by_clock})
        for row in rows:
            field = forms.TypedChoiceField(choices=_months(), coerce=int, empty_value=None, required=False)
            field.label, field.initial = row.agency.name, row.month or ""
            self.fields[f"month-{row.agency.pk}"] = field

    def months(self) -> dict[int, int | None]:
        """The month chosen for each agency, by its id."""
        data = self.cleaned_data
        return {int(name.removeprefix("month-")): data[name] for name in data if name.startswith("month-")}


class PackForm(Form):
    """For whom a pack is, and until when it can be opened."""

    title = forms.CharField(
        label=gettext_lazy("Who is it for?"),
        help_text=gettext_lazy("For example “Peer review, spring”. Only the board and its inspectors see it."),
        max_length=160,
    )
    until = DateField(label=gettext_lazy("Until when can it be opened?"))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"until": timezone.localdate() + timedelta(days=28)})
