import json
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError
from django.utils import timezone

from safeboard.core import wall
from safeboard.core.models import Entry
from safeboard.incidents.choices import DutyKind, Owner
from safeboard.incidents.models import Duty, Incident
from safeboard.insight import counting, operations
from safeboard.insight.models import Frozen, Release
from safeboard.insight.quarters import Quarter
from safeboard.outbox.clocks import REGISTRY
from safeboard.partnership.models import Seat

from .worlds import CANARY, JOB, agencies_of, board_with, incidents, last_quarter, seat

pytestmark = pytest.mark.django_db


def release(board, quarter=None):
    quarter = quarter or last_quarter()
    return operations.release_quarter(by=JOB, board=board, year=quarter.year, quarter=quarter.number)


def figures(made, name):
    return dict(made.tables[name])


def test_a_quarter_is_released_without_any_small_count():
    board = board_with()
    one, two, *_rest, last = agencies_of(board)
    incidents(one, 12)
    incidents(two, 20, scenario="email-misuse", classification="content")
    incidents(last, 7, scenario="sexual-exploitation")
    incidents(last, 11, scenario="network-misuse", classification="conduct")
    made = release(board)
    kinds = figures(made, "kinds")
    assert made.final
    assert made.tables["total"] == 50
    assert kinds["sexual-exploitation"] == "c"  # seven: ten or fewer are hidden where it is about sexual harm
    assert list(kinds.values()).count("c") == 2  # and one more, so that it cannot be worked out
    assert kinds["deliberate-illegal"] == 0
    assert figures(made, "agencies") == {
        "other-member": 32,
        "board-partner": 18,
        "other-agency": "z",
        "national-organisation": "z",
    }
    assert CANARY not in json.dumps(made.tables)


def test_incidents_count_in_the_quarter_in_which_they_were_reported():
    board = board_with()
    agency = agencies_of(board)[0]
    quarter = last_quarter()
    incidents(agency, 30, quarter.starts, happened_on=date(2020, 1, 1))
    incidents(agency, 8, quarter.ends - timedelta(seconds=1))
    incidents(agency, 16, quarter.ends)
    incidents(agency, 16, quarter.starts - timedelta(seconds=1))
    assert release(board).tables["total"] == 38


def test_what_the_boards_pack_does_not_know_counts_as_other():
    board = board_with()
    agency = agencies_of(board)[0]
    incidents(agency, 25)
    incidents(agency, 25, pack="elsewhere", scenario="drones", classification="strand-bullying")
    made = release(board)
    assert figures(made, "kinds")["other"] == 25
    assert figures(made, "classifications")["other"] == 25


def test_an_agency_of_two_boards_counts_in_each():
    board, other = board_with(name="Northmere"), board_with(name="Southmere")
    shared = seat(board, "County police", "other-member", other)
    incidents(shared.pk, 40)
    for one in (board, other):
        assert release(one).tables["total"] == 40
        with wall.open_for():
            assert counting.seated(one).shared == {shared.pk}


def test_a_released_quarter_stays_as_it_is():
    board = board_with()
    agency = agencies_of(board)[0]
    incidents(agency, 30)
    made = release(board)
    incidents(agency, 30)
    again = release(board)
    assert (again.pk, again.tables, again.made_at) == (made.pk, made.tables, made.made_at)
    with wall.open_for(boards=[board.pk]):
        made.tables = {"total": 1}
        with pytest.raises(Frozen):
            made.save()
        with pytest.raises(Frozen):
            made.delete()
        with pytest.raises(Frozen):
            Release.objects.filter(board=board).update(tables={})
        with pytest.raises(Frozen):
            Release.objects.filter(board=board).delete()
        with pytest.raises(IntegrityError):
            Release.objects.bulk_create([Release(board=board, year=made.year, quarter=made.quarter)])


def test_only_a_job_releases_and_only_what_has_ended(cast):
    running = Quarter.running()
    with pytest.raises(operations.NotEnded):
        release(cast.board, running)
    with pytest.raises(ValueError, match="quarter"):
        operations.release_quarter(by=JOB, board=cast.board, year=2025, quarter=5)
    for person in ("board_officer", "board_manager", "lead", "administrator"):
        with pytest.raises(PermissionDenied):
            operations.release_quarter(by=cast.access_for(cast.people[person]), board=cast.board, year=2025, quarter=1)


def test_the_release_is_in_the_history():
    board = board_with()
    incidents(agencies_of(board)[0], 30)
    made = release(board)
    entry = Entry.objects.get(verb="insight.released")
    assert entry.facts == {"board": board.pk, "year": made.year, "quarter": made.quarter}


def test_a_board_of_few_agencies_releases_nothing():
    board = board_with(2)
    incidents(agencies_of(board)[0], 40)
    assert release(board).tables == {"withheld": True}
    assert operations.refresh_running(by=JOB, board=board).tables == {"withheld": True}


def test_a_board_whose_agencies_all_sit_elsewhere_too_releases_nothing():
    board, larger = board_with(name="Northmere"), board_with(name="The county")
    for agency in agencies_of(board):
        Seat.objects.create(board=larger, agency_id=agency, kind="other-member")
    incidents(agencies_of(board)[0], 40)
    incidents(agencies_of(larger)[-1], 40)
    assert release(board).tables == {"withheld": True}
    assert release(larger).tables["total"] in (40, 80)


def test_a_kind_of_few_agencies_shares_its_line():
    board = board_with(8)
    seat(board, "The police", "national-organisation")
    agencies = counting.seated(board)
    # one alone, joined with the smallest other kind
    assert set(agencies.lines.values()) == {"board-partner", "other-member+national-organisation"} or set(
        agencies.lines.values()
    ) == {"other-member", "board-partner+national-organisation"}


def test_the_running_quarter_is_a_rounded_total_once_a_day():
    board = board_with()
    agency = agencies_of(board)[0]
    now = timezone.now()
    incidents(agency, 23, now)
    row = operations.refresh_running(by=JOB, board=board)
    assert (row.tables["total"], row.final) == (20, False)
    incidents(agency, 30, now)
    assert operations.refresh_running(by=JOB, board=board).tables["total"] == 20
    with wall.open_for(boards=[board.pk]):
        Release.objects.filter(pk=row.pk).update(made_at=now - timedelta(days=1, minutes=1))
    assert operations.refresh_running(by=JOB, board=board).tables["total"] == 50


def test_late_duties_are_rounded_and_small_ones_hidden():
    board = board_with()
    one, *_rest, last = agencies_of(board)
    for agency, count in ((one, 17), (last, 3)):
        incidents(agency, count, timezone.now())
        with wall.open_for(casework=[agency]):
            Duty.objects.bulk_create(
                Duty(
                    agency_id=agency,
                    incident=incident,
                    key="k",
                    kind=DutyKind.RECORD,
                    title="t",
                    owner=Owner.REPORTER,
                    due_at=timezone.now() - timedelta(hours=1),
                )
                for incident in Incident.objects.all()
            )
    row = operations.refresh_running(by=JOB, board=board)
    assert dict(row.tables["overdue"]) == {
        "other-member": 20,
        "board-partner": "c",
        "other-agency": "z",
        "national-organisation": "z",
    }


def test_the_clock_and_the_command_release_what_has_ended(capsys):
    board = board_with()
    agency = agencies_of(board)[0]
    running = Quarter.running()
    for back in (1, 3, 40):
        incidents(agency, 30, running.back(back).starts + timedelta(days=3))
    REGISTRY["insight.releases"].job()
    with wall.open_for(boards=[board.pk]):
        done = list(Release.objects.filter(final=True).values_list("year", "quarter"))
    assert len(done) == 12
    assert (running.back(12).year, running.back(12).number) in done
    call_command("release")
    assert capsys.readouterr().out == "Northmere Safeguarding Board: nothing new\n"


@pytest.mark.parametrize(
    ("day", "number", "back"),
    [(date(2026, 1, 1), 1, (2025, 4)), (date(2026, 3, 31), 1, (2025, 4)), (date(2026, 12, 31), 4, (2026, 3))],
)
def test_quarters(day, number, back):
    quarter = Quarter.of(day)
    assert quarter == Quarter(2026, number)
    assert (quarter.back().year, quarter.back().number) == back
    assert quarter.back().ends == quarter.starts
    assert quarter.back(4) == Quarter(2025, number)
