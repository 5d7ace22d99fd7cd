"""Reads of what was sent in without an account: for who wrote it, and for the few who read it.

Who wrote has no account and no place, so that the wall is shut to them: the functions here open it by name, for the one
look-up that each is there for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from safeboard.accounts.models import Person
from safeboard.core import wall
from safeboard.core.access import Access
from safeboard.core.roles import Role
from safeboard.core.sealed import blind_index
from safeboard.library import queries as library
from safeboard.library.schemas import Item, SettingKind
from safeboard.library.spoken import Guidance
from safeboard.partnership import queries as partnership
from safeboard.partnership.models import Agency, Board, Setting

from .. import receipt
from ..choices import Asked, Wish, WorryState
from ..models import Worry, WorryMessage
from ..rules import WORRY_ROLES

FEWEST_LETTERS, MOST_PLACES = 2, 8
# Words of a name that say nothing of who it is.
TITLES = frozenset(
    {"mr", "mrs", "miss", "ms", "mx", "dr", "sir", "madam", "the", "and", "my", "teacher", "coach", "head"}
)


def _items(pack: str, kind: str) -> Sequence[Item]:
    return library.items(pack, kind) if pack in library.packs() else []


def guidance(pack: str, name: str) -> Guidance:
    """A guidance of the pack. Raises UnknownItem."""
    found = library.item(pack, "guidance", name)
    assert isinstance(found, Guidance)
    return found


# Where something is sent ------------------------------------------------------------------------------------------


def open_boards() -> list[Board]:
    """The boards to which somebody can write: they named a duty point, and there is somebody in it who reads."""
    return [board for board in Board.objects.filter(duty_point__isnull=False) if is_open(board)]


def is_open(board: Board) -> bool:
    """Whether a board reads what is sent in."""
    return bool(board.duty_point_id and readers(board.duty_point_id))


def places_found(board: Board, words: str) -> list[Setting]:
    """Open settings of the board whose name holds these words: a few, and none where children live or are treated."""
    words = words.strip()
    if len(words) < FEWEST_LETTERS:
        return []
    with wall.open_for(agencies=partnership.agencies_in(board.pk)):
        return list(_listed(board).filter(name__icontains=words).order_by("name")[:MOST_PLACES])


def place_of(board: Board, pk: object) -> Setting | None:
    """The open setting of that number, where it is the board's and may be named."""
    if not str(pk).isdigit():
        return None
    with wall.open_for(agencies=partnership.agencies_in(board.pk)):
        return _listed(board).filter(pk=int(str(pk)[:18])).first()


def _listed(board: Board) -> QuerySet[Setting]:
    hidden = [
        kind.id for kind in _items(board.pack, "setting-kinds") if isinstance(kind, SettingKind) and not kind.listed
    ]
    return Setting.objects.filter(closed_on__isnull=True).exclude(kind__in=hidden)


def goes_to(board: Board, *, place: Setting | None, about_adult: str, wish: str, adult_words: Iterable[str]) -> int:
    """The agency that reads it: that of the place; the board's duty point where it may not go there, or is not known.

    It may not go there where it is, or may be, about a grown-up who works there, where somebody outside was asked for,
    or where nobody there is free to read it.
    """
    assert board.duty_point_id is not None  # the page is not open otherwise
    outside = wish == Wish.OUTSIDE or about_adult in (Asked.YES, Asked.UNSURE)
    if place is not None and not outside and readers(place.agency_id, adult_words):
        return place.agency_id
    others = sorted(partnership.agencies_with(Role.DESIGNATED_OFFICER) & set(_seated(board)))
    elsewhere = [pk for pk in (board.duty_point_id, *others) if place is None or pk != place.agency_id]
    # Where everybody at the duty point is named in it, another agency of the board: somebody has to read it.
    return next((pk for pk in elsewhere if readers(pk, adult_words)), board.duty_point_id)


def _seated(board: Board) -> Iterable[int]:
    return partnership.agencies_in(board.pk).values_list("agency_id", flat=True)


# Who reads it -----------------------------------------------------------------------------------------------------


def name_words(text: str) -> list[str]:
    """Keyed digests of the words of a name, without titles: children write 'Mr Smith', accounts 'Alan Smith'."""
    words = {"".join(sign for sign in word if sign.isalnum()).casefold() for word in text.split()}
    return sorted(blind_index(word) for word in words if len(word) > 1 and word not in TITLES)


def is_named(person: Person, adult_words: Iterable[str]) -> bool:
    """Whether somebody bears a word of the name that was given of whom it is about: then they read nothing of it."""
    return bool(set(adult_words) & set(name_words(person.name)))


def readers(agency_id: int, adult_words: Iterable[str] = (), *, more: bool = False) -> list[Person]:
    """Who reads it in an agency: the designated officers who are not named in it.

    The head, governor or trustee responsible reads it too where no officer is free, or ``more`` is needed: it is late,
    or somebody may be in danger.
    """
    adult_words = list(adult_words)
    officers = _free(partnership.holders(agency_id, Role.DESIGNATED_OFFICER), adult_words)
    if officers and not more:
        return officers
    heads = _free(partnership.holders(agency_id, Role.RESPONSIBLE_PERSON), adult_words)
    return [*officers, *(one for one in heads if one not in officers)]


def _free(people: Iterable[Person], adult_words: list[str]) -> list[Person]:
    return [one for one in people if not is_named(one, adult_words)]


def readable(access: Access) -> QuerySet[Worry]:
    """The worries of the own agency that this person may read: see ``readers``. Nobody else, whatever their role."""
    if access.agency_id is None or access.person is None or not access.roles & set(WORRY_ROLES):
        return Worry.objects.none()
    rows = Worry.objects.filter(agency_id=access.agency_id)
    rows = rows.exclude(pk__in=_naming(rows, [access.person]))
    if Role.DESIGNATED_OFFICER in access.roles:
        return rows
    officers = list(partnership.holders(access.agency_id, Role.DESIGNATED_OFFICER))
    unread = Q(state=WorryState.NEW, danger__in=[Asked.YES, Asked.UNSURE]) | Q(due_at__lt=timezone.now())
    return rows if not officers else rows.filter(unread | Q(pk__in=_naming(rows, officers)) | _begun_by(access))


def _naming(rows: QuerySet[Worry], people: Sequence[Person]) -> list[int]:
    """The worries that name every one of these people: rows with a name are few."""
    named = rows.exclude(adult_words=[]).values_list("pk", "adult_words")
    return [pk for pk, words in named if all(is_named(person, words) for person in people)]


def _begun_by(access: Access) -> Q:
    """The condition that this person has answered it: whoever began as a substitute goes on."""
    return Q(pk__in=WorryMessage.objects.filter(by=access.person).values("worry_id"))


def find_worry(access: Access, pk: int) -> Worry:
    """A worry that this person may read. Raises Worry.DoesNotExist (a page answers 404)."""
    return readable(access).select_related("setting", "incident", "board").get(pk=pk)


def waiting(access: Access) -> QuerySet[Worry]:
    """What waits to be read or answered by this person, soonest first."""
    return readable(access).filter(due_at__isnull=False).order_by("due_at", "pk")


def late_worries(now: datetime) -> QuerySet[Worry]:
    """Worries that were not read or answered in time, and nobody was told so yet; the caller opens the wall."""
    return Worry.objects.filter(due_at__lte=now, late_at__isnull=True)


@dataclass(frozen=True)
class Talk:
    """A worry as who wrote it sees it: its state, what was said on both sides, and the words of its board."""

    worry: Worry
    said: list[WorryMessage]

    @property
    def unread(self) -> bool:
        """Nobody has read the newest of it."""
        return self.worry.state == WorryState.NEW


def talk_of(words: list[str]) -> Talk | None:
    """What was sent in under these seven words, or None. Found by a keyed digest: nothing is compared sign by sign."""
    with wall.open_for(casework=partnership.every_agency()):
        worry = Worry.objects.select_related("board").filter(receipt=receipt.digest(words)).first()
        return Talk(worry, list(worry.messages.all())) if worry else None


def other_places(worry: Worry) -> list[Agency]:
    """The agencies that a worry may be passed to: with somebody free to read it, and not against what was asked for."""
    board = worry.board
    seated = partnership.agencies_in(board.pk)
    with wall.open_for(agencies=seated):
        found = list(Agency.objects.exclude(pk=worry.agency_id).order_by("name"))
    if worry.asked_outside:
        found = [one for one in found if one.pk == board.duty_point_id]
    officers = partnership.agencies_with(Role.DESIGNATED_OFFICER)
    return [one for one in found if one.pk in officers]
