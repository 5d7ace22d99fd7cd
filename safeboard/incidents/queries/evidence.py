"""Reads of evidence: the register, who has what, and how it came to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet, Sum
from django.utils.translation import gettext as _

from safeboard.accounts.models import Person

from ..choices import Custody
from ..models import EvidenceFile, EvidenceItem, EvidencePack, Handover, Incident

MOST_FILES = 20  # of one incident
MOST_BYTES = 25_000_000  # of all its files together
ENDS = (Custody.RETURNED, Custody.DISPOSED)


@dataclass(frozen=True)
class Party:
    """Who gives or takes evidence: a person of the agency, or somebody else by name."""

    person: Person | None = None
    name: str = ""

    def __str__(self) -> str:
        return self.person.name if self.person else self.name

    @property
    def number(self) -> int | None:
        """The person's number, for the history; None for somebody by name."""
        return self.person.pk if self.person else None


@dataclass(frozen=True)
class Chain:
    """Who has a piece of evidence now, where, since when, and how it came to them."""

    item: EvidenceItem
    handovers: tuple[Handover, ...]
    first: Party
    keeper: Party
    place: str
    since: datetime

    @property
    def ended(self) -> bool:
        """Whether it went back to its owner or was disposed of: nobody keeps it any more."""
        return self.item.state in ENDS

    @property
    def passages(self) -> list[tuple[Handover, Party, Party]]:
        """Each handover with both parties."""
        return [(row, giver_of(row), taker_of(row)) for row in self.handovers]


def giver_of(row: Handover) -> Party:
    """Who handed it over."""
    return Party(row.from_person, row.from_name)


def taker_of(row: Handover) -> Party:
    """Who took it."""
    return Party(row.to_person, row.to_name)


def chain_of(item: EvidenceItem) -> Chain:
    """The custody of a piece of evidence; its present keeper is who took it last."""
    rows, first = tuple(item.handovers.all()), Party(item.first_person, item.first_name)
    if not rows:
        return Chain(item, rows, first, first, item.first_place, item.taken_in_at)
    return Chain(item, rows, first, taker_of(rows[-1]), rows[-1].place, rows[-1].at)


def items_of(incident: Incident) -> QuerySet[EvidenceItem]:
    """The register of an incident with handovers and files, in a few queries; the files' content is not read."""
    handovers = Handover.objects.select_related("from_person", "to_person", "recorded_by")
    files = EvidenceFile.objects.defer("content").select_related("added_by", "removed_by", "item")
    return (
        EvidenceItem.objects.filter(incident=incident)
        .select_related("first_person", "recorded_by", "incident")
        .prefetch_related(Prefetch("handovers", handovers), Prefetch("files", files))
    )


def files_of(incident: Incident) -> QuerySet[EvidenceFile]:
    """The files of an incident, without their content."""
    return EvidenceFile.objects.filter(item__incident=incident).defer("content").select_related("item__incident")


def room_for(incident: Incident, size: int) -> str:
    """Why no further file of that size fits, or '' where it does."""
    kept = files_of(incident).filter(removed_at__isnull=True)
    if kept.count() >= MOST_FILES:
        return _("This incident has %(most)s files, and takes no more.") % {"most": MOST_FILES}
    if (kept.aggregate(all=Sum("size"))["all"] or 0) + size > MOST_BYTES:
        return _("The files of this incident would be larger than 25 MB together.")
    return ""


def packs_of(incident: Incident) -> QuerySet[EvidencePack]:
    """The packs of an incident that were asked for, newest first, without their content."""
    return EvidencePack.objects.filter(incident=incident).defer("content").select_related("asked_by", "incident")
