"""Referrals between two agencies of the made-up county, a call by CEOP, and one that was refused: all are fictional."""

from __future__ import annotations

from safeboard.accounts.models import Person
from safeboard.core import wall
from safeboard.core.access import Access
from safeboard.core.sealed import blind_index
from safeboard.incidents import operations
from safeboard.incidents.choices import Part, Status
from safeboard.incidents.models import Incident, Involved, Referral
from safeboard.incidents.queries.received import received_by
from safeboard.partnership import queries as partnership
from safeboard.partnership.models import Agency

from .county import County

WHY = "His brother goes to their club, and only they know how he is there."
SAID = "A picture that was found points to a telephone used at our address. A letter follows. They ask us to be ready."


def make_referred(county: County) -> None:
    """One referral in each state that a newcomer should see, for the first two agencies that have an officer."""
    able = [one for one in county.agencies if county.people.get(one.pk, {}).get("designated_officer")]
    if len(able) < 2:
        return
    for here, there in ((able[0], able[1]), (able[1], able[0])):
        _hand_on(county, here, there)
    _call(county, able[0])
    _refused(county, able[0])


def _officer(county: County, agency: Agency) -> tuple[Person, Access]:
    person = county.people[agency.pk]["designated_officer"][0]
    return person, partnership.access_of(person, chosen=f"agency-{agency.pk}")


def _open_ones(person: Person) -> list[Incident]:
    """The newest open incidents that are no concern about staff, nor about this officer by name."""
    about = Involved.objects.filter(part=Part.CONCERN, name_index=blind_index(person.name)).values("incident")
    rows = Incident.objects.filter(allegation=False).exclude(status=Status.CONCLUDED).exclude(pk__in=about)
    return list(rows.order_by("-reported_at")[:3])


def _hand_on(county: County, here: Agency, there: Agency) -> None:
    """Two referrals to the other agency: one that it took on and answers, one that waits for it."""
    person, by = _officer(county, here)
    with wall.open_for(**partnership.scopes(by)):
        incidents = _open_ones(person)[:2]
        for incident in incidents:
            people = list(Involved.objects.filter(incident=incident).values_list("pk", flat=True))
            referral = operations.prepare_hand_on(
                by=by,
                incident=incident,
                agency=there.pk,
                parts=("summary", "narrative"),
                people=people,
                message="Please tell us how he is with you, and look after him there.",
            )
            given = {"decision": "share", "basis": "safety", "with_whom": there.name, "referral": referral}
            operations.decide_sharing(by=by, incident=incident, reason=WHY, **given)
            operations.send_referral(by=by, referral=referral)
    if incidents:
        _take_on(county, there)


def _take_on(county: County, agency: Agency) -> None:
    _person, by = _officer(county, agency)
    with wall.open_for(**partnership.scopes(by)):
        received = received_by(by).filter(state="new").last()
        if received:
            operations.accept_received(by=by, received=received)


def _call(county: County, agency: Agency) -> None:
    _person, by = _officer(county, agency)
    with wall.open_for(**partnership.scopes(by)):
        told = {"caller": "An officer of the victim team", "reference": "VT-1187", "call_back": "01632 960177"}
        operations.take_call(by=by, source="ceop", said=SAID, **told)


def _refused(county: County, agency: Agency) -> None:
    """One that was refused, which waits for a decision; and one that is prepared and not sent."""
    person, by = _officer(county, agency)
    with wall.open_for(**partnership.scopes(by)):
        incidents = [one for one in _open_ones(person) if not Referral.objects.filter(incident=one).exists()]
        for incident, sent in zip(incidents, (True, False), strict=False):
            to = {"to": "social-care-duty-team", "to_name": "Children’s social care"}
            row = operations.draft_referral(by=by, incident=incident, **to)
            if sent:
                operations.send_referral(by=by, referral=row, how="telephone", spoke_to="The duty worker")
                operations.refuse_referral(by=by, referral=row, why="Below their threshold. They suggest early help.")
