"""Lessons: written, done, looked back on after three months, shared with the board as a copy; near misses.

A lesson holds no case text: a name that is known of where it came from is refused.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.accounts.models import Person
from safeboard.core import history, links, wall
from safeboard.core.access import Access, job_access, require
from safeboard.core.once import place_key
from safeboard.core.sealed import blind_index
from safeboard.partnership import queries as partnership
from safeboard.partnership.models import Board, Setting

from ..choices import Effective, Origin, Part
from ..errors import NamesStand, Refused
from ..models import BoardLesson, BoardReview, Draft, Incident, Lesson, NearMiss
from ..nameless import Role
from ..queries.known import known_of, near_miss_source, standing
from ..rules import words_only
from .reports import save_draft

LOOK_AFTER = timedelta(days=90)
SHARING = job_access("incidents.lessons")
PEOPLE = (Role.CHILD, Role.ADULT, Role.REFERENCE)


@transaction.atomic
def write_lesson(
    *,
    by: Access,
    kind: str,
    what: str,
    due_on: date,
    owner: Person | None = None,
    everybody: bool = False,
    incident: Incident | None = None,
    near_miss: NearMiss | None = None,
    review: BoardReview | None = None,
    origin: str = Origin.ELSEWHERE,
    form_key: uuid.UUID | None = None,
) -> Lesson | BoardLesson:
    """Write down a lesson of the place acted in and give it back; the same form twice is one.

    It is tied to what it came from (the golden thread). Raises NamesStand where it names somebody of that incident,
    Refused where the owner does not work here or may not know of the concern that it came from.
    """
    require(by, "incidents.make_lesson")
    words_only(what)
    key = place_key(form_key, by)
    given: dict[str, Any] = {"kind": kind, "what": what, "due_on": due_on, "owner": owner, "origin": origin}
    row: Lesson | BoardLesson
    if by.board_id:
        _works_in_board(by, owner)
        row, made = BoardLesson.objects.get_or_create(
            key=key, defaults={"board_id": by.board_id, "review": review, "made_by": by.person, **given}
        )
    else:
        _free_of(by, incident, owner)
        names_nobody(by.own_agency, incident, {"what": what})
        extra = {"incident": incident, "near_miss": near_miss, "everybody": everybody, "made_by": by.person}
        row, made = Lesson.objects.get_or_create(key=key, defaults={"agency_id": by.own_agency, **extra, **given})
    if made:
        history.record(by=by, verb="incidents.lesson", obj=row, facts={"kind": kind}, digests={"what": what})
        if incident is not None:
            history.record(by=by, verb="incidents.lesson_learned", obj=incident, facts={"lesson": row.pk})
        for source in (incident, near_miss, review):
            if source is not None:
                links.connect(by=by, source=source, target=row, kind="lesson")
    return row


def names_nobody(agency_id: int, incident: Incident | None, texts: Mapping[str, str]) -> None:
    """Raise NamesStand where a text names a child or another person involved, or holds an address or a number."""
    known = []
    if incident is not None:
        involved = {row.name for row in incident.people.all()}
        known = [one for one in known_of(agency_id, incident) if one.role in PEOPLE or involved & set(one.names)]
    places = standing(dict(texts), known)
    if places:
        raise NamesStand(places)


def _works_in_board(by: Access, owner: Person | None) -> None:
    if owner is None or by.place is None:
        return
    if owner.pk not in {member.person.pk for member in partnership.members_of_place(by.place)}:
        raise Refused(_("Whoever sees to it must hold a role in this board."))


def _free_of(by: Access, incident: Incident | None, owner: Person | None) -> None:
    """Whoever sees to it works here, and is not whom the concern is about, nor kept from it (Harrow 5.2)."""
    if owner is None:
        return
    if not partnership.people_of(by.own_agency).filter(pk=owner.pk).exists():
        raise Refused(_("Whoever sees to it must work here."))
    if incident is not None and owner.pk not in {one.pk for one in possible_owners(by, incident)}:
        raise Refused(_("Somebody else has to see to it."))


def possible_owners(by: Access, incident: Incident | None = None) -> list[Person]:
    """Who may be given a lesson here: whoever works in the place; of an incident, nobody whom the concern is about."""
    if by.board_id and by.place:
        return [member.person for member in partnership.members_of_place(by.place)]
    people = list(partnership.people_of(by.own_agency))
    if incident is None:
        return people
    about = incident.people.filter(part=Part.CONCERN)
    accounts = {row.person_id for row in about}
    names = {row.name_index for row in about} - {""}
    return [one for one in people if one.pk not in accounts and blind_index(one.name) not in names]


@transaction.atomic
def change_lesson(*, by: Access, lesson: Lesson | BoardLesson, given: Mapping[str, Any]) -> Lesson | BoardLesson:
    """Change what is to be done, who sees to it, or by when. given: kind, what, owner, due_on, everybody."""
    require(by, "incidents.keep_lesson", lesson)
    words_only(given["what"])
    if isinstance(lesson, Lesson):
        _free_of(by, lesson.incident, given["owner"])
        names_nobody(lesson.agency_id, lesson.incident, {"what": given["what"]})
    else:
        _works_in_board(by, given["owner"])
    changed = [name for name, value in given.items() if getattr(lesson, name) != value]
    for name in changed:
        setattr(lesson, name, given[name])
    if "due_on" in changed or "owner" in changed:
        lesson.warned_at = lesson.late_at = None
    lesson.save()
    history.record(by=by, verb="incidents.lesson_changed", obj=lesson, facts={"fields": changed})
    return lesson


@transaction.atomic
def finish_lesson(
    *, by: Access, lesson: Lesson | BoardLesson, done: str, shared: str = "", done_on: date | None = None
) -> Lesson | BoardLesson:
    """Say what was done and how it was shared with whom; a look back is owed three months later. Twice is once."""
    require(by, "incidents.keep_lesson", lesson)
    if lesson.done_on:
        return lesson
    words_only(done, shared)
    if isinstance(lesson, Lesson):
        names_nobody(lesson.agency_id, lesson.incident, {"done": done, "shared": shared})
    lesson.done, lesson.shared = done, shared
    lesson.done_on = min(done_on or timezone.localdate(), timezone.localdate())
    lesson.look_on = lesson.done_on + LOOK_AFTER
    lesson.warned_at = lesson.late_at = None
    lesson.save()
    history.record(by=by, verb="incidents.lesson_done", obj=lesson, digests={"done": done})
    return lesson


@transaction.atomic
def look_back(
    *, by: Access, lesson: Lesson | BoardLesson, worked: str, found: str, again: bool = False
) -> Lesson | BoardLesson:
    """Say whether it worked, how one can tell, and what now. ``again``: look once more in three months."""
    require(by, "incidents.keep_lesson", lesson)
    if lesson.done_on is None:
        raise Refused(_("Say first what was done."))
    words_only(found)
    if isinstance(lesson, Lesson):
        names_nobody(lesson.agency_id, lesson.incident, {"found": found})
    lesson.worked, lesson.found = Effective(worked), found
    today = timezone.localdate()
    lesson.looked_on, lesson.look_on = (None, today + LOOK_AFTER) if again else (today, lesson.look_on)
    lesson.warned_at = lesson.late_at = None
    lesson.save()
    history.record(by=by, verb="incidents.looked_back", obj=lesson, facts={"worked": worked, "again": again})
    return lesson


@transaction.atomic
def share_lesson(*, by: Access, lesson: Lesson, board: Board, say_who: bool = False) -> BoardLesson:
    """Give the board a copy of a lesson, with the agency's name only where it says so. Twice is one copy.

    Raises NamesStand where the copy would name anybody or, unless ``say_who``, any place of the agency.
    """
    require(by, "incidents.share_lesson", lesson)
    if board.pk not in set(partnership.boards_of(lesson.agency_id).values_list("board_id", flat=True)):
        raise Refused(_("This agency does not sit in that board."))
    texts = {name: getattr(lesson, name) for name in ("what", "done", "shared", "found")}
    known = known_of(lesson.agency_id, lesson.incident)
    places = (Role.AGENCY, Role.SCHOOL, Role.SETTING)
    found = standing(texts, [one for one in known if not (say_who and one.role in places)])
    if found:
        raise NamesStand(found)
    name = by.place.name if say_who and by.place else ""
    copied = ("kind", "due_on", "done_on", "look_on", "looked_on", "worked")
    with wall.open_for(boards=[board.pk]):
        copy, made = BoardLesson.objects.get_or_create(
            key=uuid.uuid5(lesson.key, f"board-{board.pk}"),
            defaults={
                "board": board,
                "origin": Origin.ELSEWHERE,
                "sent_by": name,
                **texts,
                **{field: getattr(lesson, field) for field in copied},
            },
        )
        if made:
            history.record(by=SHARING, verb="incidents.lesson_received", obj=copy)
    lesson.copied_at = lesson.copied_at or timezone.now()
    lesson.save(update_fields=["copied_at"])
    if made:
        history.record(by=by, verb="incidents.lesson_shared", obj=lesson, facts={"board": board.pk, "named": say_who})
    return copy


# Near misses ------------------------------------------------------------------------------------------------------


@transaction.atomic
def tell_near_miss(
    *,
    by: Access,
    what: str,
    where: str = "",
    stopped: str = "",
    setting: Setting | None = None,
    form_key: uuid.UUID | None = None,
) -> NearMiss:
    """Keep what nearly happened and give it back; the same form twice is one. Anybody who works here may tell it."""
    require(by, "incidents.tell_near_miss")
    words_only(what, where, stopped)
    row, made = NearMiss.objects.get_or_create(
        key=place_key(form_key, by),
        defaults={
            "agency_id": by.own_agency,
            "what": what,
            "where": where,
            "stopped": stopped,
            "setting": setting,
            "reported_by": by.person,
        },
    )
    if made:
        history.record(by=by, verb="incidents.near_miss", obj=row, digests={"what": what})
    return row


@transaction.atomic
def report_near_miss(*, by: Access, near_miss: NearMiss) -> Draft:
    """It did happen after all: begin a report with what was told, and give the draft back. Twice gives the same one."""
    require(by, "incidents.handle_near_miss", near_miss)
    if near_miss.draft and near_miss.draft.owner_id == (by.person.pk if by.person else 0):
        return near_miss.draft
    answers = {"narrative": near_miss_source(near_miss), "where": near_miss.where}
    draft = save_draft(by=by, draft=None, step="what", answers=answers)
    near_miss.draft = draft
    near_miss.save(update_fields=["draft"])
    history.record(by=by, verb="incidents.near_miss_reported", obj=near_miss)
    return draft
