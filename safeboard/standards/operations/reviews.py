"""Writes: a board's own review is begun, changed, tried, published; what became of a recommendation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core import history
from safeboard.core.access import Access, require
from safeboard.library import operations as keeping
from safeboard.library.schemas import Source, Text
from safeboard.library.shapes.standards import Review, Section
from safeboard.partnership import queries as partnership

from ..editing import Edit
from ..errors import ChangedMeanwhile, Refused
from ..models import Adoption, BoardReview, BoardReviewVersion
from ..queries.reviews import draft_of, review_of

OWN = "own"  # the id of a board's review under its key
MOST_BACK = 30  # changes that can be taken back
LOOKED_AT_AGAIN = timedelta(days=365)


@transaction.atomic
def begin_review(*, by: Access, title: str, like: Review | None = None) -> BoardReview:
    """Begin a review of the board's own, empty or as a copy of ``like``, and give it back with its draft."""
    require(by, "standards.write_review")
    draft = _copied(like, title) if like else _empty(title)
    row = BoardReview.objects.create(
        board_id=by.board_id or 0,
        pack=partnership.pack_of(by),
        title=title,
        draft=_body(draft),
        edition=1,
        changed_by=by.person,
    )
    history.record(by=by, verb="standards.review_begun", obj=row, facts={"like": like.id if like else ""})
    return row


def _empty(title: str) -> Review:
    section = Section(id="questions", title=Text({"en": _("Questions")}))
    return Review(sections=(section,), **_head(title))


def _copied(like: Review, title: str) -> Review:
    given = {name: getattr(like, name) for name in Review.model_fields}
    head = _head(title) | {"source": like.source}
    return Review(**{**given, **head})


def _head(title: str) -> dict[str, Any]:
    later = timezone.localdate() + LOOKED_AT_AGAIN
    own = Source(document="Written by the board")
    return {"id": OWN, "version": 1, "title": Text({"en": title}), "source": own, "review_by": later}


def _body(review: Review) -> dict[str, Any]:
    return review.model_dump(mode="json", exclude_defaults=True)


@transaction.atomic
def redraft_review(*, by: Access, review: BoardReview) -> BoardReview:
    """Begin the next version from the one that holds; where a draft is under way, that one is given back."""
    require(by, "standards.write_review", review)
    held = _locked(review)
    if held.draft is not None or held.version is None:
        return held
    held.draft, held.earlier, held.tried = _body(review_of(held.key, OWN, held.version)), [], False
    held.edition += 1
    _save(held, by)
    history.record(by=by, verb="standards.review_redrafted", obj=held, facts={"from": held.version})
    return held


@transaction.atomic
def change_review(*, by: Access, review: BoardReview, edition: int, edit: Edit) -> BoardReview:
    """Change the draft by ``edit`` (see ``editing``) and give back the review as it is now.

    Raises ChangedMeanwhile where the draft is another than the page showed, Refused where it cannot be done.
    """
    require(by, "standards.write_review", review)
    held = _held(review, edition)
    after = _body(edit(draft_of(held)))
    if after == held.draft:
        return held
    held.earlier = [*held.earlier, held.draft][-MOST_BACK:]
    held.draft, held.tried = after, False
    held.title = str(draft_of(held).title)[:200]
    held.edition += 1
    _save(held, by)
    history.record(by=by, verb="standards.review_changed", obj=held, facts={"edition": held.edition})
    return held


@transaction.atomic
def take_back(*, by: Access, review: BoardReview, edition: int) -> BoardReview:
    """Take back the last change. Raises ChangedMeanwhile, and Refused where there is none."""
    require(by, "standards.write_review", review)
    held = _held(review, edition)
    if not held.earlier:
        raise Refused(_("There is no change to take back."))
    held.draft, held.earlier, held.tried = held.earlier[-1], held.earlier[:-1], False
    held.title = str(draft_of(held).title)[:200]
    held.edition += 1
    _save(held, by)
    history.record(by=by, verb="standards.review_taken_back", obj=held, facts={"edition": held.edition})
    return held


@transaction.atomic
def mark_tried(*, by: Access, review: BoardReview, edition: int) -> BoardReview:
    """Note that the draft, as it is now, was filled in in trial. Nothing of that is kept. Raises ChangedMeanwhile."""
    require(by, "standards.write_review", review)
    held = _held(review, edition)
    if not held.tried:
        held.tried = True
        _save(held, by)
        history.record(by=by, verb="standards.review_tried", obj=held, facts={"edition": held.edition})
    return held


@transaction.atomic
def publish_review(*, by: Access, review: BoardReview, edition: int, note: str) -> BoardReviewVersion:
    """Publish the draft as the next version: from now on it can be sent, and never changes.

    Raises Refused where it asks nothing, or was not tried as it is now; ChangedMeanwhile where it is another by now.
    """
    require(by, "standards.write_review", review)
    held = _held(review, edition)
    draft = draft_of(held)
    if not any(section.questions for section in draft.sections):
        raise Refused(_("It has no question yet. Add one first."))
    if not held.tried:
        raise Refused(_("Try it first: nobody has filled in the draft as it is now."))
    number = (held.versions.values_list("number", flat=True).first() or 0) + 1
    shown = tuple(section for section in draft.sections if section.questions)
    keeping.keep_item(pack=held.key, item=_numbered(draft, number, shown))
    row = BoardReviewVersion.objects.create(board_id=held.board_id, review=held, number=number, note=note, by=by.person)
    held.version, held.draft, held.earlier, held.tried, held.withdrawn = number, None, [], False, False
    held.edition += 1
    _save(held, by)
    history.record(by=by, verb="standards.review_published", obj=held, facts={"version": number})
    return row


def _numbered(draft: Review, number: int, sections: tuple[Section, ...]) -> Review:
    given = {name: getattr(draft, name) for name in Review.model_fields}
    return Review(**{**given, "version": number, "sections": sections})


@transaction.atomic
def discard_draft(*, by: Access, review: BoardReview, edition: int) -> None:
    """Throw the draft away; what was published holds on, and what never was is gone. Raises ChangedMeanwhile."""
    require(by, "standards.write_review", review)
    held = _held(review, edition)
    history.record(by=by, verb="standards.review_discarded", obj=held, facts={"version": held.version})
    if held.version is None:
        held.delete()
        return
    held.draft, held.earlier, held.tried = None, [], False
    held.edition += 1
    _save(held, by)


@transaction.atomic
def withdraw_review(*, by: Access, review: BoardReview, withdrawn: bool = True) -> None:
    """Take a review off the list of what can be sent, or put it back. What was sent stays as it is."""
    require(by, "standards.write_review", review)
    held = _locked(review)
    if held.withdrawn == withdrawn:
        return
    held.withdrawn = withdrawn
    _save(held, by)
    history.record(by=by, verb="standards.review_withdrawn", obj=held, facts={"withdrawn": withdrawn})


def _locked(review: BoardReview) -> BoardReview:
    return BoardReview.objects.select_for_update().get(pk=review.pk)


def _held(review: BoardReview, edition: int) -> BoardReview:
    held = BoardReview.objects.select_for_update().filter(pk=review.pk).first()
    if held is None or held.draft is None or held.edition != edition:
        raise ChangedMeanwhile(_("Somebody changed this draft since you opened the page. Nothing of yours is lost."))
    return held


def _save(review: BoardReview, by: Access) -> None:
    review.changed_by = by.person
    review.save()


# --- what is recommended --------------------------------------------------------------------------------------


@transaction.atomic
def adopt(*, by: Access, recommendation: str, given: Mapping[str, Any]) -> Adoption:
    """Say how far the board took up a recommendation. given: state, who, since, evidence, look_on."""
    require(by, "standards.adopt")
    row, _made = Adoption.objects.select_for_update().get_or_create(
        board_id=by.board_id or 0, pack=partnership.pack_of(by), recommendation=recommendation
    )
    fields = [name for name, value in given.items() if getattr(row, name) != value]
    for name in fields:
        setattr(row, name, given[name])
    row.changed_by = by.person
    row.save()
    facts = {"recommendation": recommendation, "state": str(row.state), "fields": fields}
    history.record(by=by, verb="standards.adopted", obj=row, facts=facts, digests={"evidence": row.evidence})
    return row
