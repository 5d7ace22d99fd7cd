"""Incidents of a made-up board: reported, walked through a chart, referred, answered, concluded, some of them late."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from safeboard.accounts.models import Person
from safeboard.core import history, times
from safeboard.core.sealed import blind_index
from safeboard.incidents.choices import DutyKind, How, Images, Kin, NoteKind, Owner, Part, ReferralState, Status
from safeboard.incidents.models import Duty, Incident, Involved, Note, Referral, Support, Walk, WalkStep
from safeboard.incidents.operations.alarms import UP_AFTER
from safeboard.incidents.operations.duties import LOOK_AT_ONCE, LOOK_WITHIN
from safeboard.incidents.queries.handling import CASEWORKERS, FEW, FIRST_LOOK
from safeboard.incidents.queries.referring import wait_until
from safeboard.library import queries as library
from safeboard.library.engine import Position, paths
from safeboard.library.schemas import IncidentKind

from . import names, words
from .care import Care
from .county import MAKER, County
from .sizes import Size
from .writing import Writer

BATCH = 400
# Incidents come in term time; the holidays are quiet.
MONTHS = (9, 9, 9, 6, 9, 8, 4, 2, 10, 10, 11, 7)


@dataclass
class Rows:
    """What one batch writes, in the order in which it must be written."""

    incidents: list[Incident] = field(default_factory=list)
    people: list[Involved] = field(default_factory=list)
    walks: list[Walk] = field(default_factory=list)
    steps: list[WalkStep] = field(default_factory=list)
    referrals: list[Referral] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    support: list[Support] = field(default_factory=list)

    def write(self, writer: Writer) -> None:
        """Write all, with an entry of the history for each incident."""
        told = (self.referrals, self.duties, self.notes, self.support)
        for rows in (self.incidents, self.people, self.walks, self.steps, *told):
            _keys(rows)
            writer.write(rows)
        history.record_many(
            by=MAKER,
            rows=[("incidents.reported", one, {"made_up": True}, {}, one.reported_at) for one in self.incidents],
        )


def _keys(rows: list[Any]) -> None:
    """Take over the keys of parents that were saved after the child was made."""
    for row in rows:
        for key in ("incident", "walk", "referral", "involved"):
            parent = row._state.fields_cache.get(key)
            if parent is not None:
                setattr(row, f"{key}_id", parent.pk)


def _passed_up(due: datetime, done: datetime | None, now: datetime) -> datetime | None:
    """When the substitute was told of something that is late for more than a day."""
    return due + UP_AFTER if not done and due + UP_AFTER < now else None


class Maker:
    """Makes the incidents of one county."""

    def __init__(self, county: County, size: Size, seed: int, now: datetime | None = None) -> None:
        self.county, self.size, self.now = county, size, now or timezone.now()
        self.chance = random.Random(seed)
        self.pack = county.board.pack
        self.kinds = {
            kind.id: kind for kind in library.items(self.pack, "incident-kinds") if isinstance(kind, IncidentKind)
        }
        charts = {kind.chart for kind in self.kinds.values() if kind.chart}
        self.ways: dict[str, list[Position]] = {
            name: list(paths(library.chart(self.pack, name), 400)) for name in charts
        }
        self.called = names.people(random.Random(seed + 7))
        self.shapes = {name: library.chart(self.pack, name) for name in charts}
        self.titles: dict[str, str] = {}
        self.care = Care(random.Random(seed + 11))
        self.serials: dict[tuple[int, int], int] = defaultdict(int)

    def make(self) -> Iterator[int]:
        """Write all incidents, oldest first, batch by batch; yields how many there are so far."""
        moments = sorted(self._moment() for _ in range(self.size.incidents))
        writer = Writer()
        for start in range(0, len(moments), BATCH):
            rows = Rows()
            for moment in moments[start : start + BATCH]:
                self._incident(moment, rows)
            with transaction.atomic():
                rows.write(writer)
            yield min(start + BATCH, len(moments))
        writer.finish()

    def _moment(self) -> datetime:
        while True:
            # A little more every month: more is reported as people learn to.
            ago = self.size.days * (1 - self.chance.random() ** 0.8)
            day = self.now - timedelta(days=ago, hours=1)
            if day.weekday() < 5 and self.chance.random() * 11 < MONTHS[day.month - 1]:
                at = time(self.chance.randint(8, 17), self.chance.randint(0, 59), tzinfo=UTC)
                return min(datetime.combine(day.date(), at), self.now - timedelta(minutes=5))

    def _incident(self, at: datetime, rows: Rows) -> None:
        chance = self.chance
        agency = chance.choice(self.county.agencies)
        scenario = chance.choices(list(words.WEIGHTS), weights=list(words.WEIGHTS.values()))[0]
        kind = self.kinds[scenario]
        child = next(self.called)
        reporter = self._one(agency.pk, "staff") or self._one(agency.pk, "agency_lead")
        about_staff = scenario.startswith("deliberate") and chance.random() < 0.12
        self.serials[agency.pk, at.year] += 1
        incident = Incident(
            agency=agency,
            year=at.year,
            serial=self.serials[agency.pk, at.year],
            pack=self.pack,
            setting=chance.choice(self.county.settings[agency.pk]),
            scenario=scenario,
            classification=chance.choice(kind.classifications or ["content"]),
            images=Images.MAYBE if kind.concern == "images" else Images.NO,
            allegation=about_staff,
            how_found=chance.choice(words.FOUND.get(scenario, words.ANY_FOUND)),
            happened_on=(at - timedelta(days=chance.choice([0, 0, 0, 1, 2, 5]))).date(),
            narrative=chance.choice(words.ACCOUNTS[scenario]).format(child=child.split()[0]),
            where=chance.choice(("In the classroom", "At home", "On the bus", "In the library", "")),
            actions=chance.choice(words.ACTIONS),
            reported_by=reporter,
            reported_at=at,
            changed_at=at,
            form_key=self._key(),
        )
        rows.incidents.append(incident)
        self._person(rows, incident, Kin.CHILD, Part.AFFECTED, child)
        if about_staff:
            self._person(rows, incident, Kin.STAFF, Part.CONCERN, next(self.called))
        elif chance.random() < 0.4:
            self._person(rows, incident, Kin.CHILD, Part.INVOLVED, next(self.called))
        self._follow(incident, kind, rows)

    def _key(self) -> UUID:
        return UUID(int=self.chance.getrandbits(128), version=4)

    def _one(self, agency: int, role: str) -> Person | None:
        found = self.county.people.get(agency, {}).get(role, [])
        return self.chance.choice(found) if found else None

    def _person(self, rows: Rows, incident: Incident, kin: str, part: str, name: str) -> None:
        rows.people.append(
            Involved(
                agency=incident.agency,
                incident=incident,
                kin=kin,
                part=part,
                name=name,
                name_index=blind_index(name),
                added_by=incident.reported_by,
            )
        )

    def _follow(self, incident: Incident, kind: IncidentKind, rows: Rows) -> None:
        """The walk and what it asked for; recent incidents are under way, old ones mostly concluded."""
        chance, now = self.chance, self.now
        age = now - incident.reported_at
        handler = self._one(incident.agency_id, "designated_officer") or self._one(incident.agency_id, "agency_lead")
        begun = min(incident.reported_at + timedelta(minutes=chance.randint(4, 240)), now)
        if not kind.chart or not handler or (age < timedelta(days=2) and chance.random() < 0.5):
            self._first_look(incident, None, None, rows)
            return
        self._first_look(incident, handler, begun, rows)
        way = chance.choice(self.ways[kind.chart])
        walk = self._walk(incident, kind.chart, way, handler, begun, rows)
        concluded = (age > timedelta(days=40) and chance.random() < 0.93) or (
            age > timedelta(days=9) and chance.random() < 0.6
        )
        end = min(begun + timedelta(days=chance.randint(2, 25)), now)
        waiting = False
        for raised in way.duties:
            waiting |= self._duty(incident, walk, raised.duty, handler, begun, concluded, rows)
        if chance.random() < 0.7:
            self._note(incident, handler, min(begun + timedelta(hours=chance.randint(1, 40)), now), rows)
        if concluded:
            incident.status, incident.concluded_at, incident.concluded_by = Status.CONCLUDED, end, handler
            incident.conclusion, incident.changed_at = chance.choice(words.CONCLUSIONS), end
            self.care.decide(incident, handler, end, rows)
        elif waiting:
            incident.status = Status.REFERRED

    def _first_look(self, incident: Incident, by: Person | None, done: datetime | None, rows: Rows) -> None:
        due = incident.reported_at + (LOOK_AT_ONCE if incident.allegation or incident.refuses_files else LOOK_WITHIN)
        rows.duties.append(
            Duty(
                agency=incident.agency,
                incident=incident,
                key=FIRST_LOOK,
                kind=DutyKind.DECIDE,
                title="Read the report and follow the chart",
                owner=Owner.DESIGNATED_OFFICER,
                raised_at=incident.reported_at,
                due_at=due,
                done_at=done,
                done_by=by,
                warned_at=due if due < self.now else None,
                late_at=due if due < self.now and not done else None,
                passed_up_at=_passed_up(due, done, self.now),
            )
        )

    def _walk(self, incident: Incident, chart: str, way: Position, by: Person, begun: datetime, rows: Rows) -> Walk:
        shape = self.shapes[chart]
        walk = Walk(
            agency=incident.agency,
            incident=incident,
            pack=self.pack,
            chart=chart,
            version=shape.version,
            title=str(shape.title),
            outcome=way.outcome.id,
            outcome_title=str(way.outcome.title),
            started_by=by,
            started_at=begun,
            ended_at=begun + timedelta(minutes=6),
        )
        rows.walks.append(walk)
        rows.steps += [
            WalkStep(
                agency=incident.agency,
                walk=walk,
                order=order,
                step=passed.step.id,
                question=str(passed.step.question),
                answer=passed.answer.id,
                answer_label=str(passed.answer.label),
                by=by,
                at=begun + timedelta(minutes=order),
            )
            for order, passed in enumerate(way.path, 1)
        ]
        if way.concern == "images" and incident.images == Images.NO:
            incident.images = Images.MAYBE
        return walk

    def _duty(
        self, incident: Incident, walk: Walk, owed: Any, by: Person, begun: datetime, concluded: bool, rows: Rows
    ) -> bool:
        """One duty, mostly done in time; a duty to refer is done by a referral. Gives whether an answer is awaited."""
        chance, now = self.chance, self.now
        due = times.after(begun, owed.within, working_days=owed.working_days)
        spare = max(owed.within, timedelta(hours=1))
        when = begun + spare * chance.choices([0.3, 0.8, 1.6], weights=[6, 3, 1])[0]
        long_ago = now - begun > timedelta(days=60)
        done = when if concluded or long_ago or (when <= now and chance.random() < 0.85) else None
        done = min(done, now) if done else None
        referral = None
        if owed.kind.value == DutyKind.REFER and done:
            referral = self._referral(incident, owed.to, by, done, concluded, rows)
        owner = owed.owner.value
        if owner not in (Owner.REPORTER, *(FEW if incident.allegation else CASEWORKERS)):
            owner = Owner.DESIGNATED_OFFICER
        rows.duties.append(
            Duty(
                agency=incident.agency,
                incident=incident,
                walk=walk,
                referral=referral,
                key=f"{walk.chart}:{owed.id}",
                kind=owed.kind.value,
                title=str(owed.title),
                to=owed.to or "",
                owner=owner,
                person=incident.reported_by if owner == Owner.REPORTER else None,
                raised_at=begun,
                due_at=due,
                done_at=done,
                done_by=by if done else None,
                warned_at=due if due < now else None,
                late_at=due if due < now and not done else None,
                passed_up_at=_passed_up(due, done, now),
            )
        )
        return referral is not None and referral.answered_at is None

    def _referral(
        self, incident: Incident, to: str, by: Person, sent: datetime, concluded: bool, rows: Rows
    ) -> Referral:
        chance, now = self.chance, self.now
        acknowledge_by, answer_by = wait_until(self.pack, to, sent)
        known = sent + timedelta(hours=chance.randint(1, 20))
        answered = sent + timedelta(days=chance.randint(1, 9))
        finished = concluded or (answered <= now and chance.random() < 0.8)
        state = (
            ReferralState.ANSWERED if finished else ReferralState.ACKNOWLEDGED if known <= now else ReferralState.SENT
        )
        referral = Referral(
            agency=incident.agency,
            incident=incident,
            to=to,
            to_name=self._called(to),
            how=chance.choice((How.TELEPHONE, How.ONLINE)),
            what="What was reported, who is involved, what was done so far.",
            reference=f"REF{chance.randint(10000, 99999)}",
            state=state,
            made_at=sent,
            sent_at=sent,
            sent_by=by,
            acknowledged_at=min(known, now) if state != ReferralState.SENT else None,
            send_due_at=sent,
            acknowledge_due_at=acknowledge_by,
            answer_due_at=answer_by,
            answered_at=min(answered, now) if finished else None,
            outcome=chance.choice(words.ANSWERS) if finished else "",
            form_key=self._key(),
        )
        rows.referrals.append(referral)
        return referral

    def _called(self, to: str) -> str:
        if to not in self.titles:
            self.titles[to] = self._looked_up(to)
        return self.titles[to]

    def _looked_up(self, to: str) -> str:
        for kind in ("directory", "contact-kinds"):
            title = library.label(self.pack, kind, to)
            if title != to:
                return title
        return to

    def _note(self, incident: Incident, by: Person, at: datetime, rows: Rows) -> None:
        rows.notes.append(
            Note(
                agency=incident.agency,
                incident=incident,
                kind=NoteKind.CONTACT,
                at=at,
                written_at=at,
                by=by,
                text=self.chance.choice(words.NOTES),
                form_key=self._key(),
            )
        )


def make_incidents(county: County, size: Size, seed: int, now: datetime | None = None) -> Iterator[int]:
    """Make a county's incidents; yields how many there are so far, for a line of progress."""
    yield from Maker(county, size, seed, now).make()
