"""Writes of the board over what was sent: sent back for more, seen otherwise, accepted; and what falls short."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.accounts.models import Person
from safeboard.core import history
from safeboard.core.access import Access, require
from safeboard.partnership.models import Agency, Board
from safeboard.strategy import operations as strategy
from safeboard.strategy.operations.plan import Refused as NotRaised

from .. import asking
from ..choices import GapState, Stand
from ..errors import Refused
from ..models import Answer, Gap, Moderation, RoundAgency
from ..queries.reviews import review_of
from ..queries.rounds import accepted_values
from .telling import write_back


@transaction.atomic
def send_back(*, by: Access, place: RoundAgency, remarks: str, more: Iterable[str] = ()) -> RoundAgency:
    """Send a return back for more, with what is missing; ``more`` are the questions that need it. The agency is told.

    Another board that has it keeps it. Raises Refused where it does not lie with this board, or says nothing.
    """
    require(by, "standards.judge_return", place)
    held = _held(place, Stand.SUBMITTED)
    if not remarks.strip():
        raise Refused(_("Say what more is needed."))
    known = asking.by_id(review_of(held.round.pack, held.round.review, held.round.version))
    held.stand, held.remarks = Stand.RETURNED, remarks
    held.more = [name for name in more if name in known]
    held.decided_at, held.decided_by, held.reminded_on = timezone.now(), by.person, None
    held.save()
    history.record(by=by, verb="standards.sent_back", obj=held, facts={"more": held.more}, digests={"remarks": remarks})
    write_back(by=by, place=held)
    return held


@transaction.atomic
def moderate(*, by: Access, place: RoundAgency, question: str, value: str, reason: str) -> Moderation:
    """Say that the board sees one answer otherwise, and why. What the agency said stays beside it.

    Raises Refused without a reason, where the value is none of the question's, or where it says the same. What is in
    words, and evidence, has no other view: it is a person's own statement and not a score.
    """
    require(by, "standards.judge_return", place)
    held = _held(place, Stand.SUBMITTED, Stand.ACCEPTED)
    asks = asking.by_id(review_of(held.round.pack, held.round.review, held.round.version)).get(question)
    answer = Answer.objects.filter(submission=held.submission_id, question=question).first()
    if asks is None or answer is None or asks.asks not in asking.SEEN_OTHERWISE:
        raise Refused(_("What is in words stays as the agency wrote it. Send the return back where it has to change."))
    if not value or not asking.fits(asks, value):
        raise Refused(_("That is no answer to this question. Choose one of its answers, or write a number or a date."))
    if not reason.strip():
        raise Refused(_("Say why: the agency reads it."))
    values = dict(Answer.objects.filter(submission=held.submission_id).values_list("question", "value"))
    before = accepted_values(by, held, values)[question]
    if before == value:
        raise Refused(_("That is the answer already. Nothing was changed."))
    row = Moderation.objects.create(
        agency_id=held.agency_id,
        place=held,
        question=question,
        before=before,
        value=value,
        reason=reason,
        by=by.person,
    )
    _follow(held, question, value, short=asking.is_gap(asks, value))
    held.score = _score(by, held, values)
    held.gaps = Gap.objects.filter(of=held.of_id, state=GapState.OPEN).count()
    held.save(update_fields=["score", "gaps"])
    facts = {"question": question, "from": before, "to": value}
    history.record(by=by, verb="standards.moderated", obj=held, facts=facts, digests={"reason": reason})
    return row


def _follow(place: RoundAgency, question: str, value: str, *, short: bool) -> None:
    """A gap for what falls short in the board's view; where it does not, one that is open is put right."""
    gaps = Gap.objects.filter(of=place.of_id, question=question)
    if not short:
        gaps.filter(state=GapState.OPEN).update(state=GapState.ANSWERED, closed_at=timezone.now())
    elif not gaps.update(state=GapState.OPEN, closed_at=None, value=value):
        Gap.objects.create(agency_id=place.agency_id, of_id=place.of_id, question=question, value=value)


def _score(by: Access, place: RoundAgency, values: dict[str, str]) -> int | None:
    review = review_of(place.round.pack, place.round.review, place.round.version)
    return asking.score(review.questions(), accepted_values(by, place, values))


@transaction.atomic
def accept(*, by: Access, place: RoundAgency) -> RoundAgency:
    """Accept a return: from now on its answers are what the board knows of the agency. Twice is once."""
    require(by, "standards.judge_return", place)
    held = _locked(place)
    if held.stand == Stand.ACCEPTED:
        return held
    held = _held(place, Stand.SUBMITTED)
    held.stand, held.remarks, held.more = Stand.ACCEPTED, "", []
    held.decided_at, held.decided_by = timezone.now(), by.person
    held.save()
    history.record(by=by, verb="standards.accepted", obj=held, facts={"submission": held.submission_id})
    return held


def _locked(place: RoundAgency) -> RoundAgency:
    rows = RoundAgency.objects.select_for_update(of=("self",)).select_related("round__board", "of")
    return rows.get(pk=place.pk)


def _held(place: RoundAgency, *stands: Stand) -> RoundAgency:
    held = _locked(place)
    if held.stand not in stands:
        raise Refused(_("It does not lie with the board now. Look at where it stands, then decide."))
    return held


# --- what falls short ------------------------------------------------------------------------------------------


@transaction.atomic
def raise_from_gap(
    *,
    by: Access,
    gap: Gap,
    board: Board,
    title: str,
    due_on: date,
    why: str = "",
    owner: Person | None = None,
    source_title: str = "",
    source_url: str = "",
    form_key: UUID | None = None,
) -> Any:
    """Make an action of a gap: asked of the agency by its board, or taken on by the agency itself; gives the action.

    When the action is done, the gap is put right. Raises Refused where it is put right already, or where the plan
    does not take the action (see strategy.raise_action).
    """
    require(by, "standards.raise_from_gap")
    held = Gap.objects.select_for_update().get(pk=gap.pk)
    if held.state != GapState.OPEN:
        raise Refused(_("That was put right already, so no action is needed."))
    try:
        action = strategy.raise_action(
            by=by,
            title=title,
            why=why,
            board=board,
            agency=Agency.objects.get(pk=held.agency_id),
            owner=owner,
            due_on=due_on,
            source=held,
            source_title=source_title,
            source_url=source_url,
            form_key=form_key,
        )
    except NotRaised as why_not:
        raise Refused(str(why_not)) from why_not
    history.record(by=by, verb="standards.gap_raised", obj=held, facts={"action": action.pk})
    return action


@transaction.atomic
def close_gap(*, by: Access, action: Any, source_id: int) -> None:
    """Put a gap right: the action that came from it is done. Called by ``strategy.finish_action``."""
    gap = Gap.objects.select_for_update().filter(pk=source_id, state=GapState.OPEN).first()
    if gap is None:
        return
    gap.state, gap.closed_at = GapState.DONE, timezone.now()
    gap.save(update_fields=["state", "closed_at"])
    history.record(by=by, verb="standards.gap_closed", obj=gap, facts={"action": action.pk})
