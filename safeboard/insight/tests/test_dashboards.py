from datetime import timedelta

import pytest
from django.utils import timezone

from safeboard.core import wall
from safeboard.core.standing import standing_items
from safeboard.documents import pdf
from safeboard.insight import operations
from safeboard.insight.models import BoardIndicator
from safeboard.insight.queries import dashboard as reads
from safeboard.insight.queries import standings
from safeboard.insight.tests.test_indicators import JOB, at, counted_now, settings_say
from safeboard.insight.tests.worlds import seat
from safeboard.meetings.choices import MeetingState
from safeboard.meetings.models import Meeting
from safeboard.partnership.models import Seat
from safeboard.standards.tests.surveys import STAFF, counted, published, replies
from safeboard.strategy.operations import raise_action

pytestmark = pytest.mark.django_db


def page_of(cast, person, path):
    return cast.client_for(cast.people[person]).get(path)


def test_the_board_sees_every_agency_by_part_the_worst_first(cast):
    settings_say(cast, cast.other_agency, acceptable_use="no", filtering_plan="no")
    counted_now(cast)
    with cast.wall_of(cast.board_officer):
        rows = standings.heat(cast.access_for(cast.board_officer), reads.latest_snapshot(cast.board.pk))
    assert [(row.name, row.letters) for row in rows] == [
        (cast.other_agency.name, "RR??"),
        (cast.agency.name, "????"),
    ]
    page = page_of(cast, "board_manager", "/picture/dashboard/").content.decode()
    assert 'R<span class="govuk-visually-hidden">: something is missing' in page
    assert page.index(cast.other_agency.name) < page.index(cast.agency.name)
    assert page_of(cast, "board_inspector", "/picture/dashboard/agencies/").status_code == 200


def test_before_anything_is_counted_it_says_so(cast):
    assert "Nothing was counted yet" in page_of(cast, "subgroup_member", "/picture/dashboard/").content.decode()
    assert "has not counted anything" in page_of(cast, "lead", "/picture/ours/").content.decode()


def test_a_board_counts_by_one_button(cast):
    client = cast.client_for(cast.board_officer)
    assert client.post("/picture/dashboard/count/").status_code == 302
    with cast.wall_of(cast.board_officer):
        assert reads.latest_snapshot(cast.board.pk).by == cast.board_officer
    assert cast.client_for(cast.subgroup_member).post("/picture/dashboard/count/").status_code == 403


def test_what_changed_since_the_last_meeting(cast):
    now = timezone.now()
    first = counted_now(cast)
    at(first, now - timedelta(days=40))
    with cast.wall_of(cast.board_officer):
        Meeting.objects.create(
            board=cast.board,
            title="Spring",
            starts_at=now - timedelta(days=20),
            ends_at=now - timedelta(days=20) + timedelta(hours=2),
            state=MeetingState.HELD,
        )
    settings_say(cast, cast.agency, acceptable_use="yes")
    counted_now(cast)
    access = cast.access_for(cast.board_officer)
    with cast.wall_of(cast.board_officer):
        since = reads.since_last_meeting(access, reads.latest_snapshot(cast.board.pk))
        lines = next(one for one in standing_items() if one.name == "indicators").lines(access, since.at.date())
    assert since.meeting.title == "Spring"
    assert since.changes[0].startswith("Agencies with an acceptable-use policy: 1 of 2")
    assert any(change.startswith("Policies: 1 agencies stand better") for change in since.changes)
    assert any("acceptable-use policy" in line.text for line in lines)


def test_what_is_known_comes_first_and_the_rest_is_folded(cast):
    settings_say(cast, cast.agency, acceptable_use="yes")
    counted_now(cast)
    with cast.wall_of(cast.board_officer):
        for name in ("policy", "training"):
            one = BoardIndicator.objects.get(name=name)
            operations.set_indicator(by=cast.access_for(cast.board_officer), indicator=one, given={"target": 90})
    page = page_of(cast, "board_manager", "/picture/dashboard/").content.decode()
    aimed, others = page.split("Where do we stand against our targets?")[1].split("without a target, or not known yet")
    assert "Agencies with an acceptable-use policy" in aimed
    assert "Agencies with an awareness and training plan" in others
    unknown = "Not known yet of any"
    assert (aimed.count("One count so far: 50 of a hundred"), unknown in aimed, unknown in others) == (1, False, True)


def test_what_is_overdue(cast):
    access = cast.access_for(cast.board_officer)
    today = timezone.localdate()
    with cast.wall_of(cast.board_officer):
        for title, days in (("Write the plan", 3), ("Ring the school", 30), ("Later", -9)):
            raise_action(by=access, title=title, board=cast.board, due_on=today - timedelta(days=days))
        found = reads.overdue(access)
    assert (found.many, [row.title for row in found.rows]) == (2, ["Ring the school", "Write the plan"])
    counted_now(cast)
    assert "Ring the school" in page_of(cast, "board_manager", "/picture/dashboard/").content.decode()


def test_a_lead_who_is_green_where_the_staff_are_not_is_shown_to_the_board_and_that_agency(cast, monkeypatch):
    from safeboard.standards.queries import surveys as staff

    monkeypatch.setattr(staff, "accepted", lambda board, review, asked: {cast.agency.pk: dict.fromkeys(asked, "green")})
    survey = published(cast, STAFF, by_agency=True)
    replies(cast, survey, 5, cast.agency.pk, policy="no", report="yes")
    counted(cast, survey)
    counted_now(cast)
    board = page_of(cast, "board_manager", "/picture/dashboard/").content.decode()
    assert "staff see it otherwise" in board
    assert "most do not say so" in board
    own = page_of(cast, "lead", "/picture/ours/").content.decode()
    places = [own.index(words) for words in ("do not say what the lead", "most do not say so", "The other questions")]
    assert places == sorted(places)
    assert "Our lead and our staff" not in page_of(cast, "other_lead", "/picture/ours/").content.decode()
    assert page_of(cast, "staff", "/picture/ours/").status_code == 403


def test_the_sheet_for_the_meeting_is_one_page(cast, monkeypatch):
    made = {}
    for number in range(30):
        seat(cast.board, f"A school with a rather long name, number {number}", "other-member")
    with wall.open_for(agencies=Seat.objects.values("agency_id")):
        settings_say(cast, cast.agency, acceptable_use="no")
    counted_now(cast)
    with cast.wall_of(cast.board_officer):
        for one in BoardIndicator.objects.all():
            operations.set_indicator(by=cast.access_for(cast.board_officer), indicator=one, given={"target": 90})
    monkeypatch.setattr(
        "safeboard.insight.views.dashboards.prepared", lambda key, job, html, title: made.update(html=html) or b"%PDF"
    )
    assert page_of(cast, "board_manager", "/picture/dashboard/meeting.pdf").status_code == 200
    assert pdf.pages_of(made["html"]) == 1


def test_the_pages_ask_as_much_of_the_database_for_many_agencies_as_for_few(cast, django_assert_max_num_queries):
    counted_now(cast)
    client = cast.client_for(cast.board_manager)
    counts = []
    for _ in range(2):
        with django_assert_max_num_queries(45) as found:
            client.get("/picture/dashboard/")
        counts.append(len(found))
        for number in range(3):
            seat(cast.board, f"School {number} {len(counts)}", "other-member")
        operations.take_snapshot(by=JOB, board=cast.board)
    assert counts[1] <= counts[0] + 2


def test_the_pages_of_an_indicator(cast):
    settings_say(cast, cast.agency, acceptable_use="yes")
    counted_now(cast)
    client = cast.client_for(cast.board_officer)
    with cast.wall_of(cast.board_officer):
        pk = BoardIndicator.objects.get(name="policy").pk
    assert "Who leads" not in client.get("/picture/indicators/").content.decode()
    url = f"/picture/indicators/{pk}/"
    sent = {"target": "90", "direction": "up", "owner": cast.board_manager.pk, "baseline_figure": "10"}
    missing = client.post(f"{url}set/", sent).content.decode()
    assert "where the older figure is from" in missing
    assert client.post(f"{url}set/", sent | {"baseline_said": "Audit of 2024"}).status_code == 302
    page = client.get(url).content.decode()
    for words in ("target 90", "Audit of 2024", cast.board_manager.name, "Of a hundred"):
        assert words in page
    add = "/picture/indicators/add/"
    assert "fourteen questions" in client.get(add).content.decode()
    asked = f"{add}?asked=survey/parents-online/rules"
    assert (
        client.post(asked, {"title": "Rules", "counts": ["yes"], "pies": "education", "direction": "up"}).status_code
        == 302
    )
    assert "Rules" in client.get("/picture/indicators/").content.decode()
    assert "This cannot be undone" in client.get(f"{url}retire/").content.decode()
    assert "no more" not in client.get("/picture/indicators/").content.decode(), "asking changes nothing"
    assert client.post(f"{url}retire/").status_code == 302
    assert client.post(f"{url}retire/").status_code == 404


def test_a_filter_shows_agencies_alone_and_nothing_that_two_filters_could_give_away(cast):
    seat(cast.board, "A library far off", "library")
    settings_say(cast, cast.agency, acceptable_use="no")
    first = counted_now(cast, monthly=True)
    settings_say(cast, cast.agency, acceptable_use="yes")
    counted_now(cast)
    client = cast.client_for(cast.board_manager)
    kind = Seat.objects.get(agency=cast.agency, board=cast.board).kind
    whole, some = (client.get(f"/picture/dashboard/{query}") for query in ("", f"?kind={kind}"))
    assert "Incidents reported in the quarter" in whole.content.decode()
    shown = some.content.decode()
    for words in ("Incidents reported in the quarter", "Children who know", "A library far off"):
        assert words not in shown
    assert "two filters could be subtracted" in shown
    many = len(some.context["found"].rows)
    policy = next(one for one in some.context["found"].courses if one.indicator.name == "policy")
    assert policy.latest.value == {"has": 1, "lacks": 0, "unknown": many - 1, "whole": many}
    then = client.get(f"/picture/dashboard/?at={first.pk}").context["found"]
    assert then.latest.pk == first.pk
    assert "R" in next(row for row in then.rows if row.agency_id == cast.agency.pk).letters
    assert "A library far off" not in client.get(f"/picture/dashboard/agencies/?kind={kind}").content.decode()
    assert client.get("/picture/dashboard/?kind=none&at=x").status_code == 200
    assert "At the last counts" in page_of(cast, "lead", "/picture/ours/").content.decode()
