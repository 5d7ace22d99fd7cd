"""What a board sees of the filter logs, as tables."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from safeboard.core.access import Access
from safeboard.documents.sheets import Column, Table

from ..choices import Found, Ground
from ..models import LogRelease

MOST = 8


@dataclass(frozen=True)
class Counts:
    """A quarter: what it is called, and its tables; none where too few agencies keep logs."""

    title: str
    tables: list[Table]


def quarters_of(access: Access) -> list[Counts]:
    """The quarters that were released to the board acted for, newest first."""
    rows = LogRelease.objects.filter(board_id=access.board_id or 0)[:MOST]
    return [Counts(_title(row), _tables(row)) for row in rows]


def _title(row: LogRelease) -> str:
    names = (_("January to March"), _("April to June"), _("July to September"), _("October to December"))
    return f"{names[row.quarter - 1]} {row.year}"


def _tables(row: LogRelease) -> list[Table]:
    if row.tables.get("withheld"):
        return []
    asked = {str(one): str(one.label) for one in Ground}
    found = {str(one): str(one.label) for one in Found}
    return [
        _table(_("Questions, by what they rested on"), row.tables["asked"], asked),
        _table(_("Random reviews, by what was found"), row.tables["reviewed"], found),
        _table(_("Requests that were blocked, by category"), row.tables["blocked"], {"": _("All other categories")}),
    ]


def _table(title: str, pairs: list[list[str]], names: dict[str, str]) -> Table:
    columns = [Column("what", title), Column("count", _("Number"), "number")]
    rows = [{"what": names.get(key, key), "count": shown} for key, shown in pairs]
    return Table(title, columns, rows)
