"""Random reviews, holds and disposal, counts for boards, and what the home page says."""

from __future__ import annotations

from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from safeboard.core import wall
from safeboard.core.access import job_access
from safeboard.core.models import Entry
from safeboard.sitelogs import engine, queries
from safeboard.sitelogs.choices import Found
from safeboard.sitelogs.errors import Refused
from safeboard.sitelogs.models import LogRelease, LogSetting, Question, RandomReview
from safeboard.sitelogs.operations import asking, disposing, keeping, releasing, reviews
from safeboard.sitelogs.tests.helpers import FakeArchive, a_question, clear, make_log, row
from tests.cast import Cast

TODAY = date(2026, 11, 20)


@pytest.fixture
def begun(cast: Cast, archive: FakeArchive) -> Any:
    """A review that whoever looks after the network began."""
    with cast.wall_of(cast.infrastructure):
        clear(cast, cast.infrastructure)
        by = cast.access_for(cast.infrastructure)
        given = {"weeks": 4, "minutes": 30, "next_on": timezone.localdate() - timedelta(days=3)}
        plan = reviews.plan_reviews(by=by, log=make_log(cast), **given)
        yield reviews.begin_review(by=by, plan=plan)


@pytest.mark.parametrize("minutes", [5, 30, 480])
def test_a_slot_is_drawn_within_school_hours_of_a_school_day(minutes: int):
    for _try in range(50):
        since, until = reviews.draw(TODAY - timedelta(days=28), TODAY, minutes)
        assert until - since == timedelta(minutes=minutes)
        assert since.weekday() < 5
        assert since.time() >= time(8, 30)
        assert minutes == 480 or until.time() <= time(16)
        assert TODAY - timedelta(days=28) <= since.date() < TODAY


def test_where_there_was_no_school_day_since_the_week_before_is_taken():
    since, _until = reviews.draw(TODAY, TODAY, 30)
    assert TODAY - timedelta(days=7) <= since.date() < TODAY


def test_nothing_found_is_recorded_too_and_the_next_one_is_due_later(cast: Cast, begun: RandomReview):
    by = cast.access_for(cast.infrastructure)
    assert reviews.begin_review(by=by, plan=begun.plan).pk == begun.pk, "one that was begun goes on"
    with pytest.raises(Refused, match="not looked at the lines"):
        reviews.end_review(by=by, review=begun, found=Found.NOTHING, note="Homework")
    asking.may_run(by=by, question=begun.question, what="rows")
    with pytest.raises(Refused, match="Say what you found"):
        reviews.end_review(by=by, review=begun, found=Found.NOTHING, note=" ")
    done = reviews.end_review(by=by, review=begun, found=Found.NOTHING, note="Homework and football")
    assert (done.found, done.done_by) == (Found.NOTHING, cast.infrastructure)
    assert done.plan.next_on == timezone.localdate() + timedelta(weeks=4)
    with pytest.raises(Refused, match="ended already"):
        reviews.end_review(by=by, review=begun, found=Found.SOMETHING, note="No")
    assert Entry.objects.filter(verb="sitelogs.reviewed").get().facts == {
        "found": "nothing",
        "digests": Entry.objects.get(verb="sitelogs.reviewed").facts["digests"],
    }


def test_an_overdue_review_stands_first_on_the_home_page(cast: Cast, begun: RandomReview):
    rows = queries.home_rows(cast.access_for(cast.responsible_person))
    assert [(one.late, "Random review of" in one.text) for one in rows] == [(True, True), (False, False)]
    assert queries.home_rows(cast.access_for(cast.lead)) == []


def test_something_found_leads_to_a_report_that_is_tied_to_it(cast: Cast, begun: RandomReview, archive: FakeArchive):
    archive.lines = [row(0)]
    browser = cast.client_for(cast.infrastructure)
    browser.get(reverse("sitelogs:answer", args=[begun.question_id]))
    found = browser.post(
        reverse("sitelogs:review", args=[begun.pk]), {"found": "something", "note": "Bullying on a video site"}
    )
    assert found["Location"].startswith(reverse("incidents:report") + "?because=")
    assert "Random review of the filter logs of Alder Bank Primary" in browser.get(found["Location"]).content.decode()
    nobody = cast.client_for(cast.inspector).post(reverse("sitelogs:review", args=[begun.pk]), {"found": "nothing"})
    assert nobody.status_code == 403


# Holds and disposal ----------------------------------------------------------------------------------------------


def test_what_a_live_case_holds_is_not_disposed_of(cast: Cast, tmp_path: Path, settings: Any):
    settings.SAFEBOARD_SITELOGS_DIR = tmp_path / "sitelogs"
    with cast.wall_of(cast.lead):
        log = keeping.add_log(by=cast.access_for(cast.lead), setting=cast.setting, key="alder")
    line = "1770000000.000 1 10.1.2.3 TCP_MISS/200 512 GET http://a.example/ - HIER_DIRECT/192.0.2.1 text/html\n"
    engine.take_in(log, line.encode(), layout="auto")
    job = job_access("sitelogs.disposal")
    with wall.open_for(agencies=[cast.agency.pk], casework=[cast.agency.pk]):
        by = cast.access_for(cast.designated_officer)
        held = keeping.hold(by=by, log=log, since=date(2026, 2, 2), until=date(2026, 2, 2), why="Police 12/26")
        assert disposing.dispose_due(by=job) == 0
        keeping.release_hold(by=by, hold=held)
        with pytest.raises(PermissionDenied):
            disposing.dispose_due(by=by)
        assert disposing.dispose_due(by=job) == 1
        assert Entry.objects.filter(verb="sitelogs.disposed").get().facts["lines"] == 1
    assert engine.held("alder")["lines"] == 0


def test_lines_are_kept_for_three_months_at_least(cast: Cast, archive: FakeArchive):
    with cast.wall_of(cast.lead):
        log, by = make_log(cast), cast.access_for(cast.lead)
        with pytest.raises(Refused, match="three months"):
            keeping.change_log(by=by, log=log, given={"keep_days": 91})
    both = wall.open_for(agencies=[cast.other_agency.pk, cast.agency.pk])
    with both, pytest.raises(Refused, match="not one of yours"):
        keeping.add_log(by=by, setting=cast.other_setting, key="theirs")


# Counts for boards -----------------------------------------------------------------------------------------------


def seated(cast: Cast, count: int) -> None:
    """That many agencies of the board with logs, the own one among them."""
    from safeboard.partnership.tests.factories import AgencyFactory, SettingFactory

    for number in range(count):
        agency = AgencyFactory(board=cast.board)
        with wall.open_for(agencies=[agency.pk]):
            setting = SettingFactory(agency=agency)
            LogSetting.objects.create(agency=agency, setting=setting, key=f"filter-{number}")


def test_a_board_sees_counts_alone_suppressed_and_frozen(cast: Cast, archive: FakeArchive):
    year, quarter = releasing.last_quarter()
    since, _until = releasing.ends_of(year, quarter)
    seated(cast, 3)
    archive.lines = [
        row(
            0,
            time=since + timedelta(hours=n),
            setting="filter-0",
            blocked=True,
            category="games" if n < 30 else "adult",
        )
        for n in range(33)
    ]
    with cast.wall_of(cast.designated_officer):
        clear(cast, cast.designated_officer)
        log = make_log(cast)
        for _n in range(3):
            a_question(cast, cast.designated_officer, log)
        Question.objects.update(asked_at=since)
    job = job_access("sitelogs.releases")
    assert releasing.release_all(by=job) == 2
    officer = cast.client_for(cast.board_officer)
    page = officer.get(reverse("sitelogs:board")).content.decode()
    assert "games" in page
    assert "Bullying" not in page
    with wall.open_for(boards=[cast.board.pk]):
        tables = LogRelease.objects.get().tables
    assert dict(tables["asked"])["reason"] == "c"
    assert dict(tables["blocked"])["adult"] == "c"
    archive.lines = []
    releasing.release_all(by=job)
    with wall.open_for(boards=[cast.board.pk]):
        assert LogRelease.objects.get().tables == tables
    with pytest.raises(PermissionDenied):
        releasing.release(by=cast.access_for(cast.board_officer), board=cast.board, year=year, quarter=quarter)
    assert cast.client_for(cast.lead).get(reverse("sitelogs:board")).status_code == 403


def test_figures_of_fewer_than_three_agencies_are_withheld(cast: Cast, archive: FakeArchive):
    seated(cast, 2)
    releasing.release_all(by=job_access("sitelogs.releases"))
    page = cast.client_for(cast.board_officer).get(reverse("sitelogs:board")).content.decode()
    assert "Fewer than three agencies" in page
    with pytest.raises(ValueError, match="has not ended"):
        releasing.release(by=job_access("x"), board=cast.board, year=2999, quarter=1)
