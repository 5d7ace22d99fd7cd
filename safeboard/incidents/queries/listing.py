"""A page of the list of incidents with few queries, whatever the rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone, translation

from safeboard.core import times
from safeboard.core.access import Access
from safeboard.library import queries as library
from safeboard.library.schemas import Classification
from safeboard.partnership import queries as partnership
from safeboard.partnership.models import Setting

from ..choices import UNFINISHED, Status
from ..models import Incident, Referral, Walk
from .searching import Place
from .states import FIELDS, Owed, Passed, State, of_incident
from .visible import open_duties

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
    places: list[Place] = field(default_factory=list)


@dataclass(frozen=True)
class Choosing:
    """What can be chosen in the filter of a place: ids and titles."""

    scenarios: list[tuple[str, str]]
    classifications: list[tuple[str, str]]
    settings: list[tuple[int, str]]
    handles: bool = False


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
        handles=access.can("incidents.read"),
    )


def rows_of(
    incidents: QuerySet[Incident], settings: Mapping[int, str], places: Mapping[int, list[Place]] | None = None
) -> list[Row]:
    """A page of incidents as rows, in three queries. ``settings``: names by id; ``places``: where words stand."""
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
            places=(places or {}).get(row["pk"], []),
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
    referrals = Referral.objects.filter(incident_id__in=ids, state__in=UNFINISHED).order_by("pk")
    for incident, *of in referrals.values_list("incident_id", *FIELDS):
        passed[incident].append(Passed(*of))
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
