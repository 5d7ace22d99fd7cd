"""The figures of an agency's log for its periodic review, and what of them more may read than those who handle it.

A period's figures are counted once, when it is reviewed, and kept. They leave out concerns about staff. What leaves
the few is suppressed period by period, each time in the same way, so that two papers never give away what each hides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core import times
from safeboard.core.access import Access
from safeboard.documents.charts import Picture, bar_chart, described
from safeboard.documents.protection import State, protect
from safeboard.documents.sheets import Column, Table
from safeboard.documents.suppression import (
    NOT_AVAILABLE,
    SENSITIVE_THRESHOLD,
    SUPPRESSED,
    THRESHOLD,
    Count,
    build,
    count,
    publish,
    shown,
)
from safeboard.library import queries as library
from safeboard.partnership import queries as partnership

from ..choices import Every, Status
from ..models import AgencyReview, Incident, Lesson, NearMiss
from .visible import open_duties, visible_to

OTHER = "another"  # a kind that the pack does not know (any more)
PERIODS = 4  # shown side by side
LENGTH = {Every.MONTH: timedelta(days=31), Every.TERM: timedelta(days=122)}
Figures = Mapping[str, Any]


def reviews(access: Access) -> QuerySet[AgencyReview]:
    """The reviews of the log of the agency acted for, the latest first."""
    return AgencyReview.objects.filter(agency_id=access.agency_id or 0).select_related("by")


def midnight(day: date) -> datetime:
    """The first moment of a day here."""
    return timezone.make_aware(datetime.combine(day, time()))


def period_to_review(access: Access) -> tuple[date, date]:
    """From the day after the last review's period until yesterday; without one, the last term."""
    yesterday = timezone.localdate() - timedelta(days=1)
    last = reviews(access).values_list("until", flat=True).first()
    if last:
        return min(last + timedelta(days=1), yesterday), yesterday
    return yesterday - LENGTH[Every.TERM], yesterday


def counted(agency_id: int, since: date, until: date) -> dict[str, Any]:
    """The figures of a period by the day of the report: kinds, total, open, late; no concerns about staff."""
    rows = Incident.objects.filter(agency_id=agency_id, allegation=False)
    rows = rows.filter(reported_at__gte=midnight(since), reported_at__lt=midnight(until + timedelta(days=1)))
    kinds = Counter(rows.order_by().values_list("scenario", flat=True))
    late = open_duties().filter(incident__in=rows.values("pk"), due_at__lt=timezone.now())
    misses = NearMiss.objects.filter(at__gte=midnight(since), at__lt=midnight(until + timedelta(days=1)))
    return {
        "kinds": dict(kinds),
        "total": sum(kinds.values()),
        "open": rows.exclude(status=Status.CONCLUDED).count(),
        "late": late.count(),
        "near_misses": misses.count(),
    }


# For those who handle the log -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Standing:
    """What is open or late now, of what a person may know of: reference, kind, and why it is listed."""

    incident: Incident
    kind: str
    late: bool


def still_open(access: Access, until: date) -> list[Standing]:
    """Incidents reported by the end of the period that are not concluded, those with something late first."""
    rows = visible_to(access).exclude(status=Status.CONCLUDED)
    rows = rows.filter(reported_at__lt=midnight(until + timedelta(days=1)))
    duties = open_duties().filter(incident__in=rows.values("pk"), due_at__lt=timezone.now())
    late = set(duties.values_list("incident_id", flat=True))
    labels = ((one, library.label(one.pack, "incident-kinds", one.scenario)) for one in rows[:100])
    found = [Standing(one, kind, one.pk in late) for one, kind in labels]
    return sorted(found, key=lambda one: (not one.late, one.incident.reported_at))


def compared(access: Access, figures: Figures, since: date, until: date) -> Picture:
    """The kinds of incident of a period beside those of the periods before it, in true figures."""
    before = list(reviews(access).filter(until__lt=since)[: PERIODS - 1])[::-1]
    columns = [(period(one.since, one.until), one.figures) for one in before] + [(period(since, until), figures)]
    return _picture(partnership.pack_of(access), columns, lambda _pack, one: _true(one))


def _true(figures: Figures) -> tuple[dict[str, Count], Count]:
    return {kind: shown(number) for kind, number in figures["kinds"].items()}, shown(figures["total"])


def period(since: date, until: date) -> str:
    """'3 March 2026 to 30 June 2026'."""
    return _("%(since)s to %(until)s") % {"since": times.exact(since), "until": times.exact(until)}


# For governors and teams -----------------------------------------------------------------------------------------


def _sensitive(pack: str) -> dict[str, int]:
    """The threshold of every kind of the pack, in its order; what the pack does not know counts as sexual harm."""
    kinds = library.items(pack, "incident-kinds") if pack in library.packs() else []
    found = {kind.id: SENSITIVE_THRESHOLD if getattr(kind, "concern", None) else THRESHOLD for kind in kinds}
    return {**found, OTHER: SENSITIVE_THRESHOLD}


def suppressed(pack: str, figures: Figures) -> tuple[dict[str, Count], Count]:
    """A period's counts by kind, and their total, as they may leave those who handle incidents.

    Counts of 1 to 5 are hidden, of 1 to 10 where they are about sexual harm, and with them what would give them away.
    """
    thresholds = _sensitive(pack)
    values = dict.fromkeys(thresholds, 0)
    for kind, number in figures["kinds"].items():
        values[kind if kind in values else OTHER] += number
    net = build([[[number] for number in values.values()]], row_totals=False, column_totals=True, threshold=THRESHOLD)
    for row, threshold in zip(net.tables[0], thresholds.values(), strict=False):
        row[0].threshold = threshold
        if 1 <= row[0].value <= threshold:
            row[0].state = State.SMALL
    exposed, told = protect(net)
    if exposed:
        return {kind: SUPPRESSED if number else shown(0) for kind, number in values.items()}, SUPPRESSED
    table = publish(net, 0, [[number] for number in values.values()], told)
    total = table.column_totals[0] if table.column_totals else SUPPRESSED
    return {kind: row[0] for kind, row in zip(values, table.rows, strict=True)}, total


def governors_picture(access: Access, review: AgencyReview) -> Picture:
    """The kinds of incident of a review's period beside those before it, suppressed."""
    before = list(reviews(access).filter(until__lt=review.since)[: PERIODS - 1])[::-1]
    columns = [(period(one.since, one.until), one.figures) for one in [*before, review]]
    return _picture(partnership.pack_of(access), columns, suppressed)


def near_misses(review: AgencyReview) -> Count:
    """How many near misses were told in the period: a sign of a team that speaks up."""
    return count(review.figures.get("near_misses", 0))


def _picture(pack: str, columns: Iterable[tuple[str, Figures]], read: Any) -> Picture:
    """Bars of the totals by period, with the table of kinds."""
    made = [(name, *read(pack, figures)) for name, figures in columns]
    names, totals = [name for name, _kinds, _total in made], [total for _name, _kinds, total in made]
    question = _("How many incidents were reported?")
    told = described(names, totals)
    svg = bar_chart(names, totals, title=question, description=told, unit=_("incidents"), across=True)
    kinds = [*_sensitive(pack)]
    kinds += sorted({kind for _name, counts, _total in made for kind in counts} - set(kinds))
    heads = [Column("kind", _("Kind of incident")), *(Column(str(n), name, "number") for n, name in enumerate(names))]
    rows = [
        {"kind": _title(pack, kind), **{str(n): counts.get(kind, shown(0)) for n, (_n, counts, _t) in enumerate(made)}}
        for kind in kinds
        if any(counts.get(kind, shown(0)).value != 0 for _name, counts, _total in made)
    ]
    rows.append({"kind": _("All"), **{str(n): total for n, total in enumerate(totals)}})
    note = _("Counted by the day of the report. Concerns about staff are not counted here.")
    return Picture(question, _trend(totals), svg, Table(_("Incidents by kind and period"), heads, rows, note))


def _title(pack: str, kind: str) -> str:
    return _("Another kind") if kind == OTHER else library.label(pack, "incident-kinds", kind)


def _trend(totals: list[Count]) -> str:
    """The answer in a sentence; a rise may be good news."""
    now, before = totals[-1], totals[-2] if len(totals) > 1 else NOT_AVAILABLE
    if now.value is None:
        return _("Too few to say how many, so that no child can be told apart.")
    words = _("%(now)s in this period.") % {"now": now.shown}
    if not isinstance(before, Count) or before.value is None:
        return words
    if now.value > before.value:
        return (
            words + " " + _("More than before (%(before)s): perhaps because more is told.") % {"before": before.shown}
        )
    if now.value < before.value:
        return words + " " + _("Fewer than before (%(before)s).") % {"before": before.shown}
    return words + " " + _("As many as before.")


def shared_lessons(review: AgencyReview) -> list[Lesson]:
    """The lessons that everybody here may read, made by the time of the review; none from concerns about staff."""
    rows = Lesson.objects.filter(agency_id=review.agency_id, everybody=True).exclude(incident__allegation=True)
    return list(rows.filter(made_at__lte=review.made_at).order_by("-made_at")[:8])
