"""Reports: one that another subgroup gives, which becomes an item; the one that this subgroup gives to the board."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from safeboard.core import history
from safeboard.core.access import Access, require
from safeboard.core.once import place_key
from safeboard.documents.files import Found, scan

from ..choices import ItemKind, PaperKind, Purpose
from ..errors import Refused
from ..models import AgendaItem, Meeting, SubgroupReport
from .agenda import add_item, change_item
from .common import open_meeting, own_board_id, set_values
from .papers import checked, keep_paper

FIELDS = ("subgroup", "given_by", "since", "until", "text", "asked")


def receive_report(
    *,
    by: Access,
    meeting: Meeting,
    given: Mapping[str, Any],
    file: tuple[str, bytes] | None = None,
    form_key: uuid.UUID | None = None,
    scanner: Callable[[bytes], Found] = scan,
) -> SubgroupReport:
    """Put the report of another subgroup on the agenda, in words or as a file; the same form twice is one.

    ``given``: FIELDS and ``confidential``. Raises Refused where it is empty, or the file is not taken.
    """
    require(by, "meetings.keep", meeting)
    looked = checked(*file, scanner) if file else None
    _check(given, has_file=looked is not None)
    with transaction.atomic():
        row = _receive(by, meeting, given, place_key(form_key, by))
        if looked and file and row.item:
            about = {"title": row.item.title, "kind": PaperKind.RECEIVED, "source": row.subgroup}
            paper = {**about, "confidential": row.item.confidential}
            keep_paper(by=by, item=row.item, content=file[1], given=paper, form_key=form_key, told=row.text, **looked)
    return row


def _receive(by: Access, meeting: Meeting, given: Mapping[str, Any], key: uuid.UUID) -> SubgroupReport:
    there = SubgroupReport.objects.filter(form_key=key).select_related("item__meeting").first()
    if there is not None:
        return there
    purpose = Purpose.DISCUSS if given.get("asked") else Purpose.NOTE
    item = add_item(by=by, meeting=meeting, given={**_heading(given), "purpose": purpose}, kind=ItemKind.REPORT)
    values = {name: given[name] for name in FIELDS if name in given}
    made = {"board_id": item.board_id, "item": item, "made_by": by.person, "form_key": key}
    row = SubgroupReport.objects.create(**made, **values)
    history.record(by=by, verb="meetings.report_received", obj=meeting, facts={"report": row.pk, "item": item.pk})
    return row


def _heading(given: Mapping[str, Any]) -> dict[str, Any]:
    """The item that a report stands as."""
    title = _("Report: %(subgroup)s") % {"subgroup": given["subgroup"]}
    return {"title": title, "led_by": given["given_by"], "confidential": bool(given.get("confidential"))}


def _check(given: Mapping[str, Any], *, has_file: bool) -> None:
    if not has_file and not given.get("text", "").strip():
        raise Refused(_("Write what the report says, or add it as a file. Nothing was added."))
    _check_days(given)


def _check_days(given: Mapping[str, Any]) -> None:
    if given["until"] < given["since"]:
        raise Refused(_("The last day of the report lies before the first one."))


@transaction.atomic
def change_report(*, by: Access, report: SubgroupReport, given: Mapping[str, Any]) -> SubgroupReport:
    """Change the report of another subgroup, and the item that it stands as, until the minutes are approved."""
    require(by, "meetings.keep", report)
    row = SubgroupReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    item = AgendaItem.objects.select_related("meeting").get(report=row)
    open_meeting(item.meeting)
    _check(given, has_file=item.papers.exists())
    changed = set_values(row, {name: given[name] for name in FIELDS if name in given})
    change_item(by=by, item=item, given=_heading(given))
    if changed:
        row.save(update_fields=changed)
        history.record(by=by, verb="meetings.report_changed", obj=item.meeting, facts={"fields": changed})
    return row


@transaction.atomic
def give_report(*, by: Access, given: Mapping[str, Any], form_key: uuid.UUID | None = None) -> SubgroupReport:
    """Keep this subgroup's report to the board, with what it says and asks; the same form twice is one.

    ``given``: FIELDS but ``subgroup``. Its meetings, decisions and actions are those of its days.
    """
    require(by, "meetings.keep")
    _check_days(given)
    values = {name: given[name] for name in FIELDS if name in given and name != "subgroup"}
    made = {"board_id": own_board_id(by), "made_by": by.person, **values}
    row, new = SubgroupReport.objects.get_or_create(form_key=place_key(form_key, by), defaults=made)
    if new:
        days = {"since": row.since.isoformat(), "until": row.until.isoformat()}
        history.record(by=by, verb="meetings.report_given", obj=row, facts=days)
    return row
