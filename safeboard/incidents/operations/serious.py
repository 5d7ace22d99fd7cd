"""The review of a serious incident on its way to the board: written anew, names replaced, confirmed by a second person.

Nothing leaves while a name that is known still stands in it. What the board gets is a copy with a number of its own;
neither the copy nor what is recorded of it says which agency or which incident it came from (Toolkit s5).
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core import history, wall
from safeboard.core.access import Access, Place, job_access, require
from safeboard.core.roles import PlaceKind, Role
from safeboard.outbox import operations as outbox
from safeboard.partnership import queries as partnership
from safeboard.partnership.models import Board

from .. import letters
from ..choices import Owner, SeriousState
from ..errors import ChangedMeanwhile, NamesStand, Refused
from ..models import BoardReview, Incident, SeriousReview
from ..queries.known import known_of, lettered, shape_words, source_of, standing
from ..rules import words_only
from .duties import free_holders

TEXTS = ("subject", "account", "why", "prevented", "response", "lessons")
RELEASING = job_access("incidents.serious")


@transaction.atomic
def prepare_serious(*, by: Access, incident: Incident) -> SeriousReview:
    """Begin the review of an incident for the board: its text with letters in the place of every name; once for each.

    The text is only a beginning: it is to be written anew.
    """
    require(by, "incidents.prepare_review", incident)
    found = SeriousReview.objects.filter(incident=incident).first()
    if found:
        return found
    text = source_of(incident)
    known, labels = lettered(known_of(incident.agency_id, incident), [text], {})
    review = SeriousReview.objects.create(
        agency_id=incident.agency_id,
        incident=incident,
        account=letters.replaced(text, known, shape_words()),
        letters=labels,
        prepared_by=by.person,
    )
    history.record(by=by, verb="incidents.serious_begun", obj=incident, facts={"review": review.pk})
    return review


@transaction.atomic
def write_serious(
    *, by: Access, review: SeriousReview, edition: int, texts: Mapping[str, str], more_names: str = ""
) -> SeriousReview:
    """Keep what was written. Raises ChangedMeanwhile where somebody else wrote since; Refused where it has left."""
    held = _held(by, review)
    words_only(*texts.values(), more_names)
    if held.edition != edition:
        changed: dict[str, tuple[object, object]] = {
            name: (getattr(held, name), text) for name, text in texts.items() if getattr(held, name) != text
        }
        raise ChangedMeanwhile(held.incident, changed)
    return _write(by, held, texts, more_names)


@transaction.atomic
def replace_names(*, by: Access, review: SeriousReview) -> SeriousReview:
    """Put letters in the place of the names that still stand in it."""
    held = _held(by, review)
    texts = {name: getattr(held, name) for name in TEXTS}
    known = known_of(held.agency_id, held.incident, held.more_names)
    known, held.letters = lettered(known, texts.values(), held.letters)
    clean = {name: letters.replaced(text, known, shape_words()) for name, text in texts.items()}
    return _write(by, held, clean, held.more_names)


def _held(by: Access, review: SeriousReview) -> SeriousReview:
    held = SeriousReview.objects.select_for_update(of=("self",)).select_related("incident").get(pk=review.pk)
    require(by, "incidents.prepare_review", held.incident)
    if held.state == SeriousState.RELEASED:
        raise Refused(_("It is with the board. What the board has cannot be changed here."))
    return held


def _write(by: Access, held: SeriousReview, texts: Mapping[str, str], more_names: str) -> SeriousReview:
    """Whoever writes last has prepared it: somebody else has to confirm it."""
    for name in TEXTS:
        setattr(held, name, texts.get(name, getattr(held, name)))
    held.more_names, held.prepared_by, held.edition = more_names, by.person, held.edition + 1
    held.state, held.asked_at = SeriousState.DRAFT, None
    held.save()
    digests = {name: getattr(held, name) for name in TEXTS if getattr(held, name)}
    history.record(
        by=by, verb="incidents.serious_written", obj=held.incident, facts={"review": held.pk}, digests=digests
    )
    return held


def names_in(review: SeriousReview) -> dict[str, list[tuple[str, str, str]]]:
    """Where a known name still stands in it, by field."""
    known = known_of(review.agency_id, review.incident, review.more_names)
    return standing({name: getattr(review, name) for name in TEXTS}, known)


@transaction.atomic
def ask_second(*, by: Access, review: SeriousReview, board: Board, edition: int) -> SeriousReview:
    """Say that it is ready for this board; a second person is told. Raises NamesStand while one stands in it."""
    held = _held(by, review)
    if held.edition != edition:
        raise ChangedMeanwhile(held.incident, {})
    if board.pk not in set(partnership.boards_of(held.agency_id).values_list("board_id", flat=True)):
        raise Refused(_("This agency does not sit in that board."))
    if not held.account.strip() or not held.subject.strip():
        raise Refused(_("Say in a few words what it is about, and what happened."))
    _nameless(held)
    held.for_board, held.state, held.asked_at = board, SeriousState.ASKED, timezone.now()
    held.prepared_by, held.returned = by.person, ""
    held.save()
    history.record(by=by, verb="incidents.serious_asked", obj=held.incident, facts={"review": held.pk})
    _tell_second(by=by, review=held)
    return held


def _nameless(review: SeriousReview) -> None:
    places = names_in(review)
    if places:
        raise NamesStand(places)


def _tell_second(*, by: Access, review: SeriousReview) -> None:
    owners = (Owner.RESPONSIBLE_PERSON, Owner.DESIGNATED_OFFICER)
    people = {one.pk: one for owner in owners for one in free_holders(review.incident, owner)}
    for person in people.values():
        if by.person is None or person.pk != by.person.pk:
            outbox.send(
                by=by,
                to=person,
                email=person.email,
                kind="serious-asked",
                subject=_("Safeboard: a text for the board waits for you to confirm it"),
                body=_("Somebody has to read it and confirm that it names nobody. Sign in to see it."),
                about=review,
                dedupe=f"serious-asked:{review.pk}:{review.edition}:{person.pk}",
            )


@transaction.atomic
def give_back(*, by: Access, review: SeriousReview, why: str) -> SeriousReview:
    """The second person does not confirm it, and says why; it is being written again."""
    held = _asked(by, review)
    words_only(why)
    held.state, held.asked_at, held.returned = SeriousState.DRAFT, None, why
    held.save()
    history.record(by=by, verb="incidents.serious_returned", obj=held.incident, facts={"review": held.pk})
    return held


@transaction.atomic
def release_serious(*, by: Access, review: SeriousReview, edition: int) -> SeriousReview:
    """A second person confirms it, and the board gets a copy. Raises NamesStand where a name is known by now.

    ``edition``: the one that was read. Refused where it was changed since.
    """
    held = _asked(by, review)
    if held.edition != edition or held.for_board is None:
        raise Refused(_("The text was changed since you opened it. Read it again before you confirm it."))
    _nameless(held)
    copy = _copy(held, held.for_board)
    held.state, held.released_at, held.released_by = SeriousState.RELEASED, timezone.now(), by.person
    held.number = copy.number
    held.save()
    history.record(by=by, verb="incidents.serious_released", obj=held.incident, facts={"review": held.pk})
    return held


def _asked(by: Access, review: SeriousReview) -> SeriousReview:
    rows = SeriousReview.objects.select_for_update(of=("self",)).select_related("incident", "for_board")
    held = rows.get(pk=review.pk)
    require(by, "incidents.confirm_review", held)
    if held.state != SeriousState.ASKED:
        raise Refused(_("It does not wait to be confirmed any more."))
    return held


def _copy(review: SeriousReview, board: Board) -> BoardReview:
    """The board's own record of it. What is recorded of the copy names neither the agency nor the person."""
    with wall.open_for(boards=[board.pk]):
        Board.objects.select_for_update().values_list("pk").get(pk=board.pk)  # two at once get two numbers
        year = timezone.localdate().year
        last = BoardReview.objects.filter(board=board, year=year).aggregate(last=Max("serial"))["last"]
        texts = {name: getattr(review, name) for name in TEXTS}
        copy = BoardReview.objects.create(board=board, year=year, serial=(last or 0) + 1, **texts)
        history.record(by=RELEASING, verb="incidents.serious_received", obj=copy)
    _tell_board(copy, board)
    return copy


def _tell_board(copy: BoardReview, board: Board) -> None:
    place = Place(PlaceKind.BOARD, board.pk, board.name)
    for member in partnership.members_of_place(place, roles=(Role.BOARD_MANAGER, Role.ESAFETY_OFFICER)):
        outbox.send(
            by=RELEASING,
            to=member.person,
            email=member.person.email,
            kind="serious-received",
            subject=_("Safeboard: a serious incident is to be reviewed"),
            body=_("%(number)s has come for the subgroup to review. Sign in to see it.") % {"number": copy.number},
            about=copy,
            dedupe=f"serious-received:{copy.pk}:{member.person.pk}",
        )
