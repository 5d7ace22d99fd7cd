"""The made-up county has a chart that its board adapted and one that an agency did."""

from __future__ import annotations

from datetime import date

import pytest

from safeboard.charts.models import AgencyChart, BoardChart
from safeboard.core import wall
from safeboard.web.demonstration import NEIGHBOUR, make_county
from safeboard.web.demonstration.charts import make_local_charts


@pytest.mark.django_db
def test_the_county_adapts_two_charts():
    county = make_county(
        area="Testmere", name="Testmere Board", pack="becta-2008", size=NEIGHBOUR, seed=1, today=date(2026, 3, 3)
    )
    assert make_local_charts(county) == 2
    with wall.open_for(agencies=[one.pk for one in county.agencies], shared=[county.board.pk]):
        assert [one.version for one in (*BoardChart.objects.all(), *AgencyChart.objects.all())] == [1, 1]
