"""From what people ticked to figures that identify nobody, and to what most of an agency's staff say.

All questions of a survey are tables of the same people, so they are protected together, under one total. What is said
of an agency's staff is a word, "most say so" or not, from five answers on. Each word leaves two numbers of people or
more open; where a question's figures for the whole board would narrow one of them to a single number, those figures
are not shown. A figure of few answers is hidden as those of incidents are: 1 to 5.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from safeboard.documents.suppression import CannotProtect, Cell, suppress_linked

from .choices.surveys import FEWEST_ANSWERS, FEWEST_STAFF, MOST_AGREE, Asks

Question = Mapping[str, Any]
Ticked = Mapping[str, Sequence[str]]  # id of the question: ids of the answers
Plain = str | int
HIDDEN, NONE = ":", ""


def tables(questions: Sequence[Question], replies: Sequence[Ticked]) -> tuple[Plain, list[dict[str, Any]]]:
    """How many answered, and a table for each question that is ticked, protected together.

    Of fewer than FEWEST_ANSWERS nothing is shown; where protecting fails neither.
    """
    asked = [one for one in questions if one["asks"] != Asks.WORDS]
    if len(replies) < FEWEST_ANSWERS or not asked:
        whole: Plain = "c" if 0 < len(replies) < FEWEST_ANSWERS else len(replies)
        return whole, [_table(one, [HIDDEN] * len(one["answers"])) for one in asked]
    laid = [table for one in asked for table in _cells(one, replies)]
    try:
        seen = suppress_linked(laid, row_totals=False)
    except CannotProtect:
        return HIDDEN, [_table(one, [HIDDEN] * len(one["answers"])) for one in asked]
    totals = seen[0].column_totals
    found, rest = [], iter(seen)
    for one in asked:
        if one["asks"] == Asks.SEVERAL:
            figures = [next(rest).rows[0][0] for _answer in one["answers"]]
        else:
            figures = [row[0] for row in next(rest).rows[: len(one["answers"])]]
        found.append(_table(one, [figure.shown if figure.value is None else figure.value for figure in figures]))
    whole = totals[0].shown if totals and totals[0].value is None else len(replies)
    return whole, found


def _table(question: Question, figures: Sequence[Plain]) -> dict[str, Any]:
    rows = [[code, words, figure] for (code, words), figure in zip(question["answers"], figures, strict=True)]
    kept = {name: question.get(name) for name in ("id", "question", "asks", "good")}
    return {**kept, "rows": rows}


def _cells(question: Question, replies: Sequence[Ticked]) -> list[list[list[Cell]]]:
    """The true counts of a question: one table with those who left it out, or for each answer ticked and not."""
    codes = [code for code, _words in question["answers"]]
    counts = Counter(code for reply in replies for code in set(reply.get(question["id"], ())))
    if question["asks"] == Asks.SEVERAL:
        return [[[counts[code]], [len(replies) - counts[code]]] for code in codes]
    return [[[counts[code]] for code in codes] + [[len(replies) - sum(counts[code] for code in codes)]]]


def agreeing(question: Question, replies: Sequence[Ticked]) -> int:
    """How many of these people say that it is so."""
    good = set(question["good"])
    return sum(bool(good & set(reply.get(question["id"], ()))) for reply in replies)


def most(agree: int, many: int) -> bool:
    """Whether that many of so many are most of them: seven of ten."""
    share, of = MOST_AGREE
    return agree * of >= share * many


def views(questions: Sequence[Question], by_agency: Mapping[int, Sequence[Ticked]]) -> dict[str, dict[int, bool]]:
    """For each question that has a good answer: the agencies with five answers or more, and whether most agree."""
    enough = {agency: replies for agency, replies in by_agency.items() if len(replies) >= FEWEST_STAFF}
    return {
        one["id"]: {agency: most(agreeing(one, replies), len(replies)) for agency, replies in enough.items()}
        for one in questions
        if one["asks"] == Asks.ONE and one.get("good")
    }


def beside_views(
    found: Sequence[dict[str, Any]],
    said: Mapping[str, Mapping[int, bool]],
    by_agency: Mapping[int, Sequence[Ticked]],
    everybody: int,
) -> list[dict[str, Any]]:
    """The tables, without the figures of those questions that would narrow what is said of an agency to one number."""
    return [
        one if _leaves_open(one, said.get(one["id"], {}), by_agency, everybody) else _without_figures(one)
        for one in found
    ]


def _without_figures(table: dict[str, Any]) -> dict[str, Any]:
    return {**table, "rows": [[code, words, HIDDEN] for code, words, _figure in table["rows"]]}


def _leaves_open(
    table: Mapping[str, Any],
    said: Mapping[int, bool],
    by_agency: Mapping[int, Sequence[Ticked]],
    everybody: int,
) -> bool:
    """Whether every word about an agency still stands for two numbers of people or more beside these figures.

    The reader is granted to know how many of each agency answered. Where a good answer is hidden, the words could
    narrow what the table hides: then they do not stand together.
    """
    if not said:
        return True
    good = [figure for code, _words, figure in table["rows"] if code in (table["good"] or ())]
    if not all(isinstance(figure, int) for figure in good):
        return all(figure == HIDDEN for _code, _words, figure in table["rows"])
    agree = sum(figure for figure in good if isinstance(figure, int))
    ranges = [span(len(by_agency[agency]), one) for agency, one in said.items()]
    others = everybody - sum(len(by_agency[agency]) for agency in said)
    least, greatest = sum(low for low, _high in ranges), sum(high for _low, high in ranges) + others
    return all(max(low, agree - (greatest - high)) < min(high, agree - (least - low)) for low, high in ranges)


def span(many: int, agree: bool) -> tuple[int, int]:
    """How many of so many may agree, where it is known whether most do."""
    share, of = MOST_AGREE
    lowest = -(-share * many // of)
    return (lowest, many) if agree else (0, lowest - 1)
