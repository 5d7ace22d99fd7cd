"""The months of the agencies' annual returns: chosen by the board, asked for by a press or by the clock (S6)."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core import history, times, wall
from safeboard.core.access import Access, Place, job_access, require
from safeboard.core.roles import PlaceKind, Role
from safeboard.core.wall import Reach
from safeboard.library import queries as library
from safeboard.outbox import operations as outbox
from safeboard.partnership import queries as partnership
from safeboard.partnership.models import Board
from safeboard.standards import operations as standards
from safeboard.standards.choices import RoundState
from safeboard.standards.models import Round

from ..choices import ANNUAL_RETURN
from ..errors import Refused
from ..models import Report, ReturnClock, ReturnMonth
from ..queries.reports import last_day, named

CLOCK = "insight.returns"


@transaction.atomic
def set_months(*, by: Access, board: Board, months: Mapping[int, int | None], by_clock: bool | None = None) -> int:
    """Say in which month, 1 to 12, each agency makes its return, None for no month; gives how many changed.

    ``by_clock``: whether the worker asks for them by itself; None leaves that as it is.
    """
    require(by, "insight.write_report", Report(board=board))
    seated = set(partnership.agencies_in(board.pk).values_list("agency_id", flat=True))
    held = {row.agency_id: row for row in ReturnMonth.objects.filter(board=board)}
    changed = 0
    for agency, month in months.items():
        row = held.get(agency)
        if agency not in seated or (row.month if row else None) == month:
            continue
        changed += 1
        if month is None:
            assert row is not None
            row.delete()
        else:
            ReturnMonth.objects.update_or_create(
                board=board, agency_id=agency, defaults={"month": month, "reach": Reach.BOARD}
            )
    if by_clock is not None:
        _set_clock(by, board, by_clock)
    if changed:
        history.record(by=by, verb="insight.months_set", facts={"board": board.pk, "agencies": changed})
    return changed


def _set_clock(by: Access, board: Board, on: bool) -> None:
    row, new = ReturnClock.objects.get_or_create(board=board, defaults={"on": on, "set_by": by.person})
    if not new and row.on == on:
        return
    row.on, row.set_by, row.set_at = on, by.person, timezone.now()
    row.save()
    history.record(by=by, verb="insight.returns_by_clock", obj=row, facts={"board": board.pk, "on": on})


@transaction.atomic
def send_returns(*, by: Access, board: Board, year: int, month: int) -> Round:
    """Ask the agencies of a month for their return of a year, to be sent by its last day. Twice is once.

    Raises Refused where no agency has that month, the month has passed, or the review of the return is not there.
    """
    require(by, "insight.send_returns", Report(board=board))
    due = last_day(year, month)
    agencies = _agencies(board, month)
    if not agencies:
        raise Refused(_("No agency makes its return in that month. Choose months first."))
    if due < timezone.localdate():
        raise Refused(_("That month has passed. Give the agencies a later month, or ask them next year."))
    given = {
        "title": _("Annual return, %(month)s") % {"month": times.exact(due).partition(" ")[2]},
        "opens_on": timezone.localdate(),
        "due_on": due,
    }
    key = _key(board, due)
    if Round.objects.filter(form_key=key, state=RoundState.CLOSED).exists():
        raise Refused(_("The returns of that month were asked for, and the round is closed."))
    try:
        row = standards.make_round(by=by, pack=board.pack, review=ANNUAL_RETURN, given=given, form_key=key)
        row = standards.choose_agencies(by=by, round_=row, agencies=agencies)
        return standards.send_round(by=by, round_=row)
    except (standards.Refused, library.UnknownItem) as why:
        raise Refused(
            _("The questions of the annual return are not published in your pack, so nobody was asked.")
        ) from why


def _agencies(board: Board, month: int) -> list[int]:
    """The agencies of a month that sit in the board."""
    rows = ReturnMonth.objects.filter(board=board, month=month, agency_id__in=partnership.agencies_in(board.pk))
    return list(rows.values_list("agency_id", flat=True))


def _key(board: Board, due: date) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_OID, f"annual-return:{board.pk}:{due.year}:{due.month}")


# By the worker's clock ------------------------------------------------------------------------------------------


def ask_by_clock() -> int:
    """Ask for the returns of this month wherever a board wants that, for the clock; gives how many rounds went."""
    return sum(_ask(place, board) for place, board in _by_clock())


def _by_clock() -> Iterator[tuple[Access, Board]]:
    """The boards that want it, each with the job acting in its place and the wall open for it."""
    for board in Board.objects.order_by("pk"):
        with wall.open_for(agencies=partnership.agencies_in(board.pk), boards=[board.pk], shared=[board.pk]):
            if ReturnClock.objects.filter(board=board, on=True).exists():
                place = Place(PlaceKind.BOARD, board.pk, board.name, board.pack)
                yield job_access(CLOCK, place=place), board


def _ask(by: Access, board: Board) -> bool:
    """Ask the agencies of this month who were not asked; whoever runs the board is told that it went, or why not."""
    due = last_day(timezone.localdate().year, timezone.localdate().month)
    wanted = set(_agencies(board, due.month))
    there = Round.objects.filter(form_key=_key(board, due)).first()
    asked = set(there.chosen) if there else set()
    if wanted <= asked or (there and there.state == RoundState.CLOSED):
        return False
    words = {"month": named(due.month), "many": len(wanted - asked), "due": due.strftime("%d.%m.%Y")}
    try:
        with transaction.atomic():
            row = send_returns(by=by, board=board, year=due.year, month=due.month)
            said = _("The annual returns of %(month)s were asked for: agencies %(many)s, due on %(due)s.") % words
            tell_managers(by=by, board=board, subject=said, body=said, url=reverse("standards:round", args=[row.pk]))
    except Refused as why:
        said = _("The annual returns of %(month)s were not asked for") % words
        tell_managers(by=by, board=board, subject=said, body=f"{said}: {why}", url=reverse("insight:months"))
        return False
    return True


@transaction.atomic
def tell_managers(*, by: Access, board: Board, subject: str, body: str, url: str) -> int:
    """Write to whoever manages the board, the same once a month; gives to how many."""
    require(by, "insight.send_returns", Report(board=board))
    assert by.place is not None
    people = [one.person for one in partnership.members_of_place(by.place, roles=[Role.BOARD_MANAGER])]
    month = timezone.localdate().strftime("%Y-%m")
    for one in people:
        word = uuid.uuid5(uuid.NAMESPACE_OID, f"{board.pk}:{month}:{one.pk}:{subject}")
        words = f"{body}\n\n{outbox.link(url)}"
        outbox.send(by=by, to=one, kind="annual-returns", subject=subject, body=words, dedupe=f"returns-{word}")
    history.record(by=by, verb="insight.returns_told", facts={"board": board.pk, "people": len(people)})
    return len(people)
