"""Whom to ring: the local name and number wherever a page says 'contact X' (Toolkit Annex D parts 2 and 5)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q, QuerySet

from safeboard.core.access import Access
from safeboard.core.roles import Role
from safeboard.library import queries as library

from ..choices import ROLE_OF_CONTACT
from ..models import Agency, Board, BoardContact, Contact, ContactFields, Membership
from .access import current
from .register import board_of


@dataclass(frozen=True)
class ContactLine:
    """One line to ring. ``source``: setting, agency, board, directory or nobody.

    ``stands_in_for``: the title of the kind that nobody is named for, where this one is rung instead.
    ``telephones`` dial on a telephone. ``website`` is the pack's, and written out, never linked.
    """

    kind: str
    title: str
    name: str = ""
    telephone: str = ""
    email: str = ""
    hours: str = ""
    note: str = ""
    source: str = "nobody"
    stands_in_for: str = ""
    emergency: bool = False
    website: str = ""

    @property
    def known(self) -> bool:
        """Whether there is somebody to ring or write to."""
        return self.source != "nobody"

    @property
    def dial(self) -> str:
        """The telephone number as a link dials it."""
        return "".join(sign for sign in self.telephone if sign.isdigit() or sign == "+")


def contacts_of_agency(agency: Agency) -> QuerySet[Contact]:
    """All contacts of an agency and its settings."""
    return Contact.objects.filter(agency=agency).select_related("setting")


def contacts_of_board(board: Board) -> QuerySet[BoardContact]:
    """A board's local contacts, as its agencies see them."""
    return BoardContact.objects.filter(board=board)


def contact_lines(
    access: Access, *, setting_id: int | None = None, left_out: Callable[[str, str], bool] | None = None
) -> Mapping[str, ContactLine]:
    """By contact kind and directory entry of the place's pack: whom to ring there.

    The setting's own contact (where one is given) before the agency's, then whoever holds the role there, the
    board's, and the directory; where nobody is named for a kind, whom the pack says to ring instead. ``left_out``
    says of a name and an e-mail address that they must not be rung: the next in line is taken.
    """
    out = left_out or (lambda _name, _email: False)
    board = board_of(access)
    if board is None or board.pack not in library.packs():
        return {}
    lines = {kind: ContactLine(kind=kind, title=title) for kind, title in library.choices(board.pack, "contact-kinds")}
    lines.update(_directory(board.pack))
    for source, rows in _named(access, board, setting_id):
        for row in rows:
            line = lines.get(row.kind)
            if line and not (line.known and line.source != "directory") and not out(row.name, row.email):
                lines[row.kind] = _filled(line, row, source)
    _from_roles(access, board, lines, out)
    return _instead(board.pack, lines)


def _directory(pack: str) -> dict[str, ContactLine]:
    return {
        entry.id: ContactLine(
            kind=entry.id,
            title=str(entry.title),
            name=str(entry.title),
            telephone=entry.telephone or "",
            hours=str(entry.hours or ""),
            note=str(entry.what_for),
            source="directory",
            emergency=entry.emergency,
            website=entry.url or "",
        )
        for entry in library.directory(pack)
    }


def _named(
    access: Access, board: Board, setting_id: int | None
) -> Iterable[tuple[str, Iterable[Contact | BoardContact]]]:
    """Contacts in the order in which they are preferred."""
    if access.agency_id:
        own = list(
            Contact.objects.filter(agency_id=access.agency_id).filter(
                Q(setting__isnull=True) | Q(setting_id=setting_id)
            )
        )
        yield "setting", [row for row in own if row.setting_id]
        yield "agency", [row for row in own if not row.setting_id]
    yield "board", list(BoardContact.objects.filter(board=board))


def _filled(line: ContactLine, row: ContactFields, source: str) -> ContactLine:
    return replace(
        line,
        name=row.name,
        telephone=row.telephone,
        email=row.email,
        hours=row.hours,
        note=row.note,
        source=source,
        emergency=False,
    )


def _from_roles(access: Access, board: Board, lines: dict[str, ContactLine], out: Callable[[str, str], bool]) -> None:
    """Where no contact is written down, whoever holds the role answers to it."""
    where = Q(board=board) | (Q(agency_id=access.agency_id) if access.agency_id else Q(pk__in=[]))
    open_kinds = {role: kind for kind, role in ROLE_OF_CONTACT.items() if kind in lines and not lines[kind].known}
    held = Membership.objects.filter(current(), where, role__in=list(open_kinds), person__is_active=True)
    for membership in held.select_related("person").order_by("-pk"):
        kind = open_kinds[Role(membership.role)]
        source = "agency" if membership.agency_id else "board"
        person = membership.person
        if out(person.name, person.email):
            continue
        lines[kind] = replace(lines[kind], name=person.name, email=person.email, source=source)


def _instead(pack: str, lines: dict[str, ContactLine]) -> dict[str, ContactLine]:
    kinds: list[Any] = list(library.items(pack, "contact-kinds"))
    ways = {item.id: item.instead for item in kinds}
    found = dict(lines)
    for kind, line in lines.items():
        if line.known:
            continue
        other = _first_known(kind, ways, lines)
        if other:
            found[kind] = replace(other, stands_in_for=line.title)
    return found


def _first_known(
    kind: str, ways: Mapping[str, tuple[str, ...]], lines: Mapping[str, ContactLine]
) -> ContactLine | None:
    """The nearest kind along 'instead' for which somebody is named.

    An emergency number stands in only where the kind itself says so, never at second hand.
    """
    direct = ways.get(kind, ())
    seen, ahead = {kind}, list(direct)
    while ahead:
        name = ahead.pop(0)
        if name in seen:
            continue
        seen.add(name)
        line = lines.get(name)
        if line and line.known and (name in direct or not line.emergency):
            return line
        ahead += ways.get(name, ())
    return None
