"""What the story says of referrals, of decisions to share, and of how the incident came here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from safeboard.core.access import Access

from ..choices import Share
from ..models import Incident, Received, Referral, SharingDecision
from .line import Line


def referred(referrals: Iterable[Referral], *, reads_all: bool) -> Iterator[Line]:
    """The lines of an incident's referrals; what others wrote of the case is for who reads the whole of it."""
    for one in referrals:
        who, href = {"who": one.to_name}, reverse("incidents:referral", args=[one.incident_id, one.pk])
        if one.sent_at is None:
            yield Line(one.made_at, _("Referral to %(who)s prepared, not sent") % who, href=href)
        else:
            by = one.sent_by.name if one.sent_by else ""
            how = str(one.get_how_display()) if one.how else ""
            yield Line(one.sent_at, _("Referred to %(who)s") % who, by=by, text=how, href=href)
        if one.acknowledged_at:
            yield Line(one.acknowledged_at, _("%(who)s has received the referral") % who, href=href)
        if one.accepted_at:
            yield Line(one.accepted_at, _("%(who)s has taken it on") % who, href=href)
        if one.refused_at:
            text = one.refused_why if reads_all else ""
            yield Line(one.refused_at, _("%(who)s has refused it") % who, text=text, href=href)
        if one.answered_at:
            text = one.outcome if reads_all else ""
            yield Line(one.answered_at, _("%(who)s has answered") % who, text=text, href=href)
        if one.withdrawn_at:
            yield Line(one.withdrawn_at, _("Referral to %(who)s withdrawn") % who, href=href)


def sharing_of(access: Access, incident: Incident) -> list[SharingDecision]:
    """The decisions to share or not, newest first: all of them, or those that this person made."""
    rows = SharingDecision.objects.filter(incident=incident).select_related("by", "referral")
    return list(rows if access.can("incidents.read", incident) else rows.filter(by=access.person))


def shared(rows: Iterable[SharingDecision]) -> Iterator[Line]:
    """The lines of decisions to share or not."""
    for one in rows:
        title = _("Decided to share") if one.decision == Share.SHARE else _("Decided not to share")
        title = f"{title}: {one.with_whom}" if one.with_whom else title
        href = reverse("incidents:sharing", args=[one.incident_id])
        yield Line(one.at, title, by=one.by.name if one.by else "", text=one.reason, href=href)


def came_here(incident: Incident) -> Iterator[Line]:
    """How it came here, where another body or agency referred it."""
    for one in Received.objects.filter(incident=incident).defer("packet", "said"):
        who, href = {"who": one.from_name}, reverse("incidents:received", args=[one.pk])
        yield Line(one.at, _("Referred to us by %(who)s") % who, href=href)
        if one.written_at:
            yield Line(one.written_at, _("%(who)s has confirmed it in writing") % who, href=href)
        if one.answered_at:
            yield Line(one.answered_at, _("We have answered %(who)s") % who, text=one.answer, href=href)
        if one.withdrawn_at:
            yield Line(one.withdrawn_at, _("%(who)s has withdrawn the referral") % who, href=href)
