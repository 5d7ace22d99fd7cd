"""The pictures of a board: each a question, its answer in a sentence, a chart, and the figures as a table.

Made from released figures alone, so that a chart, a table and a download never show more than was released.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safeboard.core import times
from safeboard.documents.charts import Picture, bar_chart, described, stacked_chart
from safeboard.documents.sheets import Column, Table
from safeboard.documents.suppression import Count, shown
from safeboard.library import queries as library
from safeboard.partnership.choices import Missing

from .choices import JOINED, OTHER
from .models import Release
from .queries import SIGNS, Having, Released, figure, lines, sentence, total

SERIES = 5  # kinds with a pattern of their own; the others are put together
KINDS = {"kinds": "incident-kinds", "classifications": "classifications", "agencies": "agency-kinds"}


def pictures(pack: str, found: Released, register: Mapping[Missing, Having]) -> list[Picture]:
    """All pictures of a board, those that there are figures for."""
    made = [by_quarter(pack, found), *of_latest(pack, found), late_duties(pack, found), in_place(register)]
    return [picture for picture in made if picture is not None]


def title_of(pack: str, name: str, line: str) -> str:
    """The title of a line: of an item of the pack, of several that share it, or of what the pack does not know."""
    unknown = _("Another kind")
    titles = [unknown if one == OTHER else library.label(pack, KINDS[name], one) for one in line.split(JOINED)]
    return _(" and ").join(titles)


def source(release: Release) -> str:
    """Where the figures are from."""
    return _("reports of the agencies of this board, released on %(day)s") % {"day": times.exact(release.made_at)}


def note() -> str:
    """What stands below every table with figures of incidents."""
    return _(
        "Counted by the day of the report. A figure is not shown (c) where it is fewer than six, ten or fewer if it is "
        "about sexual harm, or where it would give such a figure away."
    )


# By quarter -------------------------------------------------------------------------------------------------


def by_quarter(pack: str, found: Released) -> Picture | None:
    """Bars by quarter, made of kinds of incident: the largest with a pattern of their own."""
    if found.latest is None:
        return None
    quarters = [lines(row, "kinds") for row in found.quarters]
    kinds = list(dict.fromkeys(kind for row in quarters for kind in row))
    series = _largest(pack, kinds, quarters, [total(row) for row in found.quarters])
    question = _("How many incidents were reported, and of what kind?")
    names = [row.of.short for row in found.quarters]
    answer = sentence(found)
    svg = stacked_chart(names, series, title=question, description=answer, unit=_("incidents")) if series else ""
    table = kinds_table(pack, found, kinds)
    return Picture(question, answer, svg, table)


def _largest(
    pack: str, kinds: Sequence[str], quarters: Sequence[Mapping[str, Count]], totals: Sequence[Count]
) -> dict[str, list[Count]]:
    """The kinds with the largest shown figures, and the others together: what the totals leave, where that is known."""
    sums = {kind: sum(row[kind].value or 0 for row in quarters if kind in row) for kind in kinds}
    chosen = sorted((kind for kind in kinds if sums[kind]), key=lambda kind: -sums[kind])[:SERIES]
    chosen = [kind for kind in kinds if kind in chosen]
    series = {title_of(pack, "kinds", kind): [row.get(kind, SIGNS[":"]) for row in quarters] for kind in chosen}
    series[_("All other kinds")] = [
        _rest(whole, [row[kind] for kind in chosen if kind in row], row)
        for whole, row in zip(totals, quarters, strict=True)
    ]
    return series


def _rest(whole: Count, parts: Sequence[Count], row: Mapping[str, Count]) -> Count:
    if not row:
        return SIGNS[":"]
    if whole.value is None or any(part.value is None for part in parts):
        return SIGNS["c"]
    return shown(whole.value - sum(part.value or 0 for part in parts))


def kinds_table(pack: str, found: Released, kinds: Sequence[str]) -> Table:
    """Kinds of incident by quarter, with the total."""
    columns = [Column("kind", _("Kind of incident"))]
    columns += [Column(str(place), row.of.short, "number") for place, row in enumerate(found.quarters)]
    rows = [
        {
            "kind": title_of(pack, "kinds", kind),
            **{str(n): lines(row, "kinds").get(kind, SIGNS[":"]) for n, row in enumerate(found.quarters)},
        }
        for kind in kinds
    ]
    rows.append({"kind": _("All"), **{str(n): total(row) for n, row in enumerate(found.quarters)}})
    return Table(_("Incidents by kind and quarter"), columns, rows, note(), source(found.quarters[-1]))


# The latest quarter -------------------------------------------------------------------------------------------


def of_latest(pack: str, found: Released) -> Iterable[Picture]:
    """What the latest quarter's incidents were about, and where they were reported."""
    latest = found.latest
    if latest is None or latest.tables.get("withheld"):
        return []
    words = {"quarter": str(latest.of)}
    return [
        _bars(
            pack, latest, "classifications", _("What were they about in %(quarter)s?") % words, _("Incidents by risk")
        ),
        _bars(
            pack,
            latest,
            "agencies",
            _("Who reported them in %(quarter)s?") % words,
            _("Incidents by kind of agency"),
        ),
    ]


def _bars(pack: str, release: Release, name: str, question: str, title: str) -> Picture:
    counts = {title_of(pack, name, line): one for line, one in lines(release, name).items()}
    answer = _most(counts)
    svg = bar_chart(
        list(counts),
        list(counts.values()),
        title=question,
        description=described(list(counts), list(counts.values())),
        unit=_("incidents"),
        across=True,
    )
    columns = [Column("line", title), Column("count", str(release.of), "number")]
    rows = [{"line": line, "count": one} for line, one in counts.items()]
    rows.append({"line": _("All"), "count": total(release)})
    return Picture(question, answer, svg, Table(title, columns, rows, note(), source(release)))


def _most(counts: Mapping[str, Count]) -> str:
    """'Most: Contact (34).' from shown figures; that some are hidden is said."""
    known = {line: one.value for line, one in counts.items() if one.value}
    hidden = any(one.hidden for one in counts.values())
    if not known:
        return _("No figure is large enough to be shown.") if hidden else _("None were reported.")
    line = max(known, key=lambda one: known[one])
    answer = _("Most of all: %(line)s (%(count)s).") % {"line": line, "count": counts[line].shown}
    return answer + (" " + _("Figures that could identify a child are not shown.") if hidden else "")


# Late duties and the register -----------------------------------------------------------------------------------


def late_duties(pack: str, found: Released) -> Picture | None:
    """Duties whose time has passed, to the nearest 10, by kind of agency."""
    running = found.running
    if running is None or "overdue" not in running.tables:
        return None
    counts = {title_of(pack, "agencies", line): figure(one) for line, one in running.tables["overdue"]}
    question = _("How many duties are overdue?")
    svg = bar_chart(
        list(counts),
        list(counts.values()),
        title=question,
        description=described(list(counts), list(counts.values())),
        unit=_("duties, to the nearest 10"),
        across=True,
    )
    columns = [Column("line", _("Kind of agency")), Column("count", _("About how many"), "number")]
    rows = [{"line": line, "count": one} for line, one in counts.items()]
    text = _("Each figure is to the nearest 10; fewer than six are not shown (c). Counted once a day.")
    return Picture(question, _late(counts), svg, Table(_("Duties overdue"), columns, rows, text, source(running)))


def _late(counts: Mapping[str, Count]) -> str:
    parts = []
    for line, one in counts.items():
        if one.value:
            parts.append(_("%(line)s: about %(count)s") % {"line": line, "count": one.shown})
        elif one.hidden:
            parts.append(_("%(line)s: fewer than six") % {"line": line})
    if not parts:
        return _("None: whatever was owed was done in time.")
    return _("%(parts)s.") % {"parts": "; ".join(parts)}


def in_place(register: Mapping[Missing, Having]) -> Picture:
    """Agencies with and without a lead, a designated officer, a plan: register data, exact."""
    names = {
        Missing.LEAD: _("E-safety lead"),
        Missing.OFFICER: _("Designated officer"),
        Missing.PLAN: _("Filtering plan"),
    }
    states = {"has": _("In place"), "lacks": _("Missing"), "unknown": _("Not known")}
    series = {title: [shown(getattr(one, state)) for one in register.values()] for state, title in states.items()}
    question = _("Does every agency have a lead, a designated officer and a plan?")
    answer = _lacking(register)
    svg = stacked_chart(
        [names[one] for one in register], series, title=question, description=answer, unit=_("agencies")
    )
    columns = [Column("line", _("What")), *(Column(state, title, "number") for state, title in states.items())]
    rows = [{"line": names[one], **{state: getattr(had, state) for state in states}} for one, had in register.items()]
    text = _("From the register as it is today. A plan is missing where a setting is known to have none.")
    return Picture(question, answer, svg, Table(_("Agencies by what they have"), columns, rows, text))


def _lacking(register: Mapping[Missing, Having]) -> str:
    say = {
        Missing.LEAD: lambda n: ngettext("%(n)s agency has no lead", "%(n)s agencies have no lead", n),
        Missing.OFFICER: lambda n: ngettext(
            "%(n)s agency has no designated officer", "%(n)s agencies have no designated officer", n
        ),
        Missing.PLAN: lambda n: ngettext(
            "%(n)s agency has a setting without a filtering plan",
            "%(n)s agencies have a setting without a filtering plan",
            n,
        ),
    }
    parts = [say[one](had.lacks) % {"n": f"{had.lacks:,}"} for one, had in register.items() if had.lacks]
    if not any(had.has or had.lacks or had.unknown for had in register.values()):
        return _("No agency is in the register yet.")
    if not parts:
        return _("Yes: nothing is known to be missing.")
    return _("No: %(parts)s.") % {"parts": "; ".join(parts)}


# As one table ---------------------------------------------------------------------------------------------------


def long_table(made: Sequence[Picture]) -> Table:
    """All tables below each other, a figure a row: for the file that machines read."""
    columns = [
        Column("table", _("Table")),
        Column("line", _("Line")),
        Column("of", _("Of")),
        Column("figure", _("Figure"), "number"),
        Column("note", _("Note")),
    ]
    rows = []
    for picture in made:
        table = picture.table
        first, *others = table.columns
        note_ = " ".join(part for part in (table.note, table.signs()) if part)
        rows += [
            {"table": table.title, "line": row[first.key], "of": one.heading, "figure": row.get(one.key), "note": note_}
            for row in table.rows
            for one in others
        ]
    return Table(_("The picture"), columns, rows)
