"""The sections of an annual report while it is being written: added, moved, taken out."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from safeboard.core import history
from safeboard.core.access import Access
from safeboard.core.once import place_key

from ..errors import ChangedMeanwhile, Refused
from ..models import Report, ReportPart
from .reports import only_frozen, writable

MOST_PARTS = 40


@transaction.atomic
def add_part(
    *,
    by: Access,
    report: Report,
    title: str,
    text: str = "",
    taken: Sequence[str] = (),
    after: ReportPart | None = None,
    form_key: uuid.UUID | None = None,
) -> ReportPart:
    """Add a section behind another, or as the first; the same form twice is one section. taken: names of figures.

    Raises Refused where the report is not being written, for too many, and for other figures than those frozen.
    """
    row = writable(by, report)
    key = place_key(form_key, by)
    there = list(row.parts.all())
    for one in there:
        if one.key == key:
            return one
    if len(there) >= MOST_PARTS:
        raise Refused(_("A report has at most %(most)d sections. Take one out first.") % {"most": MOST_PARTS})
    only_frozen(row, set(taken))
    part = ReportPart(board_id=row.board_id, report=row, key=key, section=f"own-{key.hex}", title=title, text=text)
    part.figures, part.taken, part.changed_by = list(taken), list(taken), by.person
    part.save()
    place = there.index(after) + 1 if after in there else 0
    _number([*there[:place], part, *there[place:]])
    history.record(by=by, verb="insight.report_part_added", obj=row, facts={"part": str(key)}, digests={"text": text})
    return part


@transaction.atomic
def move_part(*, by: Access, part: ReportPart, down: bool) -> None:
    """Move a section one place down, or up; at the end of the list it stays. Raises Refused as change_part does."""
    report = writable(by, part.report)
    there = list(report.parts.all())
    before = there.index(part)
    after = min(max(before + (1 if down else -1), 0), len(there) - 1)
    if after == before:
        return
    there.insert(after, there.pop(before))
    _number(there)
    history.record(by=by, verb="insight.report_part_moved", obj=report, facts={"part": str(part.key), "to": after + 1})


@transaction.atomic
def remove_part(*, by: Access, part: ReportPart, edition: int) -> None:
    """Take a section out, with its words; what was issued with it stays as it was issued.

    Raises ChangedMeanwhile where somebody changed it since that edition, and Refused for the last one.
    """
    report = writable(by, part.report)
    there = list(report.parts.select_related("changed_by"))
    row = next((one for one in there if one.pk == part.pk), None)
    if row is None:
        return
    if row.edition != edition:
        raise ChangedMeanwhile(row)
    if len(there) == 1:
        raise Refused(_("A report has at least one section. This one cannot be taken out."))
    facts, digests = {"part": str(row.key)}, {"text": row.text}
    row.delete()
    _number([one for one in there if one.pk is not None])
    history.record(by=by, verb="insight.report_part_removed", obj=report, facts=facts, digests=digests)


def _number(parts: Sequence[ReportPart]) -> None:
    """Write the order of the sections."""
    for order, one in enumerate(parts, 1):
        one.order = order
    ReportPart.objects.bulk_update(parts, ["order"])
