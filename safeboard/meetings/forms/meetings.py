"""Forms of meetings: when and where, items, papers, answers, attendance, interests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeboard.core.forms import Area, DateField, DateTimeField, Form, Radios

from ..choices import Answer, Came, InterestDone, PaperKind, Purpose
from ..models import AgendaItem, Attendance, Member
from ..queries.meetings import Attended
from .common import NO_NAMES, FirstDayFirst, KeyedForm


class MeetingForm(KeyedForm):
    """When and where a meeting is."""

    title = forms.CharField(label=gettext_lazy("What is it called?"), max_length=160)
    starts_at = DateTimeField(label=gettext_lazy("When does it begin?"))
    hours = forms.DecimalField(
        label=gettext_lazy("How many hours does it last?"),
        error_messages={"invalid": gettext_lazy("Give the hours as a number, such as 1.5")},
        min_value=0.25,
        max_value=12,
        decimal_places=2,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "decimal"}),
    )
    where = forms.CharField(
        label=gettext_lazy("Where is it, or how does one join?"), max_length=300, required=False, widget=Area(rows=2)
    )

    @property
    def times(self) -> dict[str, Any]:
        """When it begins and ends, where it is, what it is called."""
        given = self.cleaned_data
        ends = given["starts_at"] + timedelta(minutes=round(given["hours"] * 60))
        return {"title": given["title"], "starts_at": given["starts_at"], "ends_at": ends, "where": given["where"]}


class CancelForm(Form):
    """Why a meeting is cancelled."""

    why = forms.CharField(label=gettext_lazy("Why is it cancelled?"), max_length=300)


class ItemForm(Form):
    """An item of the agenda."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=160)
    about = forms.CharField(
        label=gettext_lazy("What is it about?"),
        help_text=NO_NAMES,
        max_length=1000,
        required=False,
        widget=Area(rows=3),
    )
    purpose = forms.ChoiceField(
        label=gettext_lazy("What are members asked to do?"),
        choices=Purpose,
        initial=Purpose.DISCUSS,
        widget=Radios(inline=True),
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("How many minutes?"),
        min_value=0,
        max_value=480,
        initial=10,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
    )
    led_by = forms.CharField(label=gettext_lazy("Who leads it?"), max_length=120, required=False)
    confidential = forms.BooleanField(
        label=gettext_lazy("Confidential"),
        help_text=gettext_lazy("Its papers and its minute are for who runs the board, and voting members."),
        required=False,
    )


class PaperForm(KeyedForm):
    """A paper: the file, and what members need to know of it."""

    title = forms.CharField(label=gettext_lazy("Title of the paper"), max_length=160)
    file = forms.FileField(
        label=gettext_lazy("The file"),
        help_text=gettext_lazy(
            "PDF or Word (.docx), 5 MB at most. Pictures and plain text are listed beside the pack."
        ),
    )
    summary = forms.CharField(
        label=gettext_lazy("What do members need to know of it?"),
        help_text=gettext_lazy("A few sentences. A long paper is not taken without."),
        max_length=2000,
        required=False,
        widget=Area(rows=4),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What is it?"), choices=PaperKind, initial=PaperKind.PAPER, widget=Radios(small=True)
    )
    source = forms.CharField(label=gettext_lazy("From whom?"), max_length=160, required=False)
    confidential = forms.BooleanField(
        label=gettext_lazy("Confidential"),
        help_text=gettext_lazy(
            "For who runs the board, and voting members. It is left out of the pack of everybody else."
        ),
        required=False,
    )
    apart = forms.BooleanField(
        label=gettext_lazy("Keep it out of the pack"),
        help_text=gettext_lazy("It is listed there and read by itself."),
        required=False,
    )


class AnswerForm(Form):
    """Whether somebody is coming."""

    member = forms.ModelChoiceField(
        queryset=Member._base_manager.none(), label=gettext_lazy("Whose answer is it?"), empty_label=None
    )
    answer = forms.ChoiceField(
        label=gettext_lazy("Are they coming?"),
        choices=[(Answer.COMING, gettext_lazy("Yes")), (Answer.APOLOGIES, gettext_lazy("No, with apologies"))],
        widget=Radios(),
    )
    deputy = forms.CharField(label=gettext_lazy("Who comes in their place?"), max_length=120, required=False)

    def __init__(self, data: Any = None, *, members: Iterable[Member]) -> None:
        super().__init__(data)
        wanted = [one.pk for one in members]
        self.fields["member"].queryset = Member.objects.filter(pk__in=wanted).order_by("name")
        if len(wanted) == 1:
            self.fields["member"].widget = forms.HiddenInput()
            self.initial["member"] = wanted[0]
            self.fields["answer"].label = _("Are you coming?")
            self.fields["deputy"].label = _("Who comes in your place?")


class AttendanceForm(Form):
    """Who came: an answer for each member, guests by name, who took the chair."""

    mark_optional = False

    guests = forms.CharField(
        label=gettext_lazy("Guests"), help_text=gettext_lazy("One a line."), required=False, widget=Area(rows=3)
    )
    chaired_by = forms.ModelChoiceField(
        queryset=Member._base_manager.none(),
        label=gettext_lazy("Who took the chair?"),
        required=False,
        empty_label=gettext_lazy("Nobody of the subgroup"),
    )

    def __init__(self, data: Any = None, *, attended: Attended, chair: Member | None) -> None:
        self.rows = [row for row in attended.rows if row.member_id]
        guests = "\n".join(row.guest for row in attended.rows if row.guest)
        super().__init__(data, initial={"guests": guests, "chaired_by": chair})
        members = [row.member_id for row in self.rows]
        self.fields["chaired_by"].queryset = Member.objects.filter(pk__in=members).order_by("name")
        boxes = {f"came-{row.member_id}": _came(row) for row in self.rows}
        self.fields = {**boxes, **self.fields}

    @property
    def came(self) -> dict[int, str]:
        """What was noted, by the member's id."""
        found = ((row.member_id, self.cleaned_data.get(f"came-{row.member_id}", "")) for row in self.rows)
        return {pk: said for pk, said in found if pk is not None}

    @property
    def guest_names(self) -> list[str]:
        """The guests, one a line, without empty lines."""
        return [line.strip()[:160] for line in self.cleaned_data["guests"].splitlines() if line.strip()]


def _came(row: Attendance) -> forms.ChoiceField:
    member = row.member
    assert member is not None
    expected = row.came or (Came.AWAY if row.answer == Answer.APOLOGIES else "")
    choices = [(value, label) for value, label in Came.choices if value]
    hint = str(row.get_answer_display()) + (f": {row.deputy}" if row.deputy else "")
    name = f"{member.name}, {member.get_part_display()}"
    return forms.ChoiceField(
        label=name,
        choices=choices,
        initial=expected,
        required=False,
        help_text=hint,
        widget=Radios(inline=True, small=True),
    )


class InterestForm(KeyedForm):
    """An interest: whose, about what, and what was done."""

    member = forms.ModelChoiceField(
        queryset=Member._base_manager.none(), label=gettext_lazy("Whose interest is it?"), empty_label=None
    )
    item = forms.ModelChoiceField(
        queryset=AgendaItem._base_manager.none(),
        label=gettext_lazy("Which item does it touch?"),
        required=False,
        empty_label=gettext_lazy("No item in particular"),
    )
    what = forms.CharField(label=gettext_lazy("What is the interest?"), max_length=500, widget=Area(rows=2))
    done = forms.ChoiceField(label=gettext_lazy("What was done?"), choices=InterestDone, widget=Radios())

    def __init__(self, data: Any = None, *, members: Iterable[Member], items: Sequence[AgendaItem]) -> None:
        super().__init__(data)
        self.fields["member"].queryset = Member.objects.filter(pk__in=[one.pk for one in members]).order_by("name")
        self.fields["item"].queryset = AgendaItem.objects.filter(pk__in=[one.pk for one in items])


class SpanForm(FirstDayFirst):
    """Between which days a report looks."""

    since = DateField(label=gettext_lazy("From"))
    until = DateField(label=gettext_lazy("Until"))

    def __init__(self, data: Any = None) -> None:
        today = timezone.localdate()
        super().__init__(data, initial={"since": today - timedelta(days=365), "until": today})
