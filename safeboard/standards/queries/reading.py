"""What was sent, as it is read: answer by answer, with last time, the board's view, evidence, gaps and actions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from safeboard.core.access import Access
from safeboard.core.models import Link
from safeboard.library.shapes.standards import Question, Review, Section
from safeboard.strategy.models import Action

from .. import asking
from ..choices import COLOURS
from ..models import Answer, Gap, Moderation, Proof, Return, RoundAgency, Submission
from .accepted import GREEN
from .returns import answers_of, gaps_of, last_time, review_in
from .rounds import views_of


@dataclass(frozen=True)
class Line:
    """One answer. ``held``: its value as the board holds it; ``change``: better, worse, same or '' since last time."""

    question: Question
    answer: Answer
    said: str
    before: str
    change: str
    view: Moderation | None
    gap: Gap | None
    evidence: list[Proof] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    more: bool = False
    staff: bool | None = None  # whether most of the staff say so; None where fewer than five were asked

    @property
    def differs(self) -> bool:
        """The answer is green and the staff do not say so (S4)."""
        return self.staff is False and self.held in GREEN

    @property
    def held(self) -> str:
        """The value as the board holds it."""
        return self.view.value if self.view else self.answer.value

    @property
    def held_said(self) -> str:
        """That value in words."""
        return asking.label_of(self.question, self.held)

    @property
    def may_be_seen_otherwise(self) -> bool:
        """Whether the board may see it otherwise: what is in words, and evidence, stays as it was given."""
        return self.question.asks in asking.SEEN_OTHERWISE

    @property
    def colour(self) -> str:
        """The colour of the answer's tag."""
        return COLOURS.get(self.answer.value, "blue")

    @property
    def level(self) -> Any:
        """The statement of the level that was chosen, where it is one."""
        levels = self.question.levels
        return levels[int(self.answer.value) - 1] if levels and self.answer.value.isdigit() else None


@dataclass(frozen=True)
class Part:
    """A section with what was answered in it."""

    section: Section
    lines: list[Line]


def parts_of(
    access: Access,
    row: Return,
    review: Review,
    submission: Submission | None,
    place: RoundAgency | None = None,
    staff: Mapping[str, bool] | None = None,
) -> list[Part]:
    """The sections of what was sent. ``place``: whose board's views stand beside the answers; ``staff``: what most of
    the agency's staff say, by question."""
    answers = answers_of(access, submission)
    if not answers:
        return []
    before = answers_of(access, last_time(access, row))
    views = views_of(access, place) if place else {}
    gaps = gaps_of(access, row)
    raised = actions_by_gap(gap.pk for gap in gaps.values())
    shelf = _shelf(row.agency_id, answers.values())
    more = set(place.more) if place else set()
    parts = []
    for section in review.sections:
        lines = [
            Line(
                question=one,
                answer=answers[one.id],
                said=asking.in_words(one, answers[one.id]),
                before=asking.in_words(one, before.get(one.id)),
                change=_change(one, before.get(one.id), answers[one.id]),
                view=views.get(one.id),
                gap=gaps.get(one.id),
                evidence=[shelf[number] for number in answers[one.id].evidence if number in shelf],
                actions=raised[gaps[one.id].pk] if one.id in gaps else [],
                more=one.id in more,
                staff=(staff or {}).get(one.id),
            )
            for one in section.questions
            if one.id in answers
        ]
        if lines:
            parts.append(Part(section, lines))
    return parts


def actions_by_gap(gaps: Iterable[int]) -> dict[int, list[Action]]:
    """The actions that were made of gaps, by gap, as far as the wall lets through."""
    wanted = list(gaps)
    if not wanted:
        return defaultdict(list)
    ties = Link.objects.filter(
        from_type=Gap._meta.label_lower, from_id__in=wanted, to_type=Action._meta.label_lower, kind="raised"
    ).values_list("from_id", "to_id")
    actions = Action.objects.filter(pk__in=[to for _gap, to in ties]).select_related("owner").in_bulk()
    found: dict[int, list[Action]] = defaultdict(list)
    for gap, to in ties:
        if to in actions:
            found[gap].append(actions[to])
    return found


def _shelf(agency_id: int, answers: Iterable[Answer]) -> dict[int, Proof]:
    numbers = {number for answer in answers for number in answer.evidence}
    if not numbers:
        return {}
    rows = Proof.objects.filter(agency_id=agency_id, number__in=numbers).defer("content")
    return {row.number: row for row in rows}


def _change(question: Question, before: Answer | None, now: Answer) -> str:
    if before is None:
        return ""
    was, is_ = asking.figure(question, before.value), now.figure
    if was is None or is_ is None:
        return "same" if (before.value, before.words) == (now.value, now.words) else ""
    return "same" if was == is_ else "better" if is_ > was else "worse"


def paper_of(access: Access, place: RoundAgency, staff: Mapping[str, bool] | None = None) -> dict[str, Any]:
    """What the page and the paper of one agency's return are made of; ``staff`` as in parts_of."""
    review = review_in(place.of)
    parts = parts_of(access, place.of, review, place.submission, place, staff)
    lines = [line for part in parts for line in part.lines]
    return {
        "place": place,
        "round": place.round,
        "agency": place.agency,
        "review": review,
        "parts": parts,
        "short": [line for line in lines if line.gap and line.gap.state == "open"],
        "differ": [line for line in lines if line.differs],
        "better": sum(line.change == "better" for line in lines),
        "worse": sum(line.change == "worse" for line in lines),
    }


def line_of(access: Access, place: RoundAgency, question: str) -> Line | None:
    """One answer that was sent, or None."""
    parts = parts_of(access, place.of, review_in(place.of), place.submission, place)
    return next((line for part in parts for line in part.lines if line.question.id == question), None)


def answered_questions(access: Access, place: RoundAgency) -> list[Question]:
    """The questions that were answered in what was sent."""
    there = set(answers_of(access, place.submission))
    return [one for one in review_in(place.of).questions() if one.id in there]


def evidence_sent(access: Access, place: RoundAgency) -> set[int]:
    """The numbers of the evidence that answers name which were sent to the board."""
    return {number for answer in answers_of(access, place.submission).values() for number in answer.evidence}
