"""Documents: consulted about, ratified with the minute, in force, confirmed by each agency."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from safeboard.core import history
from safeboard.strategy.choices import PartKind, State, Taken
from safeboard.strategy.errors import Refused
from safeboard.strategy.models import Action, Document, Event, Objective, Priority, Version
from safeboard.strategy.operations.documents import (
    change_part,
)
from safeboard.strategy.operations.documents_comments import answer_comment, comment_on, confirm
from safeboard.strategy.operations.documents_states import (
    begin_redraft,
    begin_review,
    consult,
    keep_as_it_is,
    publish,
    ratify,
    supersede,
)
from safeboard.strategy.queries.documents import (
    digest_of,
    for_agency,
    holding,
    parts_of,
    versions_of,
    who_lacks,
    whole_of,
)

from .documents import PIES, begun, part, published, small, soon

pytestmark = pytest.mark.django_db


def test_agencies_see_only_what_was_opened_to_them(cast, officer, as_lead):
    document = small(officer)
    assert as_lead(lambda by: for_agency(by)) == []
    version = consult(by=officer, document=document, closes_on=soon())
    assert as_lead(lambda by: for_agency(by)) == [version]
    assert as_lead(lambda by: for_agency(by), "far_lead") == []
    with pytest.raises(Refused, match="words stay"):
        part(officer, document, "purpose", text="more")


def test_comments_are_answered_one_by_one_before_it_is_ratified(cast, officer, as_lead):
    document = small(officer)
    version = consult(by=officer, document=document, closes_on=soon())
    key, about = uuid.uuid4(), uuid.UUID(version.body["parts"][0]["key"])
    one = as_lead(comment_on, version=version, part=about, text="Say it shorter", form_key=key)
    assert one == as_lead(comment_on, version=version, part=about, text="Say it shorter", form_key=key)
    with pytest.raises(Refused, match="not in this version"):
        as_lead(comment_on, version=version, part=uuid.uuid4(), text="What?")
    document = begin_redraft(by=officer, document=document)
    with pytest.raises(Refused, match="closed by now"):
        as_lead(comment_on, version=version, part=about, text="Too late")
    with pytest.raises(Refused, match="wait for an answer: 1"):
        ratify(by=officer, document=document, minute="4", ratified_on=date(2026, 1, 1))
    with pytest.raises(Refused, match="Say why"):
        answer_comment(by=officer, comment=one, taken=Taken.NO, answer=" ")
    answered = answer_comment(by=officer, comment=one, taken=Taken.YES, answer="")
    assert (answered.taken, answered.answered_by) == (Taken.YES, cast.board_officer)
    assert ratify(by=officer, document=document, minute="4", ratified_on=date(2026, 1, 1)).number == 2


@pytest.mark.parametrize("name", ["inspector", "far_lead"])
def test_who_may_not_comment(cast, officer, as_lead, name):
    version = consult(by=officer, document=small(officer), closes_on=soon())
    about = uuid.UUID(version.body["parts"][0]["key"])
    with pytest.raises((PermissionDenied, Version.DoesNotExist)):
        as_lead(comment_on, name, version=version, part=about, text="x")


def test_a_consultation_needs_a_day_to_come_and_words(officer):
    with pytest.raises(Refused, match="not passed"):
        consult(by=officer, document=small(officer), closes_on=soon(-1))
    with pytest.raises(Refused, match="Nothing stands in it"):
        consult(by=officer, document=begun(officer), closes_on=soon())


def test_what_was_ratified_becomes_the_plan(cast, officer):
    document = begun(officer, **PIES)
    asked = next(one for one in parts_of(document) if one.kind == PartKind.ACTION)
    for one in (asked, document.parts.get(after=asked)):  # a request may wait for another
        change_part(by=officer, part=one, edition=1, given={"agency": cast.agency, "owner_role": ""})
    ratify(by=officer, document=document, minute="M4", ratified_on=timezone.localdate(), unconsulted_why="Pilot year")
    assert (Priority.objects.count(), Objective.objects.count(), Action.objects.count()) == (4, 11, 24)
    action = Action.objects.get(title=asked.title)
    assert (action.agency, action.state) == (cast.agency, State.ASKED)
    later = Action.objects.get(title="Lead new leads through their first steps")
    assert [wait.first for wait in later.waits.all()] == [action]
    assert later.objective.title.startswith("Every agency has a named lead")


def test_ratified_again_by_somebody_else_only_what_is_new_comes_into_the_plan(cast, officer):
    version = published(officer, begun(officer, **PIES))
    document = begin_redraft(by=officer, document=begin_review(by=officer, document=Document.objects.get()))
    aim = document.parts.filter(kind=PartKind.OBJECTIVE).first()
    part(officer, document, "action", parent=aim, title="One more", owner_role="board_manager", due_on=soon())
    manager = cast.access_for(cast.board_manager)
    second = ratify(
        by=manager, document=document, minute="M9", ratified_on=timezone.localdate(), unconsulted_why="Small"
    )
    assert (Priority.objects.count(), Objective.objects.count(), Action.objects.count()) == (4, 11, 25)
    publish(by=manager, document=document, public=False)
    version.refresh_from_db()
    assert version.superseded_at is not None
    assert holding(cast.board.pk, "strategy") == second


def test_actions_of_a_whole_priority_stand_under_its_name(officer):
    ratify(
        by=officer,
        document=begun(officer, pack="becta-2008", template="bromley"),
        minute="M1",
        ratified_on=timezone.localdate(),
        unconsulted_why="Trial",
    )
    assert Objective.objects.count() == 28 + 6
    assert Action.objects.filter(objective=None).count() == 0


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"ratified_on": soon(1), "unconsulted_why": "x"}, "still to come"),
        ({"ratified_on": soon(0), "unconsulted_why": " "}, "were not asked"),
    ],
)
def test_what_cannot_be_ratified(officer, given, words):
    with pytest.raises(Refused, match=words):
        ratify(by=officer, document=small(officer), minute="4", **given)


def test_an_action_without_somebody_cannot_be_ratified(officer):
    document = small(officer)
    part(officer, document, "action", parent=document.parts.get(kind=PartKind.OBJECTIVE), title="Whose?")
    with pytest.raises(Refused, match="without a date: 1"):
        ratify(by=officer, document=document, minute="4", ratified_on=soon(0), unconsulted_why="x")


def test_a_version_is_whole_and_stays_as_it_was(officer):
    document = small(officer)
    version = published(officer, document)
    before = whole_of(version.body)
    document = begin_redraft(by=officer, document=begin_review(by=officer, document=document))
    row = document.parts.get(kind=PartKind.POSITION)
    change_part(by=officer, part=row, edition=1, given={"text": "Other words"})
    version.refresh_from_db()
    assert whole_of(version.body) == before
    assert version.sha256 == digest_of(version.body)
    kept = [entry.facts.get("sha256") for entry in history.of(document) if entry.verb == "strategy.ratified"]
    assert kept == [version.sha256]
    assert version.number == 1


def test_a_review_that_changes_nothing(officer):
    version = published(officer)
    document = begin_review(by=officer, document=version.document)
    with pytest.raises(Refused, match="day to come"):
        keep_as_it_is(by=officer, document=document, review_on=soon(0))
    keep_as_it_is(by=officer, document=document, review_on=soon(300))
    version.refresh_from_db()
    assert (version.review_on, version.holds) == (soon(300), True)


def test_superseded_is_the_end(officer):
    version = published(officer)
    document = supersede(by=officer, document=version.document)
    assert holding(document.board_id, "strategy") is None
    with pytest.raises(Refused, match="Superseded"):
        begin_review(by=officer, document=document)


def test_the_chronology_keeps_itself(officer):
    published(officer)
    lines = list(Event.objects.order_by("pk").values_list("what", flat=True))
    assert lines == [
        "Safe online in Eastmarch ratified (Board, minute 4).",
        "Safe online in Eastmarch published, version 1.",
    ]


def test_each_agency_confirms_the_version_that_holds(cast, officer, as_lead):
    document = begun(officer, kind="guidance", pack="england-2026", template="practice-guidance")
    version = published(officer, document, public=False)
    assert [one.name for one in who_lacks(version)[0]] == ["Alder Bank School", "Brookside Youth Trust"]
    receipt = as_lead(confirm, version=version)
    assert receipt == as_lead(confirm, version=version)
    lacking, receipts = who_lacks(version)
    assert ([one.name for one in lacking], receipts) == (["Brookside Youth Trust"], [receipt])
    with pytest.raises(PermissionDenied):
        as_lead(confirm, "staff", version=version)
    supersede(by=officer, document=document)
    with pytest.raises(Refused, match="not in force"):
        as_lead(confirm, "other_lead", version=version)
    assert as_lead(lambda by: versions_of(by).get()).holds is False


def test_every_review_has_a_line_of_its_own(officer):
    document = published(officer).document
    for days in (300, 400):
        document = keep_as_it_is(by=officer, document=begin_review(by=officer, document=document), review_on=soon(days))
    assert Event.objects.filter(kind="review").count() == 2
    assert Event.objects.filter(kind="document").count() == 2
