"""A page of the list of incidents with few queries, whatever the rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from itertools import chain
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils import timezone, translation

from safeboard.core import times
from safeboard.core.access import Access
from safeboard.core.built import built_once
from safeboard.library import queries as library
from safeboard.library.schemas import Classification
from safeboard.partnership import queries as partnership
from safeboard.partnership.models import Setting

from ..choices import UNFINISHED, Status
from ..models import Duty, Incident, Referral, Walk
from . import filtering
from .searching import Digests, Place
from .states import FIELDS, Owed, Passed, State, of_incident
from .visible import open_duties

PAGE, FOUND = 50, 20  # rows of a page; of one on which words are looked up
NONE = 0  # the id of no incident
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
        settings=_settings(access),
        handles=access.can("incidents.read"),
    )


@built_once
def _settings(access: Access) -> QuerySet[Setting, tuple[int, str]]:
    return Setting.objects.filter(agency_id=access.own_agency).order_by("name").values_list("pk", "name")


Columns = dict[str, Any]


def page_of(access: Access, wanted: Mapping[str, Any], sort: str, number: str | None) -> Page[Columns]:
    """A page of the list, the columns of its incidents in it. Two queries. ``number``: as the address has it."""
    now, given = timezone.now(), filtering.moments(access, wanted)
    digests: Digests | None = given.pop("words", None)
    size = PAGE if digests is None else FOUND
    names = (tuple(given), None if digests is None else len(digests))
    values = [*given.values(), *chain.from_iterable(digests or ())]
    page: Page[Any] = Paginator(range(sum(_count(access, names, now, *values))), size).get_page(number)
    page.object_list = _page(access, (names, sort, page.start_index(), size), now, *values)
    return page


Names = tuple[tuple[str, ...], int | None]  # of what is wanted; how many words are looked for, None: it is no search


def _wanted(names: Names, values: Sequence[Any]) -> dict[str, Any]:
    """What is wanted, of its names and values; the digests of the words come last, as many of each word."""
    named, words = names
    wanted = dict(zip(named, values, strict=False))
    if words is not None:
        digests = values[len(named) :]
        wanted["words"] = [digests[at * len(digests) // words :][: len(digests) // words] for at in range(words)]
    return wanted


@built_once
def _count(access: Access, names: Names, now: datetime, *values: Any) -> QuerySet[Incident, int]:
    rows = filtering.fitting(access, _wanted(names, values), now).values("agency_id")
    return rows.annotate(many=Count("pk")).values_list("many", flat=True)


@built_once
def _page(access: Access, how: tuple[Names, str, int, int], now: datetime, *values: Any) -> QuerySet[Incident, Columns]:
    names, sort, first, size = how
    rows = filtering.fitting(access, _wanted(names, values), now)
    start = max(first - 1, 0)
    return _columns(rows.order_by(*filtering.order_of(sort)))[start : start + size]


def _columns(rows: QuerySet[Incident]) -> QuerySet[Incident, Columns]:
    return rows.annotate(walked=Exists(Walk.objects.filter(incident=OuterRef("pk")))).values(*COLUMNS, "walked")


def rows_of(
    access: Access,
    values: Sequence[Columns],
    settings: Mapping[int, str],
    places: Mapping[int, list[Place]] | None = None,
) -> list[Row]:
    """A page of incidents as rows, in two queries. ``settings``: names by id; ``places``: where words stand."""
    owed, passed = _owed_of(access, [row["pk"] for row in values if row["status"] != Status.CONCLUDED])
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


def _owed_of(access: Access, ids: Sequence[int]) -> tuple[dict[int, list[Owed]], dict[int, list[Passed]]]:
    """Open duties and referrals that wait, by incident."""
    asked = [*ids, *[NONE] * (PAGE - len(ids))]  # always as many, so that the queries are the same
    owed: dict[int, list[Owed]] = defaultdict(list)
    passed: dict[int, list[Passed]] = defaultdict(list)
    for incident, title, due_at in _duties(access, *asked):
        owed[incident].append(Owed(title, due_at))
    for incident, *of in _referrals(access, *asked):
        passed[incident].append(Passed(*of))
    return owed, passed


@built_once
def _duties(access: Access, *incidents: int) -> QuerySet[Duty, Any]:
    rows = open_duties().filter(incident_id__in=incidents).order_by("due_at", "pk")
    return rows.values_list("incident_id", "title", "due_at")


@built_once
def _referrals(access: Access, *incidents: int) -> QuerySet[Referral, Any]:
    rows = Referral.objects.filter(incident_id__in=incidents, state__in=UNFINISHED).order_by("pk")
    return rows.values_list("incident_id", *FIELDS)


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
