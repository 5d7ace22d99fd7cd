"""The base of every form, and the fields they share. How a field looks is the web room's part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .dates import DateField, DateTimeField
from .text import has_control_characters, holds_file, tidy, without_control, without_files
from .widgets import Area, Checkboxes, DateInput, DateTimeInput, Radios

__all__ = [
    "Area",
    "Checkboxes",
    "DateField",
    "DateInput",
    "DateTimeField",
    "DateTimeInput",
    "Form",
    "FormMixin",
    "KeyedForm",
    "ModelForm",
    "Radios",
    "TelephoneField",
    "yes_or_no",
]

LINE_LIMIT = 200
LINES_LIMIT = 10_000
URL_LIMIT = 2_000

# The form --------------------------------------------------------------------------------------------------


class FormMixin:
    """What every form of Safeboard does: cleans its texts, limits their length, words its errors.

    A form says how it looks by these: ``label_is_heading`` (True where its one question is the heading of the page, or
    the name of the field that is), ``label_sizes`` ({"field": "m"}; else ``label_size``), ``mark_optional``.
    """

    label_is_heading: bool | str = False
    label_size = "s"
    label_sizes: Mapping[str, str] = {}
    mark_optional = True
    fields: dict[str, forms.Field]

    def full_clean(self) -> None:
        """Prepare each field, then clean as Django does."""
        for name, field in self.fields.items():
            _prepare(field, str(field.label or name.replace("_", " ").capitalize()))
        super().full_clean()  # type: ignore[misc]


class Form(FormMixin, forms.Form):
    """The base of plain forms."""


class KeyedForm(Form):
    """A form that counts once, however often it is sent."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *more: Any, **options: Any) -> None:
        super().__init__(data, *more, **options)
        self.initial.setdefault("form_key", str(uuid4()))


class ModelForm(FormMixin, forms.ModelForm):
    """The base of forms over a model."""


def _prepare(field: forms.Field, label: str) -> None:
    """Give a bound form's own copy of a field its cleaning, its limit and its words."""
    if getattr(field, "prepared", False):
        return
    field.prepared = True  # type: ignore[attr-defined]
    field.label = label if field.label is None else field.label
    field.error_messages = dict(field.error_messages)
    for code, standard, better in _wordings(field, label):
        if field.error_messages.get(code) in (None, standard):
            field.error_messages[code] = better
    if isinstance(field, forms.CharField) and not isinstance(field.widget, forms.PasswordInput):
        _prepare_text(field, label)


def _prepare_text(field: forms.CharField, label: str) -> None:
    lines = isinstance(field.widget, forms.Textarea)
    as_given = field.to_python

    limit = None if field.max_length else _limit(field, lines)

    def to_python(value: Any) -> Any:
        if isinstance(value, str):
            value = _checked(value, lines=lines, label=label)
            if limit and len(value) > limit:
                numbers = {"limit_value": f"{limit:,}", "show_value": f"{len(value):,}"}
                raise ValidationError(field.error_messages["max_length"], code="max_length", params=numbers)
        return as_given(value)

    as_shown = field.bound_data

    def bound_data(data: Any, initial: Any) -> Any:
        """What stands in the box again after an error: all that was typed, but no copy of a file, nothing unseen."""
        value = as_shown(data, initial)
        return without_control(without_files(value)) if isinstance(value, str) else value

    field.to_python = to_python  # type: ignore[method-assign]
    field.bound_data = bound_data  # type: ignore[method-assign]


def _limit(field: forms.CharField, lines: bool) -> int:
    """How many characters a field takes that names no limit itself."""
    if isinstance(field, forms.URLField):
        return URL_LIMIT
    return LINES_LIMIT if lines else LINE_LIMIT


def _checked(value: str, *, lines: bool, label: str) -> str:
    if has_control_characters(value):
        raise ValidationError(
            _("“%(label)s” has hidden control characters in it, often from copying. Delete them or type it again.")
            % {"label": label},
            code="control_characters",
        )
    value = tidy(value, lines=lines)
    if holds_file(value):
        raise ValidationError(
            _(
                "“%(label)s” had a file in it, dressed as text. It was taken out and not kept. Your own words are "
                "still here: say in words what you saw."
            )
            % {"label": label},
            code="file",
        )
    return value


def _wordings(field: forms.Field, label: str) -> Iterable[tuple[str, Any, str]]:
    """Code, Django's wording, and ours, for the errors that Django words for programmers."""
    choosing = isinstance(field, forms.ChoiceField | forms.ModelChoiceField)
    needed = _("Choose an answer to “%(label)s”") if choosing else _("Fill in “%(label)s”")
    if isinstance(field, forms.BooleanField):
        needed = _("Tick “%(label)s” to go on")
    if isinstance(field, forms.FileField):
        needed = _("Choose a file for “%(label)s”")
    standard = _standard(field)
    yield "required", standard.get("required"), needed % {"label": label}
    if isinstance(field, forms.IntegerField):
        yield "invalid", standard.get("invalid"), _number(field, label)
    label = label.replace("%", "%%")  # the rest is filled in once more when it is shown
    if isinstance(field, forms.IntegerField):
        yield "min_value", None, _number(field, label)
        yield "max_value", None, _number(field, label)
        too_fine = _("“%(label)s”: give no more than %%(max)s figures after the point")
        yield "max_decimal_places", None, too_fine % {"label": label}
        too_large = _("“%(label)s”: the number is larger than can be kept here") % {"label": label}
        yield "max_digits", None, too_large
        yield "max_whole_digits", None, too_large
    too_long = _("“%(label)s” must be %%(limit_value)s characters or fewer. It has %%(show_value)s now.")
    yield "max_length", None, too_long % {"label": label}
    if choosing:
        listed = _("“%(label)s”: choose one of the answers listed") % {"label": label}
        yield "invalid_choice", standard.get("invalid_choice"), listed
        yield "invalid_list", standard.get("invalid_list"), listed
        yield "invalid_pk_value", standard.get("invalid_pk_value"), listed
    if isinstance(field, forms.EmailField):
        yield "invalid", None, _("“%(label)s” must be an e-mail address, such as name@example.org") % {"label": label}
    if isinstance(field, forms.URLField):
        wanted = _("“%(label)s” must be a web address, such as https://www.example.org")
        yield "invalid", standard.get("invalid"), wanted % {"label": label}


def _number(field: forms.IntegerField, label: str) -> str:
    """What a field of a number takes: whether parts too, and from where to where."""
    parts = isinstance(field, forms.DecimalField | forms.FloatField)
    words = _("“%(label)s”: give %(number)s, %(range)s")
    least, most = field.min_value, field.max_value
    spread = _("such as 1.5") if parts else _("such as 30")
    if least is not None and most is not None:
        spread = _("from %(least)s to %(most)s") % {"least": f"{least:,}", "most": f"{most:,}"}
    elif least:
        spread = _("%(least)s or more") % {"least": f"{least:,}"}
    return words % {"label": label, "number": _("a number") if parts else _("a whole number"), "range": spread}


def _standard(field: forms.Field) -> dict[str, Any]:
    messages: dict[str, Any] = {}
    for kind in reversed(type(field).__mro__):
        messages.update(getattr(kind, "default_error_messages", {}))
    return messages


class TelephoneField(forms.CharField):
    """A telephone number: figures, spaces, a plus, brackets, an extension."""

    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"})

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 40, **options})

    def clean(self, value: Any) -> Any:
        """The number as written; refused where it has no run of figures."""
        value = super().clean(value)
        if value and (
            sum(sign.isdigit() for sign in value) < 3 or not set(value.lower()) <= set("0123456789 +()-.ext")
        ):
            raise ValidationError(
                _("“%(label)s” must be a telephone number, such as 01632 960 001"), params={"label": self.label}
            )
        return value


def yes_or_no(label: Any, *, required: bool = True, **options: Any) -> forms.TypedChoiceField:
    """A question answered by yes or no (True, False; None where it may stay open), side by side."""
    return forms.TypedChoiceField(
        label=label,
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=required,
        widget=Radios(inline=True),
        **options,
    )
