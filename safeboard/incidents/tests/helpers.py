"""Small steps that the tests of the record's pages share."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from safeboard.incidents import operations
from safeboard.incidents.models import Duty, Incident, Referral, Walk
from safeboard.incidents.operations.support import decide_support
from safeboard.incidents.queries.support import undecided


def client_of(checked_client: Any, cast: Any, person: Any) -> Any:
    """The checked client, signed in as this person."""
    checked_client.cookies = cast.client_for(person).cookies
    return checked_client


def walked(cast: Any, incident: Incident, *answers: str, by: str = "staff", chart: str = "child-tells") -> Walk:
    """A walk through a chart by these answers."""
    person = getattr(cast, by)
    access = cast.access_for(person)
    with cast.wall_of(person):
        walk = operations.start_walk(by=access, incident=incident, chart=chart)
        for answer in answers:
            here = operations.walks.position(walk)
            operations.answer(by=access, walk=walk, step=here.step.id, answer=answer)
        walk.refresh_from_db()
    return walk


def referred(cast: Any, incident: Incident, *, sent: bool = True, by: str = "designated_officer") -> Referral:
    """A referral to social care, made or prepared."""
    person = getattr(cast, by)
    with cast.wall_of(person):
        call = operations.referrals.make_referral if sent else operations.draft_referral
        return call(
            by=cast.access_for(person),
            incident=Incident.objects.get(pk=incident.pk),
            to="social-care-duty-team",
            to_name="Children’s social care",
        )


def pages_of(incident: Incident, referral: Referral, walk: Walk, duty: int, involved: int) -> dict[str, str]:
    """Every page of a record by name."""
    base, sent = f"/incidents/{incident.pk}/", f"/incidents/{incident.pk}/referrals/{referral.pk}/"
    return {
        "record": base,
        "note": f"{base}note/",
        "people": f"{base}people/",
        "person-add": f"{base}people/add/",
        "person-account": f"{base}people/{involved}/account/",
        "history": f"{base}history/",
        "change": f"{base}change/",
        "conclude": f"{base}conclude/",
        "reopen": f"{base}reopen/",
        "walk-start": f"{base}walk/",
        "walk": f"{base}walk/{walk.pk}/",
        "walk-back": f"{base}walk/{walk.pk}/back/",
        "walk-chart": f"{base}walk/{walk.pk}/chart/",
        "duties": f"{base}duties/",
        "duty-done": f"{base}duties/{duty}/done/",
        "duty-drop": f"{base}duties/{duty}/drop/",
        "written-record": f"{base}written-record/",
        "referrals": f"{base}referrals/",
        "referral-new": f"{base}referrals/new/",
        "referral": sent,
        "referral-made": f"{sent}made/",
        "referral-details": f"{sent}details/",
        "referral-received": f"{sent}received/",
        "referral-answered": f"{sent}answered/",
        "referral-withdraw": f"{sent}withdraw/",
        "referral-summary": f"{sent}summary.pdf",
    }


POST_ONLY = {"walk-back", "duty-done", "referral-made"}


def decide_all(cast: Any, incident: Incident, by: str = "designated_officer") -> None:
    """Decide every question about support that is open."""
    person = getattr(cast, by)
    with cast.wall_of(person):
        for one in undecided(incident):
            given = {"question": one.question, "involved": one.involved}
            words = {"state": "not-needed", "why": "Asked, and all is well"} if one.involved else {"state": "nobody"}
            decide_support(by=cast.access_for(person), incident=incident, **given, **words)


def settled(cast: Any, incident: Incident) -> Incident:
    """The incident with nothing owed any more."""
    with cast.wall_of(cast.staff):
        Duty.objects.filter(incident=incident, done_at=None).update(done_at=timezone.now())
    return incident
