"""The way of a document: consultation, redraft, ratified with the minute, published, reviewed, superseded."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core import history
from safeboard.core.access import Access, require
from safeboard.core.models import Entry

from ..choices import DocumentState, EventKind, PartKind
from ..errors import Refused
from ..models import Comment, Document, Version
from ..queries.documents import body_of, digest_of, parts_of
from ..queries.figures import figures_of, key_of
from ..rules_documents import may_become
from .chronology import chronicle
from .documents_plan import plan_from

S = DocumentState


@transaction.atomic
def consult(*, by: Access, document: Document, closes_on: date) -> Version:
    """Open the document to the agencies for comments until the end of a day. Its words stay until the redraft.

    Raises Refused for a day that has passed, or a document in which nothing stands.
    """
    row = _moved(by, document, S.CONSULTATION)
    if closes_on < timezone.localdate():
        raise Refused(_("Choose a day that has not passed, so that there is time to comment."))
    version = _freeze(by, row, opened_at=timezone.now(), closes_on=closes_on)
    row.consulted = True
    row.save(update_fields=["state", "consulted"])
    _record(by, row, "strategy.consulted", version, closes_on=closes_on.isoformat())
    return version


@transaction.atomic
def begin_redraft(*, by: Access, document: Document) -> Document:
    """Close the comments, or take up what was ratified or is under review, and let the words be changed."""
    row = _moved(by, document, S.REDRAFT)
    if document.state in (S.REVIEW, S.RATIFIED):
        row.consulted = row.consulted and document.state == S.RATIFIED
    open_now = row.versions.filter(closes_on__isnull=False, closed_at=None)
    open_now.update(closed_at=timezone.now())
    row.save(update_fields=["state", "consulted"])
    _record(by, row, "strategy.redrafted")
    return row


@transaction.atomic
def ratify(*, by: Access, document: Document, minute: str, ratified_on: date, unconsulted_why: str = "") -> Version:
    """Keep what the board ratified, with the minute; its actions come into the plan, a line into the chronology.

    Raises Refused while a comment waits for its answer, while an action has nobody to see to it or no date, for a day
    to come, and where agencies were not asked and nobody says why.
    """
    row = _moved(by, document, S.RATIFIED)
    if ratified_on > timezone.localdate():
        raise Refused(_("The day of the meeting is still to come. Ratify it here afterwards."))
    for owed in before_ratifying(row):
        raise Refused(owed)
    if not row.consulted and not unconsulted_why.strip():
        raise Refused(_("The agencies were not asked about it. Say why, or open it for comments first."))
    why = "" if row.consulted else unconsulted_why
    version = _freeze(by, row, minute=minute, ratified_on=ratified_on, review_on=row.review_on, unconsulted_why=why)
    row.save(update_fields=["state"])
    _record(by, row, "strategy.ratified", version, ratified_on=ratified_on.isoformat())
    plan_from(by=by, document=row, version=version)
    what = _("%(title)s ratified (%(minute)s).") % {"title": row.title, "minute": minute}
    chronicle(
        by=by, board=row.board, on=ratified_on, what=what, source=version, kind=EventKind.DOCUMENT, url=version.url
    )
    return version


def before_ratifying(document: Document) -> list[str]:
    """What is owed before the board can ratify: comments to answer, actions without somebody or a date."""
    owed = []
    waiting = Comment.objects.filter(version__document=document, answered_at=None).count()
    if waiting:
        owed.append(_("Comments that wait for an answer: %(n)s. Answer each of them first.") % {"n": waiting})
    actions = [part for part in parts_of(document) if part.kind == PartKind.ACTION]
    bare = [one for one in actions if not (one.owner_id or one.owner_role or one.agency_id) or not one.due_on]
    if bare:
        owed.append(_("Actions without somebody to see to them, or without a date: %(n)s.") % {"n": len(bare)})
    return owed


@transaction.atomic
def publish(*, by: Access, document: Document, public: bool) -> Version:
    """Put the ratified version in force and show it to the agencies; ``public`` opens the plain pages to anybody.

    The version of the same document that held until now is superseded.
    """
    row = _moved(by, document, S.PUBLISHED)
    now = timezone.now()
    version = row.versions.filter(ratified_on__isnull=False).order_by("-number")[0]
    row.versions.filter(published_at__isnull=False, superseded_at=None).exclude(pk=version.pk).update(superseded_at=now)
    version.published_at, version.public = now, public
    version.opened_at = version.opened_at or now
    version.save(update_fields=["published_at", "public", "opened_at"])
    row.save(update_fields=["state"])
    entry = _record(by, row, "strategy.published", version, public=public)
    what = _("%(title)s published, version %(n)s.") % {"title": row.title, "n": version.number}
    on = timezone.localdate()
    chronicle(by=by, board=row.board, on=on, what=what, source=entry, kind=EventKind.DOCUMENT, url=version.url)
    return version


@transaction.atomic
def begin_review(*, by: Access, document: Document) -> Document:
    """Take the document under review. What is published holds on."""
    row = _moved(by, document, S.REVIEW)
    row.save(update_fields=["state"])
    _record(by, row, "strategy.review_begun")
    return row


@transaction.atomic
def keep_as_it_is(*, by: Access, document: Document, review_on: date) -> Document:
    """End the review: it stays as it is until the next one. The day is kept with the version that holds."""
    if document.state != S.REVIEW:
        raise Refused(_("It is not under review."))
    row = _moved(by, document, S.PUBLISHED)
    if review_on <= timezone.localdate():
        raise Refused(_("Choose a day to come for the next review."))
    row.review_on = review_on
    row.save(update_fields=["state", "review_on"])
    version = row.versions.filter(published_at__isnull=False, superseded_at=None).latest("number")
    version.review_on = review_on
    version.save(update_fields=["review_on"])
    entry = _record(by, row, "strategy.reviewed", version, review_on=review_on.isoformat())
    what = _("%(title)s reviewed: it stays as it is.") % {"title": row.title}
    on = timezone.localdate()
    chronicle(by=by, board=row.board, on=on, what=what, source=entry, kind=EventKind.REVIEW, url=version.url)
    return row


@transaction.atomic
def supersede(*, by: Access, document: Document) -> Document:
    """Take the document out of force for good. Its versions stay to be read; its plain pages are no longer public."""
    row = _moved(by, document, S.SUPERSEDED)
    row.versions.filter(published_at__isnull=False, superseded_at=None).update(superseded_at=timezone.now())
    row.save(update_fields=["state"])
    _record(by, row, "strategy.superseded")
    return row


def _moved(by: Access, document: Document, then: str) -> Document:
    """The document, locked, in its next state (not yet saved). Raises Refused where that state cannot follow."""
    row = Document.objects.select_for_update().select_related("board").get(pk=document.pk)
    require(by, "strategy.write", row)
    if not may_become(row.state, then):
        raise Refused(
            _("It is “%(state)s” by now. Open its page again to see what can follow.")
            % {"state": row.get_state_display()}
        )
    row.state = then
    return row


def _freeze(by: Access, document: Document, **given: Any) -> Version:
    """A whole copy of the document as it stands."""
    parts = parts_of(document)
    if not parts:
        raise Refused(_("Nothing stands in it yet."))
    body = body_of(document, parts, figures_of(by, document.board_id, map(key_of, parts)))
    number = int(document.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    return Version.objects.create(
        key=uuid.uuid4(),
        board_id=document.board_id,
        document=document,
        number=number,
        kind=document.kind,
        title=document.title,
        body=body,
        sha256=digest_of(body),
        by=by.person,
        **given,
    )


def _record(by: Access, document: Document, verb: str, version: Version | None = None, **facts: Any) -> Entry:
    named = {"version": version.number, "sha256": version.sha256} if version else {}
    return history.record(by=by, verb=verb, obj=document, facts={**named, **facts})
