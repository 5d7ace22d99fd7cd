"""What referrals take from the packs: how long they may wait, why one may share, who rings us; and the alarms."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Q

from safeboard.core import times
from safeboard.library import queries as library
from safeboard.library.referring import InboundSource, ReferralClock, SharingBasis
from safeboard.library.schemas import Within

from ..choices import WAITING, Alarm, ReferralState

# Where a pack has no clock of its own: one working day for each step.
DAY = Within.model_validate({"within": "P1WD"})


def due(start: datetime, length: Within) -> datetime:
    """The moment by which something is due that a pack gives a length of time for."""
    return times.after(start, length.within, working_days=length.working_days)


def clock_of(pack: str, to: str, *, handed_on: bool = False) -> ReferralClock | None:
    """The clock of an addressee: the one that names it, else the one for all others; None where the pack has none."""
    clocks = [one for one in _items(pack, "referral-clocks") if isinstance(one, ReferralClock)]
    if handed_on:
        return next((one for one in clocks if one.handed_on), None)
    named = (one for one in clocks if to and to in one.to)
    general = (one for one in clocks if not one.to and not one.handed_on)
    return next(named, None) or next(general, None)


def send_by(pack: str, to: str, start: datetime, *, handed_on: bool = False) -> datetime:
    """By when a referral that is prepared has to be sent."""
    clock = clock_of(pack, to, handed_on=handed_on)
    return due(start, clock.send if clock else DAY)


def wait_until(pack: str, to: str, start: datetime, *, handed_on: bool = False) -> tuple[datetime, datetime]:
    """By when a referral that is sent should be acknowledged, and answered."""
    clock = clock_of(pack, to, handed_on=handed_on)
    return due(start, clock.acknowledge if clock else DAY), due(start, clock.answer if clock else DAY)


def bases(pack: str) -> list[SharingBasis]:
    """Why information may be shared, in the pack's words."""
    return [one for one in _items(pack, "sharing-bases") if isinstance(one, SharingBasis)]


def basis(pack: str, wanted: str) -> SharingBasis | None:
    """One of them, or None."""
    return next((one for one in bases(pack) if one.id == wanted), None)


def sources(pack: str) -> Mapping[str, InboundSource]:
    """The bodies that refer to agencies by telephone, by id."""
    return {one.id: one for one in _items(pack, "inbound-sources") if isinstance(one, InboundSource)}


def _items(pack: str, kind: str) -> list[object]:
    return list(library.items(pack, kind)) if pack in library.packs() else []


def in_alarm(alarm: str, now: datetime) -> Q:
    """The condition that a referral is in this alarm, as ``rules.alarm_of`` has it."""
    silent = Q(state=ReferralState.SENT, acknowledge_due_at__lt=now)
    if alarm == Alarm.NOT_SENT:
        return Q(state=ReferralState.DRAFTED, send_due_at__lt=now)
    if alarm == Alarm.NOT_ACKNOWLEDGED:
        return silent
    return Q(state__in=WAITING, answer_due_at__lt=now) & ~silent


def in_any_alarm(now: datetime) -> Q:
    """The condition that something is amiss with a referral."""
    return in_alarm(Alarm.NOT_SENT, now) | in_alarm(Alarm.NOT_ACKNOWLEDGED, now) | in_alarm(Alarm.OVERDUE, now)
