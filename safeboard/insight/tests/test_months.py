import pytest
from django.urls import reverse
from django.utils import timezone

from safeboard.insight.errors import Refused
from safeboard.insight.models import ReturnClock, ReturnMonth
from safeboard.insight.operations.months import ask_by_clock, send_returns, set_months
from safeboard.insight.queries import reports as reads
from safeboard.insight.queries.report_figures import figures_of
from safeboard.insight.tests.reports import as_officer
from safeboard.outbox.models import Message
from safeboard.standards.models import Round

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def test_each_agency_is_asked_in_its_month_and_the_report_says_who_is_late(cast):
    month, year = TODAY().month, TODAY().year
    months = {cast.agency.pk: month, cast.far_agency.pk: month}
    assert as_officer(cast, set_months, board=cast.board, months=months) == 1
    round_ = as_officer(cast, send_returns, board=cast.board, year=year, month=month)
    again = as_officer(cast, send_returns, board=cast.board, year=year, month=month)
    assert again.pk == round_.pk
    assert round_.due_on == reads.last_day(year, month)
    with cast.wall_of(cast.board_officer):
        access = cast.access_for(cast.board_officer)
        assert ReturnMonth.objects.get().agency == cast.agency
        states = {row.agency.name: (row.asked, row.returned) for row in reads.months_of(cast.board, year)}
        figure = figures_of(access, cast.board, year, ["returns"])["returns"]
    assert states == {cast.agency.name: (True, False), cast.other_agency.name: (False, False)}
    assert [row[::2] for row in figure["table"]["rows"]] == [[cast.agency.name, "Not due yet"]]
    with pytest.raises(Refused, match="No agency makes its return"):
        as_officer(cast, send_returns, board=cast.board, year=year + 1, month=month % 12 + 1)


def subjects(person):
    return list(Message.objects.filter(to=person, kind="annual-returns").values_list("subject", flat=True))


def test_the_clock_asks_for_this_months_returns_once_the_board_has_said_so_and_tells_its_manager(cast):
    months = {cast.agency.pk: TODAY().month}
    as_officer(cast, set_months, board=cast.board, months=months)
    assert ask_by_clock() == 0
    as_officer(cast, set_months, board=cast.board, months=months, by_clock=True)
    assert (ask_by_clock(), ask_by_clock()) == (1, 0)
    with cast.wall_of(cast.board_officer):
        assert Round.objects.get().chosen == [cast.agency.pk]
    assert len(subjects(cast.board_manager)) == 1
    assert subjects(cast.people["other_board_officer"]) == []
    as_officer(cast, set_months, board=cast.board, months={cast.other_agency.pk: TODAY().month}, by_clock=False)
    assert ask_by_clock() == 0


def test_where_the_questions_are_not_published_nobody_is_asked_and_the_manager_is_told_once(cast, monkeypatch):
    as_officer(cast, set_months, board=cast.board, months={cast.agency.pk: TODAY().month}, by_clock=True)
    monkeypatch.setattr("safeboard.insight.operations.months.ANNUAL_RETURN", "not-there")
    assert (ask_by_clock(), ask_by_clock()) == (0, 0)
    with cast.wall_of(cast.board_officer):
        assert Round.objects.count() == 0
    assert ["were not asked for" in one for one in subjects(cast.board_manager)] == [True]
    sent = cast.client_for(cast.board_officer).post(
        reverse("insight:months-send"), {"month": str(TODAY().month)}, follow=True
    )
    assert "not published in your pack" in sent.content.decode()


def test_the_months_are_set_and_sent_on_a_page(cast):
    client = cast.client_for(cast.board_officer)
    assert 'name="by_clock"' in client.get(reverse("insight:months")).content.decode()
    client.post(reverse("insight:months-set"), {f"month-{cast.agency.pk}": str(TODAY().month), "by_clock": "on"})
    with cast.wall_of(cast.board_officer):
        assert ReturnClock.objects.get().on is True
    assert "Send it" in client.get(reverse("insight:months")).content.decode()
    sent = client.post(reverse("insight:months-send"), {"month": str(TODAY().month)})
    assert sent.status_code == 302
    assert "Annual return" in client.get(sent.url).content.decode()
