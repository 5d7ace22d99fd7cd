"""Forms of reports: received from another subgroup, given to the board."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeboard.core.forms import Area, DateField

from .common import NO_NAMES, FirstDayFirst, KeyedForm


class GivenReportForm(FirstDayFirst, KeyedForm):
    """This subgroup's report to the board: of which days, by whom, what it says and asks."""

    since = DateField(label=gettext_lazy("From which day does it report?"))
    until = DateField(label=gettext_lazy("Until which day?"))
    given_by = forms.CharField(label=gettext_lazy("Who gives it?"), max_length=120)
    text = forms.CharField(
        label=gettext_lazy("What does it say?"),
        help_text=NO_NAMES,
        max_length=10000,
        required=False,
        widget=Area(rows=8),
    )
    asked = forms.CharField(
        label=gettext_lazy("What does it ask of the board?"), max_length=2000, required=False, widget=Area(rows=3)
    )


class ReceivedReportForm(GivenReportForm):
    """A report of another subgroup: which one, and the same; in words or as a file."""

    subgroup = forms.CharField(label=gettext_lazy("Which subgroup does it come from?"), max_length=120)
    file = forms.FileField(
        label=gettext_lazy("The report as a file"),
        help_text=gettext_lazy("PDF or Word (.docx), 5 MB at most. It goes into the pack."),
        required=False,
    )
    confidential = forms.BooleanField(
        label=gettext_lazy("Confidential"),
        help_text=gettext_lazy("For who runs the board, and voting members."),
        required=False,
    )
    field_order = ("subgroup", "given_by", "since", "until", "text", "file", "asked", "confidential")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["asked"].label = _("What does it ask of us?")
        self.fields["text"].help_text = _("Leave it empty where a file says it. %(names)s") % {"names": NO_NAMES}
