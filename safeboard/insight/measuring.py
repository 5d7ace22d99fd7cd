"""What indicators are now: agencies from the register and accepted answers, surveys from what was counted and
protected, incidents from released quarters. Nothing here reads an incident or somebody's answer.

Whoever calls opens the wall for the board, its register and what it shares.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from safeboard.library.shapes.indicators import Figure, From, Known
from safeboard.library.shapes.standards import Pies
from safeboard.partnership import queries as partnership
from safeboard.partnership.choices import Known as Said
from safeboard.partnership.choices import Missing
from safeboard.partnership.models import Board, Setting
from safeboard.standards.queries.accepted import accepted, accepted_scores
from safeboard.standards.queries.surveys import latest_results

from .choices import SHOWN_QUARTERS
from .models import BoardIndicator, Release

YES, PARTLY, NO, UNKNOWN = "yes", "partly", "no", "unknown"
Marks = dict[int, str]  # by agency
QUARTERS = 4  # of a year
WHOLE = 100
# From the worst to the best: the first that an agency has in a part is its letter there. Not known is not well.
LETTERS = ((NO, "R"), (PARTLY, "A"), (UNKNOWN, "?"), (YES, "G"))
NOTHING = "–"


# Agencies ----------------------------------------------------------------------------------------------------------


class Register:
    """What the register knows of a board's agencies, read once. Two queries."""

    def __init__(self, board: Board) -> None:
        self._rows = list(partnership.register(board).values("pk", "missing_lead", "missing_officer"))
        self.agencies = [row["pk"] for row in self._rows]
        plans: dict[int, set[tuple[str, str]]] = {}
        open_settings = Setting.objects.filter(agency_id__in=self.agencies, closed_on__isnull=True).order_by()
        for agency, plan, policy in open_settings.values_list("agency_id", "filtering_plan", "acceptable_use"):
            plans.setdefault(agency, set()).add((plan, policy))
        self._settings = plans

    def marks(self, known: str) -> Marks:
        """How each agency stands in what the register knows. Without settings nothing is known of them."""
        if known in (Known.LEAD, Known.OFFICER):
            name = f"missing_{Missing.LEAD if known == Known.LEAD else Missing.OFFICER}"
            return {row["pk"]: NO if row[name] else YES for row in self._rows}
        place = 0 if known == Known.PLAN else 1
        return {agency: _together(pair[place] for pair in self._settings.get(agency, ())) for agency in self.agencies}


def _together(said: Iterable[str]) -> str:
    """Of what was said of an agency's settings: all yes, none, some, or not known."""
    found = set(said)
    if not found or found == {Said.UNKNOWN}:
        return UNKNOWN
    if Said.NO in found:
        return PARTLY if Said.YES in found else NO
    return UNKNOWN if Said.UNKNOWN in found else YES


def agency_marks(board: Board, indicators: Sequence[BoardIndicator]) -> dict[str, Marks]:
    """For each indicator that counts agencies, how each agency stands: the first source that knows it answers."""
    register = Register(board)
    answers = _answers(board, indicators)
    found: dict[str, Marks] = {}
    for one in indicators:
        if not one.of_agencies:
            continue
        marks = dict.fromkeys(register.agencies, UNKNOWN)
        for source in reversed(one.definition["sources"]):
            known = _known(source, one, board, register, answers)
            marks |= {agency: mark for agency, mark in known.items() if agency in marks and mark != UNKNOWN}
        found[one.name] = marks
    return found


def _known(source: str, one: BoardIndicator, board: Board, register: Register, answers: Mapping[str, Any]) -> Marks:
    """What one source knows of the agencies."""
    if source == From.REGISTER:
        return register.marks(one.definition["known"])
    return _of_score(one, board) if source == From.SCORE else _of_review(one, answers)


def _of_score(one: BoardIndicator, board: Board) -> Marks:
    asked = one.definition["score"]

    def mark(score: int) -> str:
        return YES if score >= asked["enough"] else PARTLY if score >= asked["partly"] else NO

    return {agency: mark(score) for agency, score in accepted_scores(board.pk, asked["items"]).items()}


def _answers(board: Board, indicators: Sequence[BoardIndicator]) -> dict[str, dict[int, dict[str, str]]]:
    """The accepted answers to the questions that indicators name, by review. Four queries for each review."""
    asked: dict[str, set[str]] = {}
    for one in indicators:
        if From.REVIEW in one.definition.get("sources", ()):
            asked.setdefault(one.definition["review"]["item"], set()).add(one.definition["review"]["question"])
    return {review: accepted(board.pk, review, questions) for review, questions in asked.items()}


def _of_review(one: BoardIndicator, answers: Mapping[str, Mapping[int, Mapping[str, str]]]) -> Marks:
    review = one.definition["review"]
    counts, partly = set(review["counts"]), set(review["partly"])

    def mark(value: str) -> str:
        if not value or value == "na":
            return UNKNOWN
        return YES if value in counts else PARTLY if value in partly else NO

    given = answers.get(review["item"], {})
    return {agency: mark(said.get(review["question"], "")) for agency, said in given.items()}


def letters(indicators: Sequence[BoardIndicator], marks: Mapping[str, Marks], agency: int) -> dict[str, str]:
    """An agency's letter in each part: the worst of what is counted there; a dash where nothing is."""
    found: dict[str, str] = {}
    for part in Pies:
        said = {marks[one.name].get(agency, UNKNOWN) for one in indicators if one.pies == part and one.name in marks}
        found[part.value] = next((letter for mark, letter in LETTERS if mark in said), NOTHING)
    return found


def counted(marks: Marks) -> dict[str, int]:
    """How many agencies have it, lack it (or have it in part), and are not known."""
    counts = Counter(marks.values())
    return {"has": counts[YES], "lacks": counts[NO] + counts[PARTLY], "unknown": counts[UNKNOWN], "whole": len(marks)}


# Surveys and incidents -----------------------------------------------------------------------------------------------


def survey_figure(board: Board, one: BoardIndicator) -> dict[str, Any]:
    """Of a hundred who answered, how many gave an answer that counts; from protected figures alone."""
    asked = one.definition["survey"]
    for result in latest_results(board.pk, asked["item"]):
        table = next((table for table in result.tables if table["id"] == asked["question"]), None)
        if table is None:
            continue
        figures = [figure for code, _words, figure in table["rows"] if code in asked["counts"]]
        of = str(result.counted_at.date())
        if not all(isinstance(figure, int) for figure in (*figures, result.answers)) or not result.answers:
            return {"figure": "c", "of": of}
        return {"figure": round(WHOLE * sum(figures) / result.answers), "of": of}
    return {"figure": ":", "of": ""}


def incident_figure(quarters: Sequence[Release], one: BoardIndicator) -> dict[str, Any]:
    """A released figure: the total, or a table; of the last quarter, or of the last four together.

    ``quarters``: released ones, the newest first. A sum of which a part is hidden is hidden. ``before``: the total of
    the quarters before, the oldest first, as it was released.
    """
    name = one.definition["incidents"]
    wanted = list(quarters[: QUARTERS if one.definition["yearly"] else 1])
    if not wanted or (one.definition["yearly"] and len(wanted) < QUARTERS):
        return {"figure": ":", "of": ""}
    of = wanted[0].of.short if len(wanted) == 1 else wanted[0].of.year_to
    total = _sum([_total(release) for release in wanted])
    if name == Figure.TOTAL:
        before = [] if one.definition["yearly"] else [[row.of.short, _total(row)] for row in reversed(quarters[1:])]
        return {"figure": total, "of": of, "before": before}
    tables = [dict(release.tables.get(name, [])) for release in wanted]
    lines = list(dict.fromkeys(line for table in tables for line in table))
    rows = [[line, _sum([table.get(line, ":") for table in tables])] for line in lines]
    return {"figure": total, "of": of, "rows": rows}


def _total(release: Release) -> Any:
    return release.tables.get("total", ":")


def _sum(figures: Sequence[Any]) -> int | str:
    """The sum of figures; the first sign where one is not shown. 'Does not apply' counts as nought beside others."""
    if all(figure == "z" for figure in figures):
        return "z"
    signs = [figure for figure in figures if not isinstance(figure, int) and figure != "z"]
    return str(signs[0]) if signs else sum(figure for figure in figures if isinstance(figure, int))


def values(board: Board, indicators: Sequence[BoardIndicator], marks: Mapping[str, Marks]) -> dict[str, Any]:
    """What every indicator is now, by name."""
    quarters = list(Release.objects.filter(board=board, final=True)[:SHOWN_QUARTERS])
    found: dict[str, Any] = {}
    for one in indicators:
        if one.of_agencies:
            found[one.name] = counted(marks[one.name])
        elif one.source == From.SURVEY:
            found[one.name] = survey_figure(board, one)
        else:
            found[one.name] = incident_figure(quarters, one)
    return found
