"""Work on an action: its words and owner, its date and why it moved, milestones, notes of progress."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.dateformat import format as day_format
from django.utils.translation import gettext as _

from safeboard.core import history
from safeboard.core.access import Access, require
from safeboard.core.once import place_key
from safeboard.core.wall import Reach

from ..errors import Refused
from ..models import Action, ActionNote, Milestone, Redating
from .plan import changed_fields, check_dates, check_objective, check_owner
from .plan_answer import locked, still_owed

CHANGEABLE = ("title", "why", "owner", "owner_role", "objective", "starts_on", "cost")


@transaction.atomic
def change_action(*, by: Access, action: Action, given: Mapping[str, Any]) -> Action:
    """Change its words, who sees to it, its objective, start or cost; never its date (see ``redate_action``).

    Raises Refused where it is closed, or the owner does not work there. Whom it was passed from is then settled.
    """
    row = locked(action)
    require(by, "strategy.steer", row)
    still_owed(row)
    given = {name: value for name, value in given.items() if name in CHANGEABLE}
    changed = changed_fields(row, given)
    check_owner(board=row.board, agency=row.agency, owner=row.owner, owner_role=row.owner_role)
    check_dates(row.starts_on, row.due_on)
    if "objective" in changed:
        check_objective(row.board, row.objective)
        if row.agency_id is None:
            row.reach = Reach.EVERYBODY if row.objective else Reach.BOARD
    if {"owner", "owner_role"} & set(changed):
        row.left = row.passed_on = row.warned_on = row.late_on = None
    row.save()
    if changed:
        history.record(by=by, verb="strategy.changed", obj=row, facts={"fields": changed})
    return row


@transaction.atomic
def redate_action(*, by: Access, action: Action, due_on: date, why: str) -> Action:
    """Give it another date, with the reason; the first date is kept, and every one between.

    Raises Refused without a reason, where it is closed, or where a milestone would lie after the new date.
    """
    row = locked(action)
    require(by, "strategy.steer", row)
    still_owed(row)
    if due_on == row.due_on:
        return row
    if not why.strip():
        raise Refused(_("Say why the date moves: it is shown with both dates."))
    check_dates(row.starts_on, due_on)
    last = Milestone.objects.filter(action=row, done_on=None).order_by("-due_on").first()
    if last is not None and last.due_on > due_on:
        words = _("The milestone “%(milestone)s” is due on %(day)s, after that. Move it first.")
        raise Refused(words % {"milestone": last.title, "day": said(last.due_on)})
    Redating.objects.create(action=row, before=row.due_on, after=due_on, why=why, by=by.person)
    facts = {"before": row.due_on.isoformat(), "after": due_on.isoformat()}
    row.due_on, row.warned_on, row.late_on = due_on, None, None
    row.save()
    history.record(by=by, verb="strategy.redated", obj=row, facts=facts, digests={"why": why})
    return row


@transaction.atomic
def add_milestone(
    *, by: Access, action: Action, title: str, due_on: date, form_key: uuid.UUID | None = None
) -> Milestone:
    """Add a step on the way; the same form twice is one. Raises Refused where it lies outside the action's days."""
    row = locked(action)
    require(by, "strategy.work_on", row)
    still_owed(row)
    _inside(row, due_on)
    made, new = Milestone.objects.get_or_create(
        key=place_key(form_key, by),
        defaults={"action": row, "title": title, "due_on": due_on, "first_due_on": due_on},
    )
    if new:
        history.record(
            by=by, verb="strategy.milestone", obj=row, facts={"milestone": made.pk, "on": due_on.isoformat()}
        )
    return made


@transaction.atomic
def change_milestone(*, by: Access, milestone: Milestone, title: str, due_on: date) -> Milestone:
    """Change a milestone's words or its date; the first date is kept. Raises Refused outside the action's days."""
    action = locked(milestone.action)
    row = Milestone.objects.select_for_update(of=("self",)).get(pk=milestone.pk)
    require(by, "strategy.work_on", action)
    still_owed(action)
    _inside(action, due_on)
    changed = changed_fields(row, {"title": title, "due_on": due_on})
    if changed:
        row.save()
        facts = {"milestone": row.pk, "fields": changed, "on": due_on.isoformat()}
        history.record(by=by, verb="strategy.milestone_changed", obj=action, facts=facts)
    return row


@transaction.atomic
def reach_milestone(*, by: Access, milestone: Milestone, reached: bool = True) -> Milestone:
    """Tick a milestone off as reached today, or take that back. Twice is once."""
    action = locked(milestone.action)
    row = Milestone.objects.select_for_update(of=("self",)).get(pk=milestone.pk)
    require(by, "strategy.work_on", action)
    still_owed(action)
    if (row.done_on is not None) == reached:
        return row
    row.done_on = timezone.localdate() if reached else None
    row.save()
    facts = {"milestone": row.pk, "reached": reached}
    history.record(by=by, verb="strategy.milestone_reached", obj=action, facts=facts)
    return row


def _inside(action: Action, due_on: date) -> None:
    """A milestone lies between the action's start and its end."""
    if due_on > action.due_on:
        words = _(
            "The action itself is expected by %(day)s. Give an earlier date, or give the action a later one first."
        )
        raise Refused(words % {"day": said(action.due_on)})
    if due_on < action.starts_on:
        words = _("The action begins on %(day)s. Give a later date.")
        raise Refused(words % {"day": said(action.starts_on)})


@transaction.atomic
def add_note(*, by: Access, action: Action, text: str, form_key: uuid.UUID | None = None) -> ActionNote:
    """Add a note of progress; it is never altered, and the same form twice is one. Raises Refused where it is empty."""
    row = locked(action)
    require(by, "strategy.work_on", row)
    if not text.strip():
        raise Refused(_("Write what was done, or what stands in the way."))
    made, new = ActionNote.objects.get_or_create(
        key=place_key(form_key, by), defaults={"action": row, "text": text, "by": by.person}
    )
    if new:
        history.record(by=by, verb="strategy.noted", obj=row, digests={"text": text})
    return made


def said(day: date) -> str:
    """A day as it stands in a sentence: 3 March 2026."""
    return day_format(day, "j F Y")
