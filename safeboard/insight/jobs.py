"""What the queue's worker does for the insight room: reports as files, and the packs for reviewers."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django_tasks import task

from safeboard.accounts.models import Person
from safeboard.core import wall
from safeboard.core.access import Access, require
from safeboard.core.roles import PlaceKind
from safeboard.documents.prepared import keep, or_failed
from safeboard.partnership import queries as partnership

from .models import ReviewerPack
from .operations.reviewers import fill_pack, pack_failed
from .queries.reports import body_of, figures_now, issues_of, parts_of, reports_of
from .report_files import MAKERS, Edition, edition_now, edition_of
from .reviewer_files import files_of


@task()
def make_report(key: str, person: int, place: str, of: str, kind: str, draft: bool) -> None:
    """Make a file of a report or an issue as its reader may know it now; nothing where they may not."""
    access = partnership.access_of(Person.objects.get(pk=person), chosen=place)
    if access.place is None or access.place.key != place:
        return
    with wall.open_for(**partnership.scopes(access)):
        if draft and not access.can("insight.see_report"):
            return
        keep(key, MAKERS[kind](_draft(access, of) if draft else _issue(access, of)))


def _draft(access: Access, key: str) -> Edition:
    report = reports_of(access).select_related("board").get(key=UUID(key))
    parts = parts_of(report)
    return edition_now(report, body_of(report, parts, figures_now(access, report, parts)))


def _issue(access: Access, key: str) -> Edition:
    return edition_of(issues_of(access).get(key=UUID(key)))


@task()
def make_pack(pack: int, person: int, board: int) -> None:
    """Put together a pack for a reviewer as whoever asked for it may read it now; that it failed is kept."""
    access = partnership.access_of(Person.objects.get(pk=person), chosen=f"{PlaceKind.BOARD.value}-{board}")
    with wall.open_for(boards=[board], shared=[board], agencies=partnership.agencies_in(board)):
        row = ReviewerPack.objects.select_related("board").get(pk=pack)
        with or_failed(lambda: pack_failed(by=access, pack=row), quiet=(PermissionDenied,)):
            require(access, "insight.open_pack", row)
            fill_pack(by=access, pack=row, files=files_of(access, row.board))
