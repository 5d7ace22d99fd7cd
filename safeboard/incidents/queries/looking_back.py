"""Debriefs and serious reviews of an incident, as a person may read them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from safeboard.core.access import Access
from safeboard.core.roles import Role
from safeboard.library import queries as library
from safeboard.library.schemas import Prompt, Urgency

from ..choices import DutyKind, Images, SeriousState
from ..models import BoardReview, Debrief, Duty, Incident, Lesson, SeriousReview
from ..rules import ALLEGATION_ROLES, CASE_ROLES, of_weight
from .lessons import lessons_of
from .visible import about, open_duties, visible_to


def is_of_weight(incident: Incident) -> bool:
    """Whether a debrief is owed without anybody asking for it: see rules.of_weight."""
    return of_weight(
        images=incident.images != Images.NO,
        allegation=incident.allegation,
        referred_to=incident.referrals.filter(sent_at__isnull=False).values_list("to", flat=True),
        at_once=any(_urgent(*walk) for walk in incident.walks.values_list("pack", "chart", "version", "outcome")),
    )


def _urgent(pack: str, chart: str, version: int, outcome: str) -> bool:
    """Whether a passage through a chart ended in something that has to be done now."""
    if not outcome:
        return False
    try:
        shape = library.chart(pack, chart, version)
    except library.UnknownItem:
        return False
    return any(one.id == outcome and one.urgency == Urgency.NOW for one in shape.outcomes)


@dataclass
class Looking:
    """What the part 'Review' of a record shows."""

    debriefs: list[Debrief]
    owed: Duty | None
    weighty: bool
    serious: SeriousReview | None
    lessons: list[Lesson]

    @property
    def held(self) -> list[Debrief]:
        return [one for one in self.debriefs if one.needed]

    @property
    def may_skip(self) -> bool:
        """A small matter that nobody has talked over, and of which nobody has said that none need."""
        return not self.weighty and not self.debriefs


def looking(access: Access, incident: Incident) -> Looking:
    """Debriefs, what is owed of them, the review for the board, and what was learned."""
    return Looking(
        debriefs=list(Debrief.objects.filter(incident=incident).select_related("by")),
        owed=open_duties().filter(incident=incident, kind=DutyKind.DEBRIEF).order_by("due_at", "pk").first(),
        weighty=is_of_weight(incident),
        serious=SeriousReview.objects.filter(incident=incident).select_related("prepared_by", "released_by").first(),
        lessons=list(lessons_of(access).filter(incident=incident)),
    )


def serious_of(access: Access) -> QuerySet[SeriousReview]:
    """The serious reviews that this person may read. Who handles the incident: each. The responsible person: those that
    wait for a second person or are with the board. The subject of a concern: none.
    """
    rows = SeriousReview.objects.select_related("incident", "prepared_by", "released_by", "for_board")
    seen = Q(pk__in=[])
    if access.roles & set(CASE_ROLES):
        seen |= Q(incident__allegation=False, incident__in=visible_to(access).values("pk"))
    if access.roles & set(ALLEGATION_ROLES):
        seen |= Q(incident__allegation=True, incident__in=visible_to(access).values("pk"))
    if Role.RESPONSIBLE_PERSON in access.roles:
        seen |= Q(state__in=[SeriousState.ASKED, SeriousState.RELEASED])
    return rows.filter(seen).exclude(incident__in=about(access))


def asked(access: Access) -> QuerySet[SeriousReview]:
    """Those that wait for somebody to confirm them, but those that this person wrote: see ``is_second``."""
    return serious_of(access).filter(state=SeriousState.ASKED).exclude(prepared_by=access.person)


def board_reviews(access: Access) -> QuerySet[BoardReview]:
    """The serious incidents of the board acted for, newest first."""
    return BoardReview.objects.filter(board_id=access.board_id or 0)


def prompts(pack: str, group: str) -> list[Prompt]:
    """The questions of a group from the pack: debrief, serious, team; none where the pack is not there."""
    if pack not in library.packs():
        return []
    return [one for one in library.items(pack, "prompts") if isinstance(one, Prompt) and one.group == group]
