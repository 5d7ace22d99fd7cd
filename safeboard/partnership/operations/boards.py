"""Writes about boards and the contacts that they name for their agencies."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from safeboard.core import history
from safeboard.core.access import Access, require
from safeboard.library import queries as library

from ..models import Board, BoardContact
from ..queries import possible_duty_points
from .common import Values, check_kind, check_known, check_unchanged, make, save_changes
from .contacts import CONTACT_FIELDS

BOARD_FIELDS = ("name", "label", "area")


@transaction.atomic
def create_board(*, by: Access, name: str, pack: str = "england-2026", label: str = "", area: str = "") -> Board:
    """A new board, with nobody in it yet: by an administrator or a command.

    ``pack`` is the id of its content pack. Raises ValidationError for an unknown pack or a name that is taken.
    """
    require(by, "partnership.create_board")
    if pack not in library.packs():
        raise ValidationError({"pack": _("There is no content pack “%(pack)s”.") % {"pack": pack}})
    board = Board(name=name.strip(), pack=pack, area=area.strip())
    if label:
        board.label = label.strip()
    make(by=by, record=board, verb="partnership.board_made", facts={"pack": pack})
    return board


@transaction.atomic
def change_board(*, by: Access, board: Board, values: Values) -> list[str]:
    """Change a board's name, label or area; gives the names of the fields that changed."""
    require(by, "partnership.keep_board", board)
    check_known(values, BOARD_FIELDS)
    board = Board.objects.select_for_update().get(pk=board.pk)
    return save_changes(by=by, record=board, values=values, verb="partnership.board_changed")


@transaction.atomic
def name_duty_point(*, by: Access, board: Board, agency_id: int | None) -> list[str]:
    """Say which agency reads worries that may not go to the place they are about; None closes the public form.

    Raises ValidationError where it does not sit in the board, or nobody there is its designated officer.
    """
    require(by, "partnership.keep_board", board)
    if agency_id is not None and agency_id not in {one.pk for one in possible_duty_points(board)}:
        raise ValidationError({"agency": _("Choose an agency of the board that has a designated officer.")})
    board = Board.objects.select_for_update().get(pk=board.pk)
    return save_changes(by=by, record=board, values={"duty_point_id": agency_id}, verb="partnership.duty_point_named")


@transaction.atomic
def add_board_contact(*, by: Access, board: Board, values: Values) -> BoardContact:
    """Name a local service that the board's agencies ring (Toolkit Annex D parts 2 and 5)."""
    require(by, "partnership.keep_board", board)
    check_known(values, CONTACT_FIELDS)
    check_kind(board.pack, "contact-kinds", str(values.get("kind", "")))
    contact = BoardContact(board=board, **values)
    make(by=by, record=contact, verb="partnership.board_contact_made", facts={"kind": contact.kind})
    return contact


@transaction.atomic
def change_board_contact(
    *, by: Access, contact: BoardContact, values: Values, seen: datetime | None = None
) -> list[str]:
    """Change a board's contact. Raises ChangedMeanwhile where it was saved after ``seen``."""
    require(by, "partnership.keep_board", contact)
    check_known(values, CONTACT_FIELDS)
    contact = BoardContact.objects.select_for_update().get(pk=contact.pk)
    check_unchanged(contact, seen)
    check_kind(contact.board.pack, "contact-kinds", str(values.get("kind", contact.kind)))
    return save_changes(by=by, record=contact, values=values, verb="partnership.board_contact_changed")


@transaction.atomic
def remove_board_contact(*, by: Access, contact: BoardContact) -> None:
    """Remove a board's contact; the history keeps that there was one of this kind."""
    require(by, "partnership.keep_board", contact)
    history.record(by=by, verb="partnership.board_contact_removed", obj=contact, facts={"kind": contact.kind})
    contact.delete()
