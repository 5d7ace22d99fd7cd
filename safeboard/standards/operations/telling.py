"""Writing to the agencies of a round: when it is sent, before its last day, and after it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django_tasks import task

from safeboard.accounts.models import Person
from safeboard.core import history, wall
from safeboard.core.access import Access, job_access
from safeboard.core.roles import Role
from safeboard.outbox import operations as outbox
from safeboard.partnership import queries as partnership
from safeboard.partnership.models import Agency, Membership

from ..models import Round, RoundAgency
from ..queries.rounds import OWED

ROUNDS = job_access("standards.rounds")
ANSWERS = (Role.AGENCY_LEAD, Role.RESPONSIBLE_PERSON)  # who is written to: the first of these that anybody holds
AT_ONCE = 100  # agencies that are written to in one transaction


@task()
def tell_soon(board: int, pk: int) -> None:
    """Write to the agencies of a round, from the queue."""
    with wall.open_for(agencies=partnership.agencies_in(board), shared=[board]):
        tell_agencies(by=ROUNDS, round_=Round.objects.select_related("board").get(pk=pk))


def tell_agencies(*, by: Access, round_: Round) -> int:
    """Write to everybody of a round who was not written to yet, in parts; gives how many agencies. Needs the wall open.

    One that opens on a later day is left alone until then.
    """
    if not round_.is_open or round_.opens_on > timezone.localdate():
        return 0
    told = 0
    while True:
        with transaction.atomic():
            rows = RoundAgency.objects.filter(round=round_, told_at__isnull=True).select_for_update(of=("self",))
            part = write_to(by=by, round_=round_, rows=list(rows.select_related("of").order_by("pk")[:AT_ONCE]))
        told += part
        if part < AT_ONCE:
            return told


@transaction.atomic
def write_to(*, by: Access, round_: Round, rows: list[RoundAgency], reminder: bool = False) -> int:
    """Write to those who answer for these agencies, and keep which messages they were; gives how many agencies.

    Where nobody leads an agency, whoever is responsible for it is written to; where nobody is either, that is kept.
    """
    if not rows:
        return 0
    people = _who_answers([row.agency_id for row in rows])
    names = dict(Agency.objects.filter(pk__in=[row.agency_id for row in rows]).values_list("pk", "name"))
    for row in rows:
        wanted = people.get(row.agency_id, [])
        row.told = [_message(by, round_, row, one, names[row.agency_id], reminder) for one in wanted]
        row.nobody, row.told_at = not wanted, timezone.now()
        row.reminded_on = timezone.localdate() if reminder else row.reminded_on
    RoundAgency.objects.bulk_update(rows, ["told", "nobody", "told_at", "reminded_on"], batch_size=AT_ONCE)
    verb = "standards.reminded" if reminder else "standards.told"
    history.record(by=by, verb=verb, obj=round_, facts={"agencies": len(rows)})
    return len(rows)


def _who_answers(agencies: list[int]) -> dict[int, list[Person]]:
    """Who is written to in each agency: its leads, else whoever is responsible."""
    held = Membership.objects.filter(
        partnership.current(), agency_id__in=agencies, role__in=ANSWERS, person__is_active=True
    ).select_related("person")
    by_role: dict[str, dict[int, list[Person]]] = {role: defaultdict(list) for role in ANSWERS}
    for row in held.order_by("pk"):
        if row.agency_id is not None:
            by_role[row.role][row.agency_id].append(row.person)
    return {**by_role[Role.RESPONSIBLE_PERSON], **by_role[Role.AGENCY_LEAD]}


def _message(by: Access, round_: Round, row: RoundAgency, person: Person, agency: str, reminder: bool) -> int:
    """One message; gives its number."""
    due = date_format(round_.due_on, "j F Y")
    asked = {"board": round_.board.name, "agency": agency, "title": round_.title, "due": due}
    late = round_.due_on < timezone.localdate()
    subject = _("%(title)s was to be answered by %(due)s") if late else _("%(title)s: to be answered by %(due)s")
    words = [
        _("%(board)s asks %(agency)s to answer “%(title)s” by %(due)s.") % asked,
        *([round_.note] if round_.note and not reminder else []),
        _("Others in your agency can answer with you. What you write is saved as you go."),
        outbox.link(reverse("standards:return", args=[row.of.key])),
    ]
    return outbox.send(
        by=by,
        to=person,
        kind="round-reminder" if reminder else "round",
        subject=subject % asked,
        body="\n\n".join(words),
        about=row,
        dedupe=f"round-{row.pk}-{person.pk}-{timezone.localdate() if reminder else ''}",
    ).pk


def due_for_reminder(round_: Round, today: date) -> list[RoundAgency]:
    """The agencies that owe their return and are to be reminded today: once before the last day, then at intervals."""
    rows = RoundAgency.objects.filter(round=round_, stand__in=OWED, told_at__isnull=False).select_related("of")
    left = (round_.due_on - today).days
    if left > round_.remind_before:
        return []
    if left >= 0:
        return [row for row in rows.filter(reminded_on__isnull=True) if timezone.localdate(row.told_at) < today]
    return [
        row
        for row in rows
        if row.reminded_on is None
        or row.reminded_on <= round_.due_on
        or (today - row.reminded_on).days >= round_.remind_every
    ]


def remind(*, by: Access, round_: Round) -> int:
    """Remind whoever is to be reminded today; gives how many agencies. Twice a day is once. Needs the wall open."""
    return write_to(by=by, round_=round_, rows=due_for_reminder(round_, timezone.localdate()), reminder=True)


@transaction.atomic
def write_back(*, by: Access, place: RoundAgency) -> None:
    """Tell those who answer for an agency that the board needs more of its return. The remarks stay on the page."""
    asked = {"board": place.round.board.name, "title": place.round.title}
    for person in _who_answers([place.agency_id]).get(place.agency_id, []):
        outbox.send(
            by=by,
            to=person,
            kind="round-back",
            subject=_("%(title)s: the board needs more") % asked,
            body="\n\n".join(
                [
                    _("%(board)s read your answers to “%(title)s” and needs more. What it needs is on the page.")
                    % asked,
                    outbox.link(reverse("standards:return", args=[place.of.key])),
                ]
            ),
            about=place,
        )
    history.record(by=by, verb="standards.told_back", obj=place)
