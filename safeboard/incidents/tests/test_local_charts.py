"""An incident is walked by the chart that holds in its agency, and keeps the version that it walked."""

from __future__ import annotations

import pytest
from django.urls import reverse

from safeboard.charts import operations as charts
from safeboard.charts.tests.helpers import CHART, published, titled
from safeboard.incidents import operations
from safeboard.incidents.queries.walking import recommended
from safeboard.incidents.tests.factories import reported
from safeboard.library import queries as library
from safeboard.partnership.models import Seat

pytestmark = pytest.mark.django_db


def start(cast, incident):
    with cast.wall_of(cast.staff):
        return operations.start_walk(by=cast.access_for(cast.staff), incident=incident, chart=CHART)


def publish(cast, person, words):
    with cast.wall_of(person):
        return published(cast.access_for(person), titled(words))


def test_an_old_incident_keeps_its_version_after_a_new_one_and_after_withdrawal(cast):
    publish(cast, cast.lead, "One")
    walk = start(cast, reported(cast))
    copy = publish(cast, cast.lead, "Two")
    assert start(cast, reported(cast)).title == "Two"
    with cast.wall_of(cast.lead):
        charts.withdraw(by=cast.access_for(cast.lead), copy=copy)
    assert start(cast, reported(cast)).pack == "england-2026"
    shape = library.chart(walk.pack, walk.chart, walk.version)
    assert (walk.pack, walk.version, str(shape.title)) == (copy.key, 1, "One")
    first = shape.steps[0]
    with cast.wall_of(cast.staff):
        by = cast.access_for(cast.staff)
        walk.refresh_from_db()
        operations.answer(by=by, walk=walk, step=first.id, answer=first.answers[0].id)
    page = cast.client_for(cast.staff).get(reverse("incidents:walk-chart", args=[walk.incident_id, walk.pk]))
    assert "One" in page.content.decode()


def test_an_incident_keeps_the_boards_chart_when_the_agency_leaves_the_board(cast):
    publish(cast, cast.board_officer, "As the board has it")
    walk = start(cast, reported(cast))
    Seat.objects.filter(agency=cast.agency).delete()
    page = cast.client_for(cast.staff).get(reverse("incidents:walk", args=[walk.incident_id, walk.pk]))
    assert "As the board has it" in page.content.decode()


def test_the_charts_to_choose_from_are_those_that_hold(cast):
    publish(cast, cast.lead, "Our own")
    incident = reported(cast)
    with cast.wall_of(cast.staff):
        assert "Our own" in [str(chart.title) for chart in recommended(incident)]
    theirs = reported(cast, "other_staff")
    with cast.wall_of(cast.other_staff):
        assert "Our own" not in [str(chart.title) for chart in recommended(theirs)]
