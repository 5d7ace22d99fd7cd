"""One incident from report to conclusion, through the operations alone."""

from datetime import date, timedelta

import pytest

from safeboard.incidents import operations, queries
from safeboard.incidents.choices import Images, Kin, Part, Status
from safeboard.incidents.errors import CannotConclude, ChangedMeanwhile, FilesRefused
from safeboard.incidents.models import Incident
from safeboard.incidents.operations.walks import position

from .evidence import file_on, item_on
from .helpers import decide_all

pytestmark = pytest.mark.django_db

FIELDS = {
    "scenario": "bullying-or-harassment",
    "classification": "contact",
    "how_found": "child-told",
    "happened_on": date(2026, 3, 3),
    "narrative": "CANARY words about a child",
}


def made(cast, by="staff", **changes):
    access = cast.access_for(getattr(cast, by))
    people = changes.pop("people", ())
    return operations.report(by=access, fields={**FIELDS, **changes}, people=people)


def test_an_incident_from_report_to_conclusion(cast):
    officer = cast.access_for(cast.designated_officer)
    with cast.wall_of(cast.staff):
        incident = made(cast)
        assert incident.reference.endswith("-0001")
        operations.add_note(by=officer, incident=incident, text="Rang home")
        referral = operations.draft_referral(by=officer, incident=incident, to="ceop", to_name="CEOP")
        operations.send_referral(by=officer, referral=referral)
        assert Incident.objects.get().status == Status.REFERRED
        with pytest.raises(CannotConclude):
            operations.conclude(by=officer, incident=incident, conclusion="Done")
        operations.acknowledge(by=officer, referral=referral)
        operations.answer_referral(by=officer, referral=referral, outcome="No further action")
        incident = Incident.objects.get()
        assert incident.status == Status.OPEN
        operations.complete(by=officer, duty=incident.duties.get(key="first-look"))
        decide_all(cast, incident)
        operations.conclude(by=officer, incident=incident, conclusion="Resolved")
        operations.reopen(by=officer, incident=incident, why="New information")
        assert [note.text for note in incident.notes.order_by("pk")] == ["Rang home", "Resolved", "New information"]


def test_the_subject_of_an_allegation_sees_nothing_of_it_whatever_their_role(cast):
    with cast.wall_of(cast.staff):
        incident = made(cast, people=[{"kin": Kin.STAFF, "part": Part.CONCERN, "name": "dora  DESIGNATED"}])
        incident.refresh_from_db()
        assert incident.allegation is True
    seen = set()
    for name, person in cast.people.items():
        with cast.wall_of(person):
            if queries.visible_to(cast.access_for(person)).exists():
                seen.add(name)
    assert seen == {"staff", "responsible_person", "allegations_officer"}


def test_files_are_refused_and_sealed_where_it_may_be_about_images(cast):
    officer = cast.access_for(cast.designated_officer)
    with cast.wall_of(cast.staff):
        item = item_on(cast, made(cast))
        kept, incident = file_on(cast, item), item.incident
        operations.change(by=officer, incident=incident, edition=1, fields={"images": Images.MAYBE})
        kept.refresh_from_db()
        assert kept.sealed_off_at is not None
        with pytest.raises(FilesRefused):
            operations.add_file(by=officer, item=item, name="b.txt", content=b"words")
        with pytest.raises(FilesRefused):
            operations.add_note(by=officer, incident=incident, text="data:image/png;base64,AAAA")
        with pytest.raises(ChangedMeanwhile):
            operations.change(by=officer, incident=incident, edition=1, fields={"narrative": "other"})


@pytest.mark.parametrize(("changes", "hours"), [({}, 24), ({"images": Images.MAYBE}, 1)])
def test_no_report_waits_unseen(cast, changes, hours):
    with cast.wall_of(cast.staff):
        incident = made(cast, **changes)
        duty = incident.duties.get()
        assert (duty.owner, duty.due_at - incident.reported_at) == ("designated_officer", timedelta(hours=hours))
        officer = cast.access_for(cast.designated_officer)
        walk = operations.start_walk(by=officer, incident=incident, chart="suspicious-email")
        while position(walk).step:
            here = position(walk).step
            walk = operations.answer(by=officer, walk=walk, step=here.id, answer=here.answers[0].id)
        duty.refresh_from_db()
        assert duty.done_by == cast.designated_officer
