"""The chain of custody in the story and on paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeboard.core.access import Access

from ..choices import Custody
from ..models import EvidenceFile, Incident
from .evidence import Chain
from .line import Line

LINES_TO_SIGN = 4
HANDED = {
    Custody.KEPT: gettext_lazy("Evidence %(number)s is now kept by %(taker)s"),
    Custody.HANDED_ON: gettext_lazy("Evidence %(number)s handed to %(taker)s"),
    Custody.RETURNED: gettext_lazy("Evidence %(number)s given back to %(taker)s"),
    Custody.DISPOSED: gettext_lazy("Evidence %(number)s disposed of"),
}


def kept(chains: Iterable[Chain], *, opens: bool) -> Iterator[Line]:
    """What the story tells of evidence: taken in, handed over, its files. ``opens``: whether lines lead to it."""
    for chain in chains:
        item, number = chain.item, {"number": chain.item.label}
        href = reverse("incidents:evidence-item", args=[item.incident_id, item.pk]) if opens else ""
        yield Line(item.taken_in_at, _("Evidence %(number)s taken in") % number, str(chain.first), item.what, href)
        for row, giver, taker in chain.passages:
            title = HANDED[Custody(row.state)] % {**number, "taker": taker}
            yield Line(row.at, title, str(giver), row.why, href)
        for file in item.files.all():
            yield from _filed(file, number, href)


def _filed(file: EvidenceFile, number: dict[str, str], href: str) -> Iterator[Line]:
    by = file.added_by.name if file.added_by else ""
    yield Line(file.added_at, _("File added to evidence %(number)s") % number, by, href=href)
    if file.removed_at:
        by = file.removed_by.name if file.removed_by else ""
        title = _("File of evidence %(number)s removed on police instruction") % number
        yield Line(file.removed_at, title, by, href=href)


def custody_sheet(access: Access, incident: Incident, chain: Chain, title: str) -> str:
    """The chain of custody of a piece of evidence, with room to sign for the next handovers, as HTML for the PDF."""
    context = {
        "title": title,
        "agency": access.place.name if access.place else "",
        "incident": incident,
        "chain": chain,
        "item": chain.item,
        "person": access.person,
        "now": timezone.now(),
        "blank": range(LINES_TO_SIGN),
    }
    return render_to_string("incidents/paper/custody.html", context)
