"""Lessons and near misses as a person may read them, and how they stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safeboard.core.access import Access
from safeboard.core.roles import Role
from safeboard.documents.charts import Picture, bar_chart, described
from safeboard.documents.sheets import Column, Table
from safeboard.documents.suppression import shown

from ..choices import Effective
from ..models import BoardLesson, Incident, Lesson, NearMiss
from ..rules import ALLEGATION_ROLES, CASE_ROLES
from .states import State
from .visible import about, visible_to

OPEN, LOOK, DONE = "open", "look", "done"


def lessons_of(access: Access) -> QuerySet[Any]:
    """The lessons of the place acted in that this person may read; a board's where they act for one.

    An agency's lead and officers, its responsible person and inspector: all but those from concerns about staff, which
    the few read who may know of these. Everybody: what was given to them, and what is shown to everybody. The subject
    of a concern: nothing that was learned from it.
    """
    if access.board_id:
        return BoardLesson.objects.select_related("owner", "review")
    seen = Q(everybody=True) | Q(owner=access.person)
    if access.roles & {*CASE_ROLES, *ALLEGATION_ROLES, Role.INSPECTOR}:
        seen |= Q(incident__isnull=True) | Q(incident__allegation=False)
    if access.roles & set(ALLEGATION_ROLES):
        seen |= Q(incident__allegation=True)
    return (
        Lesson.objects.filter(seen).exclude(incident__in=about(access)).select_related("owner", "incident", "near_miss")
    )


def found(access: Access, wanted: Mapping[str, Any]) -> QuerySet[Any]:
    """The lessons that fit a filter, what is owed soonest first. wanted: stands (open, look, done), worked, kind."""
    rows = lessons_of(access)
    if wanted.get("kind"):
        rows = rows.filter(kind=wanted["kind"])
    if wanted.get("worked"):
        rows = rows.filter(worked=wanted["worked"])
    stands = {OPEN: Q(done_on=None), LOOK: Q(done_on__isnull=False, looked_on=None), DONE: Q(looked_on__isnull=False)}
    if wanted.get("stands") in stands:
        rows = rows.filter(stands[wanted["stands"]])
    return rows.order_by(F("looked_on").desc(nulls_first=True), Coalesce("look_on", "due_on"), "pk")


def owed(rows: QuerySet[Any], by: date) -> QuerySet[Any]:
    """Of these lessons, those to be done, or looked back on, by a day."""
    return rows.filter(Q(done_on=None, due_on__lte=by) | Q(done_on__isnull=False, looked_on=None, look_on__lte=by))


def state_of(lesson: Lesson | BoardLesson) -> State:
    """A word with its colour, and a sentence: open, late, waits for the look back, worked or not."""
    if lesson.looked_on:
        words = {Effective.YES: _("Worked"), Effective.PARTLY: _("Worked in part"), Effective.NO: _("Did not work")}
        colours = {Effective.YES: "green", Effective.PARTLY: "yellow", Effective.NO: "red"}
        worked = Effective(lesson.worked or Effective.PARTLY)
        return State(words[worked], colours[worked])
    late = lesson.is_late
    if lesson.done_on:
        return State(_("Look back now") if late else _("Done"), "red" if late else "blue")
    return State(_("Late") if late else _("Open"), "red" if late else "grey")


def came_from(access: Access, lesson: Lesson) -> Incident | None:
    """The incident that a lesson came from, where this person may know of it."""
    if lesson.incident_id is None:
        return None
    return visible_to(access).filter(pk=lesson.incident_id).first()


def picture(access: Access) -> Picture | None:
    """How the lessons of this place stand, as bars with their table; None where there are none."""
    rows = list(lessons_of(access).order_by().values_list("done_on", "looked_on", "worked"))
    if not rows:
        return None
    names = {
        "open": _("Still to be done"),
        "look": _("Done, not looked back on yet"),
        Effective.YES: _("Worked"),
        Effective.PARTLY: _("Worked in part"),
        Effective.NO: _("Did not work"),
    }
    counts = Counter("open" if not done else "look" if not looked else worked for done, looked, worked in rows)
    titles, figures = list(names.values()), [shown(counts[name]) for name in names]
    question = _("Do our lessons work?")
    svg = bar_chart(
        titles, figures, title=question, description=described(titles, figures), unit=_("lessons"), across=True
    )
    columns = [Column("line", _("Where they stand")), Column("count", _("Lessons"), "number")]
    lines = [{"line": title, "count": figure} for title, figure in zip(titles, figures, strict=True)]
    return Picture(question, _answer(counts), svg, Table(_("Lessons by where they stand"), columns, lines))


def _answer(counts: Counter[str]) -> str:
    tried = sum(counts[one] for one in Effective.values)
    if not tried:
        return _("Nobody can say yet: none has been looked back on.")
    words = ngettext(
        "Of %(tried)s lesson that was looked back on, %(worked)s worked.",
        "Of %(tried)s lessons that were looked back on, %(worked)s worked.",
        tried,
    )
    return words % {"tried": tried, "worked": counts[Effective.YES]}


def near_misses_of(access: Access) -> QuerySet[NearMiss]:
    """The near misses that this person may read: all of them for lead, officer and inspector; else their own."""
    rows = NearMiss.objects.select_related("setting", "reported_by", "draft")
    if access.roles & {*CASE_ROLES, Role.INSPECTOR}:
        return rows
    return rows.filter(reported_by=access.person)
