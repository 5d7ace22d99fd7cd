"""Documents of made-up boards: a strategy and guidance in force, one that is consulted about, a chronology by hand."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone

from safeboard.core import wall
from safeboard.core.access import Access
from safeboard.core.roles import Role
from safeboard.partnership import queries as partnership
from safeboard.partnership.models import Agency, Board, Membership
from safeboard.strategy.choices import EventKind, PartKind, Taken
from safeboard.strategy.models import Comment, Document, Version
from safeboard.strategy.operations.chronology import write_event
from safeboard.strategy.operations.documents import begin_document, change_part, set_plan
from safeboard.strategy.operations.documents_comments import answer_comment, comment_on, confirm
from safeboard.strategy.operations.documents_filling import months_on
from safeboard.strategy.operations.documents_states import begin_redraft, consult, publish, ratify

from .county import County

COMMENTS = (
    (PartKind.POSITION, "Say “children and young people”: ours are up to nineteen.", Taken.YES, ""),
    (PartKind.OBJECTIVE, "Who stands in where there is one lead alone?", Taken.PARTLY, "A second name will do."),
    (PartKind.ACTION, "Two months are short for small agencies.", Taken.NO, "We ask for a name alone at first."),
)
DONE = (
    (300, EventKind.CAMPAIGN, "Stall at the harbour festival: how to report, in five languages."),
    (240, EventKind.TRAINING, "Talk to head teachers on filtering and monitoring."),
    (200, EventKind.OTHER, "First young people joined the subgroup."),
    (120, EventKind.CAMPAIGN, "Safer Internet Day in forty schools."),
)


def make_documents(county: County, neighbour: County) -> int:
    """Write the documents of two boards; gives how many."""
    _strategy(county)
    _guidance(county)
    _consultation(neighbour)
    return 3


def _runner(board: Board) -> Access:
    held = Membership.objects.filter(board=board, role=Role.ESAFETY_OFFICER).earliest("pk")
    return partnership.access_of(held.person, chosen=f"board-{board.pk}")


def _leads(county: County) -> list[Access]:
    """Leads of the board's first agencies, as they act there."""
    agencies = [agency.pk for agency in county.agencies]
    held = Membership.objects.filter(agency__in=agencies, role=Role.AGENCY_LEAD).order_by("pk")[:3]
    return [partnership.access_of(one.person, chosen=f"agency-{one.agency_id}") for one in held]


def _strategy(county: County) -> None:
    """Drafted from the template, consulted about, answered, ratified with the minute, published, confirmed by two."""
    by, today = _runner(county.board), timezone.localdate()
    with wall.open_for(**partnership.scopes(by)):
        document = begin_document(
            by=by,
            kind="strategy",
            title=f"Safe online in {county.board.area}",
            pack="england-2026",
            template="by-pies",
            starts_on=today - timedelta(days=60),
            review_on=months_on(today, 10),
        )
        _agencies_are_asked(by, document, county.agencies)
        opened = consult(by=by, document=document, closes_on=today)
    leads = _leads(county)
    said = [_comment(leads[at % len(leads)], opened, kind, words) for at, (kind, words, *_rest) in enumerate(COMMENTS)]
    with wall.open_for(**partnership.scopes(by)):
        for comment, (_kind, _words, taken, answer) in zip(said, COMMENTS, strict=True):
            answer_comment(by=by, comment=comment, taken=taken, answer=answer)
        document = begin_redraft(by=by, document=document)
        first = document.parts.filter(kind=PartKind.POSITION).earliest("order")
        text = first.text.replace("Children live online", "Children and young people live online")
        change_part(by=by, part=first, edition=first.edition, given={"text": text})
        ratify(by=by, document=document, minute="Partners’ meeting, minute 7.2", ratified_on=today - timedelta(days=7))
        held = publish(by=by, document=document, public=True)
        for days, kind, what in DONE:
            write_event(by=by, on=today - timedelta(days=days), kind=kind, what=what)
    for lead in leads[:2]:
        with wall.open_for(**partnership.scopes(lead)):
            confirm(by=lead, version=held)


def _agencies_are_asked(by: Access, document: Document, agencies: list[Agency]) -> None:
    """Three actions are asked of agencies; the board keeps the rest."""
    actions = list(document.parts.filter(kind=PartKind.ACTION).order_by("order"))[4:20:6]
    rows: dict[UUID, tuple[int, dict[str, object]]] = {}
    for part, agency in zip(actions, agencies, strict=False):
        rows[part.key] = (part.edition, {"agency_id": agency.pk, "owner_id": None, "owner_role": ""})
    set_plan(by=by, document=document, rows=rows)


def _comment(by: Access, version: Version, kind: str, words: str) -> Comment:
    about = next(one["key"] for one in version.body["parts"] if one["kind"] == kind)
    with wall.open_for(**partnership.scopes(by)):
        return comment_on(by=by, version=version, part=UUID(about), text=words)


def _guidance(county: County) -> None:
    """How to report, in force; nobody has confirmed it yet."""
    by, today = _runner(county.board), timezone.localdate()
    with wall.open_for(**partnership.scopes(by)):
        document = begin_document(
            by=by,
            kind="reporting",
            title=f"How we report in {county.board.area}",
            pack="england-2026",
            template="reporting-mechanism",
            review_on=months_on(today, 12),
        )
        ratify(
            by=by,
            document=document,
            minute="Partners’ meeting, minute 7.3",
            ratified_on=today - timedelta(days=7),
            unconsulted_why="It says in one place what agencies agreed to last year.",
        )
        publish(by=by, document=document, public=False)


def _consultation(neighbour: County) -> None:
    """The neighbour's strategy, as in Leicestershire, is out for comments; one has come."""
    by, today = _runner(neighbour.board), timezone.localdate()
    with wall.open_for(**partnership.scopes(by)):
        document = begin_document(
            by=by,
            kind="strategy",
            title=f"E-safety strategy of {neighbour.board.area}",
            pack="becta-2008",
            template="leicestershire",
            review_on=date(today.year + 1, 6, 30),
        )
        opened = consult(by=by, document=document, closes_on=today + timedelta(days=21))
    lead = _leads(neighbour)[0]
    _comment(lead, opened, PartKind.PRIORITY, "Could children sit in the group from the start?")
