"""Writing a document: begun from a template, changed part by part, arranged, taken out and put back."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core import history
from safeboard.core.access import Access, require
from safeboard.core.once import place_key
from safeboard.library import queries as library
from safeboard.library.shapes.strategy import Strategy

from ..choices import PartKind
from ..errors import ChangedMeanwhile, Refused
from ..models import Document, Part
from ..rules_documents import LONGEST, TITLED, WRITING, takes_parts
from .documents_filling import Filling
from .plan_objectives import indicator_of


@transaction.atomic
def begin_document(
    *,
    by: Access,
    kind: str,
    title: str,
    pack: str = "",
    template: str = "",
    starts_on: date | None = None,
    review_on: date | None = None,
    form_key: uuid.UUID | None = None,
) -> Document:
    """Begin a document, from an item of a pack where one is named, and give it back; the same form twice is one.

    Actions of the template get the role that it proposes, and a date counted from ``starts_on`` (today where none is
    given). Raises library.UnknownItem.
    """
    require(by, "strategy.write")
    key = place_key(form_key, by)
    starts_on = starts_on or timezone.localdate()
    item = library.item(pack, "strategies", template) if template else None
    given = {"kind": kind, "title": title, "pack": pack, "template": template, "starts_on": starts_on}
    more = {"review_on": review_on, "made_by": by.person, "template_version": item.version if item else 0}
    board: Any = by.board_id
    row, new = Document.objects.get_or_create(key=key, defaults={"board_id": board, **given, **more})
    if new:
        if isinstance(item, Strategy):
            Filling(row, by).fill(item)
        history.record(by=by, verb="strategy.begun", obj=row, facts={"kind": kind, "template": f"{pack}/{template}"})
    return row


@transaction.atomic
def change_about(
    *,
    by: Access,
    document: Document,
    edition: int,
    title: str,
    starts_on: date | None,
    review_on: date | None,
) -> Document:
    """Change title and dates. Raises ChangedMeanwhile where it is another edition by now."""
    row = _writable(by, document)
    if row.edition != edition:
        raise ChangedMeanwhile(row)
    if starts_on and review_on and review_on <= starts_on:
        raise Refused(_("The review has to come after the day from which it is in force."))
    row.title, row.starts_on, row.review_on = title, starts_on, review_on
    row.edition += 1
    row.save(update_fields=["title", "starts_on", "review_on", "edition"])
    history.record(by=by, verb="strategy.about_changed", obj=row, digests={"title": title})
    return row


@transaction.atomic
def add_part(
    *,
    by: Access,
    document: Document,
    kind: str,
    parent: Part | None = None,
    given: Mapping[str, Any],
    form_key: uuid.UUID | None = None,
) -> Part:
    """Add a part at the end of its kind, or below ``parent``; the same form twice is one. given: as change_part."""
    row = _writable(by, document)
    if not takes_parts(row.kind, kind, parent.kind if parent else ""):
        raise Refused(_("Such a part has no place there."))
    if parent is not None and (parent.document_id != row.pk or parent.taken_out_at is not None):
        raise Refused(_("What it was to stand below is no longer there. Your words are still here: choose again."))
    values = _checked(by, kind, given)
    _check_first(row, None, values.get("after"))
    key = place_key(form_key, by)
    last = row.parts.aggregate(last=Max("order"))["last"] or 0
    place = {"board_id": row.board_id, "document": row, "kind": kind, "parent": parent, "order": last + 1}
    part, new = Part.objects.get_or_create(key=key, defaults={**place, **values, "changed_by": by.person})
    if new:
        _record(by, "strategy.part_added", part)
    return part


@transaction.atomic
def change_part(*, by: Access, part: Part, edition: int, given: Mapping[str, Any]) -> Part:
    """Change a part. given, each left out where it stays: title, text, measure, owner, agency, owner_role, due_on;
    indicator, the id of one of the board's pack or of its own; after, the action that has to be done first.

    Raises Refused where it would wait for itself, or for what is no action of this document; ChangedMeanwhile, with the
    part as it is now, where somebody else changed it since that edition.
    """
    row = _held(by, part)
    if row.edition != edition or row.taken_out_at is not None:
        raise ChangedMeanwhile(row)
    values = _checked(by, row.kind, given)
    _check_first(row.document, row, values.get("after"))
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    if not changed:
        return row
    for name in changed:
        setattr(row, name, values[name])
    _mark(row, by)
    row.save()
    _record(by, "strategy.part_changed", row, fields=changed)
    return row


@transaction.atomic
def set_plan(*, by: Access, document: Document, rows: Mapping[uuid.UUID, tuple[int, Mapping[str, Any]]]) -> list[Part]:
    """Say of several actions at once who sees to them and by when: by key, the edition and what is given.

    Gives the actions that somebody else changed meanwhile: those stay as they are, all others are saved.
    """
    held = _writable(by, document)
    late: list[Part] = []
    parts = held.parts.filter(kind=PartKind.ACTION, taken_out_at=None, key__in=list(rows)).select_for_update()
    changed = 0
    for part in parts:
        edition, given = rows[part.key]
        if all(getattr(part, name) == value for name, value in given.items()):
            continue
        if part.edition != edition:
            late.append(part)
            continue
        for name, value in given.items():
            setattr(part, name, value)
        _mark(part, by)
        part.save()
        changed += 1
    if changed:
        history.record(by=by, verb="strategy.plan_set", obj=held, facts={"actions": changed})
    return late


@transaction.atomic
def move_part(*, by: Access, part: Part, up: bool) -> None:
    """Move a part one place up or down among its neighbours."""
    row = _held(by, part)
    beside = Part.objects.filter(
        document_id=row.document_id, kind=row.kind, parent_id=row.parent_id, taken_out_at=None
    ).select_for_update()
    near = beside.filter(order__lt=row.order).last() if up else beside.filter(order__gt=row.order).first()
    if near is None:
        return
    row.order, near.order = near.order, row.order
    Part.objects.bulk_update([row, near], ["order"])
    _record(by, "strategy.part_moved", row)


@transaction.atomic
def take_out(*, by: Access, part: Part) -> None:
    """Take a part out, with all that stands below it. It can be put back."""
    row = _held(by, part)
    if row.taken_out_at is None:
        row.taken_out_at = timezone.now()
        row.save(update_fields=["taken_out_at"])
        _record(by, "strategy.part_taken_out", row)


@transaction.atomic
def put_back(*, by: Access, part: Part) -> None:
    """Put back what was taken out."""
    row = _held(by, part)
    if row.taken_out_at is not None:
        row.taken_out_at = None
        row.save(update_fields=["taken_out_at"])
        _record(by, "strategy.part_put_back", row)


def _writable(by: Access, document: Document) -> Document:
    """The document, locked, in a state in which its words can be changed."""
    row = Document.objects.select_for_update().get(pk=document.pk)
    require(by, "strategy.write", row)
    if row.state not in WRITING:
        raise Refused(
            _("It is “%(state)s”, so its words stay as they are. What you typed is still here.")
            % {"state": row.get_state_display()}
        )
    return row


def _held(by: Access, part: Part) -> Part:
    _writable(by, part.document)
    return Part.objects.select_for_update(of=("self",)).select_related("changed_by").get(pk=part.pk)


def _mark(part: Part, by: Access) -> None:
    part.edition += 1
    part.changed_by, part.changed_at = by.person, timezone.now()


def _checked(by: Access, kind: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """What is given, where a part of that kind can hold it."""
    values = dict(given)
    if "indicator" in values:
        values |= indicator_of(by, values["indicator"])
    title = values.get("title")
    if kind in TITLED and title is not None:
        longest = LONGEST.get(kind, 300)
        if not title.strip():
            raise Refused(_("Give it a title."))
        if len(title) > longest:
            raise Refused(_("The title is too long: at most %(n)s characters.") % {"n": longest})
    if kind not in TITLED and "text" in values and not values["text"].strip():
        raise Refused(_("There are no words in it. To be rid of it, take it out."))
    return values


def _record(by: Access, verb: str, part: Part, **facts: Any) -> None:
    more = {"part": str(part.key), "kind": part.kind, "edition": part.edition, **facts}
    history.record(by=by, verb=verb, obj=part.document, facts=more, digests={"text": part.text} if part.text else {})


def _check_first(document: Document, part: Part | None, first: Part | None) -> None:
    """Raise Refused unless ``first`` is an action of the document that does not wait for the part already."""
    if first is None:
        return
    actions = {one.pk: one for one in document.parts.filter(kind=PartKind.ACTION, taken_out_at=None)}
    if first.pk not in actions:
        raise Refused(_("What it was to wait for is no action of this document any more. Choose again."))
    way, ahead = [part] if part else [], actions.get(first.pk)
    while ahead is not None and ahead not in way:
        way.append(ahead)
        ahead = actions.get(ahead.after_id or 0)
    if part is not None and ahead == part:
        loop = _(", which waits for ").join(f"“{one.title}”" for one in [*way, part])
        words = _("That would go round in a circle, and none could ever begin: %(loop)s. Nothing was changed.")
        raise Refused(words % {"loop": loop})
