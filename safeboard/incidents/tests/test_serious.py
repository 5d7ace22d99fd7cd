"""The review of a serious incident: no name leaves, a second person confirms, the board's copy leads nowhere."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safeboard.core import history, wall
from safeboard.core.models import Entry
from safeboard.incidents import operations
from safeboard.incidents.choices import Kin, Part, SeriousState
from safeboard.incidents.errors import ChangedMeanwhile, NamesStand, Refused
from safeboard.incidents.models import BoardFinding, BoardReview, Incident, SeriousReview
from safeboard.incidents.nameless import EVERYDAY
from safeboard.incidents.operations.board_reviews import add_finding, consider
from safeboard.incidents.operations.serious import (
    TEXTS,
    ask_second,
    give_back,
    names_in,
    prepare_serious,
    release_serious,
    replace_names,
    write_serious,
)
from safeboard.incidents.queries.looking_back import serious_of
from safeboard.outbox.models import Message

from .factories import allegation, reported

pytestmark = pytest.mark.django_db
NARRATIVE = "Mia Knott told Dora Designated at Alder Bank Primary that Joe’s mother (01632 960 001) had rung."
PEOPLE = [
    {"kin": Kin.CHILD, "part": Part.AFFECTED, "name": "Mia Knott", "birth_date": "2014-05-06"},
    {"kin": Kin.CHILD, "part": Part.INVOLVED, "name": "Joe Åkerman"},
]
NAMES = re.compile(r"mia|knott|joe|[aå]kerman|dora|designated|alder|bank|01632|brookside|stefan", re.IGNORECASE)


def prepared(cast, **changes) -> SeriousReview:
    """A text that the designated officer began, with a title."""
    incident = reported(cast, people=PEOPLE, narrative=NARRATIVE, **changes)
    with cast.wall_of(cast.designated_officer):
        by = cast.access_for(cast.designated_officer)
        review = prepare_serious(by=by, incident=incident)
        texts = {"subject": "A child was frightened", "account": review.account, "why": "Nobody asked."}
        return write_serious(by=by, review=review, edition=review.edition, texts=texts)


def asked(cast, **changes) -> SeriousReview:
    """One that waits for a second person."""
    review = prepared(cast, **changes)
    with cast.wall_of(cast.designated_officer):
        by = cast.access_for(cast.designated_officer)
        return ask_second(by=by, review=review, board=cast.board, edition=review.edition)


def released(cast) -> BoardReview:
    """One that the board has."""
    review = asked(cast)
    with cast.wall_of(cast.responsible_person):
        release_serious(by=cast.access_for(cast.responsible_person), review=review, edition=review.edition)
    with wall.open_for(boards=[cast.board.pk]):
        return BoardReview.objects.get()


def test_the_beginning_has_letters_in_the_place_of_names(cast):
    review = prepared(cast)
    assert not NAMES.search(review.account)
    assert "Child A told Staff" in review.account
    assert set(review.letters) >= {"Mia Knott", "Dora Designated", "Joe Åkerman"}


@pytest.mark.parametrize("words", ["MIA", "joe's", "Akerman", "Dora", "6 May 2014", "Alder Bank", "2026-0001"])
def test_it_cannot_leave_while_a_known_name_stands_in_it(cast, words):
    review = prepared(cast)
    with cast.wall_of(cast.designated_officer):
        by = cast.access_for(cast.designated_officer)
        texts = {"subject": review.subject, "account": f"Then {words} came."}
        review = write_serious(by=by, review=review, edition=review.edition, texts=texts)
        with pytest.raises(NamesStand) as found:
            ask_second(by=by, review=review, board=cast.board, edition=review.edition)
        assert found.value.places["account"][0][0] == "Then "
        review = replace_names(by=by, review=review)
        assert names_in(review) == {}


def test_names_that_the_preparer_adds_are_kept_out_too(cast):
    review = prepared(cast)
    with cast.wall_of(cast.designated_officer):
        by = cast.access_for(cast.designated_officer)
        texts = {"subject": "x", "account": "Her brother Tommy saw it."}
        review = write_serious(by=by, review=review, edition=review.edition, texts=texts, more_names="Tommy\nNan Bett")
        assert "account" in names_in(review)


def test_somebody_else_has_to_confirm_it(cast):
    review = asked(cast)
    with cast.wall_of(cast.designated_officer), pytest.raises(PermissionDenied):
        release_serious(by=cast.access_for(cast.designated_officer), review=review, edition=review.edition)
    for who in ("staff", "colleague", "inspector", "infrastructure"):
        with cast.wall_of(getattr(cast, who)), pytest.raises(PermissionDenied):
            release_serious(by=cast.access_for(getattr(cast, who)), review=review, edition=review.edition)
    with cast.wall_of(cast.lead), pytest.raises(Refused):
        release_serious(by=cast.access_for(cast.lead), review=review, edition=review.edition - 1)
    with cast.wall_of(cast.lead):
        assert release_serious(by=cast.access_for(cast.lead), review=review, edition=review.edition).number


def test_a_name_that_is_known_by_now_stops_it_at_the_last_moment(cast):
    review = asked(cast)
    with cast.wall_of(cast.designated_officer):
        by = cast.access_for(cast.designated_officer)
        text = {"subject": "x", "account": "A friend called Zebedee helped."}
        review = write_serious(by=by, review=review, edition=review.edition, texts=text)
        review = ask_second(by=by, review=review, board=cast.board, edition=review.edition)
        kin = {"kin": Kin.CHILD, "part": Part.SAW, "name": "Zebedee Orr"}
        operations.add_involved(by=by, incident=Incident.objects.get(pk=review.incident_id), **kin)
    with cast.wall_of(cast.responsible_person), pytest.raises(NamesStand):
        release_serious(by=cast.access_for(cast.responsible_person), review=review, edition=review.edition)
    with wall.open_for(boards=[cast.board.pk]):
        assert not BoardReview.objects.exists()


def test_the_copy_says_neither_who_nor_where_nor_which(cast):
    copy = released(cast)
    texts = " ".join(getattr(copy, name) for name in TEXTS)
    assert not NAMES.search(texts)
    assert copy.number == f"SR {copy.year}-01"
    assert {field.name for field in BoardReview._meta.get_fields()} & {"agency", "incident"} == set()
    for entry in history.of(copy):
        assert entry.person_id is None
        assert entry.place_id is None
        assert "incident" not in entry.facts
    for message in Message.objects.filter(about_type="incidents.boardreview"):
        assert message.caused_by_id is None
        assert message.place_id is None
        assert not NAMES.search(message.subject + message.body)
    assert not Entry.objects.filter(object_type="core.link", object_id=copy.pk).exists()


def test_it_goes_back_with_a_reason_and_changes_are_refused_once_it_has_left(cast):
    review = asked(cast)
    with cast.wall_of(cast.responsible_person):
        head = cast.access_for(cast.responsible_person)
        assert serious_of(head).get() == review
        give_back(by=head, review=review, why="The day gives it away")
        assert not serious_of(head).exists()
    with cast.wall_of(cast.designated_officer):
        by = cast.access_for(cast.designated_officer)
        review.refresh_from_db()
        assert review.state == SeriousState.DRAFT
        with pytest.raises(ChangedMeanwhile):
            write_serious(by=by, review=review, edition=1, texts={"subject": "y"})
        review = ask_second(by=by, review=review, board=cast.board, edition=review.edition)
    with cast.wall_of(cast.lead):
        release_serious(by=cast.access_for(cast.lead), review=review, edition=review.edition)
        with pytest.raises(Refused):
            write_serious(by=cast.access_for(cast.lead), review=review, edition=review.edition, texts={"subject": "z"})


def test_only_the_few_and_never_the_subject_read_one_about_staff(cast):
    incident = allegation(cast, about="Hugo Head", narrative="Mia was alone with him")
    with cast.wall_of(cast.designated_officer):
        by = cast.access_for(cast.designated_officer)
        review = prepare_serious(by=by, incident=incident)
        texts = {"subject": "A concern", "account": "Somebody was alone with a child."}
        review = write_serious(by=by, review=review, edition=review.edition, texts=texts)
        ask_second(by=by, review=review, board=cast.board, edition=review.edition)
    told = set(Message.objects.filter(kind="serious-asked").values_list("to__name", flat=True))
    assert "Hugo Head" not in told
    for who, sees in (("responsible_person", False), ("lead", False), ("allegations_officer", True)):
        with cast.wall_of(getattr(cast, who)):
            assert serious_of(cast.access_for(getattr(cast, who))).exists() is sees, who


def test_the_subgroup_adds_findings_and_the_inspector_reads(cast):
    copy = released(cast)
    with cast.wall_of(cast.subgroup_member):
        by = cast.access_for(cast.subgroup_member)
        add_finding(by=by, review=copy, about="why", text="The adult had three accounts")
        consider(by=by, review=copy)
        assert BoardFinding.objects.get().about == "why"
    with cast.wall_of(cast.board_inspector), pytest.raises(PermissionDenied):
        add_finding(by=cast.access_for(cast.board_inspector), review=copy, about="why", text="x")
    page = cast.client_for(cast.board_inspector).get(f"/incidents/board-reviews/{copy.pk}/")
    assert "The adult had three accounts" in page.content.decode()
    assert "Add what the subgroup finds" not in page.content.decode()
    assert cast.client_for(cast.other_board_officer).get(f"/incidents/board-reviews/{copy.pk}/").status_code == 404


# Names that are everyday words count where they have a capital letter (test_nameless.py): small, they are the word.
UNUSUAL = st.text(alphabet="abdegijklnoprtuvyzéñüøł", min_size=3, max_size=8).filter(lambda name: name not in EVERYDAY)
FIRST = UNUSUAL.map(str.capitalize)
SHOWN = st.sampled_from([str, str.upper, str.lower, "{}’s".format, "{}'s".format, "({})".format, "{}2013".format])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=FIRST, last=FIRST, shown=SHOWN, whole=st.booleans())
def test_no_name_of_a_child_ever_reaches_the_board(cast, first, last, shown, whole):
    """Whatever was typed: either it is refused, or what the board has holds no known name."""
    incident = reported(cast, people=[{"kin": Kin.CHILD, "part": Part.AFFECTED, "name": f"{first} {last}"}])
    word = shown(f"{first} {last}" if whole else first)
    with cast.wall_of(cast.designated_officer):
        by = cast.access_for(cast.designated_officer)
        review = prepare_serious(by=by, incident=incident)
        texts = {"subject": "Something grave", "account": f"We heard that {word} was afraid."}
        review = write_serious(by=by, review=review, edition=review.edition, texts=texts)
        with pytest.raises(NamesStand):
            ask_second(by=by, review=review, board=cast.board, edition=review.edition)
        review = replace_names(by=by, review=review)
        review = ask_second(by=by, review=review, board=cast.board, edition=review.edition)
    with cast.wall_of(cast.responsible_person):
        release_serious(by=cast.access_for(cast.responsible_person), review=review, edition=review.edition)
    with wall.open_for(boards=[cast.board.pk]):
        copy = BoardReview.objects.latest("pk")
    assert first.casefold() not in copy.account.casefold().replace("child a", "")


def test_the_pages_lead_from_the_record_to_the_board(cast):
    incident = reported(cast, people=PEOPLE, narrative=NARRATIVE)
    officer, base = cast.client_for(cast.designated_officer), f"/incidents/{incident.pk}/review/"
    assert "Prepare it for the board" in officer.get(base).content.decode()
    officer.post(f"{base}serious/")
    page = officer.get(f"{base}serious/").content.decode()
    assert "Who is who" in page
    assert "Mia Knott" in page  # beside the text, for those who prepare it
    typed = {"subject": "A call", "account": "Then Mia left", "edition": "1", "more_names": ""}
    assert "still stands in it" in officer.post(f"{base}serious/", {**typed, "ask": "1"}, follow=True).content.decode()
    officer.post(f"{base}serious/", {**typed, "edition": "2", "replace": "1"})
    page = officer.get(f"{base}serious/ready/").content.decode()
    assert "Then Child A left" in page
    ready = {"board": cast.board.pk, "edition": "4"}
    assert "then tick it" in officer.post(f"{base}serious/ready/", ready).content.decode()
    assert officer.post(f"{base}serious/ready/", {**ready, "looked": "on"}).status_code == 302
    head: Client = cast.client_for(cast.responsible_person)
    home = head.get("/").content.decode()
    assert "waits for you to confirm" in home
    pk = int(re.search(r"/incidents/serious/(\d+)/", home).group(1))
    page = head.get(f"/incidents/serious/{pk}/").content.decode()
    assert "Mia" not in page
    assert incident.reference not in page
    assert head.post(f"/incidents/serious/{pk}/", {"edition": "4", "answer": "back"}).status_code == 200
    assert head.post(f"/incidents/serious/{pk}/", {"edition": "4", "answer": "release"}).status_code == 302
    member = cast.client_for(cast.subgroup_member)
    page = member.get("/", follow=True).content.decode()
    assert "is to be considered" in page
    page = member.get(re.search(r"/incidents/board-reviews/\d+/", page).group()).content.decode()
    assert "Then Child A left" in page
    assert "SR " in officer.get(base).content.decode()
