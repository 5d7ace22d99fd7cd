"""The chronology: lines that records write by themselves, and lines by hand (Toolkit Annex A, Brent)."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from safeboard.core import history, links
from safeboard.core.access import Access, require
from safeboard.core.once import place_key
from safeboard.partnership.models import Board

from ..errors import Refused
from ..models import Event
from .plan import changed_fields


@transaction.atomic
def chronicle(
    *, by: Access, board: Board, on: date, what: str, source: models.Model, kind: str, url: str = ""
) -> Event:
    """Write what a record says into its board's chronology, and tie the line to it (kind "chronicled").

    The same record writes one line of a kind: said again, with another day or other words, the line follows. Needs the
    wall open for the board, and no permission of its own: whoever may do the deed may have it written down.
    """
    given = {"on": on, "what": what[:500], "source_url": url}
    whose = {"board": board, "source_type": source._meta.label_lower, "source_id": source.pk, "kind": kind}
    row, new = Event.objects.get_or_create(**whose, defaults={**given, "made_by": by.person})
    if new:
        history.record(by=by, verb="strategy.chronicled", obj=row, facts={"kind": kind, "on": on.isoformat()})
        links.connect(by=by, source=source, target=row, kind="chronicled")
        return row
    changed = changed_fields(row, given)
    if changed:
        row.save(update_fields=changed)
        history.record(by=by, verb="strategy.chronicle_changed", obj=row, facts={"fields": changed})
    return row


@transaction.atomic
def write_event(
    *,
    by: Access,
    on: date,
    kind: str,
    what: str,
    until: date | None = None,
    month_only: bool = False,
    form_key: uuid.UUID | None = None,
) -> Event:
    """Write a line by hand into the acting board's chronology. The same form twice is one."""
    require(by, "strategy.keep_chronology")
    _in_order(on, until)
    board: Any = by.board_id
    given = {"on": on, "until": until, "month_only": month_only, "kind": kind, "what": what, "made_by": by.person}
    row, new = Event.objects.get_or_create(key=place_key(form_key, by), defaults={"board_id": board, **given})
    if new:
        history.record(by=by, verb="strategy.event_written", obj=row, facts={"kind": kind, "on": on.isoformat()})
    return row


@transaction.atomic
def change_event(
    *, by: Access, event: Event, on: date, kind: str, what: str, until: date | None = None, month_only: bool = False
) -> Event:
    """Put a line right that was written by hand. Raises Refused for one that a record wrote."""
    row = Event.objects.select_for_update().get(pk=event.pk)
    require(by, "strategy.keep_chronology", row)
    _by_hand(row)
    _in_order(on, until)
    given = {"on": on, "until": until, "month_only": month_only, "kind": kind, "what": what}
    changed = changed_fields(row, given)
    if changed:
        row.save(update_fields=changed)
        history.record(by=by, verb="strategy.event_changed", obj=row, facts={"fields": changed})
    return row


@transaction.atomic
def delete_event(*, by: Access, event: Event) -> None:
    """Take away a line that was written by hand. Raises Refused for one that a record wrote."""
    row = Event.objects.select_for_update().get(pk=event.pk)
    require(by, "strategy.keep_chronology", row)
    _by_hand(row)
    history.record(by=by, verb="strategy.event_deleted", obj=row, facts={"on": row.on.isoformat()})
    row.delete()


def _by_hand(event: Event) -> None:
    if event.by_itself:
        raise Refused(_("A record wrote this line by itself, so it stays as the record has it."))


def _in_order(on: date, until: date | None) -> None:
    if until is not None and until < on:
        raise Refused(_("The last day lies before the first. Give a later one."))
