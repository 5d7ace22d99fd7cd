"""Reminders of looking back: a week before the day, and when it has passed. Never a word of a case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.accounts.models import Person
from safeboard.core import history
from safeboard.core.access import Access, Place
from safeboard.core.roles import PlaceKind, Role
from safeboard.outbox import operations as outbox
from safeboard.partnership import queries as partnership

from ..choices import Owner
from ..models import AgencyReview, BoardLesson, Lesson
from ..queries.lessons import owed
from .duties import free_holders

BEFORE = timedelta(days=7)
Reminded = Lesson | BoardLesson | AgencyReview


def remind(*, by: Access) -> int:
    """Tell those who see to lessons and reviews of the log that one is due or late; gives how many were told of.

    The caller opens the wall for every agency and board. Each is told once a week before and once when it is late.
    """
    today, told = timezone.localdate(), 0
    for row, due_on in _due(today + BEFORE):
        late = due_on < today
        if (row.late_at if late else row.warned_at) is None:
            told += _told(by=by, row=row, due_on=due_on, late=late)
    return told


def _due(until: date) -> Iterator[tuple[Reminded, date]]:
    for model in (Lesson, BoardLesson):
        rows = owed(model.objects.select_related("owner"), until).filter(late_at=None)
        for row in rows.defer("what", "done", "shared", "found"):
            yield row, row.owed_on or until
    latest: dict[int, AgencyReview] = {}
    for review in AgencyReview.objects.defer("figures", "asked", "conclusions").order_by("until", "pk"):
        latest[review.agency_id] = review
    yield from ((review, review.next_on) for review in latest.values() if review.next_on <= until)


@transaction.atomic
def _told(*, by: Access, row: Reminded, due_on: date, late: bool) -> int:
    field, kind = ("late_at", "looking-back-late") if late else ("warned_at", "looking-back-due")
    setattr(row, field, timezone.now())
    row.save(update_fields=[field])
    history.record(by=by, verb=f"incidents.{kind.replace('-', '_')}", obj=row)
    people = list(_whom(row))
    for person in people:
        outbox.send(
            by=by,
            to=person,
            email=person.email,
            kind=kind if late else f"{kind}-quiet",
            subject=_("Safeboard: something to look back on is late")
            if late
            else _("Safeboard: something is due soon"),
            body=_words(row, due_on),
            about=row,
            dedupe=f"{kind}:{row._meta.label_lower}:{row.pk}:{due_on.isoformat()}:{person.pk}",
        )
    return 1


def _words(row: Reminded, due_on: date) -> str:
    when = {"when": due_on.strftime("%d %B %Y")}
    if isinstance(row, AgencyReview):
        return _("The review of the log of incidents is due on %(when)s. Sign in to hold it.") % when
    return _("A lesson needs you by %(when)s. Sign in to see it.") % when


def _whom(row: Reminded) -> Iterable[Person]:
    """Who sees to it; where nobody does (any more), the officers of the place. Never the subject of a concern."""
    if isinstance(row, BoardLesson):
        place = Place(PlaceKind.BOARD, row.board_id, "")
        members = partnership.members_of_place(place)
        own = [one.person for one in members if one.person.pk == row.owner_id]
        runners = {Role.BOARD_MANAGER, Role.ESAFETY_OFFICER}
        return own or [one.person for one in members if runners & set(one.roles)]
    if isinstance(row, Lesson) and row.owner and row.owner in partnership.people_of(row.agency_id):
        return [row.owner]
    if isinstance(row, Lesson) and row.incident:
        return free_holders(row.incident, Owner.DESIGNATED_OFFICER)
    roles = (Role.AGENCY_LEAD, Role.DESIGNATED_OFFICER)
    return {one.pk: one for role in roles for one in partnership.holders(row.agency_id, role)}.values()
