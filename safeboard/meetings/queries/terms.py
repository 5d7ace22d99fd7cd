"""Terms of reference as they hold, as they were, and as they are drafted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from safeboard.core.access import Access, job_access
from safeboard.core.built import built_once
from safeboard.library import queries as library
from safeboard.library.shapes.meetings import TermsTemplate

from ..choices import LEADING, VOTING, Part, TermsState
from ..models import Member, Terms
from ..rules import quorum


def versions(board_id: int) -> QuerySet[Terms]:
    """Every version, the newest first."""
    return Terms.objects.filter(board_id=board_id)


def in_force(board_id: int, access: Access | None = None) -> Terms | None:
    """The version that holds; ``access``: of the request."""
    return next(iter(_in_force(access or job_access("meetings.terms"), board_id)), None)


@built_once
def _in_force(_access: Access, board_id: int) -> QuerySet[Terms]:
    return Terms.objects.filter(board_id=board_id, state=TermsState.AGREED)[:1]


def draft(board_id: int) -> Terms | None:
    """The version that is being written."""
    return Terms.objects.filter(board_id=board_id, state=TermsState.DRAFT).first()


def templates(pack: str) -> list[TermsTemplate]:
    """What terms of reference can be begun from."""
    return [one for one in library.items(pack, "terms-of-reference") if isinstance(one, TermsTemplate)]


@dataclass(frozen=True)
class Quorum:
    """How many voting members a meeting needs, and whether it needs the chair or the deputy chair among them."""

    needed: int
    voting: int
    needs_lead: bool


def quorum_of(terms: Terms | None, sitting: Sequence[Member]) -> Quorum:
    """What the terms ask for, of those who sit; a half and three of them where no terms are agreed yet."""
    rule = terms or Terms(quorum_share=50, quorum_least=3, quorum_chair=True)
    voting = sum(one.part in VOTING for one in sitting)
    needed = quorum(voting, share=rule.quorum_share, least=rule.quorum_least)
    return Quorum(needed, voting, rule.quorum_chair)


def leads(member: Member) -> bool:
    """Whether somebody can take the chair."""
    return Part(member.part) in LEADING
