"""Reviews of the packs, and those that a board writes itself: shaped, tried, published, for ever the same."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from safeboard.core.access import Access
from safeboard.library import queries as library
from safeboard.library.schemas import ShapeError, Text
from safeboard.library.shapes.standards import Asks, Question, Review
from safeboard.standards import asking, editing, operations
from safeboard.standards.choices import Adopted
from safeboard.standards.errors import ChangedMeanwhile, Refused
from safeboard.standards.models import BoardReview
from safeboard.standards.queries import reviews as queries

from .rounds import sent_round

BOTH = ("becta-2008", "england-2026")
COUNTS = {"leeds-self-review": 14, "maturity": 18}


def the(pack: str, name: str) -> Review:
    found = library.item(pack, "reviews", name)
    assert isinstance(found, Review)
    return found


def words(said: str) -> Text:
    return Text({"en": said})


def asks(name: str, kind: str = "yes-no", **more) -> Question:
    return Question(id=name, asks=kind, question=words(f"{name}?"), **more)


# --- what the packs hold -------------------------------------------------------------------------------------


@pytest.mark.parametrize("pack", BOTH)
def test_both_packs_hold_the_reviews_of_the_documents(pack):
    for name, count in COUNTS.items():
        assert len(list(the(pack, name).questions())) == count
    names = {item.id for item in library.items(pack, "reviews")}
    assert {"bromley-audit", "checklists", "monitoring-dataset", "national-standards"} <= names
    assert len(library.items(pack, "recommendations")) == 15


def test_bromleys_audit_asks_its_items():
    followed = [one.id for one in the("england-2026", "bromley-audit").questions() if not one.optional]
    assert len(followed) == 24


def test_the_maturity_review_says_what_to_do_at_every_level_but_the_highest():
    for question in the("england-2026", "maturity").questions():
        assert [bool(level.improve) for level in question.levels] == [True] * 4 + [False]
        assert question.benchmark


def test_today_asks_after_filtering_and_section_11():
    assert {"filtering-monitoring", "section-11"} <= {item.id for item in library.items("england-2026", "reviews")}


# --- shapes ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "spoilt",
    [
        {"asks": "choice"},
        {"asks": "choice", "options": [{"id": "a", "label": {"en": "A"}}]},
        {"asks": "choice", "options": [{"id": "a", "label": {"en": "A"}}, {"id": "a", "label": {"en": "B"}}]},
        {"asks": "level", "levels": [{"statement": {"en": "One"}}]},
        {"asks": "rag", "gap": ["purple"]},
        {"asks": "text", "fact": "lead"},
        {"asks": "colour"},
    ],
)
def test_a_question_that_does_not_fit_is_refused(spoilt):
    with pytest.raises(ShapeError):
        Question.model_validate({"id": "one", "question": {"en": "One?"}, **spoilt})


@pytest.mark.parametrize(
    ("question", "answers"), [("later", ["yes"]), ("nowhere", ["yes"]), ("first", ["purple"]), ("first", [])]
)
def test_a_follow_up_follows_an_answer_that_an_earlier_question_has(question, answers):
    whole = the("england-2026", "leeds-self-review").model_dump(mode="json")
    follow = {"id": "follows", "asks": "text", "question": {"en": "?"}}
    follow["when"] = {"question": question, "answers": answers}
    first = {"id": "first", "asks": "yes-no", "question": {"en": "?"}}
    whole["sections"] = [{"id": "s", "title": {"en": "S"}, "questions": [first, follow, {**first, "id": "later"}]}]
    with pytest.raises(ShapeError):
        Review.model_validate(whole)


@pytest.mark.parametrize(
    ("kind", "value", "figure", "gap"),
    [
        ("yes-no", "yes", 1.0, False),
        ("yes-no", "partly", 0.5, False),
        ("yes-no", "no", 0.0, True),
        ("yes-no", "na", None, False),
        ("rag", "amber", 0.5, False),
        ("number", "12", 12.0, False),
        ("date", "2026-03-31", None, False),
        ("text", "", None, False),
    ],
)
def test_what_an_answer_is_worth(kind, value, figure, gap):
    question = asks("one", kind)
    assert (asking.figure(question, value), asking.is_gap(question, value)) == (figure, gap)


@pytest.mark.parametrize(("kind", "value"), [("number", "many"), ("number", "1e400"), ("date", "31/3/2026")])
def test_what_is_no_answer(kind, value):
    assert not asking.fits(asks("one", kind), value)


def test_a_follow_up_of_what_is_not_asked_is_not_asked():
    first, second = asks("one"), asks("two", when={"question": "one", "answers": ["no"]})
    third = asks("three", when={"question": "two", "answers": ["yes"]})
    listed = [first, second, third]
    assert [one.id for one in asking.asked_of(listed, {"one": "yes", "two": "yes"})] == ["one"]
    assert [one.id for one in asking.asked_of(listed, {"one": "no", "two": "yes"})] == ["one", "two", "three"]


def test_what_does_not_apply_is_not_scored():
    listed = [asks("one"), asks("two")]
    assert asking.score(listed, {"one": "yes", "two": "na"}) == 100
    assert asking.score(listed, {"one": "na", "two": "na"}) is None


# --- the board's own --------------------------------------------------------------------------------------------


@pytest.fixture
def officer(cast):
    with cast.wall_of(cast.board_officer):
        yield cast.access_for(cast.board_officer)


def begun(by: Access, name: str = "leeds-self-review") -> BoardReview:
    return operations.begin_review(by=by, title="Our own", like=the("england-2026", name))


def change(by: Access, own: BoardReview, edit: editing.Edit) -> BoardReview:
    return operations.change_review(by=by, review=own, edition=own.edition, edit=edit)


@pytest.mark.django_db
def test_a_board_writes_tries_and_publishes_its_own(officer, cast):
    own = begun(officer)
    own = change(officer, own, lambda review: editing.put_question(review, "knowing", asks("anew", "date")))
    with pytest.raises(Refused, match="Try it first"):
        operations.publish_review(by=officer, review=own, edition=own.edition, note="First")
    own = operations.mark_tried(by=officer, review=own, edition=own.edition)
    operations.publish_review(by=officer, review=own, edition=own.edition, note="First")
    held = queries.reviews_here(officer)[0]
    assert (held.own.pk, held.count, held.review.version) == (own.pk, 15, 1)
    round_ = sent_round(officer, [cast.agency.pk], pack=held.pack, review="own")
    own = operations.redraft_review(by=officer, review=own)
    own = change(officer, own, lambda review: editing.remove(review, "anew"))
    own = operations.mark_tried(by=officer, review=own, edition=own.edition)
    operations.publish_review(by=officer, review=own, edition=own.edition, note="Shorter")
    assert len(list(queries.review_of(round_.pack, "own", round_.version).questions())) == 15
    assert queries.reviews_here(officer)[0].count == 14


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["subgroup_member", "board_inspector", "lead", "administrator"])
def test_nobody_else_writes_one(cast, name):
    person = getattr(cast, name)
    with cast.wall_of(person), pytest.raises(PermissionDenied):
        operations.begin_review(by=cast.access_for(person), title="Mine")


@pytest.mark.django_db
def test_of_two_who_change_a_draft_the_second_is_told(officer):
    own = begun(officer)
    change(officer, own, lambda review: editing.move(review, "dangers", 1))
    with pytest.raises(ChangedMeanwhile):
        change(officer, own, lambda review: editing.remove(review, "dangers"))


@pytest.mark.django_db
def test_a_change_is_taken_back_and_undoes_the_trial(officer):
    own = operations.mark_tried(by=officer, review=begun(officer), edition=1)
    before = own.draft
    own = change(officer, own, lambda review: editing.remove(review, "dangers"))
    assert not own.tried
    own = operations.take_back(by=officer, review=own, edition=own.edition)
    assert own.draft == before
    with pytest.raises(Refused, match="no change"):
        operations.take_back(by=officer, review=own, edition=own.edition)


@pytest.mark.django_db
def test_an_empty_review_is_not_published(officer):
    own = operations.begin_review(by=officer, title="Empty")
    own = operations.mark_tried(by=officer, review=own, edition=own.edition)
    with pytest.raises(Refused, match="no question"):
        operations.publish_review(by=officer, review=own, edition=own.edition, note="Nothing")
    operations.discard_draft(by=officer, review=own, edition=own.edition)
    assert not queries.own_reviews(officer).exists()


def test_what_something_follows_is_not_taken_out_nor_moved_after_it():
    review = the("england-2026", "bromley-audit")
    with pytest.raises(Refused, match="stand after"):
        editing.remove(review, "policy")
    with pytest.raises(Refused, match="stand after"):
        editing.move(review, "policy-date", -1)


def test_a_question_moves_on_into_the_next_section():
    review = the("england-2026", "leeds-self-review")
    moved = editing.move(review, "resources", 1)
    assert moved.sections[1].questions[0].id == "resources"
    assert editing.move(moved, "resources", -1) == review


def test_sections_move_and_the_last_one_stays():
    review = the("england-2026", "leeds-self-review")
    assert [one.id for one in editing.move(review, "network", -1).sections] == ["knowing", "network", "building"]
    alone = editing.remove(editing.remove(review, "network"), "building")
    with pytest.raises(Refused, match="at least one section"):
        editing.remove(alone, "knowing")
    with pytest.raises(editing.Missing):
        editing.remove(review, "nowhere")


def test_new_ids_are_never_taken():
    assert editing.new_id("Do you know?", {"do-you-know"}) == "do-you-know-2"
    assert editing.new_id("¿?", set()) == "new"


@pytest.mark.parametrize("kind", [one.value for one in Asks if one not in (Asks.CHOICE, Asks.LEVEL)])
def test_every_kind_of_question_can_be_added(kind):
    review = editing.put_question(the("england-2026", "maturity"), "policies", asks("anew", kind))
    assert editing.question_of(review, "anew")[0].id == "policies"


# --- what is recommended -------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_recommendation_is_followed(officer):
    given = {"state": "adopted", "who": "The board", "since": None, "evidence": "Minutes", "look_on": None}
    operations.adopt(by=officer, recommendation="officer", given=given)
    operations.adopt(by=officer, recommendation="officer", given={**given, "state": "partly"})
    rows = {row.item.id: row for row in queries.recommendations(officer)}
    assert (len(rows), rows["officer"].state, rows["parents"].state) == (15, Adopted.PARTLY, Adopted.NOT_LOOKED_AT)
