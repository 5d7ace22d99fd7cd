"""One incident with all that hangs on it, read in few queries, and its story, newest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import Exists, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core import times
from safeboard.core.access import Access
from safeboard.core.built import built_once
from safeboard.core.models import Entry
from safeboard.library import queries as library

from ..choices import NoteKind, Status
from ..models import (
    Alert,
    Discussion,
    Duty,
    EvidenceItem,
    Incident,
    Involved,
    Note,
    Received,
    Referral,
    SharingDecision,
    Support,
    Walk,
)
from .alerts import noticed
from .custody import kept
from .decided import decided
from .evidence import Chain, chain_of, items_of
from .line import Line
from .passed_on import came_here, referred, shared, sharing_of
from .support import Asked, asked_of
from .trail import IN_STORY, ONE_LOOK, VERBS, detail, entries

# Kinds of rows of which most incidents have none: one query says which there are. The others are always asked for, so
# that a long record takes as many queries as a short one.
HANGING: dict[str, type[models.Model]] = {
    "alerts": Alert,
    "discussions": Discussion,
    "evidence": EvidenceItem,
    "people": Involved,
    "received": Received,
    "sharing": SharingDecision,
}
WALK = ("pk", "title", "started_at", "ended_at", "outcome_title", "started_by__name")
STEP = ("steps__order", "steps__question", "steps__answer_label", "steps__at", "steps__by__name")


@dataclass
class Passage:
    """A walk through a chart as the story shows it."""

    pk: int
    title: str
    started_at: datetime
    ended_at: datetime | None
    outcome: str
    by: str
    last_at: datetime
    steps: list[tuple[str, str, bool]] = field(default_factory=list)


@dataclass
class CaseFile:
    """An incident as one person sees it. Who reported it, and does not handle it, sees their own notes alone."""

    access: Access
    incident: Incident

    @cached_property
    def reads_all(self) -> bool:
        return self.access.can("incidents.read", self.incident)

    @cached_property
    def has(self) -> frozenset[str]:
        """Which of the kinds in HANGING there are."""
        [found] = _there(self.access, self.incident.pk)
        return frozenset(name for name, one in zip(HANGING, found, strict=True) if one)

    @cached_property
    def duties(self) -> list[Duty]:
        """All duties, the soonest first."""
        return _duties(self.access, self.incident.pk)

    @property
    def owed(self) -> list[Duty]:
        return [duty for duty in self.duties if duty.done_at is None and duty.dropped_at is None]

    @cached_property
    def referrals(self) -> list[Referral]:
        return _referrals(self.access, self.incident.pk)

    @cached_property
    def notes(self) -> list[Note]:
        return _notes(self.access, self.incident.pk, self.reads_all)

    @cached_property
    def entries(self) -> list[Entry]:
        """What the story takes from the history, and this person's own looks just now, in one query."""
        return _entries(self.access, self.incident.pk, timezone.now() - ONE_LOOK)

    @property
    def looked_just_now(self) -> bool:
        return any(entry.verb == "incidents.saw" for entry in self.entries)

    @cached_property
    def supports(self) -> list[Support]:
        """What was decided about support, in the order in which it was."""
        return _supports(self.access, self.incident.pk)

    def undecided(self) -> list[Asked]:
        """The questions about support that nobody has decided yet."""
        named = list(Involved.objects.filter(incident=self.incident)) if "people" in self.has else []
        return [one for one in asked_of(named, self.supports) if one.now is None]

    @cached_property
    def passages(self) -> list[Passage]:
        """The walks with their steps, in one query."""
        found: dict[int, Passage] = {}
        rows = _steps(self.access, self.incident.pk)
        for pk, title, started, ended, outcome, by, order, question, answer, at, _by, back in rows:
            passage = found.setdefault(pk, Passage(pk, title, started, ended, outcome, by or "", started))
            if order is not None:
                passage.steps.append((question, answer, back is not None))
                passage.last_at = max(passage.last_at, at)
        return list(found.values())

    @cached_property
    def chains(self) -> list[Chain]:
        """The evidence with its custody: for who reads the whole of it."""
        known = self.reads_all and "evidence" in self.has
        return [chain_of(one) for one in items_of(self.incident)] if known else []

    def people(self) -> list[Involved]:
        """Who is involved: all of them, or those whom this person named."""
        rows = Involved.objects.filter(incident=self.incident).select_related("person")
        if self.reads_all:
            return list(rows)
        added = entries(self.incident).filter(verb="incidents.person_added", person=self.access.person)
        return list(rows.filter(pk__in=[entry.facts["involved"] for entry in added.select_related(None)]))

    def story(self) -> list[Line]:
        """Notes, charts, referrals, duties, support, discussions, evidence and changes of state, newest first."""
        lines = [*self._noted(), *self._walked(), *self._referred(), *self._owed(), *self._changed()]
        lines += decided(self.incident, self.has, self.supports) if self.reads_all else []
        lines += noticed(self.incident) if self.reads_all and "alerts" in self.has else []
        lines += kept(self.chains, opens=self.access.can("incidents.evidence", self.incident))
        return sorted(lines, key=lambda line: line.at, reverse=True)

    def _noted(self) -> Iterator[Line]:
        for note in self.notes:
            title = str(NoteKind(note.kind).label)
            by = note.by.name if note.by else ""
            yield Line(note.at, title, by=by, text=note.text)

    def _walked(self) -> Iterator[Line]:
        for one in self.passages:
            text = _("Outcome: %(title)s") % {"title": one.outcome} if one.outcome else ""
            href = reverse("incidents:walk", args=[self.incident.pk, one.pk])
            title = _("Chart: %(title)s") % {"title": one.title}
            yield Line(one.ended_at or one.last_at, title, by=one.by, text=text, href=href, steps=tuple(one.steps))

    def _referred(self) -> Iterator[Line]:
        yield from referred(self.referrals, reads_all=self.reads_all)
        if "sharing" in self.has:
            yield from shared(sharing_of(self.access, self.incident))
        if "received" in self.has:
            yield from came_here(self.incident)

    def _owed(self) -> Iterator[Line]:
        raised: dict[datetime, list[str]] = {}
        for duty in self.duties:
            raised.setdefault(duty.raised_at.replace(second=0, microsecond=0), []).append(duty.title)
            if duty.done_at:
                by = duty.done_by.name if duty.done_by else ""
                yield Line(duty.done_at, _("Done: %(what)s") % {"what": duty.title}, by=by, tag=_lateness(duty))
            if duty.dropped_at:
                text = duty.dropped_why if self.reads_all else ""
                yield Line(duty.dropped_at, _("No longer needed: %(what)s") % {"what": duty.title}, text=text)
        for at, titles in raised.items():
            yield Line(at, _("Became owed"), text="\n".join(titles))

    def _changed(self) -> Iterator[Line]:
        for entry in self.entries:
            if entry.verb == "incidents.saw":
                continue
            concluded = entry.verb == "incidents.concluded" and self.incident.status == Status.CONCLUDED
            latest = concluded and entry.number == max(e.number for e in self.entries if e.verb == entry.verb)
            yield Line(
                entry.at,
                str(VERBS[entry.verb]),
                by=entry.person.name if entry.person else "",
                text=self.incident.conclusion if latest else detail(entry.facts),
            )


@built_once
def _there(access: Access, pk: int) -> QuerySet[Incident, tuple[bool, ...]]:
    """Which of the kinds in HANGING an incident has."""
    there = [Exists(model._default_manager.filter(incident=pk)) for model in HANGING.values()]
    return Incident.objects.filter(pk=pk).values_list(*there)


@built_once
def _duties(access: Access, pk: int) -> QuerySet[Duty]:
    return Duty.objects.filter(incident_id=pk).select_related("done_by", "person").order_by("due_at", "pk")


@built_once
def _referrals(access: Access, pk: int) -> QuerySet[Referral]:
    return Referral.objects.filter(incident_id=pk).select_related("sent_by")


@built_once
def _notes(access: Access, pk: int, all_of_them: bool) -> QuerySet[Note]:
    rows = Note.objects.filter(incident_id=pk).select_related("by")
    return rows if all_of_them else rows.filter(by=access.person)


@built_once
def _supports(access: Access, pk: int) -> QuerySet[Support]:
    return Support.objects.filter(incident_id=pk).select_related("by", "involved")


@built_once
def _entries(access: Access, pk: int, since: datetime) -> QuerySet[Entry]:
    """What the story takes from the history, and this person's own looks since then."""
    mine = Q(person=access.person, verb="incidents.saw", at__gte=since)
    return entries(Incident(pk=pk)).filter(Q(verb__in=IN_STORY) | mine)


@built_once
def _steps(access: Access, pk: int) -> QuerySet[Walk, Any]:
    """The walks of an incident, each with its steps."""
    rows = Walk.objects.filter(incident_id=pk).order_by("pk", "steps__pk")
    return rows.values_list(*WALK, *STEP, "steps__taken_back_at")


def _lateness(duty: Duty) -> tuple[str, str] | None:
    if duty.done_at and duty.done_at > duty.due_at:
        return _("Late by %(long)s") % {"long": times.long(duty.done_at - duty.due_at)}, "red"
    return None


def title_of(incident: Incident) -> str:
    """What the record is: 'Bullying or harassment, reported 3 March 2026'."""
    kind = library.label(incident.pack, "incident-kinds", incident.scenario)
    when = times.exact(timezone.localtime(incident.reported_at).date())
    return _("%(kind)s, reported %(when)s") % {"kind": kind, "when": when}
