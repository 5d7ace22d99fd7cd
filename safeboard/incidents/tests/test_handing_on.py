"""Handing on between agencies of a board: what was chosen goes over the wall, and each step moves the other end."""

from datetime import timedelta

import pytest
from django.utils import timezone

from safeboard.core.models import Entry, Link
from safeboard.core.roles import Role
from safeboard.core.sealed import blind_index
from safeboard.incidents import operations, queries
from safeboard.incidents.choices import Kin, Next, Part
from safeboard.incidents.clocks import watch_received
from safeboard.incidents.errors import Refused
from safeboard.incidents.models import Duty, Incident, Involved, Received, ReceivedSubject, Referral
from safeboard.incidents.queries.outside import links_of
from safeboard.incidents.queries.received import received_by
from safeboard.outbox.models import Message
from safeboard.partnership.tests.factories import MembershipFactory, PersonFactory

from .factories import reported

pytestmark = pytest.mark.django_db
CHILD = {"kin": Kin.CHILD, "part": Part.AFFECTED, "name": "Nadia Example", "birth_date": "2014-05-06"}
OTHER_CHILD = {"kin": Kin.CHILD, "part": Part.SAW, "name": "Theo Unshared"}
SECRET = {"narrative": "CANARY-narrative", "actions": "CANARY-actions", "where": "CANARY-where"}


@pytest.fixture
def incident(cast):
    return reported(cast, people=[CHILD, OTHER_CHILD], **SECRET)


def handed(cast, incident, *, parts=("summary",), names=("Nadia Example",), send=True, **given):
    """A referral to the other agency, made by the designated officer."""
    with cast.wall_of(cast.designated_officer):
        by, held = cast.access_for(cast.designated_officer), Incident.objects.get(pk=incident.pk)
        people = [one.pk for one in Involved.objects.filter(incident=held) if one.name in names]
        given = {"message": "Please look after her brother.", **given}
        row = operations.prepare_hand_on(
            by=by, incident=held, agency=cast.other_agency.pk, parts=parts, people=people, **given
        )
        return operations.send_referral(by=by, referral=row) if send else row


def theirs(cast, person=None):
    """The row that reached the other agency, as one of its people finds it."""
    person = person or cast.other_designated_officer
    with cast.wall_of(person):
        return received_by(cast.access_for(person)).first()


def ours(cast):
    with cast.wall_of(cast.lead):
        return Referral.objects.select_related("incident").get()


def step(cast, name, **given):
    person = cast.other_designated_officer
    with cast.wall_of(person):
        call = getattr(operations, name)
        return call(by=cast.access_for(person), received=received_by(cast.access_for(person)).get(), **given)


def test_exactly_what_was_chosen_goes_and_nothing_else(cast, incident):
    handed(cast, incident)
    text = str(vars(theirs(cast)))
    assert "Please look after her brother." in text
    assert "Nadia Example" in text
    for kept in ("CANARY", "Theo", "Unshared"):
        assert kept not in text, kept
    with cast.wall_of(cast.other_designated_officer):
        assert not Incident.objects.exists()
        assert not Referral.objects.exists()


@pytest.mark.parametrize("parts", [(), ("narrative",), ("actions",), ("summary", "narrative", "actions")])
def test_each_part_goes_only_where_it_was_ticked(cast, incident, parts):
    handed(cast, incident, parts=parts, names=())
    packet = theirs(cast).packet
    assert {name for name in ("summary", "narrative", "actions") if name in packet} == set(parts)
    assert "people" not in packet
    assert "CANARY-where" not in str(packet)


def test_what_was_previewed_is_what_is_sent(cast, incident):
    row = handed(cast, incident, parts=("narrative",), send=False)
    assert theirs(cast) is None
    with cast.wall_of(cast.lead):
        Incident.objects.filter(pk=incident.pk).update(narrative="Changed meanwhile")
        operations.send_referral(by=cast.access_for(cast.lead), referral=Referral.objects.get(pk=row.pk))
    assert theirs(cast).packet == row.packet
    assert theirs(cast).packet["narrative"] == "CANARY-narrative"


def test_only_agencies_that_sit_in_a_board_together(cast, incident):
    with cast.wall_of(cast.designated_officer):
        by = cast.access_for(cast.designated_officer)
        with pytest.raises(Refused, match="no board"):
            operations.prepare_hand_on(by=by, incident=incident, agency=cast.far_agency.pk)
        with pytest.raises(Refused, match="no board"):
            operations.prepare_hand_on(by=by, incident=incident, agency=cast.agency.pk)
        assert not Referral.objects.exists()


def test_acknowledged_accepted_and_answered_move_the_sender(cast, incident):
    handed(cast, incident, parts=("summary", "narrative"))
    for _again in range(2):
        step(cast, "acknowledge_received")
    assert (ours(cast).state, ours(cast).acknowledged_by) == ("acknowledged", "Brookside Youth Trust")
    made = [step(cast, "accept_received") for _again in range(2)]
    assert made[0] == made[1]
    assert ours(cast).state == "accepted"
    with cast.wall_of(cast.other_lead):
        new = Incident.objects.get()
        assert (new.agency_id, new.scenario) == (cast.other_agency.pk, incident.scenario)
        assert "CANARY-narrative" in new.narrative
        assert [one.name for one in Involved.objects.filter(incident=new)] == ["Nadia Example"]
        assert Duty.objects.filter(incident=new, key="first-look").exists()
    step(cast, "answer_received", answer="We look after him.")
    row = ours(cast)
    assert (row.state, row.outcome) == ("answered", "We look after him.")
    assert row.incident.status == "open"
    with cast.wall_of(cast.lead):
        assert not Duty.objects.filter(referral=row, done_at__isnull=True).exists()


def test_the_two_ends_are_linked_in_words_without_a_number(cast, incident):
    handed(cast, incident)
    new = step(cast, "accept_received")
    assert Link.objects.get().kind == "handed-on"
    with cast.wall_of(cast.lead):
        (one,) = links_of(Incident.objects.get(pk=incident.pk))
        assert (one.words, one.number, one.led_to) == ("an incident of Brookside Youth Trust", 0, True)
    with cast.wall_of(cast.other_lead):
        (one,) = links_of(Incident.objects.get(pk=new.pk))
        assert (one.words, one.number, one.led_to) == ("a referral of Alder Bank School", 0, False)


def test_a_refusal_has_its_reason_and_raises_what_to_do_now(cast, incident):
    handed(cast, incident)
    with pytest.raises(Refused, match="Say why"):
        step(cast, "refuse_received", why=" ")
    for _again in range(2):
        step(cast, "refuse_received", why="She lives in another area")
    row = ours(cast)
    assert (row.state, row.refused_why) == ("refused", "She lives in another area")
    with cast.wall_of(cast.lead):
        (duty,) = Duty.objects.filter(referral=row, kind="decide")
        assert duty.due_at <= timezone.now()
    assert Message.objects.filter(to=cast.designated_officer, kind="duty-raised").exists()


def test_a_challenge_puts_it_before_them_again(cast, incident):
    handed(cast, incident)
    step(cast, "refuse_received", why="Not ours")
    with cast.wall_of(cast.designated_officer):
        by = cast.access_for(cast.designated_officer)
        operations.decide_refused(by=by, referral=ours(cast), what=Next.CHALLENGE, why="He goes to their club")
    assert ours(cast).state == "sent"
    assert theirs(cast).state == "new"
    step(cast, "accept_received")
    assert ours(cast).state == "accepted"


def test_withdrawn_is_shown_to_the_receiver_and_what_they_began_stays(cast, incident):
    handed(cast, incident)
    new = step(cast, "accept_received")
    with cast.wall_of(cast.designated_officer):
        operations.withdraw_referral(by=cast.access_for(cast.designated_officer), referral=ours(cast), why="Mistake")
    row = theirs(cast)
    assert row.state == "withdrawn"
    assert row.incident_id == new.pk
    with pytest.raises(Refused, match="Withdrawn"):
        step(cast, "answer_received", answer="Too late")
    assert Message.objects.filter(to=cast.other_designated_officer, kind="referral-withdrawn").exists()


def test_a_concern_about_their_staff_goes_to_the_few_alone(cast, incident):
    handed(cast, incident, about_them=True)
    assert theirs(cast, cast.other_lead) is None
    row = theirs(cast)
    assert row.allegation
    told = set(Message.objects.filter(kind="referral-received").values_list("to__name", flat=True))
    assert told == {"Odin Otherofficer"}
    new = step(cast, "accept_received")
    assert new.allegation
    with cast.wall_of(cast.other_lead):
        assert not queries.visible_to(cast.access_for(cast.other_lead)).exists()


@pytest.mark.parametrize("shared", [True, False])
def test_whom_it_is_about_sees_nothing_there_by_name(cast, shared):
    """The concern is about their designated officer, by name: another of the few gets it, and he never does."""
    other_head = PersonFactory(name="Hedda Otherhead", email="hedda@example.org")
    MembershipFactory(person=other_head, role=Role.RESPONSIBLE_PERSON, agency=cast.other_agency)
    people = [CHILD, {"kin": Kin.OTHER, "part": Part.CONCERN, "name": "Odin Otherofficer"}]
    names = ("Nadia Example", "Odin Otherofficer") if shared else ("Nadia Example",)
    handed(cast, reported(cast, people=people), names=names)
    assert theirs(cast) is None
    row = theirs(cast, other_head)
    assert row.allegation
    assert ("Odin" in str(row.packet)) is shared
    with cast.wall_of(other_head):
        new = operations.accept_received(by=cast.access_for(other_head), received=row)
    assert theirs(cast) is None
    with cast.wall_of(cast.other_designated_officer):
        access = cast.access_for(cast.other_designated_officer)
        assert not queries.visible_to(access).filter(pk=new.pk).exists()
        assert not queries.owed_by(access).exists()
    assert not Message.objects.filter(to=cast.other_designated_officer).exists()
    with cast.wall_of(other_head):
        index = blind_index("Odin Otherofficer")
        assert [one.name_index for one in ReceivedSubject.objects.all()] == [index]
        assert Involved.objects.get(incident=new, part=Part.CONCERN).name_index == index


def test_whom_it_is_about_sees_nothing_there_by_account(cast, incident):
    both = PersonFactory(name="Bea Both", email="bea@example.org")
    MembershipFactory(person=both, role=Role.STAFF, agency=cast.agency)
    MembershipFactory(person=both, role=Role.DESIGNATED_OFFICER, agency=cast.other_agency)
    with cast.wall_of(cast.designated_officer):
        by = cast.access_for(cast.designated_officer)
        operations.add_involved(
            by=by, incident=Incident.objects.get(pk=incident.pk), kin=Kin.STAFF, part=Part.CONCERN, name="Bea Both"
        )
    handed(cast, incident)
    with cast.wall_of(both, place=f"agency-{cast.other_agency.pk}"):
        assert not received_by(cast.access_for(both, place=f"agency-{cast.other_agency.pk}")).exists()
    assert theirs(cast) is not None


def test_nobody_there_is_free_of_it(cast):
    people = [{"kin": Kin.OTHER, "part": Part.CONCERN, "name": "Odin Otherofficer"}]
    with pytest.raises(Refused, match="Nobody there"):
        handed(cast, reported(cast, people=people))


def test_images_go_with_every_referral_so_that_nothing_can_be_attached(cast):
    handed(cast, reported(cast, images="maybe"), parts=(), names=())
    assert step(cast, "accept_received").images == "maybe"


def test_who_did_it_there_is_not_said_here(cast, incident):
    handed(cast, incident)
    step(cast, "accept_received")
    here = Entry.objects.filter(object_type="incidents.incident", object_id=incident.pk)
    assert cast.other_designated_officer.pk not in set(here.values_list("person_id", flat=True))
    there = Entry.objects.filter(object_type="incidents.received")
    assert cast.designated_officer.pk not in set(there.values_list("person_id", flat=True))


def test_one_that_nobody_looks_at_shouts_and_goes_up_a_day_later(cast, incident):
    head = PersonFactory(name="Hedda Otherhead", email="hedda@example.org")
    MembershipFactory(person=head, role=Role.RESPONSIBLE_PERSON, agency=cast.other_agency)
    handed(cast, incident)
    assert watch_received() == 0
    with cast.wall_of(cast.other_lead):
        Received.objects.update(look_due_at=timezone.now() - timedelta(minutes=1))
    assert [watch_received(), watch_received()] == [1, 0]
    told = set(Message.objects.filter(kind="received-late").values_list("to__name", flat=True))
    assert told == {"Odin Otherofficer", "Otto Otherlead"}
    with cast.wall_of(cast.other_lead):
        Received.objects.update(late_at=timezone.now() - timedelta(days=1, minutes=1))
    assert [watch_received(), watch_received()] == [1, 0]
    assert [one.to for one in Message.objects.filter(kind="received-passed-up")] == [head]
    assert not any("Nadia" in one.body for one in Message.objects.all())
