"""The list of incidents: filtered, sorted, and a page of it with few queries, whatever the rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone, translation

from safeboard.core import times
from safeboard.core.access import Access
from safeboard.library import queries as library
from safeboard.library.schemas import Classification
from safeboard.partnership import queries as partnership
from safeboard.partnership.models import Setting

from ..choices import ReferralState, Status
from ..models import Incident, Referral, Walk
from .states import Owed, Passed, State, of_incident
from .visible import open_duties, visible_to

SORTS = {
    "reference": ("year", "serial", "pk"),
    "reported": ("reported_at", "pk"),
    "happened": ("happened_on", "pk"),
    "kind": ("scenario", "-reported_at", "-pk"),
    "status": ("status", "-reported_at", "-pk"),
}
COLUMNS = (
    "pk",
    "year",
    "serial",
    "pack",
    "scenario",
    "classification",
    "setting_id",
    "happened_on",
    "reported_at",
    "status",
    "concluded_at",
    "allegation",
)


@dataclass(frozen=True)
class Row:
    """A row of the list: open fields in words, never case text."""

    pk: int
    reference: str
    kind: str
    classification: str
    setting: str
    happened: str
    reported: str
    allegation: bool
    state: State


@dataclass(frozen=True)
class Choosing:
    """What can be chosen in the filter of a place: ids and titles."""

    scenarios: list[tuple[str, str]]
    classifications: list[tuple[str, str]]
    settings: list[tuple[int, str]]


def choosing(access: Access) -> Choosing:
    """The kinds, classifications and settings of the agency acted for."""
    pack = partnership.pack_of(access)
    known = pack in library.packs()
    kinds = library.items(pack, "classifications") if known else []
    aspects = [one for one in kinds if isinstance(one, Classification) and one.group == "aspect"]
    return Choosing(
        scenarios=library.choices(pack, "incident-kinds") if known else [],
        classifications=[(one.id, str(one.title)) for one in aspects],
        settings=list(Setting.objects.filter(agency_id=access.own_agency).order_by("name").values_list("pk", "name")),
    )


def found(access: Access, wanted: Mapping[str, Any], sort: str = "") -> QuerySet[Incident]:
    """The incidents that this person may know of and that fit the filter, sorted. Unknown sorts are the newest first.

    wanted: status, scenario, classification, setting (id), since, until (dates of the report), late (something is).
    """
    rows = visible_to(access)
    for name in ("status", "scenario", "classification"):
        if wanted.get(name):
            rows = rows.filter(**{name: wanted[name]})
    if wanted.get("setting"):
        rows = rows.filter(setting_id=wanted["setting"])
    if wanted.get("since"):
        rows = rows.filter(reported_at__gte=_midnight(wanted["since"]))
    if wanted.get("until"):
        rows = rows.filter(reported_at__lt=_midnight(wanted["until"] + timedelta(days=1)))
    if wanted.get("late"):
        late = open_duties().filter(incident=OuterRef("pk"), due_at__lt=timezone.now())
        rows = rows.filter(Exists(late)).exclude(status=Status.CONCLUDED)
    return rows.order_by(*order_of(sort))


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


def rows_of(incidents: QuerySet[Incident], settings: Mapping[int, str]) -> list[Row]:
    """A page of incidents as rows, in three queries. ``settings``: names by id."""
    walks = Exists(Walk.objects.filter(incident=OuterRef("pk")))
    values = list(incidents.annotate(walked=walks).values(*COLUMNS, "walked"))
    owed, passed = _owed_of([row["pk"] for row in values if row["status"] != Status.CONCLUDED])
    now, labels = timezone.now(), _Labels()
    return [
        Row(
            pk=row["pk"],
            reference=f"{row['year']}-{row['serial']:04d}",
            kind=labels[row["pack"], "incident-kinds", row["scenario"]],
            classification=labels[row["pack"], "classifications", row["classification"]],
            setting=settings.get(row["setting_id"], ""),
            happened=day(row["happened_on"]),
            reported=day(timezone.localtime(row["reported_at"]).date()),
            allegation=row["allegation"],
            state=of_incident(
                row["status"], row["concluded_at"], owed[row["pk"]], passed[row["pk"]], row["walked"], now
            ),
        )
        for row in values
    ]


def _owed_of(ids: Iterable[int]) -> tuple[dict[int, list[Owed]], dict[int, list[Passed]]]:
    """Open duties and referrals that wait, by incident."""
    ids = list(ids)
    owed: dict[int, list[Owed]] = defaultdict(list)
    passed: dict[int, list[Passed]] = defaultdict(list)
    duties = open_duties().filter(incident_id__in=ids).order_by("due_at", "pk")
    for incident, title, due_at in duties.values_list("incident_id", "title", "due_at"):
        owed[incident].append(Owed(title, due_at))
    waiting = [ReferralState.DRAFTED, ReferralState.SENT, ReferralState.ACKNOWLEDGED]
    referrals = Referral.objects.filter(incident_id__in=ids, state__in=waiting).order_by("pk")
    for incident, name, state, due in referrals.values_list("incident_id", "to_name", "state", "answer_due_at"):
        passed[incident].append(Passed(name, state, due))
    return owed, passed


class _Labels(dict[tuple[str, str, str], str]):
    """Titles of a pack's items, each looked up once."""

    def __missing__(self, key: tuple[str, str, str]) -> str:
        self[key] = found = library.label(*key)
        return found


def day(moment: date) -> str:
    """'3 March 2026', worked out once for each day."""
    return _day(moment, translation.get_language())


@lru_cache(maxsize=4096)
def _day(moment: date, language: str) -> str:
    return times.exact(moment)
