"""Documents: begun from templates, written by two at once, consulted about, ratified with the minute, in force."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from safeboard.core import history
from safeboard.library import queries as library
from safeboard.strategy.choices import DocumentState, PartKind, State, Taken
from safeboard.strategy.errors import ChangedMeanwhile, Refused
from safeboard.strategy.models import Action, Document, Event, Objective, Priority, Version
from safeboard.strategy.operations.documents import (
    change_about,
    change_part,
    months_on,
    move_part,
    put_back,
    set_plan,
    take_out,
)
from safeboard.strategy.operations.documents_comments import answer_comment, comment_on, confirm
from safeboard.strategy.operations.documents_states import (
    begin_redraft,
    begin_review,
    consult,
    digest_of,
    keep_as_it_is,
    publish,
    ratify,
    supersede,
)
from safeboard.strategy.queries.documents import (
    for_agency,
    holding,
    parts_of,
    taken_out,
    versions_of,
    who_lacks,
    whole_now,
    whole_of,
)
from safeboard.strategy.rules_documents import NEXT, may_become, takes_comments, takes_parts

from .documents import PIES, begun, part, published, small, soon

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(cast):
    """The board's officer, with the board's wall open."""
    with cast.wall_of(cast.board_officer):
        yield cast.access_for(cast.board_officer)


@pytest.fixture
def as_lead(cast):
    """A function that does something as an agency's lead, behind the agency's wall."""

    def do(function, name="lead", **given):
        person = getattr(cast, name)
        with cast.wall_of(person):
            return function(by=cast.access_for(person), **given)

    return do


# Rules ------------------------------------------------------------------------------------------------------------

WAY = [
    ("draft", "consultation", True),
    ("draft", "ratified", True),
    ("draft", "published", False),
    ("consultation", "redraft", True),
    ("consultation", "ratified", False),
    ("redraft", "consultation", True),
    ("redraft", "ratified", True),
    ("ratified", "published", True),
    ("ratified", "redraft", True),
    ("published", "review", True),
    ("published", "redraft", False),
    ("published", "superseded", True),
    ("review", "published", True),
    ("review", "redraft", True),
    ("superseded", "draft", False),
    ("superseded", "published", False),
]


@pytest.mark.parametrize(("state", "then", "may"), WAY)
def test_which_state_may_follow(state, then, may):
    assert may_become(state, then) is may


def test_every_state_says_what_follows():
    assert set(NEXT) == set(DocumentState)


@pytest.mark.parametrize(
    ("kind", "part_kind", "below", "fits"),
    [
        ("strategy", "priority", "", True),
        ("strategy", "objective", "", True),
        ("strategy", "objective", "priority", True),
        ("strategy", "action", "priority", True),
        ("strategy", "action", "objective", True),
        ("strategy", "action", "", False),
        ("strategy", "chapter", "", False),
        ("strategy", "objective", "action", False),
        ("guidance", "chapter", "", True),
        ("guidance", "paragraph", "chapter", True),
        ("guidance", "priority", "", False),
        ("guidance", "objective", "", False),
        ("reporting", "chapter", "", True),
    ],
)
def test_which_parts_a_document_takes(kind, part_kind, below, fits):
    assert takes_parts(kind, part_kind, below) is fits


@pytest.mark.parametrize(
    ("opened", "closes", "closed", "takes"),
    [
        (True, 0, False, True),
        (True, 3, False, True),
        (True, -1, False, False),
        (True, 3, True, False),
        (False, 3, False, False),
    ],
)
def test_when_comments_are_taken(opened, closes, closed, takes):
    now, today = timezone.now(), timezone.localdate()
    version = Version(
        opened_at=now if opened else None, closes_on=today + timedelta(days=closes), closed_at=now if closed else None
    )
    assert takes_comments(version, today) is takes


WRITERS = {"board_manager", "board_officer"}


@pytest.mark.parametrize(
    "name",
    [
        "board_manager",
        "board_officer",
        "subgroup_member",
        "board_inspector",
        "lead",
        "staff",
        "inspector",
        "other_board_officer",
        "administrator",
    ],
)
def test_who_may_do_what(cast, name):
    access = cast.access_for(getattr(cast, name))
    document = Document(board=cast.board)
    in_board = {*WRITERS, "subgroup_member", "board_inspector"}
    assert access.can("strategy.write", document) is (name in WRITERS)
    assert access.can("strategy.see_drafts", document) is (name in in_board)
    assert access.can("strategy.comment") is (name in {"lead", "staff"})
    assert access.can("strategy.confirm") is (name == "lead")


# Templates --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pack", "template", "counts"),
    [
        ("becta-2008", "leicestershire", (5, 18, 36)),
        ("becta-2008", "bromley", (6, 28, 15)),
        ("becta-2008", "harrow", (5, 10, 12)),
        ("becta-2008", "dudley", (0, 4, 4)),
        ("england-2026", "by-pies", (4, 11, 24)),
    ],
)
def test_a_template_becomes_a_draft(officer, pack, template, counts):
    document = begun(officer, pack=pack, template=template)
    kinds = [one.kind for one in parts_of(document)]
    assert tuple(kinds.count(kind) for kind in (PartKind.PRIORITY, PartKind.OBJECTIVE, PartKind.ACTION)) == counts
    assert all(one.owner_role and one.due_on for one in parts_of(document) if one.kind == PartKind.ACTION)


def test_an_unknown_template_begins_nothing(officer):
    with pytest.raises(library.UnknownItem):
        begun(officer, pack="england-2026", template="no-such")
    assert Document.objects.count() == 0


def test_numbers_stand_as_in_the_source(officer):
    whole = whole_now(begun(officer, pack="becta-2008", template="leicestershire"))
    numbered = {node.number: node.title for node in whole.nodes() if node.number}
    assert numbered["2.3"].startswith("Make one clear way to report")
    assert numbered["1.a"].startswith("Hold half a day")
    assert numbered["2.2.4"].startswith("Redraft it after the consultation")


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 11, 22), 2, date(2027, 1, 22)),
        (date(2026, 12, 1), 12, date(2027, 12, 1)),
    ],
)
def test_months_on(day, months, then):
    assert months_on(day, months) == then


def test_the_same_form_begins_one_document(officer):
    key = uuid.uuid4()
    assert begun(officer, form_key=key, **PIES) == begun(officer, form_key=key, **PIES)
    assert Document.objects.count() == 1


# Writing ----------------------------------------------------------------------------------------------------------


def test_the_second_of_two_is_told_and_nothing_of_the_first_is_lost(cast, officer):
    document = small(officer)
    row = document.parts.get(kind=PartKind.POSITION)
    first = change_part(by=officer, part=row, edition=1, given={"text": "Mine"})
    manager = cast.access_for(cast.board_manager)
    with pytest.raises(ChangedMeanwhile) as told:
        change_part(by=manager, part=row, edition=1, given={"text": "Theirs"})
    assert told.value.there.text == "Mine"
    assert told.value.there.changed_by == cast.board_officer
    after = change_part(by=manager, part=row, edition=first.edition, given={"text": "Theirs"})
    assert (after.text, after.edition, after.key) == ("Theirs", 3, row.key)


def test_a_change_that_changes_nothing_is_none(officer):
    row = small(officer).parts.get(kind=PartKind.POSITION)
    assert change_part(by=officer, part=row, edition=1, given={"text": row.text}).edition == 1


def test_title_and_dates(officer):
    document = small(officer)
    changed = change_about(by=officer, document=document, edition=1, title="New", starts_on=soon(), review_on=soon(400))
    assert (changed.title, changed.edition) == ("New", 2)
    with pytest.raises(ChangedMeanwhile):
        change_about(by=officer, document=document, edition=1, title="Old", starts_on=None, review_on=None)
    with pytest.raises(Refused, match="has to come after"):
        change_about(by=officer, document=document, edition=2, title="N", starts_on=soon(9), review_on=soon(9))


def test_what_was_taken_out_comes_back_with_all_below_it(officer):
    document = small(officer)
    row = document.parts.get(kind=PartKind.PRIORITY)
    take_out(by=officer, part=row)
    assert [one.kind for one in parts_of(document)] == [PartKind.POSITION, PartKind.ACTION]
    assert whole_now(document).of(PartKind.ACTION) == []
    assert taken_out(document) == [row]
    put_back(by=officer, part=row)
    assert len(parts_of(document)) == 4


def test_parts_are_moved_among_their_neighbours(officer):
    document = begun(officer)
    names = [part(officer, document, "purpose", text=words) for words in ("one", "two", "three")]
    part(officer, document, "audience", text="all")
    move_part(by=officer, part=names[2], up=True)
    move_part(by=officer, part=names[0], up=True)
    assert [one.text for one in parts_of(document) if one.kind == "purpose"] == ["one", "three", "two"]


@pytest.mark.parametrize(
    ("kind", "given", "words"),
    [
        ("priority", {"title": " "}, "Give it a title"),
        ("priority", {"title": "x" * 201}, "at most 200"),
        ("purpose", {"text": "\n"}, "no words"),
        ("action", {"title": "x"}, "no place there"),
        ("chapter", {"title": "x"}, "no place there"),
    ],
)
def test_what_a_part_cannot_be(officer, kind, given, words):
    with pytest.raises(Refused, match=words):
        part(officer, begun(officer), kind, **given)


def test_actions_of_a_table_are_set_at_once_and_a_stale_row_is_given_back(cast, officer):
    document = begun(officer, **PIES)
    first, second, *_rest = [one for one in parts_of(document) if one.kind == PartKind.ACTION]
    change_part(by=officer, part=second, edition=1, given={"due_on": soon(7)})
    wanted = {"owner": None, "owner_role": "", "agency": cast.agency, "due_on": soon(99)}
    late = set_plan(by=officer, document=document, rows={one.key: (1, wanted) for one in (first, second)})
    assert late == [second]
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.agency, first.due_on, second.agency, second.due_on) == (cast.agency, soon(99), None, soon(7))


# Consultation -----------------------------------------------------------------------------------------------------


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


# Ratified and in force --------------------------------------------------------------------------------------------


def test_what_was_ratified_becomes_the_plan(cast, officer):
    document = begun(officer, **PIES)
    asked = next(one for one in parts_of(document) if one.kind == PartKind.ACTION)
    change_part(by=officer, part=asked, edition=1, given={"agency": cast.agency, "owner_role": ""})
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


# Guidance and receipts --------------------------------------------------------------------------------------------


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
