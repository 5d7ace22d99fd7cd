"""Who may ask, on what authority, and what needs a second person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from safeboard.core import history
from safeboard.core.because import Reason
from safeboard.core.models import Entry
from safeboard.sitelogs import queries
from safeboard.sitelogs.choices import Ground, Sure
from safeboard.sitelogs.errors import Refused
from safeboard.sitelogs.models import Authority, Question
from safeboard.sitelogs.operations import asking, clearing
from safeboard.sitelogs.terms import Terms
from safeboard.sitelogs.tests.helpers import DAY, TERMS, a_question, an_authority, clear, make_log
from tests.cast import Cast

OK = {"ground": Ground.REASON, "reason": "Bullying", "allowed_by": "Dora Designated", "allowed_on": date(2026, 3, 1)}


@pytest.fixture
def head(cast: Cast) -> Any:
    """The head, who may ask; the wall is open as in a request of theirs."""
    with cast.wall_of(cast.responsible_person):
        clear(cast, cast.responsible_person)
        yield cast.access_for(cast.responsible_person)


def test_nobody_asks_without_training_and_the_signed_agreement(cast: Cast):
    with cast.wall_of(cast.responsible_person):
        by = cast.access_for(cast.responsible_person)
        with pytest.raises(Refused, match="trained in the law"):
            asking.record_authority(by=by, **OK)
        cleared = clear(cast, cast.responsible_person)
        authority = asking.record_authority(by=by, **OK)
        clearing.end_clearance(by=by, clearance=cleared)
        with pytest.raises(Refused, match="trained in the law"):
            asking.ask(by=by, authority=authority, terms=TERMS, logs=[make_log(cast)])
        assert Question.objects.count() == 0


@pytest.mark.parametrize("who", ["lead", "staff", "inspector", "allegations_officer"])
def test_roles_that_do_not_ask_are_refused(cast: Cast, who: str):
    person = cast.people[who]
    with cast.wall_of(person):
        clear(cast, person)
        with pytest.raises(PermissionDenied):
            asking.record_authority(by=cast.access_for(person), **OK)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"reason": " "}, "Without an authority"),
        ({"allowed_by": ""}, "who allowed it"),
        ({"allowed_on": None}, "who allowed it"),
        ({"allowed_on": date(2999, 1, 1)}, "in the past"),
        ({"allowed_by": "hugo head"}, "Nobody allows their own"),
        ({"ground": Ground.INCIDENT}, "Open the incident"),
        ({"ground": Ground.NOTICE}, "nominated senior person"),
    ],
)
def test_an_authority_that_is_not_complete_is_refused(head: Any, change: dict[str, Any], words: str):
    with pytest.raises(Refused, match=words):
        asking.record_authority(by=head, **{**OK, **change})
    assert Authority.objects.count() == 0


def test_without_an_authority_nothing_is_asked(cast: Cast, head: Any):
    with pytest.raises(Refused, match="without an authority"):
        asking.ask(by=head, authority=None, terms=TERMS, logs=[make_log(cast)])
    with pytest.raises(Refused):
        asking.note_question(by=head, terms=TERMS, logs=["x"], authority=" ")


def test_a_withdrawn_authority_answers_nothing_more(cast: Cast, head: Any):
    question = a_question(cast, cast.responsible_person, make_log(cast))
    asking.may_run(by=head, question=question, what="rows")
    asking.withdraw_authority(by=head, authority=question.authority, why="The notice was a forgery")
    with pytest.raises(Refused, match="withdrawn"):
        asking.may_run(by=head, question=question, what="rows")
    with pytest.raises(Refused, match="withdrawn"):
        asking.ask(by=head, authority=question.authority, terms=TERMS, logs=queries.logs_of(head))


def test_the_same_form_twice_is_one_question_and_one_entry(cast: Cast, head: Any):
    from uuid import uuid4

    log, key, authority = make_log(cast), uuid4(), an_authority(cast, cast.responsible_person)
    made = [asking.ask(by=head, authority=authority, terms=TERMS, logs=[log], form_key=key) for _ in range(2)]
    assert made[0].pk == made[1].pk
    entries = Entry.objects.filter(verb="sitelogs.asked")
    assert entries.count() == 1
    facts = entries.get().facts
    assert facts["asked"] == ["host", "since", "until"]
    assert "video.example" not in str(facts)


def test_each_look_is_one_entry_before_a_line_is_read(cast: Cast, head: Any):
    question = a_question(cast, cast.responsible_person, make_log(cast))
    asking.may_run(by=head, question=question, what="rows")
    asking.may_run(by=head, question=question, what="counts")
    assert [one.verb for one in history.of(question)] == ["sitelogs.looked", "sitelogs.looked", "sitelogs.asked"]


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        (Terms(since=DAY - timedelta(days=9), until=DAY), "everything that everybody did"),
        (replace(TERMS, since=None), "from when to when"),
        (replace(TERMS, since=TERMS.until, until=TERMS.since), "wrong way round"),
        (replace(TERMS, who="10.1.2.60-10.1.2.3"), "wrong way round"),
        (replace(TERMS, who="the red laptop"), "no address of a computer"),
    ],
)
def test_a_question_that_says_too_little_or_is_the_wrong_way_round_is_refused(
    cast: Cast, head: Any, terms: Terms, words: str
):
    authority, log = an_authority(cast, cast.responsible_person), make_log(cast)
    with pytest.raises(Refused, match=words):
        asking.ask(by=head, authority=authority, terms=terms, logs=[log])


def test_the_filter_of_another_agency_is_not_asked(cast: Cast, head: Any):
    from safeboard.core import wall
    from safeboard.sitelogs.models import LogSetting

    with wall.open_for(agencies=[cast.other_agency.pk]):
        theirs = LogSetting.objects.create(agency=cast.other_agency, setting=cast.other_setting, key="brookside")
    authority = an_authority(cast, cast.responsible_person)
    with pytest.raises(Refused, match="of those whose"):
        asking.ask(by=head, authority=authority, terms=TERMS, logs=[theirs])


# A second person -------------------------------------------------------------------------------------------------


@pytest.fixture
def technician(cast: Cast) -> Any:
    """Whoever looks after the network, and may ask."""
    with cast.wall_of(cast.infrastructure):
        clear(cast, cast.infrastructure)
        yield cast.access_for(cast.infrastructure)


@pytest.mark.parametrize(
    ("network", "change", "about_self", "needs"),
    [
        (Sure.YES, {}, False, False),
        (Sure.UNSURE, {}, False, True),
        (Sure.NO, {}, False, True),
        (Sure.YES, {}, True, True),
        (Sure.YES, {"user": "ALDER\\infrastructure"}, False, True),
        (Sure.YES, {"user": "Ivan.Infrastructure"}, False, True),
        (Sure.YES, {"user": "ivana"}, False, False),
    ],
)
def test_what_may_be_about_the_asker_needs_a_second_person(
    cast: Cast, technician: Any, network: str, change: dict[str, str], about_self: bool, needs: bool
):
    authority = an_authority(cast, cast.infrastructure, network=network)
    question = a_question(
        cast,
        cast.infrastructure,
        make_log(cast),
        authority=authority,
        terms=replace(TERMS, **change),
        about_self=about_self,
    )
    assert question.needs_second is needs
    assert question.may_run is not needs


def test_the_second_person_is_another_and_both_are_on_record(cast: Cast, technician: Any):
    question = a_question(cast, cast.infrastructure, make_log(cast), about_self=True)
    with pytest.raises(Refused, match="waits for a second person"):
        asking.may_run(by=technician, question=question, what="rows")
    with pytest.raises(PermissionDenied):
        asking.decide(by=technician, question=question, allow=True, why="I am fine with it")
    officer = cast.access_for(cast.designated_officer)
    assert [one.pk for one in queries.waiting_for(officer)] == [question.pk]
    decided = asking.decide(by=officer, question=question, allow=True, why="Looked at the reason")
    assert (decided.second, decided.may_run) == (cast.designated_officer, True)
    assert asking.may_run(by=technician, question=question, what="rows").facts["what"] == "rows"
    with pytest.raises(Refused, match="decided already"):
        asking.decide(by=officer, question=question, allow=False, why="No")


def test_what_the_second_person_does_not_allow_is_not_answered(cast: Cast, technician: Any):
    question = a_question(cast, cast.infrastructure, make_log(cast), about_self=True)
    asking.decide(by=cast.access_for(cast.responsible_person), question=question, allow=False, why="Not needed")
    with pytest.raises(Refused, match="did not allow"):
        asking.may_run(by=technician, question=question, what="rows")


# Who may open what -----------------------------------------------------------------------------------------------


def test_whoever_a_question_names_sees_nothing_of_it(cast: Cast, technician: Any):
    question = a_question(cast, cast.infrastructure, make_log(cast), terms=replace(TERMS, user="hugo head"))
    head = cast.access_for(cast.responsible_person)
    assert list(queries.visible_to(head)) == []
    other = a_question(cast, cast.infrastructure, queries.logs_of(technician)[0])
    assert [one.pk for one in queries.visible_to(head)] == [other.pk]
    assert {one.pk for one in queries.visible_to(technician)} == {question.pk, other.pk}


def test_a_notice_is_known_to_senior_people_alone(cast: Cast):
    with cast.wall_of(cast.senior_person):
        clear(cast, cast.senior_person)
        by = cast.access_for(cast.senior_person)
        authority = asking.record_authority(by=by, ground=Ground.NOTICE, reason="N-2026-7", network=Sure.YES)
        question = a_question(cast, cast.senior_person, make_log(cast), authority=authority)
        for who in ("responsible_person", "designated_officer", "infrastructure"):
            access = cast.access_for(cast.people[who])
            assert not queries.visible_to(access).exists()
            assert not queries.authorities_of(access).exists()
            assert not access.can("sitelogs.ask", authority)
        assert queries.visible_to(by).get() == question


def test_an_answer_is_for_who_asked(cast: Cast, technician: Any):
    question = a_question(cast, cast.infrastructure, make_log(cast))
    clear(cast, cast.responsible_person)
    with pytest.raises(PermissionDenied):
        asking.may_run(by=cast.access_for(cast.responsible_person), question=question, what="rows")


def test_an_incident_that_one_may_not_know_of_any_more_is_no_authority(
    cast: Cast, head: Any, monkeypatch: pytest.MonkeyPatch
):
    from safeboard.core import because

    known: dict[int, because.Named] = {7: because.Named("Incident 2026-0007", "/incidents/7/")}
    namer: Callable[..., Any] = lambda access, pk: known.get(pk)  # noqa: E731
    monkeypatch.setitem(because._NAMERS, "incidents.incident", namer)
    reason = Reason("incidents.incident", 7, "Incident 2026-0007", "/incidents/7/")
    authority = asking.record_authority(by=head, ground=Ground.INCIDENT, because_of=reason)
    assert authority.reason == "Incident 2026-0007"
    question = a_question(cast, cast.responsible_person, make_log(cast), authority=authority)
    known.clear()
    with pytest.raises(PermissionDenied):
        asking.may_run(by=head, question=question, what="rows")


def test_clearing_is_not_for_oneself_but_for_the_head(cast: Cast):
    given = {"trained_on": date(2026, 1, 5), "training": "Course", "signed_on": date(2026, 1, 6), "signed_by": "H"}
    with cast.wall_of(cast.responsible_person):
        head, lead = (cast.access_for(cast.people[who]) for who in ("responsible_person", "lead"))
        clearing.clear(by=head, person=cast.responsible_person, **given)
        clearing.clear(by=lead, person=cast.infrastructure, **given)
        clearing.clear(by=lead, person=cast.infrastructure, **given)
        assert queries.clearances_of(head).filter(ended_at=None).count() == 2
        with pytest.raises(Refused, match="Only people who"):
            clearing.clear(by=head, person=cast.staff, **given)
        with pytest.raises(Refused, match="in the past"):
            clearing.clear(by=head, person=cast.infrastructure, **{**given, "signed_on": date(2999, 1, 1)})
        with pytest.raises(PermissionDenied):
            clearing.clear(by=cast.access_for(cast.infrastructure), person=cast.infrastructure, **given)
