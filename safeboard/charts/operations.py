"""Writes: a draft that is begun, changed, taken back, walked in trial, published; a copy that is withdrawn."""

from __future__ import annotations

from typing import Any, cast

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from safeboard.core import history
from safeboard.core.access import Access, Place, require
from safeboard.core.roles import PlaceKind
from safeboard.library import engine
from safeboard.library import operations as keeping
from safeboard.library import queries as library
from safeboard.library.schemas import Chart
from safeboard.outbox import operations as outbox
from safeboard.partnership import queries as partnership
from safeboard.partnership.models import Agency

from . import queries
from .editing import Edit, changed
from .errors import ChangedMeanwhile, Refused
from .models import AgencyChart, AgencyChartVersion, BoardChart, BoardChartVersion, LocalVersion
from .queries import Copy, Way
from .rules import RUN_THE_BOARD

PUBLISHED = "chart-published"  # the kind of message that a board gets
MOST_BACK = 30  # changes that can be taken back
MOST_TRIED = 2_000


@transaction.atomic
def begin(*, by: Access, chart: str) -> Copy:
    """Begin a draft from the chart that holds in the place acted in, and give back the place's copy.

    One that is under way is given back instead. Raises library.UnknownItem where the pack has no such chart.
    """
    require(by, "charts.keep")
    holding = queries.chart_for(by, chart)
    copy = _own(by, chart)
    if copy.draft is not None:
        return copy
    copy.draft, copy.earlier, copy.tried = _body(holding.chart), [], []
    copy.edition += 1
    _save(copy, by, "draft", "earlier", "tried", "edition")
    history.record(by=by, verb="charts.begun", obj=copy, facts={"chart": chart, "from": holding.own})
    return copy


def _own(by: Access, chart: str) -> Copy:
    pack = partnership.pack_of(by)
    original = library.chart(pack, chart)
    given: dict[str, Any] = {"pack": pack, "chart": chart}
    new = {"pack_version": original.version, "changed_by": by.person}
    model: Any = AgencyChart if by.agency_id else BoardChart
    owner = {"agency_id": by.agency_id} if by.agency_id else {"board_id": by.board_id}
    copy, _made = model.objects.select_for_update().get_or_create(**owner, **given, defaults=new)
    return cast(Copy, copy)


@transaction.atomic
def change(*, by: Access, copy: Copy, edition: int, edit: Edit) -> Copy:
    """Change the draft by ``edit`` (see ``editing``) and give back the copy as it is now.

    ``edition`` is the draft's as it stood on the page. Raises ChangedMeanwhile where it is another by now, and Refused
    where the change cannot be done. A change that changes nothing is none.
    """
    require(by, "charts.keep", copy)
    held = _held(copy, edition)
    after = _body(edit(queries.draft_of(held)))
    if after == held.draft:
        return held
    held.earlier = [*held.earlier, {"edition": held.edition, "draft": held.draft}][-MOST_BACK:]
    held.draft, held.tried = after, []
    held.edition += 1
    _save(held, by, "draft", "earlier", "tried", "edition")
    history.record(by=by, verb="charts.changed", obj=held, facts={"chart": held.chart, "edition": held.edition})
    return held


@transaction.atomic
def take_back(*, by: Access, copy: Copy, edition: int) -> Copy:
    """Take back the last change of the draft. Raises ChangedMeanwhile, and Refused where there is none to take back."""
    require(by, "charts.keep", copy)
    held = _held(copy, edition)
    if not held.earlier:
        raise Refused(_("There is no change to take back."))
    held.draft, held.tried = held.earlier[-1]["draft"], []
    held.earlier = held.earlier[:-1]
    held.edition += 1
    _save(held, by, "draft", "earlier", "tried", "edition")
    history.record(by=by, verb="charts.taken_back", obj=held, facts={"chart": held.chart, "edition": held.edition})
    return held


@transaction.atomic
def mark_tried(*, by: Access, copy: Copy, edition: int, way: Way) -> None:
    """Note that a whole way was walked in trial. Nothing of it goes to any incident.

    Raises ChangedMeanwhile where the draft is another by now, and engine.WalkError where the way does not fit it.
    """
    require(by, "charts.keep", copy)
    held = _held(copy, edition)
    word = queries.packed(way)
    if not engine.walk(queries.draft_of(held), way).finished or word in held.tried or len(held.tried) >= MOST_TRIED:
        return
    held.tried = [*held.tried, word]
    held.save(update_fields=["tried"])
    history.record(by=by, verb="charts.tried", obj=held, facts={"chart": held.chart, "edition": held.edition})


@transaction.atomic
def publish(*, by: Access, copy: Copy, edition: int, note: str) -> LocalVersion:
    """Publish the draft as the copy's next version: from now on it holds. ``note`` says what changed.

    Raises Refused where the draft has faults, falls short of what the pack demands, was not walked in trial as it is
    now, or differs in nothing from the version that holds; ChangedMeanwhile where it is another by now.
    """
    require(by, "charts.keep", copy)
    held = _held(copy, edition)
    draft = queries.draft_of(held)
    if queries.faults_of(held, draft):
        raise Refused(_("This draft has faults. Mend them first: each stands beside its question."))
    if not held.tried:
        raise Refused(_("Walk at least one whole way in trial first: nobody has yet tried the draft as it is now."))
    before = queries.compared_with(held)
    if before and not queries.between(held, before, draft):
        raise Refused(_("Nothing is different from the chart that holds now, so there is nothing to publish."))
    number = held.last_version + 1
    keeping.keep_item(pack=held.key, item=changed(draft, version=number))
    row = _version(held, number=number, note=note, by=by.person)
    held.version = held.last_version = number
    held.draft, held.earlier, held.tried = None, [], []
    held.edition += 1
    _save(held, by, "version", "last_version", "draft", "earlier", "tried", "edition")
    history.record(by=by, verb="charts.published", obj=held, facts={"chart": held.chart, "version": number})
    if isinstance(held, AgencyChart):
        _tell_board(by=by, copy=held)
    return row


def _tell_board(*, by: Access, copy: AgencyChart) -> None:
    """Send whoever runs the agency's board a message: a chart of its own holds there from now on."""
    board = Place(PlaceKind.BOARD, Agency.objects.get(pk=copy.agency_id).home_board_id, "")
    for member in partnership.members_of_place(board, roles=RUN_THE_BOARD):
        outbox.send(
            by=by,
            to=member.person,
            kind=PUBLISHED,
            subject=_("An agency adapted a chart"),
            body=_("An agency of your board published a chart of its own. Which, and what is different:")
            + "\n\n"
            + outbox.link(reverse("charts:agency", args=[copy.pk])),
            about=copy,
            dedupe=f"{PUBLISHED}:{copy.pk}:{copy.version}:{member.person.pk}",
        )


def _version(copy: Copy, **given: Any) -> LocalVersion:
    if isinstance(copy, AgencyChart):
        return AgencyChartVersion.objects.create(agency_id=copy.agency_id, copy=copy, **given)
    return BoardChartVersion.objects.create(board_id=copy.board_id, copy=copy, **given)


@transaction.atomic
def withdraw(*, by: Access, copy: Copy) -> None:
    """Let the board's chart, or the pack's, hold again. What was published stays for the incidents that walked it."""
    require(by, "charts.keep", copy)
    held = _locked(copy)
    if held.version is None:
        return
    was, held.version = held.version, None
    _save(held, by, "version")
    history.record(by=by, verb="charts.withdrawn", obj=held, facts={"chart": held.chart, "version": was})


@transaction.atomic
def discard(*, by: Access, copy: Copy, edition: int) -> None:
    """Throw the draft away. What was published holds on. Raises ChangedMeanwhile."""
    require(by, "charts.keep", copy)
    held = _held(copy, edition)
    held.draft, held.earlier, held.tried = None, [], []
    held.edition += 1
    _save(held, by, "draft", "earlier", "tried", "edition")
    history.record(by=by, verb="charts.discarded", obj=held, facts={"chart": held.chart})


@transaction.atomic
def look_at_original(*, by: Access, copy: Copy) -> None:
    """Note that the pack's chart was looked at as it is now: its differences are no longer pointed out."""
    require(by, "charts.keep", copy)
    held, original = _locked(copy), queries.original_of(copy)
    if original is None or held.pack_version >= original.version:
        return
    held.pack_version = original.version
    _save(held, by, "pack_version")
    history.record(by=by, verb="charts.looked", obj=held, facts={"chart": held.chart, "version": original.version})


def _locked(copy: Copy) -> Copy:
    model: Any = type(copy)
    return cast(Copy, model.objects.select_for_update().get(pk=copy.pk))


def _held(copy: Copy, edition: int) -> Copy:
    """The copy with its draft, locked. Raises ChangedMeanwhile where the draft is another, or gone."""
    held = _locked(copy)
    if held.draft is None or held.edition != edition:
        raise ChangedMeanwhile(_("Somebody changed this draft since you opened the page. Nothing of yours is lost."))
    return held


def _save(copy: Copy, by: Access, *fields: str) -> None:
    copy.changed_by = by.person
    copy.save(update_fields=[*fields, "changed_by", "changed_at"])


def _body(chart: Chart) -> dict[str, Any]:
    return chart.model_dump(mode="json", exclude_defaults=True)
