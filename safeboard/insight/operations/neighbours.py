"""Giving a board's indicators to another board as a signed file, and taking in what another board gave."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from safeboard.core import history, keys
from safeboard.core.access import Access, require
from safeboard.library import queries as library
from safeboard.partnership.models import Board

from ..exchanging import (
    BoardFacts,
    FigureFacts,
    IndicatorFile,
    NotTaken,
    QuarterFacts,
    figure_of,
    made,
    read,
)
from ..models import Baseline, BoardIndicator, Neighbour, NeighbourFigures


@transaction.atomic
def give_file(*, by: Access, board: Board, baseline: Baseline) -> bytes:
    """The file of one frozen quarter of a board, for other boards; the same quarter gives the same bytes.

    Only indicators of the content pack go: those of a board's own mean nothing elsewhere. Raises PermissionDenied.
    """
    require(by, "insight.exchange", baseline)
    shipped = {item.id: str(item.title) for item in library.items(board.pack, "indicators")}
    rows = BoardIndicator.objects.filter(board=board, name__in=shipped).order_by("name")
    figures = [
        FigureFacts(
            name=one.name,
            title=shipped[one.name],
            unit="of_hundred" if one.is_share else "count",
            figure=figure_of(baseline.values[one.name]),  # type: ignore[arg-type]
        )
        for one in rows
        if one.name in baseline.values and "rows" not in baseline.values[one.name]
    ]
    history.record(by=by, verb="insight.figures_given", obj=baseline, facts={"board": board.pk})
    facts = BoardFacts(name=board.name, area=board.area)
    return made(facts, QuarterFacts(year=baseline.year, number=baseline.quarter), figures)


@transaction.atomic
def take_in(*, by: Access, board: Board, content: bytes, told: str) -> NeighbourFigures:
    """Take in the file of another board and give what was kept; the same file twice is one.

    ``told`` is the fingerprint of its key, heard by another way than the file came: needed the first time. Raises
    PermissionDenied, and NotTaken where a byte was changed, the fingerprint is another, a board that is known comes
    with another key, or another file of that quarter was taken in before.
    """
    require(by, "insight.exchange", Baseline(board=board))
    file = read(content)
    neighbour = _known(by, board, file, told)
    given = [one.model_dump() for one in file.figures]
    row, is_new = NeighbourFigures.objects.get_or_create(
        board=board,
        neighbour=neighbour,
        year=file.quarter.year,
        quarter=file.quarter.number,
        defaults={"figures": given, "signature": file.signature, "taken_by": by.person},
    )
    if not is_new and row.signature != file.signature:
        raise NotTaken(
            _("Another file of this quarter was taken in before: figures of a quarter do not change. Ask them why.")
        )
    if is_new:
        facts = {"board": board.pk, "year": row.year, "quarter": row.quarter}
        history.record(by=by, verb="insight.figures_taken", obj=row, facts=facts)
    return row


def _known(by: Access, board: Board, file: IndicatorFile, told: str) -> Neighbour:
    """The board that signed, known by its key; a new one only where the fingerprint that was told is its key's."""
    there = list(Neighbour.objects.filter(board=board, name=file.board.name))
    for one in there:
        if one.public_key == file.public_key:
            return one
    if there:
        words = _(
            "%(name)s signed with another key than before. Ring them, and do not use the file until you know why."
        )
        raise NotTaken(words % {"name": file.board.name})
    if _plain(told) != _plain(keys.fingerprint(bytes.fromhex(file.public_key))):
        raise NotTaken(_("The fingerprint is not that of the key in this file. Compare it again on the telephone."))
    found = Neighbour.objects.create(
        board=board, name=file.board.name, area=file.board.area, public_key=file.public_key, trusted_by=by.person
    )
    history.record(by=by, verb="insight.neighbour_known", obj=found, facts={"board": board.pk})
    return found


def _plain(text: str) -> str:
    return "".join(text.lower().split())
