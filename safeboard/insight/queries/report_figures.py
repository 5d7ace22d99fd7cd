"""The figures of an annual report, each with its picture and its table, as they are now.

Of incidents from final releases alone, of indicators from snapshots: what was suppressed there stays suppressed here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safeboard.core import times
from safeboard.core.access import Access
from safeboard.documents.charts import Picture, bar_chart, described, stacked_chart
from safeboard.documents.sheets import Column, Table
from safeboard.documents.suppression import Count, shown
from safeboard.incidents.queries.lessons import lessons_of
from safeboard.library.shapes.reports import Figure
from safeboard.meetings.queries.report import report_of as meetings_between
from safeboard.partnership.models import Board
from safeboard.standards.choices import Stand
from safeboard.standards.models import Heard, Round, RoundAgency
from safeboard.strategy.choices import State
from safeboard.strategy.queries import visible_to

from .. import pictures
from ..choices import ANNUAL_RETURN
from .indicators import Course
from .releases import having
from .report_gathering import Gathering, plain
from .standings import PARTS, counts_by_part

SENT = (Stand.SUBMITTED, Stand.ACCEPTED)


def picture_of(gathering: Gathering, name: str) -> Picture | None:
    """A figure as it is now, or None where nothing was counted for it in that year."""
    return MAKERS[Figure(name)](gathering)


def figures_of(access: Access, board: Board, year: int, names: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The named figures of a board's year as plain values, by name; those without anything counted are left out."""
    gathering = Gathering(access, board, year)
    made = {name: picture_of(gathering, name) for name in names}
    return {name: plain(picture) for name, picture in made.items() if picture is not None}


# Incidents -------------------------------------------------------------------------------------------------


def _incidents(given: Gathering) -> Picture | None:
    return pictures.by_quarter(given.board.pack, given.released)


def _of_latest(place: int) -> Callable[[Gathering], Picture | None]:
    def made(given: Gathering) -> Picture | None:
        found = list(pictures.of_latest(given.board.pack, given.released))
        return found[place] if found else None

    return made


# The register and indicators ---------------------------------------------------------------------------------


def _register(given: Gathering) -> Picture | None:
    """Who has a lead, an officer and a plan: the register knows today alone, so of a running or the last year only."""
    if given.year < timezone.localdate().year - 1:
        return None
    return pictures.in_place(having(given.board))


def _standing(given: Gathering) -> Picture | None:
    latest = next((one for one in reversed(given.snapshots) if one.standing), None)
    if latest is None:
        return None
    counts = counts_by_part(latest)
    cells = [cell for cell, _count in counts[0][1]]
    series = {f"{cell.letter}: {cell.words}": [shown(dict(row)[cell]) for _part, row in counts] for cell in cells}
    names = [part for part, _row in counts]
    question = _("How many agencies stand where in each part?")
    whole = sum(count for _cell, count in counts[0][1])
    words = ngettext("%(n)s agency was counted on %(day)s.", "%(n)s agencies were counted on %(day)s.", whole)
    answer = words % {"n": f"{whole:,}", "day": times.exact(latest.at)}
    svg = stacked_chart(names, series, title=question, description=answer, unit=_("agencies"))
    columns = [Column("part", _("Part")), *(Column(name, name, "number") for name in series)]
    rows = [{"part": part, **{name: column[n] for name, column in series.items()}} for n, part in enumerate(names)]
    return Picture(question, answer, svg, Table(_("Agencies by part"), columns, rows))


def _of_part(part: str) -> Callable[[Gathering], Picture | None]:
    def made(given: Gathering) -> Picture | None:
        found = [one for one in given.courses if one.indicator.pies == part and one.points]
        return _indicators(str(PARTS[part]), found) if found else None

    return made


def _indicators(part: str, found: Sequence[Course]) -> Picture:
    """The indicators of a part: the first and the last figure of the year, baseline and target."""
    question = _("%(part)s: where do we stand against our targets?") % {"part": part}
    states = Counter(one.state_words for one in found)
    answer = _("%(parts)s.") % {"parts": "; ".join(f"{word}: {many}" for word, many in states.items())}
    shares = [one for one in found if one.indicator.is_share]
    names = [one.indicator.title for one in shares]
    counts = [one.points[-1].count for one in shares]
    unit = _("of a hundred")
    words = described(names, counts)
    svg: Any = bar_chart(names, counts, title=question, description=words, unit=unit, across=True) if shares else ""
    heads = {"title": _("Indicator"), "first": _("First of the year"), "last": _("Last of the year")}
    heads |= {"baseline": _("Baseline"), "target": _("Target"), "said": _("In words"), "state": _("State")}
    rows = [
        {
            "title": one.indicator.title,
            "first": one.points[0].count,
            "last": one.points[-1].count,
            "baseline": one.baseline,
            "target": one.indicator.target,
            "said": one.said,
            "state": one.state_words,
        }
        for one in found
    ]
    note = _("Of agencies and of answers: so many of a hundred. A rise of reports may be good news.")
    return Picture(question, answer, svg, Table(part, [Column(*one) for one in heads.items()], rows, note))


# The plan, returns, meetings, lessons, surveys -----------------------------------------------------------------


def _plan(given: Gathering) -> Picture | None:
    rows = visible_to(given.access).exclude(state__in=(State.DROPPED, State.DECLINED))
    rows = rows.filter(raised_at__date__lte=given.last)
    found = Counter(
        _stand(state, due, given.day)
        for state, due, done in rows.values_list("state", "due_on", "done_on")
        if not (done and done < given.first)
    )
    if not found:
        return None
    words = (_("Overdue"), _("Asked, not accepted yet"), _("Under way, in time"), _("Done"))
    counts = {word: shown(found[word]) for word in words}
    question = _("How far has the action plan come?")
    answer = _("%(done)s of %(all)s actions are done, %(late)s are overdue.") % {
        "done": found[_("Done")],
        "all": found.total(),
        "late": found[_("Overdue")],
    }
    note = _("As the plan stands on the day of counting.")
    return _bars(question, answer, _("Actions of the plan"), _("State"), counts, _("actions"), note)


def _stand(state: str, due: date, today: date) -> str:
    if state == State.DONE:
        return _("Done")
    if due < today:
        return _("Overdue")
    return _("Asked, not accepted yet") if state == State.ASKED else _("Under way, in time")


def _bars(
    question: str, answer: str, title: str, head: str, counts: Mapping[str, Count], unit: str, note: str = ""
) -> Picture:
    names, values = list(counts), list(counts.values())
    svg = bar_chart(names, values, title=question, description=described(names, values), unit=unit, across=True)
    columns = [Column("line", head), Column("count", _("How many"), "number")]
    rows = [{"line": line, "count": one} for line, one in counts.items()]
    return Picture(question, answer, svg, Table(title, columns, rows, note))


def _returns(given: Gathering) -> Picture | None:
    """Who made the annual return of the year, and who is late: agencies by name."""
    rounds = Round.objects.filter(
        board=given.board, review=ANNUAL_RETURN, due_on__year=given.year, sent_at__isnull=False
    )
    rows = list(
        RoundAgency.objects.filter(round__in=rounds)
        .order_by("round__due_on", "agency__name")
        .values_list("agency__name", "round__due_on", "stand", "submitted_at")
    )
    if not rows:
        return None
    lines = [
        {"agency": name, "due": due, "state": _returned(stand, due, sent, given.day)} for name, due, stand, sent in rows
    ]
    counted = Counter(str(one["state"]) for one in lines)
    counts = {word: shown(counted[word]) for word in (_("In time"), _("After its month"), _("Late"), _("Not due yet"))}
    question = _("Which agencies made their annual return?")
    came = len(rows) - counted[_("Late")] - counted[_("Not due yet")]
    answer = _("%(came)s of %(all)s were returned; %(late)s are late.") % {
        "came": came,
        "all": len(rows),
        "late": counted[_("Late")],
    }
    svg = bar_chart(
        list(counts),
        list(counts.values()),
        title=question,
        description=described(list(counts), list(counts.values())),
        unit=_("agencies"),
        across=True,
    )
    columns = [Column("agency", _("Agency")), Column("due", _("Due by"), "date"), Column("state", _("Return"))]
    return Picture(question, answer, svg, Table(_("Annual returns"), columns, lines))


def _returned(stand: str, due: date, sent: Any, today: date) -> str:
    if stand in SENT and sent is not None:
        return _("In time") if timezone.localdate(sent) <= due else _("After its month")
    return _("Late") if due < today else _("Not due yet")


def _meetings(given: Gathering) -> Picture | None:
    if not given.access.can("meetings.see"):
        return None
    found = meetings_between(given.access, given.board, given.first, given.last)
    if not found.held:
        return None
    names = [times.exact(timezone.localdate(one.meeting.starts_at)) for one in found.held]
    counts = [shown(one.came) for one in found.held]
    question = _("How often did the subgroup meet, and how many came?")
    words = ngettext("It met once", "It met %(n)s times", len(found.held)) % {"n": len(found.held)}
    answer = _("%(met)s; %(decisions)s decisions and %(actions)s actions came of it.") % {
        "met": words,
        "decisions": found.decisions,
        "actions": found.actions,
    }
    svg = bar_chart(names, counts, title=question, description=described(names, counts), unit=_("members who came"))
    columns = [
        Column("on", _("Meeting")),
        Column("came", _("Came"), "number"),
        Column("asked", _("Of"), "number"),
        Column("decisions", _("Decisions"), "number"),
    ]
    rows = [
        {"on": f"{name}, {one.meeting.title}", "came": one.came, "asked": one.asked, "decisions": len(one.decisions)}
        for name, one in zip(names, found.held, strict=True)
    ]
    note = _("What is confidential is not counted.")
    return Picture(question, answer, svg, Table(_("Meetings of the subgroup"), columns, rows, note))


def _lessons(given: Gathering) -> Picture | None:
    """How many lessons the board holds from the year, and how far they are: no word of any of them."""
    rows = lessons_of(given.access).filter(made_at__year=given.year) if given.access.board_id else []
    found = [(one.done_on, one.looked_on) for one in rows]
    if not found:
        return None
    counts = {
        _("To be done"): shown(sum(done is None for done, _looked in found)),
        _("Done, effect not looked at yet"): shown(sum(bool(done) and not looked for done, looked in found)),
        _("Done, and looked at whether it worked"): shown(sum(bool(done and looked) for done, looked in found)),
    }
    question = _("What came of the lessons that were shared?")
    words = ngettext("%(n)s lesson was shared with the board.", "%(n)s lessons were shared with the board.", len(found))
    answer = words % {"n": len(found)}
    return _bars(question, answer, _("Lessons shared with the board"), _("State"), counts, _("lessons"))


def _surveys(given: Gathering) -> Picture | None:
    rows = Heard.objects.filter(board=given.board, at__year=given.year).select_related("result")
    lines = [{"of": one.result.title, "said": one.said, "did": one.did, "came": one.get_came_display()} for one in rows]
    if not lines:
        return None
    question = _("What did people tell us, and what did we do?")
    words = ngettext("%(n)s thing that people said.", "%(n)s things that people said.", len(lines))
    heads = {"of": _("Survey"), "said": _("You said"), "did": _("We did"), "came": _("What came of it")}
    table = Table(_("You said, we did"), [Column(*one) for one in heads.items()], lines)
    return Picture(question, words % {"n": len(lines)}, "", table)


MAKERS: Mapping[Figure, Callable[[Gathering], Picture | None]] = {
    Figure.INCIDENTS: _incidents,
    Figure.CONCERNS: _of_latest(0),
    Figure.REPORTERS: _of_latest(1),
    Figure.REGISTER: _register,
    Figure.STANDING: _standing,
    Figure.POLICIES: _of_part("policies"),
    Figure.INFRASTRUCTURE: _of_part("infrastructure"),
    Figure.EDUCATION: _of_part("education"),
    Figure.STANDARDS: _of_part("standards"),
    Figure.PLAN: _plan,
    Figure.RETURNS: _returns,
    Figure.MEETINGS: _meetings,
    Figure.LESSONS: _lessons,
    Figure.SURVEYS: _surveys,
}
