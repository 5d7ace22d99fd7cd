"""Cells of a spreadsheet that were joined, where a reader takes them as a person does.

Joined downwards, a cell stands in every row that it covers. Joined side by side, it is a heading between the rows, if
nothing else stands in its row. Any other is refused with its place.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from openpyxl.utils.cell import range_boundaries

from .refusals import UnreadableSheet

MOST = 2_000  # joined cells of a sheet
TALLEST = 1_000  # rows that one of them covers


@dataclass
class Joined:
    """The joined cells of one sheet, none where they are not ``allowed``.

    ``down``: by column and row (from 1), the row in which the words stand; ``across``: by row, the cells.
    """

    sheet: str
    allowed: bool
    down: dict[tuple[int, int], int] = field(default_factory=dict)
    across: dict[int, str] = field(default_factory=dict)
    words: dict[tuple[int, int], str] = field(default_factory=dict)

    def take(self, places: Iterable[str]) -> Joined:
        """Take these joins in, such as A2:A5. UnreadableSheet where one covers rows and columns."""
        for number, place in enumerate(places):
            left, top, right, bottom = range_boundaries(place)
            block = (left != right and top != bottom) or bottom - top > TALLEST
            if not self.allowed or block or number >= MOST:
                raise self._unclear(place)
            if left == right:
                self.down |= {(left, row): top for row in range(top, bottom + 1)}
            else:
                self.across[top] = place
        return self

    def read(self, number: int, values: list[str]) -> list[str]:
        """A row with the words of the joined cells that cover it. UnreadableSheet where one hides what is below it."""
        if number in self.across and sum(bool(value.strip()) for value in values) > 1:
            raise self._unclear(self.across[number])
        for at, value in enumerate(values, 1):
            top = self.down.get((at, number))
            if top == number:
                self.words[at, top] = value
            elif top is not None:
                values[at - 1] = self.words.get((at, top), "")
        return values

    def _unclear(self, place: str) -> UnreadableSheet:
        words = _(
            "The cells %(cells)s of the sheet '%(sheet)s' are merged, so that it is not clear which "
            "heading or row they belong to. Unmerge them and try again."
        )
        return UnreadableSheet(words % {"cells": place.replace(":", _(" to ")), "sheet": self.sheet})
