"""What of documents needs somebody now: for the home page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safeboard.core.access import Access
from safeboard.core.built import built_once

from ..choices import DocumentState
from ..models import Receipt, Version
from .documents import documents_of, versions_of
from .plan_home import MOST, Owed

SOON = timedelta(days=30)


def document_rows(access: Access) -> list[Owed]:
    """What this person has to do about documents: comment and confirm in an agency; answer and review in a board."""
    if access.board_id is not None:
        found = list(_of_board(access) if access.can("strategy.write") else _to_comment(access))
    elif access.agency_id is not None and access.can("strategy.confirm"):
        found = list(_of_agency(access))
    else:
        found = []
    return sorted(found, key=lambda one: (one.colour != "red", one.due_on or timezone.localdate()))[:MOST]


def _of_agency(access: Access) -> Iterator[Owed]:
    """What holds and was not confirmed; what is open for comments."""
    for one in _open_here(access, timezone.localdate()):
        if one.holds:
            text = _("Confirm that you have it: %(title)s") % {"title": one.title}
            yield Owed(text, one.url, one.board.name, _("Not confirmed yet"), "yellow", None)
        else:
            text = _("Comment on the draft: %(title)s") % {"title": one.title}
            yield Owed(text, one.url, one.board.name, "", "grey", one.closes_on)


def _to_comment(access: Access) -> Iterator[Owed]:
    """The own board's drafts that are open for comments, for those who sit in its group."""
    for one in _asked(access, timezone.localdate()) if access.can("strategy.comment") else ():
        yield Owed(_("Comment on the draft: %(title)s") % {"title": one.title}, one.url, "", "", "grey", one.closes_on)


@built_once
def _asked(access: Access, today: date) -> QuerySet[Version]:
    return versions_of(access).filter(closes_on__gte=today, closed_at=None).defer("body")


@built_once
def _open_here(access: Access, today: date) -> QuerySet[Version]:
    have = Receipt.objects.filter(agency_id=access.own_agency).values("version_id")
    holds = Q(published_at__isnull=False, superseded_at=None) & ~Q(pk__in=have)
    asked = Q(closes_on__gte=today, closed_at=None)
    return versions_of(access).filter(holds | asked).select_related("board").defer("body")


def _of_board(access: Access) -> Iterator[Owed]:
    """The strategy to begin, where there is none; comments to answer; consultations past their day; reviews due."""
    today = timezone.localdate()
    rows = _counted(access, today)
    if not rows:
        yield Owed(_("Begin the board’s strategy from a template"), reverse("strategy:documents"), "", "", "grey", None)
    for one in rows:
        if one.waiting:
            words = ngettext("%(n)s comment to answer: %(title)s", "%(n)s comments to answer: %(title)s", one.waiting)
            href = reverse("strategy:comments", args=[one.key])
            yield Owed(words % {"n": one.waiting, "title": one.title}, href, "", "", "grey", None)
        if one.shut and one.state == DocumentState.CONSULTATION:
            text = _("Comments are closed, begin the redraft: %(title)s") % {"title": one.title}
            yield Owed(text, one.url, "", _("Soon"), "yellow", None)
        if one.state == DocumentState.PUBLISHED and one.review_on and one.review_on <= today + SOON:
            late = one.review_on < today
            text = _("Review it: %(title)s") % {"title": one.title}
            word = _("Late") if late else _("Soon")
            yield Owed(text, one.url, "", word, "red" if late else "yellow", one.review_on)


@built_once
def _counted(access: Access, today: date) -> QuerySet[Any]:
    """The board's documents with the number of comments to answer, and of consultations past their day."""
    waiting = Count("versions__comments", filter=Q(versions__comments__answered_at=None), distinct=True)
    shut = Count("versions", filter=Q(versions__closes_on__lt=today, versions__closed_at=None), distinct=True)
    return documents_of(access).annotate(waiting=waiting, shut=shut)
