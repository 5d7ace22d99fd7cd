"""Evidence of the made-up county: devices that changed hands, a printout, a log, what was seen; all are fictional."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from safeboard.accounts.models import Person
from safeboard.core import wall
from safeboard.core.access import Access
from safeboard.core.sealed import blind_index
from safeboard.incidents import operations
from safeboard.incidents.choices import Custody, EvidenceKind, Images, Part, Status
from safeboard.incidents.models import Incident, Involved
from safeboard.incidents.queries.evidence import Party
from safeboard.partnership import queries as partnership
from safeboard.partnership.models import Agency

from .county import County

POLICE = Party(name="PC Morgan Hale 4471, Ostermere Police")
LOG = b"time,address,decision\n09:14:02,example.org/forum,allowed\n09:14:40,example.net/upload,refused\n"
SAID = "09:20 M. says that the messages came at night.\n09:25 She shows the names on paper, not the telephone.\n"


def make_evidence(county: County) -> None:
    """A few pieces of evidence with their handovers, for the agencies that have an officer."""
    for agency in county.agencies:
        held = county.people.get(agency.pk, {}).get("designated_officer")
        if held:
            _of_agency(agency, held[0])


def _of_agency(agency: Agency, officer: Person) -> None:
    by = partnership.access_of(officer, chosen=f"agency-{agency.pk}")
    with wall.open_for(**partnership.scopes(by)):
        plain = _newest(officer, images=False)
        if plain:
            _device(by, plain)
            _papers(by, plain)
        grave = _newest(officer, images=True)
        if grave:
            _left_alone(by, grave)


def _newest(officer: Person, *, images: bool) -> Incident | None:
    """The newest open incident of the sort that is no concern about staff, nor about this officer by name."""
    about = Involved.objects.filter(part=Part.CONCERN, name_index=blind_index(officer.name)).values("incident")
    rows = Incident.objects.filter(allegation=False).exclude(status=Status.CONCLUDED).exclude(pk__in=about)
    sort = rows.exclude(images=Images.NO) if images else rows.filter(images=Images.NO)
    return sort.order_by("-reported_at").first()


def _after(incident: Incident, hours: float) -> datetime:
    return min(incident.reported_at + timedelta(hours=hours), timezone.now())


def _device(by: Access, incident: Incident) -> None:
    """A telephone that went from the officer to the police."""
    me = Party(by.person)
    item = operations.take_in(
        by=by,
        incident=incident,
        kind=EvidenceKind.DEVICE,
        what="Black telephone with a cracked corner, in a clear case with a sticker of a fox",
        marks="Serial number on the back ends in 7702",
        found="On the desk in the library; a pupil handed it in",
        keeper=me,
        place="Envelope in the safe, main office",
        at=_after(incident, 0.2),
    )
    operations.hand_over(
        by=by,
        item=item,
        giver=me,
        taker=POLICE,
        state=Custody.HANDED_ON,
        place="Ostermere police station, property store",
        why="The police asked for it",
        receipt="EV/2231",
        at=_after(incident, 3),
    )


def _papers(by: Access, incident: Incident) -> None:
    """What was seen, in words, and an extract of a log, each with its file."""
    me = Party(by.person)
    for kind, what, name, content in (
        (EvidenceKind.ACCOUNT, "What M. said about the messages, written down at once", "account.txt", SAID.encode()),
        (EvidenceKind.LOG, "Extract of the web filter for the morning, as it gave it", "filter.csv", LOG),
    ):
        at, place = _after(incident, 1), "Safeguarding cabinet, drawer 2"
        item = operations.take_in(by=by, incident=incident, kind=kind, what=what, keeper=me, place=place, at=at)
        operations.add_file(by=by, item=item, name=name, content=content)


def _left_alone(by: Access, incident: Incident) -> None:
    """A computer where it may be about images: where it stands, and who has the key; no file."""
    operations.take_in(
        by=by,
        incident=incident,
        kind=EvidenceKind.DEVICE,
        what="Desktop computer in the corner of the study room, left switched on as it was",
        marks="Asset label 0419",
        found="The screen was covered and the room locked at once",
        keeper=Party(by.person),
        place="Study room, locked; the key is with the officer",
        at=_after(incident, 0.1),
    )
