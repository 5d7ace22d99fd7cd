"""A round as a spreadsheet: where every agency stands, what was sent, and what was written beside it."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.utils.translation import gettext as _

from safeboard.core.access import Access
from safeboard.documents.sheets import Column, Table, workbook
from safeboard.library import queries as library
from safeboard.library.shapes.standards import Review

from . import asking
from .models import Answer, Moderation, Round, RoundAgency
from .queries.answers import SENT
from .queries.reviews import review_of
from .queries.rounds import lines_of


def workbook_of(access: Access, round_: Round) -> bytes:
    """The whole round as XLSX. Of what was not sent only the counts are in it."""
    review = review_of(round_.pack, round_.review, round_.version)
    places = list(RoundAgency.objects.filter(round=round_, stand__in=SENT).select_related("agency"))
    answers: dict[int, dict[str, Answer]] = defaultdict(dict)
    for answer in Answer.objects.filter(submission_id__in=[place.submission_id for place in places]):
        answers[answer.submission_id][answer.question] = answer
    views = _views(places)
    tables = [
        _standing(access, round_),
        _values(review, places, answers, views),
        _words(review, places, answers, views),
    ]
    return workbook(tables, title=round_.title)


def _views(places: list[RoundAgency]) -> dict[tuple[int, str], Moderation]:
    rows = Moderation.objects.filter(place__in=places).order_by("pk")
    return {(row.place_id, row.question): row for row in rows}


def _standing(access: Access, round_: Round) -> Table:
    kinds = dict(library.choices(round_.board.pack, "agency-kinds"))
    columns = [
        Column("agency", _("Agency")),
        Column("kind", _("Kind")),
        Column("stand", _("Where it stands")),
        Column("late", _("Days late"), "number"),
        Column("delivered", _("Delivered")),
        Column("asked", _("Questions"), "number"),
        Column("answered", _("Answered"), "number"),
        Column("sent", _("Sent on"), "date"),
        Column("gaps", _("Fall short"), "number"),
        Column("score", _("Of a hundred"), "number"),
    ]
    rows = [
        {
            "agency": line.agency,
            "kind": kinds.get(line.kind, line.kind),
            "stand": str(line.stand.label),
            "late": line.late_days or None,
            "delivered": _("Yes") if line.delivered else _("No"),
            "asked": line.asked,
            "answered": line.answered,
            "sent": line.submitted_on,
            "gaps": line.gaps if line.submitted_on else None,
            "score": line.score,
        }
        for line in lines_of(access, round_)
    ]
    return Table(title=_("Agencies"), columns=columns, rows=rows, note=round_.title)


def _values(review: Review, places: list[RoundAgency], answers: Any, views: Any) -> Table:
    questions = list(review.questions())
    columns = [Column("agency", _("Agency")), *(Column(one.id, str(one.question)) for one in questions)]
    rows = []
    for place in places:
        sent = answers[place.submission_id]
        row: dict[str, Any] = {"agency": place.agency.name}
        for one in questions:
            view = views.get((place.pk, one.id))
            row[one.id] = asking.label_of(one, view.value) if view else asking.in_words(one, sent.get(one.id))
        rows.append(row)
    return Table(title=_("Answers"), columns=columns, rows=rows, note=_("As the board holds them."))


def _words(review: Review, places: list[RoundAgency], answers: Any, views: Any) -> Table:
    questions = asking.by_id(review)
    columns = [
        Column("agency", _("Agency")),
        Column("question", _("Question")),
        Column("answer", _("Answer of the agency")),
        Column("words", _("In words")),
        Column("plan", _("What will be done")),
        Column("review_on", _("Looked at again on"), "date"),
        Column("view", _("The board’s view")),
        Column("reason", _("Why")),
    ]
    rows = []
    for place in places:
        for name, answer in answers[place.submission_id].items():
            view, one = views.get((place.pk, name)), questions.get(name)
            if one is None or not (answer.words or answer.plan or answer.review_on or view):
                continue
            rows.append(
                {
                    "agency": place.agency.name,
                    "question": str(one.question),
                    "answer": asking.label_of(one, answer.value) if answer.value else "",
                    "words": answer.words,
                    "plan": answer.plan,
                    "review_on": answer.review_on,
                    "view": asking.label_of(one, view.value) if view else "",
                    "reason": view.reason if view else "",
                }
            )
    return Table(title=_("In words"), columns=columns, rows=rows)
