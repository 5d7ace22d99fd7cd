"""Support: three questions at least for every incident; none is concluded with one open (Harrow 4.5, 4.6, 6.4)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from safeboard.core import history
from safeboard.incidents import operations
from safeboard.incidents.choices import Kin, Part, Status, SupportFor, SupportState
from safeboard.incidents.errors import CannotConclude, Refused
from safeboard.incidents.models import Duty, Incident, Involved, Support
from safeboard.incidents.operations.support import decide_support
from safeboard.incidents.queries.support import asked, question_of, undecided

from .factories import CANARY, allegation, reported
from .helpers import decide_all, settled, walked

pytestmark = pytest.mark.django_db
CHILD = {"kin": Kin.CHILD, "part": Part.AFFECTED, "name": "Mia Meadow"}
BULLY = {"kin": Kin.CHILD, "part": Part.CONCERN, "name": "Ben Brook"}


def decide(cast, incident, question, state, **given):
    by = cast.access_for(cast.designated_officer)
    with cast.wall_of(cast.designated_officer):
        return decide_support(by=by, incident=incident, question=question, state=state, **given)


@pytest.mark.parametrize(
    ("kin", "part", "wanted"),
    [
        (Kin.CHILD, Part.AFFECTED, SupportFor.HARMED),
        (Kin.STAFF, Part.AFFECTED, SupportFor.HARMED),
        (Kin.OTHER, Part.AFFECTED, SupportFor.HARMED),
        (Kin.CHILD, Part.CONCERN, SupportFor.DID_IT),
        (Kin.CHILD, Part.INVOLVED, SupportFor.DID_IT),
        (Kin.CHILD, Part.TOLD, SupportFor.OTHERS),
        (Kin.CHILD, Part.SAW, SupportFor.OTHERS),
        (Kin.STAFF, Part.CONCERN, None),
        (Kin.STAFF, Part.TOLD, None),
        (Kin.OTHER, Part.SAW, None),
    ],
)
def test_who_is_asked_about_where(kin, part, wanted):
    assert question_of(Involved(kin=kin, part=part)) == wanted


@pytest.mark.parametrize(
    ("people", "named", "general"),
    [
        ([], 0, 3),
        ([CHILD], 1, 2),
        ([CHILD, BULLY], 2, 1),
        ([CHILD, {**CHILD, "name": "Noa Nettle"}, BULLY], 3, 1),
    ],
)
def test_three_questions_at_least(cast, people, named, general):
    incident = reported(cast, people=people)
    with cast.wall_of(cast.staff):
        questions = asked(incident)
    assert len([one for one in questions if one.involved]) == named
    assert len([one for one in questions if not one.involved]) == general
    assert {one.question for one in questions} == set(SupportFor)
    assert SupportFor.OTHERS in [one.question for one in questions if not one.involved]


def test_nothing_is_concluded_with_support_undecided(cast):
    incident = settled(cast, reported(cast, people=[CHILD, BULLY]))
    by = cast.access_for(cast.designated_officer)
    with cast.wall_of(cast.designated_officer):
        with pytest.raises(CannotConclude) as why:
            operations.conclude(by=by, incident=incident, conclusion="Done")
        assert [one.text for one in why.value.owed] == [
            "Support for Mia Meadow",
            "Support: Others who may be affected",
            "Support for Ben Brook",
        ]
        assert {one.page for one in why.value.owed} == {"people"}
        mia, ben = Involved.objects.filter(incident=incident)
        decide_support(by=by, incident=incident, question="harmed", involved=mia, state="offered", what="A mentor")
        decide_support(by=by, incident=incident, question="others", state="nobody")
        decide_support(by=by, incident=incident, question="did-it", involved=ben, state="not-needed", why="Moved away")
        operations.conclude(by=by, incident=incident, conclusion="Done")
    assert incident.status == Status.CONCLUDED


def test_somebody_named_later_is_asked_about(cast):
    incident = settled(cast, reported(cast))
    decide_all(cast, incident)
    by = cast.access_for(cast.designated_officer)
    with cast.wall_of(cast.designated_officer):
        assert undecided(incident) == []
        operations.add_involved(by=by, incident=incident, **CHILD)
        assert [one.name for one in undecided(incident)] == ["Mia Meadow"]


@pytest.mark.parametrize(
    ("state", "given"),
    [
        (SupportState.OFFERED, {}),
        (SupportState.DECLINED, {}),
        (SupportState.NOT_NEEDED, {"what": "x"}),
        (SupportState.OFFERED, {"what": "A mentor", "review_on": timezone.localdate() - timedelta(days=1)}),
        (SupportState.OFFERED, {"what": "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAUA"}),
    ],
)
def test_what_is_not_said_is_refused(cast, state, given):
    incident = reported(cast)
    with pytest.raises(Refused):
        decide(cast, incident, SupportFor.HARMED, state, **given)
    with cast.wall_of(cast.staff):
        assert not Support.objects.exists()


def test_nobody_is_no_answer_about_somebody(cast):
    incident = reported(cast, people=[CHILD])
    with cast.wall_of(cast.staff):
        mia = Involved.objects.get(incident=incident)
    with pytest.raises(Refused):
        decide(cast, incident, SupportFor.HARMED, SupportState.NOBODY, involved=mia)


def test_a_day_to_look_again_is_a_duty_that_the_next_decision_settles(cast):
    incident = reported(cast)
    day = timezone.localdate() + timedelta(days=14)
    first = decide(cast, incident, SupportFor.HARMED, SupportState.OFFERED, what="A mentor", review_on=day)
    with cast.wall_of(cast.staff):
        duty = Duty.objects.get(key=f"support-review:{first.pk}")
        assert timezone.localtime(duty.due_at).date() == day
    decide(cast, incident, SupportFor.HARMED, SupportState.NOT_NEEDED, why="All is well")
    with cast.wall_of(cast.staff):
        duty.refresh_from_db()
        assert duty.done_at
        assert [row.state for row in asked(incident)[0].rows] == ["not-needed", "offered"]


def test_the_last_decision_settles_what_the_chart_asked(cast):
    incident = reported(cast)
    walked(cast, incident, "no")
    with cast.wall_of(cast.staff):
        Duty.objects.filter(incident=incident).first()
        given = {"agency": incident.agency, "incident": incident, "kind": "support", "owner": "designated_officer"}
        duty = Duty.objects.create(**given, key="chart:support-child", title="x", due_at=timezone.now())
        other = Duty.objects.create(**given, key="chart:support-adult", title="y", due_at=timezone.now())
    decide_all(cast, incident)
    with cast.wall_of(cast.staff):
        duty.refresh_from_db()
        other.refresh_from_db()
        assert duty.done_at
        assert other.done_at is None


def test_a_reporter_decides_nothing_and_sees_nothing_of_it(cast):
    incident = reported(cast)
    decide(cast, incident, SupportFor.HARMED, SupportState.OFFERED, what="ZQMENTOR for them")
    by = cast.access_for(cast.staff)
    with cast.wall_of(cast.staff), pytest.raises(PermissionDenied):
        decide_support(by=by, incident=incident, question="others", state="nobody")
    client = cast.client_for(cast.staff)
    for page in ("", "people/", "duties/"):
        assert "ZQMENTOR" not in client.get(f"/incidents/{incident.pk}/{page}").content.decode()
    assert "ZQMENTOR" in cast.client_for(cast.lead).get(f"/incidents/{incident.pk}/people/").content.decode()
    assert "ZQMENTOR" in cast.client_for(cast.inspector).get(f"/incidents/{incident.pk}/").content.decode()


def test_one_tap_twice_is_one(cast):
    incident = reported(cast)
    client, path = cast.client_for(cast.lead), f"/incidents/{incident.pk}/support/others/nobody/"
    page = client.post(path, follow=True)
    assert "We looked: nobody else is affected" in page.content.decode()
    client.post(path)
    with cast.wall_of(cast.staff):
        assert Support.objects.filter(incident=incident).count() == 1
    assert client.get(path).status_code == 405
    assert client.post(f"/incidents/{incident.pk}/support/nonsense/nobody/").status_code == 404


def test_the_page_keeps_what_was_typed_and_shows_the_steps_for_bullying(cast):
    incident = reported(cast, people=[CHILD])
    with cast.wall_of(cast.staff):
        mia = Involved.objects.get(incident=incident)
    client, path = cast.client_for(cast.lead), f"/incidents/{incident.pk}/support/harmed/{mia.pk}/"
    page = client.get(path).content.decode()
    assert "Where a child is bullied" in page
    assert "Harrow" in page
    page = client.post(path, {"state": "not-needed", "by_whom": "ZQTYPED"}).content.decode()
    assert "Write why no support is needed" in page
    assert "ZQTYPED" in page
    sent = {"state": "offered", "what": "A mentor", "by_whom": "Mrs Fir", "form_key": str(incident.form_key)}
    assert client.post(path, sent).status_code == 302
    assert client.post(path, sent).status_code == 302
    with cast.wall_of(cast.staff):
        row = Support.objects.get(incident=incident)
        assert (row.involved, row.what, row.by_whom) == (mia, "A mentor", "Mrs Fir")
    assert "Support was offered" in client.get(f"/incidents/{incident.pk}/people/").content.decode()
    assert client.get(f"/incidents/{incident.pk}/support/did-it/{mia.pk}/").status_code == 404
    assert [entry for entry in history.of(incident) if entry.verb == "incidents.support_decided"]


def test_the_conclusion_names_what_is_open_links_to_it_and_keeps_what_was_typed(cast):
    incident = settled(cast, reported(cast, people=[CHILD]))
    client, path = cast.client_for(cast.lead), f"/incidents/{incident.pk}/conclude/"
    page = client.post(path, {"conclusion": "ZQCONCLUSION"}).content.decode()
    assert "Support for Mia Meadow" in page
    assert f"/incidents/{incident.pk}/people/#support" in page
    assert "ZQCONCLUSION" in page
    decide_all(cast, incident)
    assert client.post(path, {"conclusion": "ZQCONCLUSION"}).status_code == 302


def test_a_concluded_incident_takes_no_more(cast):
    incident = settled(cast, reported(cast))
    decide_all(cast, incident)
    with cast.wall_of(cast.lead):
        operations.conclude(by=cast.access_for(cast.lead), incident=incident, conclusion="Done")
    client = cast.client_for(cast.lead)
    assert client.get(f"/incidents/{incident.pk}/support/others/").status_code == 403
    page = client.post(f"/incidents/{incident.pk}/support/others/", {"state": "offered", "what": "ZQLATE"})
    assert page.status_code == 200
    assert "ZQLATE" in page.content.decode()
    assert client.post(f"/incidents/{incident.pk}/support/others/nobody/").status_code == 403


def test_the_next_step_leads_to_support_and_then_to_the_conclusion(cast):
    incident = settled(cast, reported(cast))
    walked(cast, incident, "no")
    settled(cast, incident)
    page = cast.client_for(cast.lead).get(f"/incidents/{incident.pk}/").content.decode()
    assert "Decide on support" in page
    decide_all(cast, incident)
    assert "Conclude it" in cast.client_for(cast.lead).get(f"/incidents/{incident.pk}/").content.decode()


def test_an_allegation_asks_the_same_and_the_subject_sees_none_of_it(cast):
    incident = allegation(cast)
    assert incident.allegation
    assert CANARY
    path = f"/incidents/{incident.pk}/support/others/"
    assert cast.client_for(cast.designated_officer).get(path).status_code == 404
    assert cast.client_for(cast.responsible_person).get(path).status_code == 200
    assert cast.client_for(cast.lead).get(path).status_code == 404
    with cast.wall_of(cast.staff):
        assert Incident.objects.filter(pk=incident.pk).exists()
