"""What the home page says about the register: what is missing, and who can mend it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safeboard.core.access import Access
from safeboard.core.built import built_once

from ..choices import Missing
from ..models import Agency, Invitation
from .register import missing_conditions, missing_here

Urgency = Literal["late", "soon", "later"]


@dataclass(frozen=True)
class Attention:
    """One line of 'what needs you'."""

    sentence: str
    url: str
    urgency: Urgency


def needs_attention(access: Access) -> list[Attention]:
    """What the register asks of this person in this place, the most urgent first; nothing in other roles."""
    if access.board_id and access.can("partnership.keep_board"):
        return _of_board(access)
    if access.agency_id and access.can("partnership.keep_agency"):
        return _of_agency(access)
    return []


def _board_sentences() -> dict[Missing, tuple[Callable[[int], str], Urgency]]:
    return {
        Missing.OFFICER: (
            lambda n: ngettext(
                "%(n)s agency has no designated officer", "%(n)s agencies have no designated officer", n
            ),
            "late",
        ),
        Missing.LEAD: (
            lambda n: ngettext("%(n)s agency has no e-safety lead", "%(n)s agencies have no e-safety lead", n),
            "soon",
        ),
        Missing.PLAN: (
            lambda n: ngettext(
                "%(n)s agency has a setting without a filtering plan",
                "%(n)s agencies have a setting without a filtering plan",
                n,
            ),
            "later",
        ),
        Missing.POLICY: (
            lambda n: ngettext(
                "%(n)s agency has a setting without an acceptable-use policy",
                "%(n)s agencies have a setting without an acceptable-use policy",
                n,
            ),
            "later",
        ),
    }


def _of_board(access: Access) -> list[Attention]:
    counts = missing_here(access, timezone.localdate())
    url = reverse("partnership:agencies")
    return [
        Attention(say(counts[name]) % {"n": f"{counts[name]:,}"}, f"{url}?missing={name.value}", urgency)
        for name, (say, urgency) in _board_sentences().items()
        if counts[name]
    ]


def _of_agency(access: Access) -> list[Attention]:
    found = next(iter(_agency(access, timezone.localdate())), None)
    if found is None:
        return []
    people, settings = reverse("partnership:people"), reverse("partnership:settings")
    rows: list[tuple[bool, str, str, Urgency]] = [
        (found["officer"], _("Your agency has no designated officer"), people, "late"),
        (found["settings"], _("Your agency has no settings yet"), settings, "soon"),
        (found["plan"], _("One of your settings has no filtering plan"), settings, "soon"),
        (found["policy"], _("One of your settings has no acceptable-use policy"), settings, "soon"),
    ]
    waiting = found["invited"]
    sentence = ngettext("%(n)s invitation waits for an answer", "%(n)s invitations wait for an answer", waiting)
    rows.append((bool(waiting), sentence % {"n": waiting}, people, "later"))
    return [Attention(sentence, url, urgency) for here, sentence, url, urgency in rows if here]


@built_once
def _agency(access: Access, today: date) -> QuerySet[Agency, Any]:
    """What the agency acted for lacks, and how many invitations to it wait for an answer."""
    waiting = Invitation.objects.filter(agency=OuterRef("pk"), used_at=None, withdrawn_at=None).values("agency_id")
    return Agency.objects.filter(pk=access.agency_id or 0).values(
        **{name.value: condition for name, condition in missing_conditions(today).items()},
        invited=Coalesce(Subquery(waiting.annotate(many=Count("pk")).values("many")), 0),
    )
