"""Walking an incident through a chart: each answer is kept in the words that were shown."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.charts import queries as charts
from safeboard.core import history
from safeboard.core.access import Access, require
from safeboard.library import engine
from safeboard.library import queries as library

from ..choices import DutyKind, Images
from ..errors import Refused
from ..models import Incident, Walk, WalkStep
from ..queries.handling import FIRST_LOOK
from ..queries.referring import due
from .casework import set_images
from .duties import raise_duty, settle


def given(walk: Walk) -> list[tuple[str, str]]:
    """The answers of a walk that hold, in order: (step, answer) each."""
    return list(walk.steps.filter(taken_back_at__isnull=True).order_by("order").values_list("step", "answer"))


def position(walk: Walk) -> engine.Position:
    """Where a walk stands, by the version of the chart that it began with."""
    return engine.walk(library.chart(walk.pack, walk.chart, walk.version), given(walk))


@transaction.atomic
def start_walk(*, by: Access, incident: Incident, chart: str) -> Walk:
    """Begin a walk through a chart as it holds in the agency now (its own, the board's, the pack's), and give it back.

    One that is under way through the same chart is given back instead.
    """
    require(by, "incidents.walk", incident)
    under_way = incident.walks.filter(chart=chart, ended_at__isnull=True).first()
    if under_way:
        return under_way
    holding = charts.chart_for(incident.agency_id, chart, pack=incident.pack)
    shape = holding.chart
    walk = Walk.objects.create(
        agency_id=incident.agency_id,
        incident=incident,
        pack=holding.pack,
        chart=chart,
        version=shape.version,
        title=str(shape.title),
        started_by=by.person,
    )
    history.record(by=by, verb="incidents.walk_started", obj=incident, facts={"walk": walk.pk, "chart": chart})
    _arrive(by=by, walk=walk)
    return walk


@transaction.atomic
def answer(*, by: Access, walk: Walk, step: str, answer: str, order: int | None = None) -> Walk:
    """Take an answer to the step that the walk stands at. The same answer sent twice counts once.

    ``order`` is the number of the step in this walk, from 1, as it stood on the page that was answered.

    Raises Refused where the walk has moved on, or the answer is not one of the step's.
    """
    require(by, "incidents.walk", walk.incident)
    walk = Walk.objects.select_for_update().select_related("incident").get(pk=walk.pk)
    here = position(walk)
    last = here.path[-1] if here.path else None
    if last and (last.step.id, last.answer.id) == (step, answer) and order in (None, len(here.path)):
        return walk
    if here.step is None or here.step.id != step or order not in (None, len(here.path) + 1):
        raise Refused(_("This step was answered meanwhile. Go on from where the chart stands now."))
    chosen = next((one for one in here.step.answers if one.id == answer), None)
    if chosen is None:
        raise Refused(_("Choose one of the answers."))
    WalkStep.objects.create(
        agency_id=walk.agency_id,
        walk=walk,
        order=len(here.path) + 1,
        step=step,
        question=str(here.step.question),
        answer=answer,
        answer_label=str(chosen.label),
        by=by.person,
    )
    history.record(
        by=by, verb="incidents.walked", obj=walk.incident, facts={"walk": walk.pk, "step": step, "answer": answer}
    )
    _arrive(by=by, walk=walk)
    return walk


@transaction.atomic
def take_back(*, by: Access, walk: Walk, order: int | None = None) -> Walk:
    """Go back one step. The answer stays on record as taken back; duties it raised stay until they are dropped.

    Raises Refused where ``order`` is given and is not the number of the step, from 1, that the walk stands at.
    """
    require(by, "incidents.walk", walk.incident)
    walk = Walk.objects.select_for_update().select_related("incident").get(pk=walk.pk)
    last = walk.steps.filter(taken_back_at__isnull=True).order_by("-order").first()
    if order is not None and order != (last.order if last else 0) + 1:
        raise Refused(_("The chart has moved on meanwhile. Go on from where it stands now."))
    if last:
        last.taken_back_at = timezone.now()
        last.save(update_fields=["taken_back_at"])
        walk.ended_at, walk.outcome, walk.outcome_title = None, "", ""
        walk.save(update_fields=["ended_at", "outcome", "outcome_title"])
        history.record(by=by, verb="incidents.walk_back", obj=walk.incident, facts={"walk": walk.pk, "step": last.step})
    return walk


def _arrive(*, by: Access, walk: Walk) -> None:
    """Raise what the step or outcome reached asks for, and note the end."""
    here = position(walk)
    now = timezone.now()
    for raised in here.duties:
        duty = raised.duty
        raise_duty(
            by=by,
            incident=walk.incident,
            key=f"{walk.chart}:{duty.id}",
            kind=duty.kind.value,
            title=str(duty.title),
            owner=duty.owner.value,
            due_at=due(now, duty),
            to=duty.to or "",
            walk=walk,
        )
    if here.concern == "images":
        set_images(by=by, incident=walk.incident, images=Images.MAYBE)
    if here.outcome and walk.ended_at is None:
        walk.ended_at, walk.outcome, walk.outcome_title = now, here.outcome.id, str(here.outcome.title)
        walk.save(update_fields=["ended_at", "outcome", "outcome_title"])
        settle(by=by, incident=walk.incident, kind=DutyKind.DECIDE, key=FIRST_LOOK)
        history.record(
            by=by, verb="incidents.walk_ended", obj=walk.incident, facts={"walk": walk.pk, "outcome": walk.outcome}
        )
