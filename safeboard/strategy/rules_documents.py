"""Who writes, comments on, ratifies and confirms documents; which step follows which (Toolkit Annex G 2.2, 2.3)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import rules

from safeboard.core.access import Access, has_role, in_agency, in_board
from safeboard.core.roles import Role

from .choices import DocumentState, PartKind
from .rules import leads_agency, leads_board

if TYPE_CHECKING:
    from .models import Version

S, P = DocumentState, PartKind

# What may follow. A document under review either stays as it is (published) or is changed (redraft).
NEXT: Mapping[str, frozenset[str]] = {
    S.DRAFT: frozenset({S.CONSULTATION, S.RATIFIED}),
    S.CONSULTATION: frozenset({S.REDRAFT}),
    S.REDRAFT: frozenset({S.CONSULTATION, S.RATIFIED}),
    S.RATIFIED: frozenset({S.PUBLISHED, S.REDRAFT}),
    S.PUBLISHED: frozenset({S.REVIEW, S.SUPERSEDED}),
    S.REVIEW: frozenset({S.PUBLISHED, S.REDRAFT, S.SUPERSEDED}),
    S.SUPERSEDED: frozenset(),
}
WRITING = frozenset({S.DRAFT, S.REDRAFT})  # the words can be changed

# Which parts a document of a kind has, in the order in which it is read; and what stands below what.
STRATEGY_PARTS = (P.POSITION, P.PURPOSE, P.AUDIENCE, P.DRIVER, P.PLAN, P.PRIORITY, P.MONITORING, P.TERM)
PARTS: Mapping[str, tuple[str, ...]] = {
    "strategy": (*STRATEGY_PARTS, P.PLAIN, P.CHILDREN),
    "guidance": (P.PURPOSE, P.AUDIENCE, P.CHAPTER, P.MONITORING, P.TERM, P.PLAIN, P.CHILDREN),
    "reporting": (P.PURPOSE, P.AUDIENCE, P.CHAPTER, P.MONITORING, P.TERM, P.PLAIN, P.CHILDREN),
}
BELOW: Mapping[str, tuple[str, ...]] = {
    P.PRIORITY: (P.OBJECTIVE, P.ACTION),
    P.OBJECTIVE: (P.ACTION,),
    P.CHAPTER: (P.PARAGRAPH,),
}
TITLED = frozenset({P.DRIVER, P.PLAN, P.PRIORITY, P.OBJECTIVE, P.ACTION, P.TERM, P.CHAPTER})  # bear a title
LONGEST: Mapping[str, int] = {P.PRIORITY: 200, P.ACTION: 200}  # characters of a title; else 300


@rules.predicate
def of_own_board(access: Access, document: Any = None) -> bool:
    """The document is the acting board's own."""
    return document is None or (access.board_id is not None and document.board_id == access.board_id)


reads_only: Any = has_role(Role.INSPECTOR)

rules.add_perm("strategy.documents", in_board | in_agency)
rules.add_perm("strategy.see_drafts", in_board & of_own_board)
rules.add_perm("strategy.write", leads_board & of_own_board)
# Who writes the document needs no comments on it: of the board, the other members of the subgroup comment.
rules.add_perm(
    "strategy.comment",
    ~reads_only & (in_agency | (in_board & has_role(Role.SUBGROUP_MEMBER) & ~leads_board & of_own_board)),
)
rules.add_perm("strategy.confirm", leads_agency)
rules.add_perm("strategy.chronology", in_board)
rules.add_perm("strategy.keep_chronology", leads_board & of_own_board)


def may_become(state: str, then: str) -> bool:
    """Whether a document in one state may go into another."""
    return then in NEXT.get(state, frozenset())


def takes_parts(kind: str, part: str, below: str = "") -> bool:
    """Whether a document of a kind has such parts: at the top, or below a part of kind ``below``."""
    if below:
        return part in BELOW.get(below, ()) and (below in PARTS[kind] or below == P.OBJECTIVE)
    return part in PARTS[kind] or (part == P.OBJECTIVE and kind == "strategy")


def takes_comments(version: Version, today: date) -> bool:
    """Whether agencies may comment on it: opened for comments, not past its last day, not closed early."""
    if version.opened_at is None or version.closes_on is None or version.closed_at is not None:
        return False
    return today <= version.closes_on
