"""The random review: planned, drawn by chance, looked through, and what was found (Leeds)."""

from __future__ import annotations

import secrets
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core import history, times
from safeboard.core.access import Access, require

from ..choices import Found, Ground, Sure
from ..errors import Refused
from ..models import Authority, LogSetting, Question, RandomReview, ReviewPlan
from ..terms import SCHOOL_DAYS, SCHOOL_HOURS, Terms
from .asking import cleared, note_question

CHANCE = secrets.SystemRandom()
FIRST_DAYS = 28  # how far back the first review of a filter reaches


@transaction.atomic
def plan_reviews(*, by: Access, log: LogSetting, weeks: int, minutes: int, next_on: date) -> ReviewPlan:
    """Say how often a filter's lines are looked through at random, and when next; what held before is replaced."""
    require(by, "sitelogs.keep", log)
    given = {"weeks": weeks, "minutes": minutes, "next_on": next_on, "stopped_at": None}
    plan, _made = ReviewPlan.objects.update_or_create(log=log, defaults={"agency_id": log.agency_id, **given})
    facts = {"weeks": weeks, "minutes": minutes, "next_on": next_on.isoformat()}
    history.record(by=by, verb="sitelogs.review_planned", obj=plan, facts=facts)
    return plan


def draw(start: date, end: date, minutes: int) -> tuple[datetime, datetime]:
    """A slot by chance: so many minutes within school hours of a school day, from ``start`` to before ``end``.

    Where there is no school day between, the days of the week before ``end`` are taken.
    """
    days = [start + timedelta(days=n) for n in range((end - start).days)]
    days = [day for day in days if day.weekday() in SCHOOL_DAYS]
    days = days or [day for n in range(1, 8) if (day := end - timedelta(days=n)).weekday() in SCHOOL_DAYS]
    opens, closes = (one.hour * 60 + one.minute for one in SCHOOL_HOURS)
    at = opens + CHANCE.randrange(max(1, closes - opens - minutes + 1))
    since = timezone.make_aware(datetime.combine(CHANCE.choice(days), time(at // 60, at % 60)))
    return since, since + timedelta(minutes=minutes)


@transaction.atomic
def begin_review(*, by: Access, plan: ReviewPlan) -> RandomReview:
    """Draw the slot and write down the authority and the question; one that was begun and not ended is given back."""
    require(by, "sitelogs.review", plan)
    cleared(by)
    plan = ReviewPlan.objects.select_for_update().select_related("log__setting").get(pk=plan.pk)
    begun = plan.reviews.filter(done_at=None, made_by=by.person).select_related("question").first()
    if begun is not None:
        return begun
    today = timezone.localdate()
    last = plan.reviews.exclude(done_at=None).first()
    start = timezone.localtime(last.drawn_at).date() if last else today - timedelta(days=FIRST_DAYS)
    since, until = draw(start, today, plan.minutes)
    authority = Authority.objects.create(
        agency_id=by.own_agency,
        ground=Ground.REVIEW,
        reason=_("Random review of %(where)s, %(when)s") % {"where": plan.log.setting.name, "when": times.exact(since)},
        network=Sure.YES,
        made_by=by.person,
    )
    history.record(by=by, verb="sitelogs.authority", obj=authority, facts={"ground": Ground.REVIEW})
    terms = Terms(since=since, until=until)
    question = Question.objects.create(
        agency_id=by.own_agency,
        authority=authority,
        terms=terms.kept(),
        logs=[plan.log_id],
        asked_by=by.person,
    )
    note_question(by=by, terms=terms, logs=[plan.log.key], question=question, facts={"authority": authority.pk})
    review = RandomReview.objects.create(
        agency_id=by.own_agency, plan=plan, question=question, since=since, until=until, made_by=by.person
    )
    history.record(by=by, verb="sitelogs.review_drawn", obj=review, facts={"plan": plan.pk, "question": question.pk})
    return review


@transaction.atomic
def end_review(*, by: Access, review: RandomReview, found: str, note: str) -> RandomReview:
    """Say what a random review found, and who looked; the next one is then due. Nothing found is recorded too.

    Raises Refused where it was ended already, and where nobody looked at the answer yet.
    """
    require(by, "sitelogs.review", review)
    held = RandomReview.objects.select_for_update().select_related("plan", "question").get(pk=review.pk)
    if held.done_at is not None:
        raise Refused(_("This review was ended already. What it found stays as it was written."))
    if found not in (Found.NOTHING, Found.SOMETHING) or not note.strip():
        raise Refused(_("Say what you found, also where it is nothing."))
    if not history.of(held.question).filter(verb="sitelogs.looked", person=by.person).exists():
        raise Refused(_("You have not looked at the lines yet. Open the answer first."))
    held.found, held.note, held.done_by, held.done_at = Found(found), note, by.person, timezone.now()
    held.save(update_fields=["found", "note", "done_by", "done_at"])
    held.plan.next_on = timezone.localdate() + timedelta(weeks=held.plan.weeks)
    held.plan.save(update_fields=["next_on"])
    history.record(by=by, verb="sitelogs.reviewed", obj=held, facts={"found": held.found}, digests={"note": note})
    return held
