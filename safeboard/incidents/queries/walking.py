"""What a page of a walk shows: which charts there are, the answers with whom to ring."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from safeboard.charts import queries as charts
from safeboard.library import queries as library
from safeboard.library.schemas import Chart, Step
from safeboard.partnership.queries import ContactLine

from ..models import Incident

TOLD = "told-by-child"
CHILD_TELLS = "child-tells"


@dataclass(frozen=True)
class Choice:
    """An answer as a large radio: its words, its hint, whom to ring with it."""

    id: str
    label: str
    hint: str
    unsure: bool
    line: ContactLine | None


def recommended(incident: Incident) -> list[Chart]:
    """The charts that hold in the agency; the one for the incident's kind first, then the one for a child who told."""
    if incident.pack not in library.packs():
        return []
    found = [holding.chart for holding in charts.charts_of_agency(incident.agency_id, incident.pack)]
    kinds = {kind.id: kind for kind in library.items(incident.pack, "incident-kinds")}
    kind = kinds.get(incident.scenario)
    first = [getattr(kind, "chart", None)]
    return sorted(found, key=lambda chart: (chart.id not in first, chart.id != CHILD_TELLS, str(chart.title)))


def step_answers(step: Step, lines: Mapping[str, ContactLine]) -> list[Choice]:
    """The answers of a step in its order, 'not sure' last whatever the order."""
    found = [
        Choice(
            id=answer.id,
            label=str(answer.label),
            hint=str(answer.hint) if answer.hint else "",
            unsure=answer.unsure,
            line=lines.get(answer.contact) if answer.contact else None,
        )
        for answer in step.answers
    ]
    return sorted(found, key=lambda choice: choice.unsure)
