"""Looking at an answer: the look is on record before the first line of it is read."""

from __future__ import annotations

from safeboard.core.access import Access

from ..models import Question
from ..queries.answer import Cursor, Part, part_of
from .asking import may_run, still_runs


def next_part(*, by: Access, question: Question, cursor: Cursor | None) -> Part:
    """The first part of an answer, which is a look of its own, or the part behind a cursor, which belongs to that look.

    Raises Refused, in words, or PermissionDenied, where it may not be answered now.
    """
    if cursor is None:
        look = may_run(by=by, question=question, what="rows").number
    else:
        still_runs(by=by, question=question)
        look = cursor.look
    return part_of(by, question, cursor, look=look)
