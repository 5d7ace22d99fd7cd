"""Forms around the archive: filters, who may ask, files of lines, doors, holds, random reviews."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeboard.accounts.models import Person
from safeboard.core.forms import Area, DateField, Form, KeyedForm, Radios

from ..choices import Found, Layout
from ..models import LEAST_DAYS, LogSetting

YEAR = timedelta(days=365)
NARROW = {"class": "govuk-input--width-5"}


class LogForm(Form):
    """A filter whose lines are kept."""

    setting = forms.ModelChoiceField(queryset=None, label=gettext_lazy("Which setting?"), empty_label=None)
    key = forms.SlugField(
        label=gettext_lazy("Its name in the archive"),
        help_text=gettext_lazy("Small letters, numbers and dashes, such as alder-bank. It cannot be changed."),
        max_length=60,
    )
    zone = forms.CharField(
        label=gettext_lazy("Which clock do its lines follow?"),
        help_text=gettext_lazy("Such as Europe/London, or UTC. It is used where a line does not say it itself."),
        max_length=40,
    )
    keep_days = forms.IntegerField(
        label=gettext_lazy("For how many days are its lines kept?"),
        help_text=gettext_lazy("At least three months: 92 days. What a live case needs is held beyond that."),
        min_value=LEAST_DAYS,
        max_value=3660,
        widget=forms.TextInput(attrs={**NARROW, "inputmode": "numeric"}),
        error_messages={"min_value": gettext_lazy("Lines are kept for 92 days or more")},
    )

    def __init__(self, data: Any = None, *, settings: Any, log: LogSetting | None = None) -> None:
        start: dict[str, Any] = {"zone": "Europe/London", "keep_days": LEAST_DAYS}
        if log is not None:
            start = {"zone": log.zone, "keep_days": log.keep_days}
        super().__init__(data, initial=start)
        if log is not None:
            del self.fields["setting"], self.fields["key"]
        else:
            self.fields["setting"].queryset = settings

    def clean_key(self) -> str:
        """Small letters, and nobody else's."""
        key: str = self.cleaned_data["key"].lower()
        if LogSetting._base_manager.filter(key=key).exists():
            raise ValidationError(_("This name is taken. Choose another one."))
        return key

    def clean_zone(self) -> str:
        """A zone that there is."""
        zone: str = self.cleaned_data["zone"].strip()
        if zone not in available_timezones():
            raise ValidationError(_("There is no such time zone. Write Europe/London, or UTC."))
        return zone


class ClearForm(Form):
    """That somebody may ask: trained, and the agreement signed."""

    person = forms.ModelChoiceField(
        queryset=Person.objects.none(), label=gettext_lazy("Who may ask?"), widget=Radios(), empty_label=None
    )
    training = forms.CharField(
        label=gettext_lazy("Which training in the law?"),
        help_text=gettext_lazy("On communications data, data protection and surveillance, and who gave it."),
        max_length=200,
    )
    trained_on = DateField(label=gettext_lazy("When was it?"), past=True)
    signed_by = forms.CharField(label=gettext_lazy("Which head signed the agreement?"), max_length=120)
    signed_on = DateField(label=gettext_lazy("When was it signed?"), past=True)

    def __init__(self, data: Any = None, *, people: list[Person], signer: str = "") -> None:
        super().__init__(data, initial={"signed_by": signer, "signed_on": timezone.localdate()})
        self.fields["person"].queryset = Person.objects.filter(pk__in=[one.pk for one in people]).order_by("name")
        self.fields["person"].label_from_instance = lambda one: one.name


class UploadForm(KeyedForm):
    """A file of lines."""

    log = forms.ModelChoiceField(
        queryset=None, label=gettext_lazy("From which filter?"), widget=Radios(), empty_label=None
    )
    file = forms.FileField(
        label=gettext_lazy("The file"),
        help_text=gettext_lazy("As the filter wrote it; it may be packed with gzip or zstd. 20 MB at most here."),
    )
    layout = forms.ChoiceField(label=gettext_lazy("How are its lines written?"), choices=Layout, initial=Layout.AUTO)

    def __init__(self, data: Any = None, files: Any = None, *, logs: Any) -> None:
        super().__init__(data, files)
        self.fields["log"].queryset = logs
        self.fields["log"].label_from_instance = lambda one: one.setting.name
        self.fields["log"].initial = logs.first()


class DoorForm(Form):
    """A token by which a filter's program sends lines."""

    log = forms.ModelChoiceField(
        queryset=None, label=gettext_lazy("For which filter?"), widget=Radios(), empty_label=None
    )
    ends_on = DateField(label=gettext_lazy("Until when may it be used?"), future=True)

    def __init__(self, data: Any = None, *, logs: Any) -> None:
        super().__init__(data, initial={"ends_on": timezone.localdate() + YEAR, "log": logs.first()})
        self.fields["log"].queryset = logs
        self.fields["log"].label_from_instance = lambda one: one.setting.name


class HoldForm(Form):
    """Lines that are not disposed of while a case lives."""

    log = forms.ModelChoiceField(
        queryset=None, label=gettext_lazy("Lines of which filter?"), widget=Radios(), empty_label=None
    )
    since = DateField(label=gettext_lazy("From which day?"), past=True)
    until = DateField(label=gettext_lazy("To which day?"))
    why = forms.CharField(
        label=gettext_lazy("For what?"),
        help_text=gettext_lazy("The number of the incident, or of the police’s case. Do not name children."),
        widget=Area(rows=2),
        max_length=500,
    )

    def __init__(self, data: Any = None, *, logs: Any, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial={"log": logs.first(), **(initial or {})})
        self.fields["log"].queryset = logs
        self.fields["log"].label_from_instance = lambda one: one.setting.name

    def clean(self) -> dict[str, Any]:
        """The right way round."""
        found = super().clean() or self.cleaned_data
        since, until = found.get("since"), found.get("until")
        if isinstance(since, date) and isinstance(until, date) and until < since:
            self.add_error("until", _("The days are the wrong way round: the last must not come before the first."))
        return found


class PlanForm(Form):
    """How often lines are looked through at random."""

    weeks = forms.IntegerField(
        label=gettext_lazy("Every how many weeks?"),
        min_value=1,
        max_value=52,
        widget=forms.TextInput(attrs={**NARROW, "inputmode": "numeric"}),
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("How many minutes of a school day are looked through?"),
        help_text=gettext_lazy(
            "The day and the time are drawn by chance, within school hours of the time since the last."
        ),
        min_value=5,
        max_value=480,
        widget=forms.TextInput(attrs={**NARROW, "inputmode": "numeric"}),
    )
    next_on = DateField(label=gettext_lazy("When is the next one due?"))


class FoundForm(Form):
    """What a random review found; nothing found is written down too."""

    label_size = "m"
    found = forms.ChoiceField(
        label=gettext_lazy("What did you find?"),
        choices=[(one.value, one.label) for one in (Found.NOTHING, Found.SOMETHING)],
        widget=Radios(hints={Found.SOMETHING: gettext_lazy("A report is begun from it. Nothing is sent by itself.")}),
    )
    note = forms.CharField(
        label=gettext_lazy("What did you look at, and what struck you?"),
        help_text=gettext_lazy("Do not name children. A line of the log names a device, never a child."),
        widget=Area(rows=4),
        max_length=2000,
    )
