"""The same county with its database: does what a sequence says, by the operations that the pages call."""

from __future__ import annotations

import copy
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from safeboard.core import wall
from safeboard.core.access import Access, Place, job_access
from safeboard.core.built import built_once
from safeboard.core.roles import PlaceKind, Role
from safeboard.incidents import operations
from safeboard.incidents.choices import Images, Kin, Owner, Part, Status
from safeboard.incidents.errors import FilesRefused, Refused
from safeboard.incidents.models import Duty, EvidenceFile, Incident, Received
from safeboard.incidents.queries import visible_to
from safeboard.incidents.queries.evidence import Party
from safeboard.incidents.queries.received import received_by
from safeboard.incidents.tests.factories import FIELDS
from safeboard.partnership import queries as partnership_queries
from safeboard.partnership.models import Agency, Membership
from safeboard.partnership.operations import people as partnership
from tests.cast import Cast
from tests.properties.model import FEW, READING, Case, Model, Post

NOT_DONE = (Refused, FilesRefused, PermissionDenied, ValidationError)
PEOPLE = (
    "allegations_officer",
    "board_officer",
    "designated_officer",
    "inspector",
    "lead",
    "other_designated_officer",
    "other_staff",
    "responsible_person",
    "staff",
)
NOBODY_HERE = "Somebody Elsewhere"
ROLES = (
    Role.STAFF,
    Role.AGENCY_LEAD,
    Role.DESIGNATED_OFFICER,
    Role.RESPONSIBLE_PERSON,
    Role.ALLEGATIONS_OFFICER,
    Role.INSPECTOR,
)
JOB = job_access("tests")
# As the pages ask, with the SQL of both built once for each kind of asker.
visible: Callable[[Access], list[Incident]] = built_once(lambda access: visible_to(access))
received: Callable[[Access], list[Received]] = built_once(lambda access: received_by(access))


class Found(NamedTuple):
    """What somebody finds: the numbers of cases and referrals, every word in them, the cases whose files they got."""

    cases: set[int]
    received: set[int]
    words: str
    opened: set[int]


class County:
    """A county and its model. A step that the rules refuse changes neither."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.agencies: dict[str, Agency] = {"own": cast.agency, "other": cast.other_agency}
        self.people = PEOPLE
        self.model = Model(roles={})
        for row in Membership.objects.filter(agency__in=self.agencies.values(), ended_at__isnull=True):
            name = next(key for key, person in cast.people.items() if person.pk == row.person_id)
            if name not in PEOPLE:  # nobody else is in the way
                partnership.end_membership(by=JOB, membership=row)
                continue
            agency = next(key for key, one in self.agencies.items() if one.pk == row.agency_id)
            self.model.roles.setdefault((name, agency), set()).add(Role(row.role))
        self.incidents: list[int] = []
        self.received: list[int] = []
        self._accesses: dict[tuple[str, str], Access] = {}

    def twin(self) -> County:
        """The same county, to go another way from here: the caller takes the database back by a savepoint."""
        other = copy.copy(self)
        other.model = copy.deepcopy(self.model)
        other.incidents, other.received = list(self.incidents), list(self.received)
        other._accesses = dict(self._accesses)
        return other

    # Acting ------------------------------------------------------------------------------------------------

    def key(self, agency: str) -> str:
        return f"agency-{self.agencies[agency].pk}"

    @contextmanager
    def behind_wall(self, who: str, agency: str) -> Iterator[Access]:
        """What somebody acts as in an agency, read afresh after each change of roles, with the wall open as it is."""
        access = self._accesses.get((who, agency))
        if access is None:
            access = self.cast.access_for(self.cast.people[who], place=self.key(agency))
            self._accesses[who, agency] = access
        with wall.open_as(access, partnership_queries.scopes):
            yield access

    def do(self, who: str, agency: str, act: Callable[[Access], Any]) -> Any:
        """Something done by somebody in an agency, behind their own wall; None where it was refused."""
        with suppress(*NOT_DONE), self.behind_wall(who, agency) as by:
            return act(by)
        return None

    def _worker(self, case: Case, turn: int) -> str | None:
        able = [who for who in self.people if case.handled_by(who, self.model.of(who, case.agency) - {Role.INSPECTOR})]
        return able[turn % len(able)] if able else None

    def _chosen(self, turn: int) -> tuple[int, Case, str] | None:
        """One of the cases and somebody who may work on it."""
        if not self.model.cases:
            return None
        number = turn % len(self.model.cases)
        case = self.model.cases[number]
        who = self._worker(case, turn // 7)
        return (number, case, who) if who else None

    def _incident(self, number: int) -> Incident:
        return Incident.objects.get(pk=self.incidents[number])

    # Steps: each takes two numbers, and makes of them whatever there is ---------------------------------------

    def report(self, turn: int, extra: int) -> None:
        """Somebody reports; every third report is a concern about somebody."""
        able = [(who, agency) for who in self.people for agency in self.model.works_in(who)]
        able = [(who, agency) for who, agency in able if self.model.of(who, agency) - {Role.INSPECTOR}]
        if not able:
            return
        who, agency = able[turn % len(able)]
        about = self._about(extra) if extra % 3 == 0 else None
        people = [{"kin": Kin.STAFF, "part": Part.CONCERN, "name": about[1]}] if about else []
        word = f"word{uuid.uuid4().hex}"
        fields = {**FIELDS, "narrative": word}
        made = self.do(who, agency, lambda by: operations.report(by=by, fields=fields, people=people))
        if made:
            self.incidents.append(made.pk)
            case = Case(agency, who, allegation=bool(about), words={word})
            case.about |= {about[0]} if about and about[0] else set()
            self.model.cases.append(case)

    def _about(self, extra: int) -> tuple[str, str]:
        """Whom a concern is about: one of the people, by name, or somebody whom nobody here knows."""
        who = self.people[extra // 3 % len(self.people)]
        return ("", NOBODY_HERE) if extra % 5 == 0 else (who, self.cast.people[who].name)

    def concern(self, turn: int, extra: int) -> None:
        """It turns out that a concern is about somebody who works there."""
        found = self._chosen(turn)
        if not found:
            return
        number, case, who = found
        about, name = self._about(extra)
        given = {"kin": Kin.STAFF, "part": Part.CONCERN, "name": name}
        act = lambda by: operations.add_involved(by=by, incident=self._incident(number), **given)  # noqa: E731
        if self.do(who, case.agency, act):
            case.allegation = True
            case.about |= {about} if about else set()

    def seal(self, turn: int, extra: int) -> None:
        """It becomes about images of children."""
        found = self._chosen(turn)
        if not found:
            return
        number, case, who = found

        def act(by: Access) -> bool:
            one = self._incident(number)
            operations.change(by=by, incident=one, edition=one.edition, fields={"images": Images.YES})
            return True

        case.images = bool(self.do(who, case.agency, act)) or case.images

    def attach(self, turn: int, extra: int) -> None:
        """A piece of evidence with a file is taken in."""
        found = self._chosen(turn)
        if not found:
            return
        number, case, who = found
        person = self.cast.people[who]

        def act(by: Access) -> None:
            given = {"kind": "device", "what": "Telephone", "keeper": Party(person), "place": "Cupboard"}
            item = operations.take_in(by=by, incident=self._incident(number), **given)
            operations.add_file(by=by, item=item, name="words.txt", content=b"What was said")

        self.do(who, case.agency, act)

    def hand_on(self, turn: int, extra: int) -> None:
        """It is handed on to the other agency, with its words or without."""
        found = self._chosen(turn)
        if not found:
            return
        number, case, who = found
        to = "other" if case.agency == "own" else "own"
        parts, about_them = (("narrative",), ())[extra % 2], extra % 7 == 0

        def act(by: Access) -> Any:
            given = {"agency": self.agencies[to].pk, "parts": parts, "about_them": about_them}
            row = operations.prepare_hand_on(by=by, incident=self._incident(number), **given)
            return operations.send_referral(by=by, referral=row)

        sent = self.do(who, case.agency, act)
        if sent:
            theirs = any(self.model.of(one, to) for one in case.about)
            copy = Case(to, "", allegation=case.allegation or about_them or theirs, about=set(case.about))
            copy.images = case.images
            copy.words = set(case.words) if parts else set()
            self.model.posts.append(Post(copy))
            self.received.append(sent.pk)

    def accept(self, turn: int, extra: int) -> None:
        """The other agency takes it on."""
        if not self.model.posts:
            return
        number = turn % len(self.model.posts)
        post = self.model.posts[number]
        agency, held = post.case.agency, self.model.of
        wanted = FEW if post.case.allegation else READING - {Role.INSPECTOR}
        able = [who for who in self.people if who not in post.case.about and held(who, agency) & wanted]
        if not able or post.accepted:
            return
        who = able[extra % len(able)]
        referral = self.received[number]
        act = lambda by: operations.accept_received(  # noqa: E731
            by=by, received=received_by(by).get(referral_number=referral)
        )
        made = self.do(who, agency, act)
        if made:
            self.incidents.append(made.pk)
            about = set(post.case.about)
            post.accepted = Case(agency, who, post.case.allegation, about, post.case.images, words=post.case.words)
            self.model.cases.append(post.accepted)

    def reopen(self, turn: int, extra: int) -> None:
        """It is concluded, and opened again by somebody who handles it."""
        found = self._chosen(turn)
        if not found:
            return
        number, case, who = found

        def act(by: Access) -> None:
            Incident.objects.filter(pk=self.incidents[number]).update(
                status=Status.CONCLUDED, concluded_at=timezone.now()
            )
            if extra % 2:
                operations.reopen(by=by, incident=self._incident(number), why="Something new was said")

        self.do(who, case.agency, act)

    def change_role(self, turn: int, extra: int) -> None:
        """Somebody gets another role in an agency, or a first one."""
        who, agency = self.people[turn % len(self.people)], ("own", "other")[extra % 2]
        role = ROLES[extra // 2 % len(ROLES)]
        place = Place(PlaceKind.AGENCY, self.agencies[agency].pk, "")
        ends = timezone.localdate() if role == Role.INSPECTOR else None
        partnership.give_role(by=JOB, person=self.cast.people[who], role=role, place=place, ends=ends)
        self.model.roles.setdefault((who, agency), set()).add(role)
        self._accesses.clear()

    def leave(self, turn: int, extra: int) -> None:
        """Somebody leaves an agency."""
        who, agency = self.people[turn % len(self.people)], ("own", "other")[extra % 2]
        rows = Membership.objects.filter(
            person=self.cast.people[who], agency=self.agencies[agency], ended_at__isnull=True
        )
        for row in rows:
            partnership.end_membership(by=JOB, membership=row)
        self.model.roles.pop((who, agency), None)
        self._accesses.clear()

    # Looking ------------------------------------------------------------------------------------------------

    def facts(self) -> None:
        """What the model cannot know by itself: where the path has led to the responsible person."""
        owed = set(
            Duty.objects.filter(owner=Owner.RESPONSIBLE_PERSON, dropped_at=None).values_list("incident", flat=True)
        )
        for number, case in enumerate(self.model.cases):
            case.head_owes = self.incidents[number] in owed

    def looks(self, who: str, agency: str, files: bool) -> Found:
        """What somebody finds in an agency; ``files``: they also try to take each file out."""
        with self.behind_wall(who, agency) as by:
            cases, rows = visible(by), received(by)
            return Found(
                {self.incidents.index(one.pk) for one in cases},
                {self.received.index(one.referral_number) for one in rows if one.referral_number},
                " ".join([*(one.narrative for one in cases), *(str(one.packet) for one in rows)]),
                self._opened(by, [one.pk for one in cases]) if files else set(),
            )

    def _opened(self, by: Access, cases: list[int]) -> set[int]:
        found = set()
        for file in EvidenceFile.objects.filter(item__incident__in=cases).select_related("item__incident"):
            with suppress(*NOT_DONE):
                operations.take_out(by=by, file=file, why="To see")
                found.add(self.incidents.index(file.item.incident_id))
        return found

    def with_files(self) -> set[int]:
        """The numbers of the cases that have files which are not sealed away."""
        rows = EvidenceFile.objects.filter(sealed_off_at__isnull=True).values_list("item__incident_id", flat=True)
        return {self.incidents.index(pk) for pk in rows}


STEPS = (
    County.report,
    County.report,
    County.concern,
    County.seal,
    County.attach,
    County.hand_on,
    County.accept,
    County.reopen,
    County.change_role,
    County.leave,
)
