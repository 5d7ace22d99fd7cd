"""Search by words over what one may see, on sealed text: which incidents hold all of them, and where.

Nobody is told of an incident that they may not know of: the search narrows what ``visible_to`` gives. Who handles an
incident searches all of it; who reported it searches what they themselves reported and wrote.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from safeboard.core import words
from safeboard.core.access import Access
from safeboard.core.built import built_once
from safeboard.core.roles import Role

from ..choices import Owner
from ..models import Duty, Incident, IncidentWord
from ..rules import ALLEGATION_ROLES, CASE_ROLES
from .texts import Text, padded, texts_of

AROUND = 50  # signs of the text on each side of a word
MOST_PLACES = 3  # places shown of one incident


@dataclass(frozen=True)
class Place:
    """Where a word stands: the name of the text, and its words around it in pieces, each marked or not."""

    label: str
    pieces: tuple[tuple[str, bool], ...]


def reads_whole(access: Access) -> Q:
    """The condition on incidents that this person reads all of it, as ``incidents.read`` says."""
    whole = Q(pk__in=[])
    if access.roles & {*CASE_ROLES, Role.INSPECTOR}:
        whole |= Q(allegation=False)
    if access.roles & set(ALLEGATION_ROLES):
        whole |= Q(allegation=True)
    if Role.RESPONSIBLE_PERSON in access.roles:
        passed = Duty.objects.filter(owner=Owner.RESPONSIBLE_PERSON, dropped_at__isnull=True)
        whole |= Q(Exists(passed.filter(incident=OuterRef("pk"))))
    return whole


Digests = Sequence[Sequence[int]]


def digests_of(access: Access, text: str) -> Digests:
    """For each word that is asked for, what it may lie under in the index of the agency acted for."""
    return [words.every_blind(word, access.own_agency) for word in words.asked(text)]


def holding(
    rows: QuerySet[Incident], access: Access, asked: Digests, _now: datetime | None = None
) -> QuerySet[Incident]:
    """Those of the incidents that hold all these words in what the person may read. No words: none of them.

    asked: the words as ``digests_of`` gives them.
    """
    if not asked:
        return rows.none()
    whole = reads_whole(access)
    for digests in asked:
        there = IncidentWord.objects.filter(agency_id=access.own_agency, word__in=digests, incident=OuterRef("pk"))
        rows = rows.filter(Exists(there.filter(own=True)) | (Exists(there) & whole))
    return rows


def places(access: Access, incidents: Iterable[int], text: str) -> dict[int, list[Place]]:
    """Where the words stand in these incidents: read from the texts of a page's rows, for this person alone."""
    incidents, asked = list(incidents), set(words.asked(text))
    if not incidents or not asked:
        return {}
    whole = set(_read_whole(access, *padded(incidents)))
    found: dict[int, list[Place]] = defaultdict(list)
    missing = {incident: set(asked) for incident in incidents}
    done: set[int] = set()
    for one in texts_of(incidents, access=access, done=done):
        if one.incident in done or not (one.own or one.incident in whole):
            continue
        place, seen = _place(one, missing[one.incident])
        if place:
            found[one.incident].append(place)
            missing[one.incident] -= seen
            if not missing[one.incident] or len(found[one.incident]) == MOST_PLACES:
                done.add(one.incident)
    return dict(found)


@built_once
def _read_whole(access: Access, *incidents: int) -> QuerySet[Incident, int]:
    return Incident.objects.filter(reads_whole(access), pk__in=incidents).order_by().values_list("pk", flat=True)


def _place(one: Text, wanted: set[str]) -> tuple[Place | None, set[str]]:
    """The piece of a text around the first of these words, with each of them in it marked, and which were met."""
    runs = [(start, end, wanted.intersection(found)) for start, end, found in words.spans(one.text)]
    hits = [run for run in runs if run[2]]
    if not hits:
        return None, set()
    begin = max(0, hits[0][0] - AROUND)
    stop = min(len(one.text), hits[0][1] + AROUND)
    inside = [run for run in hits if run[1] <= stop]
    pieces, at = [("… " if begin else "", False)], begin
    for start, end, _found in inside:
        pieces += [(one.text[at:start], False), (one.text[start:end], True)]
        at = end
    pieces += [(one.text[at:stop], False), (" …" if stop < len(one.text) else "", False)]
    met = set().union(*(found for _start, _end, found in inside))
    return Place(one.label, tuple(piece for piece in pieces if piece[0])), met
