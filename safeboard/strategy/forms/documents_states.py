"""Forms of the steps on a document's way: consultation, comments and answers, ratified, published, kept."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from safeboard.core.forms import Area, DateField, Form, KeyedForm, Radios

from ..choices import Taken
from ..operations.documents_filling import months_on
from .documents import NO_CHILD


class ConsultForm(Form):
    """Until when agencies may comment."""

    closes_on = DateField(label=gettext_lazy("Until when may agencies comment?"), future=True)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"closes_on": timezone.localdate() + timedelta(days=28)})


class RatifyForm(Form):
    """What the board ratified, and where that stands."""

    minute = forms.CharField(
        label=gettext_lazy("Which meeting, and which minute?"),
        help_text=gettext_lazy("Such as: partners’ meeting, minute 7.2"),
        max_length=200,
    )
    ratified_on = DateField(label=gettext_lazy("On which day?"), past=True)
    unconsulted_why = forms.CharField(
        label=gettext_lazy("Why were the agencies not asked?"),
        help_text=gettext_lazy("It stands in the document."),
        max_length=300,
        widget=Area(rows=2),
    )

    def __init__(self, data: Any = None, *, consulted: bool) -> None:
        super().__init__(data, initial={"ratified_on": timezone.localdate()})
        if consulted:
            del self.fields["unconsulted_why"]


class PublishForm(Form):
    """Whether anybody may read its plain pages."""

    public = forms.BooleanField(
        label=gettext_lazy("Show the plain-English page and the children’s page to anybody on the internet"),
        help_text=gettext_lazy("Nothing else of it is shown to anybody outside."),
        required=False,
        initial=True,
    )


class KeepForm(Form):
    """The next review of what stays as it is."""

    review_on = DateField(label=gettext_lazy("When is it reviewed next?"), future=True)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"review_on": months_on(timezone.localdate(), 12)})


class CommentForm(KeyedForm):
    """What an agency says about a paragraph."""

    text = forms.CharField(
        label=gettext_lazy("What would you change, and why?"),
        help_text=NO_CHILD,
        max_length=4000,
        widget=Area(rows=6),
        error_messages={"required": gettext_lazy("Write your comment")},
    )


class AnswerForm(Form):
    """What came of a comment."""

    taken = forms.ChoiceField(label=gettext_lazy("What came of it?"), choices=Taken, widget=Radios())
    answer = forms.CharField(
        label=gettext_lazy("What do you say to the agency?"),
        required=False,
        max_length=2000,
        widget=Area(rows=4),
    )
