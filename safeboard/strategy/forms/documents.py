"""Forms of documents: beginning one, its parts, the table of who and by when, and the steps on its way."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeboard.accounts.models import Person
from safeboard.core.forms import Area, DateField, Form, KeyedForm, Radios
from safeboard.core.roles import Role
from safeboard.library.shapes.strategy import Strategy
from safeboard.partnership.models import Agency

from ..choices import PartKind
from ..models import Document, Part
from ..operations.documents_filling import months_on
from ..rules_documents import LONGEST, TITLED
from .plan_objectives import indicator_field, offer_indicators

NO_CHILD = gettext_lazy("Do not name a child.")
ROLES = (Role.BOARD_MANAGER, Role.ESAFETY_OFFICER, Role.SUBGROUP_MEMBER)


class BeginForm(KeyedForm):
    """A new document: from which template, its title, its dates."""

    template = forms.ChoiceField(label=gettext_lazy("What do you begin from?"), widget=Radios())
    title = forms.CharField(label=gettext_lazy("What is it called?"), max_length=200)
    starts_on = DateField(
        label=gettext_lazy("From when is it in force?"),
        help_text=gettext_lazy("The dates of its actions are counted from here. You can change each of them."),
    )
    review_on = DateField(label=gettext_lazy("When is it reviewed at the latest?"))

    def __init__(self, data: Any = None, *, templates: Sequence[tuple[str, Strategy]], title: str = "") -> None:
        today = timezone.localdate()
        initial = {"starts_on": today, "review_on": months_on(today, 12), "title": title}
        initial["template"] = f"{templates[0][0]}/{templates[0][1].id}" if templates else "/"
        super().__init__(data, initial=initial)
        field: Any = self.fields["template"]
        named = [(f"{pack}/{item.id}", str(item.title)) for pack, item in templates]
        field.choices = [*named, ("/", _("An empty document"))]
        field.widget.hints = {f"{pack}/{item.id}": self._hint(item) for pack, item in templates}
        field.widget.apart = "/"

    def _hint(self, item: Strategy) -> str:
        source = item.source.document + (f", {item.source.section}" if item.source.section else "")
        return _("%(summary)s Source: %(source)s.") % {"summary": item.summary or "", "source": source}

    def clean(self) -> dict[str, Any]:
        """The review comes after the first day."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("starts_on") and given.get("review_on") and given["review_on"] <= given["starts_on"]:
            self.add_error("review_on", _("The review has to come after the day from which it is in force."))
        given["pack"], _slash, given["template"] = given.get("template", "/").partition("/")
        return given


class AboutForm(Form):
    """Title and dates of a document."""

    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    title = forms.CharField(label=gettext_lazy("What is it called?"), max_length=200)
    starts_on = DateField(label=gettext_lazy("From when is it in force?"), required=False)
    review_on = DateField(label=gettext_lazy("When is it reviewed at the latest?"), required=False)

    def __init__(self, data: Any = None, *, document: Document) -> None:
        names = ("edition", "title", "starts_on", "review_on")
        super().__init__(data, initial={name: getattr(document, name) for name in names})


TITLES: dict[str, Any] = {
    PartKind.PRIORITY: gettext_lazy("What is the priority?"),
    PartKind.OBJECTIVE: gettext_lazy("What is to be reached?"),
    PartKind.ACTION: gettext_lazy("What is to be done?"),
    PartKind.TERM: gettext_lazy("Which word or abbreviation?"),
    PartKind.CHAPTER: gettext_lazy("What is the chapter called?"),
    PartKind.DRIVER: gettext_lazy("What drives the strategy?"),
    PartKind.PLAN: gettext_lazy("Which other plan?"),
}
TEXTS: dict[str, Any] = {
    PartKind.TERM: gettext_lazy("What does it mean?"),
    PartKind.ACTION: gettext_lazy("What else to know about it?"),
    PartKind.PRIORITY: gettext_lazy("Why is it a priority?"),
    PartKind.DRIVER: gettext_lazy("What does it say or show?"),
    PartKind.PLAN: gettext_lazy("How do the two hang together?"),
    PartKind.PLAIN: gettext_lazy("What does it say in plain English?"),
    PartKind.CHILDREN: gettext_lazy("What do you say to children?"),
}


@dataclass(frozen=True)
class PartChoices:
    """What a part can be tied to: indicators that the board counts, other actions of the same document."""

    indicators: Sequence[tuple[str, str]]
    actions: Any


class PartForm(KeyedForm):
    """One part of a document. What it asks depends on what kind of part it is."""

    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    title = forms.CharField(max_length=300, widget=Area(rows=2))
    text = forms.CharField(label=gettext_lazy("What does it say?"), widget=Area(rows=8), required=False)
    measure = forms.CharField(
        label=gettext_lazy("How shall we know?"),
        help_text=gettext_lazy("A figure and where it comes from, if there is one."),
        max_length=500,
        required=False,
        widget=Area(rows=2),
    )
    indicator = indicator_field()
    who = forms.ChoiceField(
        label=gettext_lazy("Who sees to it?"),
        help_text=gettext_lazy("An agency is asked, once the document is ratified. It may decline."),
        required=False,
    )
    due_on = DateField(label=gettext_lazy("By when?"), required=False)
    after = forms.ModelChoiceField(
        queryset=None,
        label=gettext_lazy("What has to be done before it?"),
        required=False,
        empty_label=gettext_lazy("Nothing"),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        kind: str,
        who: Sequence[tuple[str, Any]],
        choices: PartChoices,
        part: Part | None = None,
    ) -> None:
        names = ("edition", "title", "text", "measure", "indicator", "due_on", "after")
        initial = {name: getattr(part, name) for name in names} if part else {}
        super().__init__(data, initial={**initial, "who": said_who(part) if part else ""})
        self.kind = kind
        for name in self._without(kind):
            del self.fields[name]
        if "title" in self.fields:
            self.fields["title"].label = TITLES[kind]
            self.fields["title"].max_length = LONGEST.get(kind, 300)  # type: ignore[attr-defined]
        if "text" in self.fields:
            self.fields["text"].label = TEXTS.get(kind, self.fields["text"].label)
            self.fields["text"].required = kind not in TITLED or kind == PartKind.TERM
        if "who" in self.fields:
            self.fields["who"].choices = who  # type: ignore[attr-defined]
            self.fields["after"].queryset = choices.actions.exclude(pk=part.pk if part else None)
            self.fields["after"].label_from_instance = lambda one: one.title[:110]
        if "indicator" in self.fields:
            offer_indicators(self.fields["indicator"], choices.indicators)

    def _without(self, kind: str) -> Iterator[str]:
        if kind not in TITLED:
            yield "title"
        if kind in (PartKind.OBJECTIVE, PartKind.CHAPTER):
            yield "text"
        if kind != PartKind.OBJECTIVE:
            yield from ("measure", "indicator")
        if kind != PartKind.ACTION:
            yield from ("who", "due_on", "after")

    def given(self) -> dict[str, Any]:
        """What the operations take."""
        values = {
            name: value for name, value in self.cleaned_data.items() if name not in ("edition", "form_key", "who")
        }
        return {**values, **meant_who(self.cleaned_data["who"])} if "who" in self.cleaned_data else values


def who_choices(people: Sequence[Person], agencies: Sequence[Agency]) -> list[tuple[str, Any]]:
    """Who can see to an action: nobody yet, roles of the board, its people, its agencies."""
    return [
        ("", _("Nobody yet")),
        (_("Roles of the board"), [(f"role:{role.value}", role.label) for role in ROLES]),
        (_("People of the board"), [(f"person:{one.pk}", one.name) for one in people]),
        (_("Agencies, which are asked"), [(f"agency:{one.pk}", one.name) for one in agencies]),
    ]


def said_who(part: Part) -> str:
    """Who sees to a part, as the value of a choice."""
    if part.agency_id:
        return f"agency:{part.agency_id}"
    if part.owner_id:
        return f"person:{part.owner_id}"
    return f"role:{part.owner_role}" if part.owner_role else ""


def meant_who(value: str) -> dict[str, Any]:
    """The choice as the fields of a part."""
    kind, _colon, which = value.partition(":")
    return {
        "agency_id": int(which) if kind == "agency" else None,
        "owner_id": int(which) if kind == "person" else None,
        "owner_role": which if kind == "role" else "",
    }


class PlanForm(Form):
    """Who and by when, for all actions of a document in one table."""

    def __init__(self, data: Any = None, *, parts: Sequence[Part], who: Sequence[tuple[str, Any]]) -> None:
        super().__init__(data)
        self.parts, self.who = parts, who
        flat = [one for value, rows in who for one in (rows if value else [("", rows)])]
        self.labels = {value: str(label) for value, label in flat}
        for part in parts:
            label = {"label": part.title}
            self.fields[f"who-{part.key}"] = forms.ChoiceField(
                **label, choices=who, required=False, initial=said_who(part)
            )
            self.fields[f"due-{part.key}"] = forms.DateField(
                **label,
                required=False,
                initial=part.due_on,
                error_messages={"invalid": _("“%(title)s”: write the date as 2027-01-31") % {"title": part.title[:60]}},
            )
            self.fields[f"edition-{part.key}"] = forms.IntegerField(min_value=0, initial=part.edition)

    def rows(self) -> Iterator[dict[str, Any]]:
        """The actions with their boxes, as the table shows them."""
        titles = {part.pk: part.title for part in self.parts}
        for part in self.parts:
            who, due, edition = (self[f"{name}-{part.key}"] for name in ("who", "due", "edition"))
            chosen = who.value() or ""
            said = self.labels.get(chosen, "")
            row = {"part": part, "who": who, "chosen": chosen, "said": said, "due": due, "edition": edition}
            yield {**row, "first": titles.get(part.after_id or 0, "")}

    @property
    def options(self) -> SafeString:
        """All who can be chosen, as the lists of every row hold them: made once for the page."""
        groups = [
            (title, format_html_join("", '<option value="{}">{}</option>', rows))
            for title, rows in self.who
            if not isinstance(rows, str) and title
        ]
        nobody = format_html('<option value="">{}</option>', self.labels[""])
        return nobody + format_html_join("", '<optgroup label="{}">{}</optgroup>', groups)

    def given(self) -> dict[uuid.UUID, tuple[int, dict[str, Any]]]:
        """What the operation takes."""
        data = self.cleaned_data
        return {
            part.key: (
                data[f"edition-{part.key}"],
                {**meant_who(data[f"who-{part.key}"]), "due_on": data[f"due-{part.key}"]},
            )
            for part in self.parts
        }
