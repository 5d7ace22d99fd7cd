"""The next thing to do with an incident: the one main button of its page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ..choices import WAITING, Alarm, DutyKind, ReferralState, Status
from ..models import Duty
from .handling import ALLEGATION_FIRST, FIRST_LOOK
from .states import passed
from .story import CaseFile

AT_ONCE = timedelta(hours=1)


@dataclass(frozen=True)
class Next:
    """A button, why it is the next thing, and by when it is owed where it has a clock."""

    text: str
    url: str
    why: str = ""
    due_at: datetime | None = None
    duty: int | None = None  # what it sees to


MOST = 4


def next_steps(case: CaseFile) -> list[Next]:
    """What to do next and after that, of what this person may do; empty where nothing waits for them.

    What has to be referred at once stands before everything else, with a concern about staff HR or the LADO; then the
    chart, other referrals, the written record, answers that wait, the rest that is owed, support, and the conclusion.
    """
    found: dict[str, Next] = {}
    for step in _steps(case, timezone.now()):
        found.setdefault(step.url, step)
        if len(found) == MOST:
            break
    return list(found.values())


def _steps(case: CaseFile, now: datetime) -> Iterator[Next]:
    if case.incident.status == Status.CONCLUDED:
        yield from _debrief(case)
        return
    offered: set[int | None] = set()
    for step in _first_steps(case, now):
        offered.add(step.duty)
        yield step
    yield from _rest(case, offered)


def _first_steps(case: CaseFile, now: datetime) -> Iterator[Next]:
    yield from _first_told(case)
    yield from _referrals(case, [duty for duty in _to_refer(case) if duty.due_at <= now + AT_ONCE])
    yield from _drafts(case)
    yield from _refused(case)
    yield from _silent(case, now)
    yield from _chart(case)
    yield from _referrals(case, _to_refer(case))
    yield from _written_record(case)
    yield from _evidence(case)
    yield from _answers(case, now)


def _debrief(case: CaseFile) -> Iterator[Next]:
    """The debrief comes after the conclusion (Checklists, the incident chart)."""
    duty = next((duty for duty in case.owed if duty.kind == DutyKind.DEBRIEF), None)
    if duty and case.access.can("incidents.debrief", case.incident):
        url = reverse("incidents:debrief", args=[case.incident.pk])
        yield Next(_("Write the debrief"), url, duty.title, duty.due_at, duty.pk)


def _first_told(case: CaseFile) -> Iterator[Next]:
    """A concern about staff: HR or the LADO hears of it before anything else (Leeds; Harrow 5.2; KCSIE part 4)."""
    first = [duty for duty in _to_refer(case) if duty.key == ALLEGATION_FIRST]
    yield from _referrals(case, first, _("Ring them first"))


def _to_refer(case: CaseFile) -> list[Duty]:
    return [duty for duty in case.owed if duty.kind == DutyKind.REFER and duty.to]


def _referrals(case: CaseFile, duties: list[Duty], text: str = "") -> Iterator[Next]:
    if not case.access.can("incidents.refer", case.incident):
        return
    drafted = {one.to: one for one in case.referrals if one.state == ReferralState.DRAFTED}
    for duty in duties:
        if duty.to in drafted:
            url = reverse("incidents:referral", args=[case.incident.pk, drafted[duty.to].pk])
        else:
            url = f"{reverse('incidents:referral-new', args=[case.incident.pk])}?duty={duty.pk}"
        yield Next(text or _("Refer it now"), url, duty.title, duty.due_at, duty.pk)


def _drafts(case: CaseFile) -> Iterator[Next]:
    for one in case.referrals:
        if one.state == ReferralState.DRAFTED and case.access.can("incidents.refer", case.incident):
            url = reverse("incidents:referral", args=[case.incident.pk, one.pk])
            yield Next(_("Make the referral"), url, _("%(who)s does not know of it yet.") % {"who": one.to_name})


def _chart(case: CaseFile) -> Iterator[Next]:
    if not case.access.can("incidents.walk", case.incident):
        return
    open_ones = [one for one in case.passages if one.ended_at is None]
    if open_ones:
        url = reverse("incidents:walk", args=[case.incident.pk, open_ones[-1].pk])
        yield Next(_("Go on with the chart"), url, _("“%(chart)s” was begun.") % {"chart": open_ones[-1].title})
    elif not case.passages:
        url = reverse("incidents:walk-start", args=[case.incident.pk])
        look = next((duty for duty in case.owed if duty.key == FIRST_LOOK), None)
        why = _("A chart leads you to the right people, one question at a time.")
        yield Next(_("Find out what to do"), url, why, look.due_at if look else None)


def _written_record(case: CaseFile) -> Iterator[Next]:
    duty = next((duty for duty in case.owed if duty.kind == DutyKind.RECORD), None)
    if duty and case.access.can("incidents.note", case.incident):
        url = f"{reverse('incidents:written-record', args=[case.incident.pk])}?duty={duty.pk}"
        yield Next(_("Write the record"), url, duty.title, duty.due_at, duty.pk)


def _evidence(case: CaseFile) -> Iterator[Next]:
    duty = next((duty for duty in case.owed if duty.kind == DutyKind.PRESERVE), None)
    if duty and not case.chains and case.access.can("incidents.take_in", case.incident):
        url = reverse("incidents:evidence-add", args=[case.incident.pk])
        yield Next(_("Write down where the evidence is"), url, duty.title, duty.due_at, duty.pk)


def _refused(case: CaseFile) -> Iterator[Next]:
    for one in case.referrals:
        if one.state == ReferralState.REFUSED and case.access.can("incidents.refer", case.incident):
            url = reverse("incidents:referral-decide", args=[case.incident.pk, one.pk])
            why = _("%(who)s does not take it on. The child still needs somebody.") % {"who": one.to_name}
            yield Next(_("Decide what to do now"), url, why)


def _silent(case: CaseFile, now: datetime) -> Iterator[Next]:
    """Those that were sent, and of which nobody said in time that they have them."""
    for one in case.referrals if case.access.can("incidents.refer", case.incident) else ():
        if passed(one).alarm(now) == Alarm.NOT_ACKNOWLEDGED:
            url, who = reverse("incidents:referral", args=[case.incident.pk, one.pk]), {"who": one.to_name}
            why = _("Not acknowledged: nobody there has said that they have it.")
            yield Next(_("Ring %(who)s and ask whether they have it") % who, url, why, one.acknowledge_due_at)


def _answers(case: CaseFile, now: datetime) -> Iterator[Next]:
    if not case.access.can("incidents.refer", case.incident):
        return
    waiting = [one for one in case.referrals if one.state in WAITING]
    late = [one for one in waiting if passed(one).alarm(now) == Alarm.OVERDUE]
    for one in [*late, *(one for one in waiting if one.state == ReferralState.SENT and one not in late)]:
        url, who = reverse("incidents:referral", args=[case.incident.pk, one.pk]), {"who": one.to_name}
        if one in late:
            yield Next(_("Ring %(who)s for an answer") % who, url, _("The answer is overdue."), one.answer_due_at)
        else:
            yield Next(_("Say whether it arrived"), url, _("%(who)s has not said that they have it.") % who)


def _offered(case: CaseFile, duty: Duty) -> bool:
    """Whether the duty is to follow the chart, which is offered already."""
    if duty.key != FIRST_LOOK or any(one.ended_at for one in case.passages):
        return False
    return case.access.can("incidents.walk", case.incident)


def _rest(case: CaseFile, offered: set[int | None]) -> Iterator[Next]:
    """What else is owed, and, where nothing is, the conclusion. ``offered``: the duties that have a button already."""
    owed = [duty for duty in case.owed if duty.kind != DutyKind.DEBRIEF]
    rest = [duty for duty in owed if duty.pk not in offered and not _offered(case, duty)]
    if rest and case.access.can("incidents.note", case.incident):
        duty, url = rest[0], reverse("incidents:duties", args=[case.incident.pk])
        yield Next(_("See what is still owed"), url, duty.title, duty.due_at)
    waiting = [one for one in case.referrals if one.state in WAITING]
    if owed or waiting or not case.access.can("incidents.conclude", case.incident):
        return
    open_questions = case.undecided()
    if open_questions:
        url = f"{reverse('incidents:people', args=[case.incident.pk])}#support"
        yield Next(_("Decide on support"), url, _("Not decided yet: %(what)s.") % {"what": open_questions[0].missing})
    else:
        url = reverse("incidents:conclude", args=[case.incident.pk])
        yield Next(_("Conclude it"), url, _("Nothing is owed any more."))
