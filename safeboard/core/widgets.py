"""Ways to answer a question in a form. How they look is the web room's part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone


class _Choosing:
    """Hints for single choices, and fields that show when a choice is made."""

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        choices: Iterable[Any] = (),
        *,
        hints: Mapping[Any, Any] | None = None,
        inline: bool = False,
        small: bool = False,
        reveals: Mapping[Any, str] | None = None,
        apart: Any = None,
    ) -> None:
        super().__init__(attrs, choices)  # type: ignore[call-arg]
        self.hints = {str(value): hint for value, hint in (hints or {}).items()}
        self.reveals = {str(value): name for value, name in (reveals or {}).items()}
        self.inline, self.small = inline, small
        self.apart = None if apart is None else str(apart)


class Radios(_Choosing, forms.RadioSelect):
    """One answer of a few. ``hints`` {value: text}; ``inline`` for yes and no; ``small`` where space is short;
    ``reveals`` {value: name of a field that shows below it}; ``apart``: the value that stands after an 'or'.
    """


class Checkboxes(_Choosing, forms.CheckboxSelectMultiple):
    """Any of a few answers; the same options as Radios. ``apart`` is 'none of these': ticking it clears the rest."""


class Area(forms.Textarea):
    """Several lines. ``count`` shows how many characters are left."""

    def __init__(self, rows: int = 5, attrs: dict[str, Any] | None = None, *, count: bool = False) -> None:
        super().__init__({"rows": rows, **(attrs or {})})
        self.count = count


class DateInput(forms.MultiWidget):
    """Three boxes: day, month, year. A month may be written as a word."""

    parts = ("day", "month", "year")

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({part: forms.TextInput() for part in self.parts}, attrs)

    def decompress(self, value: Any) -> list[Any]:
        """A date as what stands in its boxes."""
        if isinstance(value, str):
            try:
                value = date.fromisoformat(value)
            except ValueError:
                return [None] * 3
        return [value.day, value.month, value.year] if value else [None] * 3


class DateTimeInput(DateInput):
    """Day, month, year and a time of day."""

    parts = ("day", "month", "year", "time")

    def decompress(self, value: Any) -> list[Any]:
        """A time as what stands in its boxes, on the clock of the wall."""
        if isinstance(value, str):
            try:
                value = datetime.fromisoformat(value)
            except ValueError:
                return [None] * 4
        if isinstance(value, datetime) and timezone.is_aware(value):
            value = timezone.localtime(value)
        return [*super().decompress(value), value.strftime("%H:%M") if value else None]
