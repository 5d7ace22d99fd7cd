"""A draft made ready, as an editor makes it: for the tests of several rooms."""

from __future__ import annotations

from itertools import islice

from safeboard.charts import editing, operations, queries
from safeboard.charts.queries import Copy
from safeboard.core.access import Access
from safeboard.library import engine
from safeboard.library.schemas import Chart

CHART = "suspicious-email"


def titled(words: str) -> editing.Edit:
    """The change of a chart's title."""
    return lambda chart: editing.changed(chart, title=editing.said(None, words))


def a_way(chart: Chart) -> list[tuple[str, str]]:
    """The first way through a chart."""
    position = next(islice(engine.paths(chart), 1))
    return [(passed.step.id, passed.answer.id) for passed in position.path]


def begun(by: Access, *edits: editing.Edit, chart: str = CHART) -> Copy:
    """A draft with these changes."""
    copy = operations.begin(by=by, chart=chart)
    for edit in edits:
        copy = operations.change(by=by, copy=copy, edition=copy.edition, edit=edit)
    return copy


def published(by: Access, *edits: editing.Edit, chart: str = CHART, note: str = "We do it so here") -> Copy:
    """A copy with these changes, tried and published."""
    copy = begun(by, *edits, chart=chart)
    way = a_way(queries.draft_of(copy))
    operations.mark_tried(by=by, copy=copy, edition=copy.edition, way=way)
    operations.publish(by=by, copy=copy, edition=copy.edition, note=note)
    copy.refresh_from_db()
    return copy
