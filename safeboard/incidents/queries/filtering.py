"""Which incidents a list shows: the filter, its order, and nothing that the person may not know of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from safeboard.core.access import Access

from ..choices import Images, Kin, Status
from ..models import Incident, Involved, Referral
from .referring import in_alarm
from .searching import digests_of, holding, reads_whole
from .visible import open_duties, owed_by, visible_to

Narrow = Callable[[QuerySet[Incident], Access, Any, datetime], QuerySet[Incident]]
SORTS = {
    "reference": ("year", "serial", "pk"),
    "reported": ("reported_at", "pk"),
    "happened": ("happened_on", "pk"),
    "kind": ("scenario", "-reported_at", "-pk"),
    "status": ("status", "-reported_at", "-pk"),
}


def found(access: Access, wanted: Mapping[str, Any], sort: str = "") -> QuerySet[Incident]:
    """The incidents that this person may know of and that fit the filter, sorted. Unknown sorts are the newest first.

    wanted: status, scenario, classification, setting (id), since, until (dates of the report), late (something is),
    alarm (of a referral), mine (I owe something), images, reported (by me), words; for handlers also again (a child in
    it is in another one too) and person (id of somebody involved: where else the same name stands).
    """
    return fitting(access, moments(access, wanted), timezone.now()).order_by(*order_of(sort))


def moments(access: Access, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """What of the filter is used, its days as moments, its words by their digests."""
    used = {name: value for name, value in wanted.items() if value}
    for name, days in (("since", 0), ("until", 1)):
        if name in used:
            used[name] = _midnight(used[name] + timedelta(days=days))
    for name in ("setting", "person"):
        if name in used:
            used[name] = int(used[name])
    if "words" in used:
        used["words"] = digests_of(access, used["words"])
    return used


def fitting(access: Access, wanted: Mapping[str, Any], now: datetime) -> QuerySet[Incident]:
    """The incidents that this person may know of and that fit the filter as ``moments`` gives it, in no order."""
    rows = visible_to(access)
    for name in ("status", "scenario", "classification"):
        if wanted.get(name):
            rows = rows.filter(**{name: wanted[name]})
    if wanted.get("setting"):
        rows = rows.filter(setting_id=wanted["setting"])
    if wanted.get("since"):
        rows = rows.filter(reported_at__gte=wanted["since"])
    if wanted.get("until"):
        rows = rows.filter(reported_at__lt=wanted["until"])
    if wanted.get("images"):
        rows = rows.exclude(images=Images.NO)
    if wanted.get("reported"):
        rows = rows.filter(reported_by=access.person)
    for name, narrowed in _NARROWED.items():
        if name in wanted:
            rows = narrowed(rows, access, wanted[name], now)
    return rows.order_by()


def _late(rows: QuerySet[Incident], access: Access, _on: Any, now: datetime) -> QuerySet[Incident]:
    late = open_duties().filter(incident=OuterRef("pk"), due_at__lt=now)
    return rows.filter(Exists(late)).exclude(status=Status.CONCLUDED)


def _alarmed(rows: QuerySet[Incident], access: Access, alarm: str, now: datetime) -> QuerySet[Incident]:
    return rows.filter(Exists(Referral.objects.filter(in_alarm(alarm, now), incident=OuterRef("pk"))))


def _mine(rows: QuerySet[Incident], access: Access, _on: Any, _now: datetime) -> QuerySet[Incident]:
    return rows.filter(pk__in=owed_by(access).values("incident"))


def _again(rows: QuerySet[Incident], access: Access, _on: Any, _now: datetime) -> QuerySet[Incident]:
    """A child in it is in another incident that this person reads: known by the digest of the name."""
    readable = visible_to(access).filter(reads_whole(access)).values("pk")
    other = Involved.objects.filter(kin=Kin.CHILD, name_index=OuterRef("name_index"), incident__in=readable)
    here = Involved.objects.filter(incident=OuterRef("pk"), kin=Kin.CHILD).exclude(name_index="")
    return rows.filter(Exists(here.filter(Exists(other.exclude(incident=OuterRef("incident"))))), reads_whole(access))


def _same_person(rows: QuerySet[Incident], access: Access, involved: int, _now: datetime) -> QuerySet[Incident]:
    """Where the same name stands as that of somebody involved in an incident that this person reads."""
    readable = visible_to(access).filter(reads_whole(access)).values("pk")
    named = Involved.objects.filter(pk=involved, incident__in=readable).exclude(name_index="").values("name_index")
    return rows.filter(
        reads_whole(access), Exists(Involved.objects.filter(incident=OuterRef("pk"), name_index__in=named))
    )


_NARROWED: dict[str, Narrow] = {
    "late": _late,
    "alarm": _alarmed,
    "mine": _mine,
    "again": _again,
    "person": _same_person,
    "words": holding,
}


def order_of(sort: str) -> tuple[str, ...]:
    """The order for a word of the address, with a minus before it for descending."""
    fields = SORTS.get(sort.removeprefix("-"))
    if fields is None:
        return ("-reported_at", "-pk")
    if not sort.startswith("-"):
        return fields
    return tuple(name.removeprefix("-") if name.startswith("-") else f"-{name}" for name in fields)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
