"""Reads of a concern about staff: what the pack says of it, who handles it, what was decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeboard.core.access import Access
from safeboard.library import queries as library
from safeboard.library.concerns import AllegationPath, QuestionSet
from safeboard.partnership.queries import ContactLine

from ..choices import Kin, Part
from ..models import Incident, Involved, OnlineAllegation, RiskAssessment, ThresholdDecision
from .contacts import lines_for, numbered
from .handling import Post, nobody_left, posts

KNOWN = {"yes": gettext_lazy("Yes"), "no": gettext_lazy("No"), "unknown": gettext_lazy("Not known")}


def path_of(incident: Incident) -> AllegationPath | None:
    """What the incident's pack says of concerns about staff."""
    found = library.items(incident.pack, "allegation-paths") if incident.pack in library.packs() else []
    return next((one for one in found if isinstance(one, AllegationPath)), None)


def questions_of(incident: Incident, name: str) -> QuestionSet | None:
    """A set of questions of the incident's pack."""
    found = library.items(incident.pack, "question-sets") if incident.pack in library.packs() else []
    return next((one for one in found if isinstance(one, QuestionSet) and one.id == name), None)


def answered(questions: QuestionSet, given: Mapping[str, Any]) -> list[dict[str, str]]:
    """The answers as they are kept: each question in the words that were shown, its answer, what was written beside."""
    return [
        {
            "question": str(one.question),
            "answer": str(KNOWN.get(given.get(one.id, ""), "")) if one.answers == "yes-no" else "",
            "words": given.get(f"{one.id}-words", ""),
        }
        for one in questions.questions
    ]


def rung_where_nobody_is_left(access: Access, incident: Incident) -> list[ContactLine]:
    """Whom to ring about a concern that nobody here may handle: for whoever reported it; empty else."""
    path = path_of(incident) if incident.allegation else None
    if path is None or not nobody_left(incident):
        return []
    return numbered(path.last, lines_for(access, incident))


@dataclass(frozen=True)
class Concern:
    """What the page and the paper of a concern about staff show."""

    path: AllegationPath | None
    about: list[Involved]
    posts: list[Post]
    nobody: bool
    first: ContactLine | None
    last: list[ContactLine]
    thresholds: list[ThresholdDecision]
    risks: list[RiskAssessment]
    online: list[OnlineAllegation]

    @property
    def risk_owed(self) -> str:
        """Why a risk assessment is asked for, '' where it is made or not called for."""
        return "" if self.risks else _("Nobody has assessed the risk yet.")


def concern(access: Access, incident: Incident) -> Concern:
    """A concern about staff as somebody sees it who may know of it."""
    path, lines = path_of(incident), lines_for(access, incident)
    staff = Involved.objects.filter(incident=incident, kin=Kin.STAFF, part=Part.CONCERN).select_related("person")
    return Concern(
        path=path,
        about=list(staff),
        posts=posts(incident),
        nobody=nobody_left(incident),
        first=lines.get(path.first) if path else None,
        last=numbered(path.last, lines) if path else [],
        thresholds=list(ThresholdDecision.objects.filter(incident=incident).select_related("by")),
        risks=list(RiskAssessment.objects.filter(incident=incident).select_related("by", "involved")),
        online=list(OnlineAllegation.objects.filter(incident=incident).select_related("by")),
    )
