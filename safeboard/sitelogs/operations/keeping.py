"""Keeping the logs: filters, doors for their programs, holds for live cases, and whether the evidence stands."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core import because, history
from safeboard.core.access import Access, require
from safeboard.partnership.models import Setting

from .. import engine
from ..errors import Refused
from ..models import LEAST_DAYS, LogDoor, LogHold, LogSetting
from ..queries.records import PREFIX, digest_of


@transaction.atomic
def add_log(
    *, by: Access, setting: Setting, key: str, zone: str = "Europe/London", keep_days: int = LEAST_DAYS
) -> LogSetting:
    """Keep the logs of a setting's filter, by a key of its own in the archive. Raises Refused."""
    require(by, "sitelogs.keep")
    if setting.agency_id != by.own_agency:
        raise Refused(_("This setting is not one of yours."))
    if keep_days < LEAST_DAYS:
        raise Refused(_("Lines are kept for three months at least."))
    if LogSetting._base_manager.filter(key=key).exists():
        raise Refused(_("This name is taken. Choose another one."))
    row = LogSetting.objects.create(agency_id=by.own_agency, setting=setting, key=key, zone=zone, keep_days=keep_days)
    engine.enrol(row)
    history.record(by=by, verb="sitelogs.log_added", obj=row, facts={"key": key, "keep_days": keep_days})
    return row


@transaction.atomic
def change_log(*, by: Access, log: LogSetting, given: Mapping[str, Any]) -> LogSetting:
    """Change how lines are read and how long they are kept. given: zone, keep_days, layout, columns."""
    require(by, "sitelogs.keep", log)
    if given.get("keep_days", LEAST_DAYS) < LEAST_DAYS:
        raise Refused(_("Lines are kept for three months at least."))
    changed = [name for name, value in given.items() if getattr(log, name) != value]
    for name in changed:
        setattr(log, name, given[name])
    if changed:
        log.save(update_fields=changed)
        engine.enrol(log)
        history.record(by=by, verb="sitelogs.log_changed", obj=log, facts={"fields": changed})
    return log


# Doors -----------------------------------------------------------------------------------------------------------


@transaction.atomic
def open_door(*, by: Access, log: LogSetting, ends_on: date) -> tuple[LogDoor, str]:
    """Make a token by which a program sends lines of one filter; gives it, and its secret, told this once."""
    require(by, "sitelogs.keep", log)
    if by.person is None:
        raise PermissionDenied("a token is somebody's")
    if ends_on < timezone.localdate():
        raise Refused(_("The last day must be today or later."))
    secret = PREFIX + secrets.token_urlsafe(32)
    door = LogDoor.objects.create(
        log=log,
        agency_id=log.agency_id,
        digest=digest_of(secret),
        start=secret[: len(PREFIX) + 4],
        made_by=by.person,
        ends_on=ends_on,
    )
    history.record(by=by, verb="sitelogs.door_opened", obj=door, facts={"log": log.pk, "ends_on": ends_on.isoformat()})
    return door, secret


@transaction.atomic
def close_door(*, by: Access, door: LogDoor) -> LogDoor:
    """Revoke a token: from now on nothing is taken by it."""
    require(by, "sitelogs.keep", door)
    if door.revoked_at is None:
        door.revoked_at = timezone.now()
        door.save(update_fields=["revoked_at"])
        history.record(by=by, verb="sitelogs.door_closed", obj=door)
    return door


def note_door(*, door: LogDoor) -> None:
    """Keep the day on which a token was last used; written at most once a day."""
    today = timezone.localdate()
    if door.last_used_on != today:
        LogDoor.objects.filter(Q(last_used_on=None) | Q(last_used_on__lt=today), pk=door.pk).update(last_used_on=today)


# Holds -----------------------------------------------------------------------------------------------------------


@transaction.atomic
def hold(
    *, by: Access, log: LogSetting, since: date, until: date, why: str, because_of: because.Reason | None = None
) -> LogHold:
    """Hold lines for a live case: no segment with lines of these days is disposed of while it stands."""
    require(by, "sitelogs.hold", log)
    if by.person is None:
        raise PermissionDenied("somebody has to answer for it")
    if until < since:
        raise Refused(_("The days are the wrong way round."))
    row = LogHold.objects.create(
        agency_id=log.agency_id,
        log=log,
        since=since,
        until=until,
        why=why,
        because_type=because_of.label if because_of else "",
        because_id=because_of.pk if because_of else None,
        made_by=by.person,
    )
    facts = {"log": log.pk, "since": since.isoformat(), "until": until.isoformat()}
    history.record(by=by, verb="sitelogs.held", obj=row, facts=facts, digests={"why": why})
    because.tie(by=by, reason=because_of, target=row, kind="held")
    return row


@transaction.atomic
def release_hold(*, by: Access, hold: LogHold) -> LogHold:
    """End a hold: the lines go when their time has come."""
    require(by, "sitelogs.hold", hold)
    if hold.released_at is None:
        hold.released_at, hold.released_by = timezone.now(), by.person
        hold.save(update_fields=["released_at", "released_by"])
        history.record(by=by, verb="sitelogs.hold_released", obj=hold)
    return hold


# Whether it stands -----------------------------------------------------------------------------------------------


@transaction.atomic
def note_verified(*, by: Access, log: LogSetting, fault: str = "") -> LogSetting:
    """Write down that a filter's evidence was held against its hashes, and the first segment that does not hold."""
    log.verified_at, log.fault = timezone.now(), fault[:200]
    log.save(update_fields=["verified_at", "fault"])
    history.record(by=by, verb="sitelogs.verified", obj=log, facts={"whole": not fault})
    return log
