"""Writes: a round is prepared, sent, reminded of, closed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core import history
from safeboard.core.access import Access, require
from safeboard.partnership import queries as partnership

from .. import asking
from ..choices import RoundState, Stand
from ..errors import Refused
from ..models import Return, Round, RoundAgency
from ..queries.reviews import holding, review_of
from .telling import tell_soon


@transaction.atomic
def make_round(*, by: Access, pack: str, review: str, given: Mapping[str, Any], form_key: UUID | None = None) -> Round:
    """Prepare a round of a review as it is now; the same form twice is one.

    given: title, opens_on, due_on, note, remind_before, remind_every. Raises Refused where the review is not there.
    """
    require(by, "standards.keep_round")
    found = Round.objects.filter(form_key=form_key).first() if form_key else None
    if found is not None:
        return found
    held = holding(by, pack, review)
    if held is None:
        raise Refused(_("That review is not there any more. Choose another one."))
    more = {"form_key": form_key} if form_key else {}
    row = Round.objects.create(
        board_id=by.board_id or 0,
        pack=pack,
        review=review,
        version=held.review.version,
        made_by=by.person,
        **given,
        **more,
    )
    history.record(by=by, verb="standards.round_made", obj=row, facts={"review": review, "version": row.version})
    return row


@transaction.atomic
def change_round(*, by: Access, round_: Round, given: Mapping[str, Any]) -> Round:
    """Change title, note, dates and reminders; of one that was sent, the last day and the reminders alone."""
    require(by, "standards.keep_round", round_)
    held = _locked(round_)
    if held.state == RoundState.CLOSED:
        raise Refused(_("This round is closed, so nothing of it is changed any more."))
    may = set(given) if held.state == RoundState.DRAFT else {"due_on", "remind_before", "remind_every"}
    changed = [name for name, value in given.items() if name in may and getattr(held, name) != value]
    for name in changed:
        setattr(held, name, given[name])
    held.save()
    history.record(by=by, verb="standards.round_changed", obj=held, facts={"fields": changed})
    return held


@transaction.atomic
def choose_agencies(*, by: Access, round_: Round, agencies: Iterable[int]) -> Round:
    """Say which agencies a round goes to. Ids that do not sit in the board are left out.

    Of a round that was sent, those that are new are asked at once; nobody who was asked is taken out.
    """
    require(by, "standards.keep_round", round_)
    held = _locked(round_)
    if held.state == RoundState.CLOSED:
        raise Refused(_("This round is closed. Begin another one."))
    seated = set(partnership.agencies_in(held.board_id).values_list("agency_id", flat=True))
    chosen = seated & set(agencies)
    if held.state == RoundState.SENT:
        chosen |= set(held.chosen)
    held.chosen = sorted(chosen)
    held.save(update_fields=["chosen"])
    history.record(by=by, verb="standards.round_chosen", obj=held, facts={"agencies": len(held.chosen)})
    if held.state == RoundState.SENT:
        _ask(held)
    return held


@transaction.atomic
def send_round(*, by: Access, round_: Round) -> Round:
    """Send a round: from now on its agencies see it, and are written to. Twice is once.

    One that opens on a later day is written about on that day. Where an agency answers the same version for another
    board at the same time, its return serves both. Raises Refused where nobody is chosen or the last day has passed.
    """
    require(by, "standards.keep_round", round_)
    held = _locked(round_)
    if held.state != RoundState.DRAFT:
        return held
    if not held.chosen:
        raise Refused(_("Choose the agencies first: nobody is asked yet."))
    if held.due_on < timezone.localdate():
        raise Refused(_("The day by which it is to be answered has passed. Give a later one."))
    held.state, held.sent_at = RoundState.SENT, timezone.now()
    held.save(update_fields=["state", "sent_at"])
    _ask(held)
    history.record(by=by, verb="standards.round_sent", obj=held, facts={"agencies": len(held.chosen)})
    return held


def _ask(round_: Round) -> None:
    """Make the rows of the agencies that are new in a round, and have them written to."""
    there = set(RoundAgency.objects.filter(round=round_).values_list("agency_id", flat=True))
    new = [agency for agency in round_.chosen if agency not in there]
    returns = _shared_returns(round_, new)
    made = Return.objects.bulk_create(
        [
            Return(agency_id=agency, pack=round_.pack, review=round_.review, version=round_.version)
            for agency in new
            if agency not in returns
        ],
        batch_size=500,
    )
    returns |= {row.agency_id: row for row in made}
    asked = sum(not one.optional for one in asking.asked(review_of(round_.pack, round_.review, round_.version), {}))
    RoundAgency.objects.bulk_create(
        [
            RoundAgency(agency_id=agency, round=round_, of=returns[agency], **_as_it_is(returns[agency], asked))
            for agency in new
        ],
        batch_size=500,
    )
    board, pk = round_.board_id, round_.pk
    transaction.on_commit(lambda: tell_soon.enqueue(board, pk), robust=True)


def _shared_returns(round_: Round, agencies: list[int]) -> dict[int, Return]:
    """Returns to the same version of the same review that agencies fill in, or have sent, for another open round."""
    rows = RoundAgency.objects.filter(
        agency_id__in=agencies,
        of__pack=round_.pack,
        of__review=round_.review,
        of__version=round_.version,
        round__state=RoundState.SENT,
    ).exclude(round__board_id=round_.board_id)
    return {row.agency_id: row.of for row in rows.select_related("of").order_by("pk")}


def _as_it_is(row: Return, asked: int) -> dict[str, Any]:
    """The counts of a return that is under way already for another board."""
    other = RoundAgency.objects.filter(of=row).order_by("-pk").first() if row.begun_at else None
    if other is None:
        return {"asked": asked}
    counts = {"asked": other.asked, "answered": other.answered, "to_confirm": other.to_confirm}
    return {**counts, "stand": Stand.PART_DONE, "started_at": row.begun_at}


@transaction.atomic
def close_round(*, by: Access, round_: Round) -> Round:
    """Close a round: what was not sent stays unsent, nothing more is asked. Twice is once."""
    require(by, "standards.keep_round", round_)
    held = _locked(round_)
    if held.state != RoundState.SENT:
        return held
    held.state, held.closed_at = RoundState.CLOSED, timezone.now()
    held.save(update_fields=["state", "closed_at"])
    history.record(by=by, verb="standards.round_closed", obj=held)
    return held


@transaction.atomic
def discard_round(*, by: Access, round_: Round) -> None:
    """Throw away a round that was never sent."""
    require(by, "standards.keep_round", round_)
    held = _locked(round_)
    if held.state != RoundState.DRAFT:
        raise Refused(_("It was sent, so it stays. Close it instead."))
    history.record(by=by, verb="standards.round_discarded", obj=held)
    held.delete()


def _locked(round_: Round) -> Round:
    return Round.objects.select_for_update().get(pk=round_.pk)
