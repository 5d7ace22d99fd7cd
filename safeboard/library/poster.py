"""A chart as a poster: a sheet to be read from across the room, the drawing, and the chart in words.

The first sheet says what to do, what not to do and whom to ring, with the local numbers large. It is black and
white. The words at the end carry everything that the drawing says, for whoever cannot see it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _

from safeboard.documents import pdf

from .drawing import as_list, draw_sheets, urgency_word
from .loader import Pack
from .schemas import Chart, DirectoryEntry, DutyKind, Outcome, Owner, Urgency

PAPERS = {"A4": (210, 297), "A3": (297, 420)}  # millimetres
MARGIN = 10
ON_THE_WALL = 5  # contacts on the first sheet
SMALLEST = 2.4  # millimetres: a question on the drawing is never set smaller where cutting it up can help
QUESTION = 17  # units: the size of a question on the drawing


@dataclass(frozen=True)
class ContactLine:
    """Who answers and on what number, as it is printed. An empty telephone leaves a line to write on."""

    name: str
    telephone: str = ""
    hours: str = ""


@dataclass(frozen=True)
class Line:
    """A contact as the poster shows it: what it is for (the kind's title), and who answers."""

    title: str
    contact: ContactLine


def poster(
    chart: Chart,
    pack: Pack,
    contacts: Mapping[str, ContactLine],
    *,
    paper: str = "A4",
    place: str = "",
    words: bool = True,
    language: str | None = None,
) -> bytes:
    """Gives the poster of a chart as a PDF (PDF/UA-1).

    `contacts` holds the local names and numbers by contact kind; outside bodies come from the pack's directory,
    and whoever is in neither gets an empty line to be filled in by hand. `paper` is 'A4' or 'A3'. `place` is the
    agency's or setting's name, printed at the foot. `words` adds the chart in words, for whoever cannot see the
    drawing. Takes some seconds: give it to the queue. Raises KeyError for another paper.
    """
    wide, high = PAPERS[paper]
    with override(language or get_language()):
        lines = lines_for(chart, pack, contacts)
        base = {
            "chart": chart,
            "language": get_language() or "en",
            "place": place,
            "width": wide,
            "height": high,
            "margin": MARGIN,
            "start": next(step for step in chart.steps if step.id == chart.start),
            "lines": list(lines.values())[:ON_THE_WALL],
        }
        size = _size_that_fits(base, wide)
        sheets = _sheets(chart, wide, high)
        html = render_to_string(
            "library/poster.html",
            {**base, "size": size, "sheets": sheets, "entries": _entries(chart, lines) if words else []},
        )
        return pdf.render_pdf(html, title=str(chart.title), lang=base["language"])


def lines_for(chart: Chart, pack: Pack, contacts: Mapping[str, ContactLine]) -> dict[str, Line]:
    """Everybody the chart names, the most urgent first, with the local number, the directory's, or none."""
    found: dict[str, Line] = {}
    for name in _contact_ids(chart, pack):
        title = _title(pack, name)
        if name in contacts:
            found[name] = Line(title, contacts[name])
        else:
            found[name] = Line(title, _outside(pack, name))
    return found


def _contact_ids(chart: Chart, pack: Pack) -> list[str]:
    nodes = [step for step in chart.steps if step.id == chart.start]
    for urgency in Urgency:
        nodes += [outcome for outcome in chart.outcomes if outcome.urgency is urgency]
    nodes += [step for step in chart.steps if step.id != chart.start]
    names = []
    for node in nodes:
        names += [do.contact for do in node.do]
        names += [answer.contact for answer in getattr(node, "answers", ())]
        names += getattr(node, "contacts", ())
        names += [duty.to for duty in node.duties if duty.kind in (DutyKind.REFER, DutyKind.TELL)]
    known = list(dict.fromkeys(name for name in names if name))
    return sorted(known, key=lambda name: not _emergency(pack, name))  # stable: 999 first, else as above


def _emergency(pack: Pack, name: str) -> bool:
    entry = pack.items.get("directory", {}).get(name)
    return isinstance(entry, DirectoryEntry) and entry.emergency


def _title(pack: Pack, name: str) -> str:
    for kind in ("contact-kinds", "directory"):
        if name in pack.items.get(kind, {}):
            return str(pack.items[kind][name].title)
    return name


def _outside(pack: Pack, name: str) -> ContactLine:
    entry = pack.items.get("directory", {}).get(name)
    if not isinstance(entry, DirectoryEntry):
        return ContactLine("")
    return ContactLine("", entry.telephone or entry.url or "", str(entry.hours or ""))


def _size_that_fits(base: dict, wide: int) -> float:
    """The largest type, in points, with which the wall sheet stays one sheet; never below 15 on A4."""
    scale = wide / 210
    for size in (26, 24, 22, 20, 18.5, 17, 16):
        html = render_to_string("library/poster.html", {**base, "size": size * scale, "wall_only": True})
        if pdf.pages_of(html) == 1:
            return size * scale
    return 15 * scale


@dataclass(frozen=True)
class Sheet:
    svg: SafeString  # sized in millimetres
    landscape: bool
    alt: str


def _sheets(chart: Chart, wide: int, high: int) -> list[Sheet]:
    across, down = wide - 2 * MARGIN, high - 2 * MARGIN - 14
    widest = across * QUESTION / SMALLEST
    drawn = draw_sheets(chart, shape=down / across, widest=widest)
    sheets = []
    for number, svg in enumerate(drawn, start=1):
        units_wide, units_high = _measure(svg)
        landscape = len(drawn) == 1 and units_wide > units_high * 1.15
        room = (high - 2 * MARGIN, wide - 2 * MARGIN - 14) if landscape else (across, down)
        scale = min(room[0] / units_wide, room[1] / units_high)
        if len(drawn) > 1:  # one scale for all, so that the sheets can be joined
            scale = min([scale, *(down / _measure(other)[1] for other in drawn)])
        alt = _("The chart as a drawing. Everything it says follows in words.")
        if number > 1:
            alt = _("The drawing, continued. Everything it says follows in words.")
        size = f'width="{units_wide * scale:.1f}mm" height="{units_high * scale:.1f}mm" role'
        sized = re.sub(r'width="\d+" height="\d+" role', size, svg, count=1)
        sheets.append(Sheet(mark_safe(sized), landscape, alt))  # noqa: S308  as drawn, escaped there
    return sheets


def _measure(svg: str) -> tuple[int, int]:
    found = re.search(r'width="(\d+)" height="(\d+)" role', svg)
    assert found
    return int(found[1]), int(found[2])


# --- in words -----------------------------------------------------------------------------------------


def within(length: timedelta, *, working_days: bool = False) -> str:
    """A duty's time as people say it: 'at once', 'within 12 hours', 'within 2 days', 'within 1 working day'."""
    if working_days:
        return ngettext("within %(n)d working day", "within %(n)d working days", length.days) % {"n": length.days}
    hours = round(length.total_seconds() / 3600)
    if not length:
        return _("at once")
    if hours < 1:
        minutes = round(length.total_seconds() / 60)
        return ngettext("within %(n)d minute", "within %(n)d minutes", minutes) % {"n": minutes}
    if hours < 48 and hours != 24:
        return ngettext("within %(n)d hour", "within %(n)d hours", hours) % {"n": hours}
    days = round(hours / 24)
    return ngettext("within %(n)d day", "within %(n)d days", days) % {"n": days}


def owner_name(owner: Owner) -> str:
    """Who owes a duty, in the language in use."""
    return {
        Owner.DESIGNATED_OFFICER: _("designated child protection officer"),
        Owner.AGENCY_LEAD: _("e-safety lead"),
        Owner.REPORTER: _("whoever reports it"),
        Owner.RESPONSIBLE_PERSON: _("head or other responsible person"),
        Owner.HR: _("human resources"),
    }[owner]


def _entries(chart: Chart, lines: Mapping[str, Line]) -> list[dict]:
    found = []
    for entry in as_list(chart):
        node = entry.node
        outcome = isinstance(node, Outcome)
        duties = [
            f"{d.title} ({owner_name(d.owner)}, {within(d.within, working_days=d.working_days)})" for d in node.duties
        ]
        ring = [lines[name] for name in node.contacts if name in lines] if isinstance(node, Outcome) else []
        urgency = urgency_word(node.urgency) if isinstance(node, Outcome) else ""
        found.append({"entry": entry, "outcome": outcome, "duties": duties, "ring": ring, "urgency": urgency})
    return found
