"""What the story tells of support, strategy discussions and a concern about staff: for those who read all of it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from ..choices import MinuteKind
from ..models import Discussion, Incident, Minute, OnlineAllegation, RiskAssessment, Support, ThresholdDecision
from .line import Line


def decided(incident: Incident, has: Container[str], supports: Iterable[Support]) -> list[Line]:
    """All lines of these kinds, in no order; ``has`` says which of the rare ones there are (see story.HANGING)."""
    lines = [*_supported(incident, supports)]
    lines += _discussed(incident) if "discussions" in has else []
    return [*lines, *_assessed(incident)] if incident.allegation else lines


def minutes_by_duty(incident: Incident) -> dict[int, Minute]:
    """What stands in the minutes of each duty that a strategy discussion raised, by the key of the duty."""
    rows = Minute.objects.filter(discussion__incident=incident, duty__isnull=False)
    return {row.duty_id: row for row in rows if row.duty_id}


def _by(row: Support | Discussion | Minute | ThresholdDecision | RiskAssessment | OnlineAllegation) -> str:
    return row.by.name if row.by else ""


def _said(*texts: str) -> str:
    return "\n".join(text for text in texts if text)


def _supported(incident: Incident, supports: Iterable[Support]) -> Iterator[Line]:
    href = f"{reverse('incidents:people', args=[incident.pk])}#support"
    for row in supports:
        who = row.involved.name if row.involved and row.involved.name else row.get_question_display()
        title = _("Support: %(who)s") % {"who": who}
        text = _said(str(row.get_state_display()), row.who, row.what, row.why)
        yield Line(row.at, title, by=_by(row), text=text, href=href)


def _discussed(incident: Incident) -> Iterator[Line]:
    minutes = Prefetch("minutes", Minute.objects.select_related("by"))
    for one in Discussion.objects.filter(incident=incident).select_related("by").prefetch_related(minutes):
        href = reverse("incidents:discussion", args=[incident.pk, one.pk])
        yield Line(one.held_at, _("Strategy discussion"), by=_by(one), text=str(one.get_how_display()), href=href)
        for minute in one.minutes.all():
            yield Line(
                minute.written_at,
                _("Strategy discussion: %(what)s") % {"what": MinuteKind(minute.kind).label},
                by=_by(minute),
                text=_said(minute.who, minute.text, minute.why),
                href=f"{href}#minute-{minute.pk}",
            )


def _assessed(incident: Incident) -> Iterator[Line]:
    href = reverse("incidents:concern", args=[incident.pk])
    for level in ThresholdDecision.objects.filter(incident=incident).select_related("by"):
        yield Line(level.at, str(level.get_level_display()), by=_by(level), text=level.why, href=href)
    for risk in RiskAssessment.objects.filter(incident=incident).select_related("by"):
        text = _said(str(risk.get_level_display()), risk.why, risk.measures)
        yield Line(risk.at, _("Risk assessment"), by=_by(risk), text=text, href=href)
    for online in OnlineAllegation.objects.filter(incident=incident).select_related("by"):
        text = _said(str(online.get_finding_display()), online.why)
        yield Line(online.at, _("What is particular online"), by=_by(online), text=text, href=href)
