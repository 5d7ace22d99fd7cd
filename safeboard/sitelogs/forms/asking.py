"""The forms that lead to an answer: what it rests on, then who, where, when and what."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeboard.core.because import Reason
from safeboard.core.forms import Area, Checkboxes, DateField, DateTimeField, Form, Radios, yes_or_no

from ..choices import Ground, Host, Passed, Sure
from ..errors import Refused
from ..models import LogSetting
from ..operations.asking import check
from ..terms import SCHOOL_DAYS, SCHOOL_HOURS, Terms, WrongRange, host_alone, network_range
from .common import KeyedForm

SHORT = {"class": "govuk-input--width-20", "autocomplete": "off", "spellcheck": "false"}
TIMES = {"class": "govuk-input--width-5", "autocomplete": "off"}
DAYS = [
    ("0", gettext_lazy("Monday")),
    ("1", gettext_lazy("Tuesday")),
    ("2", gettext_lazy("Wednesday")),
    ("3", gettext_lazy("Thursday")),
    ("4", gettext_lazy("Friday")),
    ("5", gettext_lazy("Saturday")),
    ("6", gettext_lazy("Sunday")),
]


class AuthorityForm(KeyedForm):
    """Why the logs are asked. Where a record of this service is the reason, that is said already."""

    label_size = "m"
    ground = forms.ChoiceField(
        label=gettext_lazy("What does your question rest on?"),
        help_text=gettext_lazy("Without an authority nothing is asked of the filter logs."),
        widget=Radios(
            hints={
                Ground.INCIDENT: gettext_lazy("Begin on the incident’s own page: “Ask the filter logs about this”."),
                Ground.NOTICE: gettext_lazy("Only for the nominated senior person."),
                Ground.REASON: gettext_lazy("In writing, and allowed by somebody other than you."),
            }
        ),
        choices=[(one.value, one.label) for one in (Ground.INCIDENT, Ground.NOTICE, Ground.REASON)],
    )
    reason = forms.CharField(
        label=gettext_lazy("The reason, or the reference of the notice"),
        help_text=gettext_lazy("What happened, and why the logs are needed for it. It is kept with every answer."),
        widget=Area(rows=4),
        max_length=2000,
        required=False,
    )
    allowed_by = forms.CharField(label=gettext_lazy("Who allowed it?"), max_length=120, required=False)
    allowed_on = DateField(label=gettext_lazy("When was it allowed?"), past=True, required=False)
    network = forms.ChoiceField(
        label=gettext_lazy("Are you sure that the people who look after the network are not involved?"),
        help_text=gettext_lazy("If not, they cannot get an answer alone: a second person has to allow each question."),
        choices=Sure,
        widget=Radios(),
    )

    mark_optional = False

    def __init__(self, data: Any = None, *, because_of: Reason | None = None) -> None:
        super().__init__(data)
        if because_of is not None:
            for name in ("ground", "reason", "allowed_by", "allowed_on"):
                del self.fields[name]


class AskForm(KeyedForm):
    """Who, where, when, what; all may stay open but when."""

    mark_optional = False
    who = forms.CharField(
        label=gettext_lazy("Which computer?"),
        help_text=gettext_lazy("Its address, or a range: 10.1.2.3, 10.1.2.0/24 or 10.1.2.3-10.1.2.60."),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs=SHORT),
    )
    user = forms.CharField(
        label=gettext_lazy("Signed in as"),
        help_text=gettext_lazy("The user’s name as the filter writes it, where it does."),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs=SHORT),
    )
    host = forms.CharField(
        label=gettext_lazy("Which website?"),
        help_text=gettext_lazy("For example video.example. You can paste a whole web address: its host is taken."),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    how = forms.ChoiceField(
        label=gettext_lazy("Take"), choices=Host, initial=Host.UNDER, required=False, widget=Radios(small=True)
    )
    words = forms.CharField(
        label=gettext_lazy("Words in the web address"),
        help_text=gettext_lazy("Exactly as they stand there; capital and small letters are the same."),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    since = DateTimeField(label=gettext_lazy("From"), past=True)
    until = DateTimeField(label=gettext_lazy("To"))
    school = forms.BooleanField(
        label=gettext_lazy("Only school days, 8:30 to 16:00"),
        required=False,
    )
    days = forms.MultipleChoiceField(
        label=gettext_lazy("Only on these days"), choices=DAYS, required=False, widget=Checkboxes(small=True)
    )
    start = forms.TimeField(
        label=gettext_lazy("Only from this time of day"),
        required=False,
        widget=forms.TextInput(attrs=TIMES),
        input_formats=["%H:%M", "%H.%M", "%H"],
        error_messages={"invalid": gettext_lazy("Write the time as in 9:30")},
    )
    end = forms.TimeField(
        label=gettext_lazy("To this time of day"),
        required=False,
        widget=forms.TextInput(attrs=TIMES),
        input_formats=["%H:%M", "%H.%M", "%H"],
        error_messages={"invalid": gettext_lazy("Write the time as in 16:00")},
    )
    category = forms.CharField(
        label=gettext_lazy("Category"),
        help_text=gettext_lazy("The filter’s own word, such as adult."),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs=SHORT),
    )
    passed = forms.ChoiceField(
        label=gettext_lazy("Blocked or allowed?"),
        choices=Passed,
        required=False,
        widget=Radios(inline=True, small=True),
    )
    logs = forms.MultipleChoiceField(
        label=gettext_lazy("At which settings?"),
        widget=Checkboxes(small=True),
        error_messages={"required": gettext_lazy("Choose one setting or more")},
    )
    about_self = yes_or_no(
        gettext_lazy("Could this be about you, or about equipment that you use?"),
        help_text=gettext_lazy("Then somebody else has to allow it first. It is no reproach."),
    )

    def __init__(self, data: Any = None, *, logs: list[LogSetting], initial: dict[str, Any] | None = None) -> None:
        now = timezone.localtime().replace(second=0, microsecond=0)
        usual: dict[str, Any] = {"since": now - timedelta(days=7), "until": now, "passed": "", "how": Host.UNDER}
        if len(logs) == 1:
            usual["logs"] = [str(logs[0].pk)]
        super().__init__(data, initial={**usual, **(initial or {})})
        self.by_pk = {str(one.pk): one for one in logs}
        self.fields["logs"].choices = [(key, one.setting.name) for key, one in self.by_pk.items()]

    def clean_who(self) -> str:
        """An address or range that is one, the right way round."""
        text = self.cleaned_data["who"]
        try:
            if text:
                network_range(text)
        except WrongRange as why:
            raise ValidationError(str(why)) from why
        return text

    def clean_host(self) -> str:
        """The host alone."""
        text = self.cleaned_data["host"]
        host = host_alone(text)
        if text and (not host or " " in host):
            raise ValidationError(_("Write a website such as video.example, and words in the box below."))
        return host

    def clean(self) -> dict[str, Any]:
        """Times the right way round; something that narrows."""
        found = super().clean() or self.cleaned_data
        since, until = found.get("since"), found.get("until")
        if since and until and since >= until:
            self.add_error("until", _("The times are the wrong way round: “To” must come after “From”."))
        elif bool(found.get("start")) != bool(found.get("end")) or (
            found.get("start") and found["start"] == found["end"]
        ):
            self.add_error("end", _("Give both times of day, the one before the other."))
        elif not self.errors:
            try:
                check(self.terms())
            except Refused as why:
                self.add_error(None, str(why))
        return found

    def terms(self) -> Terms:
        """What is asked."""
        given = self.cleaned_data
        days = tuple(sorted(int(day) for day in given["days"]))
        hours: tuple[time, time] | None = (given["start"], given["end"]) if given["start"] else None
        if given["school"]:
            days, hours = SCHOOL_DAYS, SCHOOL_HOURS
        texts = {name: given[name].strip() for name in ("who", "user", "host", "words", "category")}
        return Terms(
            **texts,
            how=(given["how"] or Host.UNDER) if given["host"] else Host.UNDER,
            since=given["since"],
            until=given["until"],
            days=days,
            hours=hours,
            passed=given["passed"],
        )

    def chosen(self) -> list[LogSetting]:
        """Which filters are asked."""
        return [self.by_pk[key] for key in self.cleaned_data["logs"]]


def as_initial(terms: Terms, logs: list[int]) -> dict[str, Any]:
    """What stands in the boxes where a question is asked again."""
    school = terms.days == SCHOOL_DAYS and terms.hours == SCHOOL_HOURS
    start, end = terms.hours or (None, None)
    return {
        **{name: getattr(terms, name) for name in ("who", "user", "host", "how", "words", "category", "passed")},
        "since": terms.since,
        "until": terms.until,
        "school": school,
        "days": [] if school else [str(day) for day in terms.days],
        "start": "" if school or start is None else f"{start:%H:%M}",
        "end": "" if school or end is None else f"{end:%H:%M}",
        "logs": [str(pk) for pk in logs],
    }


class SecondForm(Form):
    """What the second person says."""

    allow = yes_or_no(gettext_lazy("May this question be asked?"))
    why = forms.CharField(label=gettext_lazy("Why?"), widget=Area(rows=3), max_length=1000)


class NameForm(Form):
    """The name under which a question is kept."""

    name = forms.CharField(
        label=gettext_lazy("Keep this question under a name"),
        help_text=gettext_lazy("To ask it again. Leave it empty to forget it. Do not name children."),
        max_length=80,
        required=False,
    )
