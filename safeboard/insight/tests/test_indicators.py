from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from safeboard.core import wall
from safeboard.core.access import job_access
from safeboard.core.roles import Role
from safeboard.insight import measuring, operations
from safeboard.insight.drawing import trend
from safeboard.insight.models import Baseline, BoardIndicator, Frozen, Release, Snapshot, Standing
from safeboard.insight.objectives import _now
from safeboard.insight.pictures import title_of
from safeboard.insight.quarters import Quarter
from safeboard.insight.queries import asking
from safeboard.insight.queries import indicators as reads
from safeboard.insight.svg import drawn, rows
from safeboard.library import queries as library
from safeboard.partnership.models import Contact, Membership, Setting
from safeboard.standards import operations as standards
from safeboard.standards.models import RoundAgency, SurveyResult
from safeboard.standards.queries.accepted import accepted
from safeboard.standards.tests.rounds import return_for, sent_round, submitted
from safeboard.standards.tests.surveys import counted, published, replies

pytestmark = pytest.mark.django_db
JOB = job_access("tests")


def counted_now(cast, **more):
    operations.take_up(by=JOB, board=cast.board)
    return operations.take_snapshot(by=JOB, board=cast.board, **more)


def indicator(cast, name):
    with cast.wall_of(cast.board_officer):
        return BoardIndicator.objects.select_related("board").get(name=name, board=cast.board)


def course(cast, name):
    with cast.wall_of(cast.board_officer):
        return reads.course(
            indicator(cast, name), reads.snapshots_of(cast.access_for(cast.board_officer), cast.board.pk)
        )


def settings_say(cast, agency, **said):
    with wall.open_for(agencies=[agency.pk]):
        Setting.objects.filter(agency=agency).update(**said)


def at(snapshot, moment):
    """The snapshot as if it had been taken then."""
    with wall.open_for(boards=[snapshot.board_id]):
        super(type(Snapshot.objects.all()), Snapshot.objects.filter(pk=snapshot.pk)).update(at=moment)


def test_the_measures_of_the_toolkit_come_from_the_register_and_unknown_is_not_no(cast):
    settings_say(cast, cast.agency, acceptable_use="yes", filtering_plan="no")
    row = counted_now(cast)
    assert row.of("policy") == {"has": 1, "lacks": 0, "unknown": 1, "whole": 2}
    assert row.of("plan") == {"has": 0, "lacks": 1, "unknown": 1, "whole": 2}
    assert row.of("lead") == {"has": 2, "lacks": 0, "unknown": 0, "whole": 2}
    assert row.of("provider") == {"has": 0, "lacks": 0, "unknown": 2, "whole": 2}
    assert row.of("training") == {"has": 0, "lacks": 0, "unknown": 2, "whole": 2}
    assert reads.said(indicator(cast, "policy"), row.of("policy")).startswith("1 of 2 agencies")


def test_what_the_register_does_not_know_an_accepted_answer_does(cast, monkeypatch):
    answers = {cast.agency.pk: {"aup": "yes", "accredited": "partly", "plan-training": "na"}}
    monkeypatch.setattr(measuring, "accepted", lambda board, review, questions: answers)
    settings_say(cast, cast.agency, acceptable_use="no")
    row = counted_now(cast)
    with cast.wall_of(cast.board_officer):
        marks = Standing.objects.get(agency=cast.agency).marks
    assert marks["policy"] == "no"  # the register knows, so nobody is asked
    assert marks["provider"] == "partly"
    assert marks["training"] == "unknown"
    assert row.of("provider")["lacks"] == 1


def test_the_standards_that_an_agency_keeps_are_its_last_accepted_score(cast, monkeypatch):
    scores = {("national-standards",): {cast.agency.pk: 93}}
    monkeypatch.setattr(measuring, "accepted_scores", lambda board, reviews: scores.get(tuple(reviews), {}))
    row = counted_now(cast)
    assert row.of("standards") == {"has": 0, "lacks": 1, "unknown": 1, "whole": 2}
    with cast.wall_of(cast.board_officer):
        letters = Standing.objects.in_bulk(field_name="pk")
    assert {one.agency_id: one.letters["standards"] for one in letters.values()} == {
        cast.agency.pk: "A",
        cast.other_agency.pk: "?",
    }


def test_a_question_of_the_boards_own_review_is_counted_and_another_review_is_not(cast):
    by, found = cast.access_for(cast.board_officer), []
    with cast.wall_of(cast.board_officer):
        like = library.items(cast.board.pack, "reviews")
        like = next(one for one in like if one.id == "leeds-self-review")
        for title in ("Ours", "Another"):
            own = standards.begin_review(by=by, title=title, like=like)
            standards.mark_tried(by=by, review=own, edition=own.edition)
            own.refresh_from_db()
            standards.publish_review(by=by, review=own, edition=own.edition, note="First")
            found.append(own)
        asked = next(
            one for one in asking.questions(cast.board) if one.of == "Review: Ours" and one.question == "dangers"
        )
        given = {"source": asked.source, "item": asked.item, "question": asked.question, "counts": ["green"]}
        row = operations.add_indicator(by=by, board=cast.board, title="Dangers known", pies="education", **given)
        assert asking.source_of(row) == "Review: Ours"
        round_ = sent_round(by, [cast.agency.pk], pack=asked.item.partition(":")[0], review="own")
    with cast.wall_of(cast.lead):
        submitted(cast.access_for(cast.lead), return_for(round_, cast.agency.pk))
    with cast.wall_of(cast.board_officer):
        standards.accept(by=by, place=RoundAgency.objects.get(round=round_))
        whole = accepted(cast.board.pk, asked.item, ["dangers"])
        other = asked.item.replace(found[0].key, found[1].key)
        assert whole == {cast.agency.pk: {"dangers": "green"}}
        assert accepted(cast.board.pk, other, ["dangers"]) == {}
    assert counted_now(cast).of(row.name)["has"] == 1


@pytest.mark.parametrize(
    ("said", "mark"),
    [
        ([], "unknown"),
        (["yes", "yes"], "yes"),
        (["yes", "unknown"], "unknown"),
        (["no", "unknown"], "no"),
        (["yes", "no"], "partly"),
    ],
)
def test_what_is_said_of_several_settings(said, mark):
    assert measuring._together(said) == mark


def test_the_past_does_not_move_when_the_register_changes(cast):
    first = counted_now(cast)
    settings_say(cast, cast.agency, acceptable_use="yes")
    Membership.objects.filter(role=Role.AGENCY_LEAD, agency=cast.agency).update(ended_at=timezone.now())
    with wall.open_for(agencies=[cast.agency.pk]):
        Contact.objects.all().delete()
    second = counted_now(cast)
    with cast.wall_of(cast.board_officer):
        kept = Snapshot.objects.get(pk=first.pk)
        assert kept.values == first.values
        assert (kept.of("lead")["has"], second.of("lead")["has"]) == (2, 1)
        for broken in (
            kept.save,
            kept.delete,
            Snapshot.objects.all().delete,
            lambda: Snapshot.objects.update(month=""),
        ):
            with pytest.raises(Frozen):
                broken()


def test_a_month_has_one_monthly_snapshot_and_the_clock_takes_it(cast):
    assert operations.snapshot_all(by=JOB) == 2  # both boards
    assert operations.snapshot_all(by=JOB) == 0
    first, again = (counted_now(cast, monthly=True) for _ in range(2))
    assert first.pk == again.pk
    on_demand = counted_now(cast)
    with cast.wall_of(cast.board_officer):
        assert [row.pk for row in reads.snapshots_of(cast.access_for(cast.board_officer), cast.board.pk)] == [
            first.pk,
            on_demand.pk,
        ]


def test_quarters_are_frozen_as_baselines(cast):
    settings_say(cast, cast.other_agency, acceptable_use="no")
    first = counted_now(cast, monthly=True)
    ended = Quarter.running().back()
    at(first, ended.starts + timedelta(days=70))
    settings_say(cast, cast.agency, acceptable_use="yes")
    counted_now(cast)
    counted_now(cast)
    with cast.wall_of(cast.board_officer):
        baseline = Baseline.objects.get()
        assert (baseline.of, baseline.values["policy"]["has"]) == (ended, 0)
        with pytest.raises(Frozen):
            baseline.save()
    with cast.wall_of(cast.board_officer):
        operations.set_indicator(
            by=cast.access_for(cast.board_officer),
            indicator=indicator(cast, "policy"),
            given={"baseline": baseline, "target": 80, "owner": cast.board_manager},
        )
    found = course(cast, "policy")
    with cast.wall_of(cast.board_officer):
        assert (found.baseline, found.latest.count.value, found.state) == (0, 50, "nearer")
        line = trend(found)
    assert (line.target.figure, line.baseline.figure, line.last.words) == (80, 0, "50")


@pytest.mark.parametrize(
    ("has", "lacks", "unknown", "words"),
    [
        (57, 3, 0, "57 of 60 agencies; 3 do not"),
        (19, 31, 10, "19 of 60 agencies; 31 do not, 10 are not known"),
        (58, 1, 1, "58 of 60 agencies; 1 does not, 1 is not known"),
        (60, 0, 0, "60 of 60 agencies"),
        (0, 0, 60, "Not known yet of any of 60 agencies"),
    ],
)
def test_nothing_is_said_of_nought(has, lacks, unknown, words):
    value = {"has": has, "lacks": lacks, "unknown": unknown, "whole": has + lacks + unknown}
    assert reads.said(BoardIndicator(), value) == words


def test_what_is_known_of_nobody_is_not_off_the_way_and_a_single_count_is_said_not_drawn(cast):
    at(counted_now(cast, monthly=True), timezone.now() - timedelta(days=40))
    found = course(cast, "policy")
    found.indicator.target = 80
    with cast.wall_of(cast.board_officer):
        assert (found.state, found.state_words, found.colour) == ("unknown", "Not known yet", "grey")
        assert (drawn(found), found.latest.count.shown, "not known" in rows(found)) == ("", ":", True)
        assert _now(found).startswith("Not known yet of any of 2 agencies (")
    settings_say(cast, cast.agency, acceptable_use="yes")
    latest = counted_now(cast)
    found = course(cast, "policy")
    with cast.wall_of(cast.board_officer):
        assert [one.value for one in (point.count for point in found.points)] == [None, 50]
        once = f'<p class="govuk-body-s">One count so far: 50 of a hundred ({found.latest.label}).</p>'
        assert (drawn(found), drawn(reads.course(found.indicator, [latest]))) == (once, once)


def test_a_table_of_incidents_says_what_was_most(cast):
    row = BoardIndicator(board=cast.board, definition={"incidents": "kinds"})
    lines = [["bullying", 60], ["nobody-knows", 99], ["x", "c"]]
    value = {"figure": 452, "of": Quarter(2026, 3).year_to, "rows": lines}
    named = f"{title_of(cast.board.pack, 'kinds', 'nobody-knows')} (99), then "
    named += f"{title_of(cast.board.pack, 'kinds', 'bullying')} (60)"
    assert reads.said(row, value) == f"Most: {named}; of 452 incidents, year to September 2026"
    assert reads.said(row, value | {"rows": [["x", "c"]]}) == "452 incidents, year to September 2026"
    assert reads.said(row, {"figure": 1, "of": "Jul–Sep 2026"}) == "1 incident, Jul–Sep 2026"


def test_incidents_are_taken_from_released_quarters_alone(cast):
    running = Quarter.running()
    tables = {
        1: {"total": 60, "kinds": [["a", 50], ["b", 10]]},
        2: {"total": 40, "kinds": [["a", 34], ["b", "c"], ["x", "c"]]},
        3: {"total": 30, "kinds": [["a", 30], ["b", 0]]},
        4: {"total": 20, "kinds": [["a", 20], ["b", 0]]},
    }
    with wall.open_for(boards=[cast.board.pk]):
        for back, values in tables.items():
            one = running.back(back)
            Release.objects.create(board=cast.board, year=one.year, quarter=one.number, tables=values, final=True)
    row = counted_now(cast)
    assert row.of("incidents-quarter")["figure"] == 60
    assert row.of("incidents-quarter")["before"] == [[running.back(n).short, tables[n]["total"]] for n in (4, 3, 2)]
    nature = row.of("incidents-nature")
    assert nature["figure"] == 150
    assert dict(nature["rows"]) == {"a": 134, "b": "c", "x": ":"}
    assert row.of("incidents-agencies")["rows"] == []


def test_a_rise_of_reports_is_explained(cast):
    running = Quarter.running()
    for back, total in ((2, 20), (1, 35)):
        one = running.back(back)
        with wall.open_for(boards=[cast.board.pk]):
            Release.objects.create(
                board=cast.board, year=one.year, quarter=one.number, tables={"total": total}, final=True
            )
    counted_now(cast)
    found = course(cast, "incidents-quarter")
    assert [point.count.value for point in found.points] == [20, 35]
    assert "good news" in found.answer
    assert found.state == "none"


def test_a_survey_is_an_indicator_from_its_protected_figures(cast):
    assert counted_now(cast).of("children-tell")["figure"] == ":"
    survey = published(cast)
    replies(cast, survey, 30, know="yes")
    replies(cast, survey, 10, know="no")
    counted(cast, survey)
    assert counted_now(cast).of("children-tell")["figure"] == 75
    assert counted_now(cast).of("children-taught")["figure"] == 0
    with cast.wall_of(cast.board_officer):
        SurveyResult.objects.update(answers="c")
    assert counted_now(cast).of("children-tell")["figure"] == "c"


def test_an_indicator_of_ones_own(cast):
    by = cast.access_for(cast.board_officer)
    given = {"title": "Parents with rules", "pies": "education", "source": "survey", "item": "parents-online"}
    with cast.wall_of(cast.board_officer):
        one = operations.add_indicator(by=by, board=cast.board, question="rules", counts=["yes", "some"], **given)
        with pytest.raises(operations.NotPossible):
            operations.add_indicator(by=by, board=cast.board, question="rules", counts=[], **given)
    assert counted_now(cast).of(one.name) == {"figure": ":", "of": ""}
    with cast.wall_of(cast.board_officer):
        operations.retire_indicator(by=by, indicator=one)
    assert counted_now(cast).of(one.name) == {}


def test_who_may(cast):
    counted_now(cast)
    one = indicator(cast, "policy")
    for person in ("subgroup_member", "board_inspector", "lead", "other_board_officer", "administrator"):
        access = cast.access_for(cast.people[person])
        with wall.open_for(boards=[cast.board.pk]):
            with pytest.raises(PermissionDenied):
                operations.set_indicator(by=access, indicator=one, given={"target": 1})
            with pytest.raises(PermissionDenied):
                operations.take_snapshot(by=access, board=cast.board)
    with cast.wall_of(cast.board_officer):
        for wrong in ({"target": 101}, {"owner": cast.staff}):
            with pytest.raises(operations.NotPossible):
                operations.set_indicator(by=cast.access_for(cast.board_officer), indicator=one, given=wrong)


def test_an_agencys_letters_are_for_the_board_and_itself(cast):
    settings_say(cast, cast.agency, acceptable_use="no", filtering_plan="yes")
    counted_now(cast)
    with cast.wall_of(cast.lead):
        own = Standing.objects.get()
        assert own.agency_id == cast.agency.pk
        assert own.letters == {"policies": "R", "infrastructure": "?", "education": "?", "standards": "?"}
    with cast.wall_of(cast.far_lead):
        assert not Standing.objects.exists()
    with cast.wall_of(cast.other_board_officer):
        assert not Standing.objects.exists()
    with cast.wall_of(cast.board_officer):
        assert Standing.objects.count() == 2
