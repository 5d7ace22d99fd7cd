"""A lesson that becomes an action of the plan: the thread from what happened to what is done about it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from safeboard.core.access import Access, require
from safeboard.partnership.models import Agency, Board
from safeboard.strategy import operations as plan
from safeboard.strategy import queries as plans
from safeboard.strategy.models import Action
from safeboard.strategy.operations import Refused as NotRaised

from ..errors import Refused
from ..models import BoardLesson, Lesson
from ..rules import words_only
from .lessons import names_nobody


@transaction.atomic
def plan_lesson(*, by: Access, lesson: Lesson | BoardLesson, title: str, due_on: date) -> Action:
    """Raise an action of the acting place from a lesson, and give it back; a lesson that has one gives that one.

    An agency's stays with the agency. Raises Refused where it is done, comes from a concern about staff (whose lessons
    only a few may know), or the plan does not take it; NamesStand where the title names somebody.
    """
    require(by, "incidents.keep_lesson", lesson)
    known = plans.actions_of(lesson)
    if known:
        return known[0]
    words_only(title)
    if lesson.done_on:
        raise Refused(_("What was to be done is done already."))
    given: dict[str, Any] = {"title": title, "due_on": due_on, "owner": lesson.owner}
    if isinstance(lesson, Lesson):
        if lesson.incident and lesson.incident.allegation:
            raise Refused(_("It comes from a concern about staff, so it stays among those who may know of that."))
        names_nobody(lesson.agency_id, lesson.incident, {"title": title})
        agency = Agency.objects.select_related("home_board").get(pk=lesson.agency_id)
        given |= {"board": agency.home_board, "agency": agency}
    else:
        given["board"] = Board.objects.get(pk=lesson.board_id)
    address = reverse("incidents:lesson", args=[lesson.key])
    source: dict[str, Any] = {"source_title": _("A lesson"), "source_url": address}
    try:
        return plan.raise_action(by=by, source=lesson, **source, **given)
    except NotRaised as why:
        raise Refused(str(why)) from why
