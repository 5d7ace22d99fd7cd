"""Where things stand, in a word with its colour and in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils.translation import get_language, gettext, gettext_noop, ngettext

from safeboard.core import times

from ..choices import Alarm, ReferralState, Status
from ..rules import alarm_of

if TYPE_CHECKING:
    from ..models import Referral


@lru_cache(maxsize=256)
def _said(text: str, language: str) -> str:
    return gettext(text)


def _(text: str) -> str:
    """The words in the language in use, looked up once: a list says the same few sentences fifty times."""
    return _said(text, get_language())


SOON = timedelta(hours=24)


@dataclass(frozen=True)
class State:
    """A word, its colour (see the tag of the pages), and a sentence that says it whole."""

    word: str
    colour: str
    sentence: str = ""


@dataclass(frozen=True)
class Owed:
    """What of a duty its state depends on."""

    title: str
    due_at: datetime


@dataclass(frozen=True)
class Passed:
    """What of a referral its state depends on: where it stands, and its three clocks."""

    to_name: str
    state: str
    send_due_at: datetime | None = None
    acknowledge_due_at: datetime | None = None
    answer_due_at: datetime | None = None

    def alarm(self, now: datetime) -> str:
        """Which of the three things is amiss; '' for none."""
        return alarm_of(self.state, self.send_due_at, self.acknowledge_due_at, self.answer_due_at, now)


FIELDS = ("to_name", "state", "send_due_at", "acknowledge_due_at", "answer_due_at")


def passed(referral: Referral) -> Passed:
    """What of a referral its state depends on."""
    return Passed(*(getattr(referral, name) for name in FIELDS))


# Three different things: a word, a colour and a sentence of its own each, everywhere that a referral stands.
ALARMS = {
    Alarm.NOT_SENT: (
        gettext_noop("Not sent"),
        "red",
        gettext_noop("%(who)s does not know of it. It should have been made %(long)s ago."),
    ),
    Alarm.OVERDUE: (
        gettext_noop("Answer overdue"),
        "orange",
        gettext_noop("%(who)s has it, and the answer is late by %(long)s."),
    ),
    Alarm.NOT_ACKNOWLEDGED: (
        gettext_noop("Not acknowledged"),
        "yellow",
        gettext_noop("Sent, but nobody at %(who)s has said that they have it. That is late by %(long)s."),
    ),
}
# What to do about each.
REMEDIES = {
    Alarm.NOT_SENT: gettext_noop("Ring the number below now, then press the button. Nothing else is needed."),
    Alarm.OVERDUE: gettext_noop("Ring and ask for the answer. If a child is not safe meanwhile, say so."),
    Alarm.NOT_ACKNOWLEDGED: gettext_noop(
        "Ring and ask whether they have it. Until they say so, act as though they do not know."
    ),
}
CALM = {
    ReferralState.DRAFTED: (
        gettext_noop("Not sent yet"),
        "grey",
        gettext_noop("Prepared. %(who)s does not know of it yet."),
    ),
    ReferralState.SENT: (
        gettext_noop("Not acknowledged yet"),
        "blue",
        gettext_noop("Sent. %(who)s has not said yet that they have it."),
    ),
    ReferralState.ACKNOWLEDGED: (gettext_noop("With them"), "blue", gettext_noop("%(who)s has it. No answer yet.")),
    ReferralState.ACCEPTED: (
        gettext_noop("Accepted"),
        "blue",
        gettext_noop("%(who)s has taken it on. No answer yet."),
    ),
    ReferralState.REFUSED: (
        gettext_noop("Refused"),
        "red",
        gettext_noop("%(who)s does not take it on. Decide what to do now."),
    ),
    ReferralState.ANSWERED: (gettext_noop("Answered"), "green", gettext_noop("%(who)s has answered.")),
    ReferralState.CLOSED: (gettext_noop("Closed"), "grey", gettext_noop("Nothing more is expected of it.")),
    ReferralState.WITHDRAWN: (gettext_noop("Withdrawn"), "grey", gettext_noop("Not pursued.")),
}


def remedy(referral: Passed, now: datetime) -> str:
    """What to do about what is amiss with a referral; '' where nothing is."""
    alarm = referral.alarm(now)
    return _(REMEDIES[Alarm(alarm)]) if alarm else ""


def of_referral(referral: Passed, now: datetime) -> State:
    """'Not sent', 'not acknowledged' and 'answer overdue' are three different things, and look different."""
    who, alarm = {"who": referral.to_name}, referral.alarm(now)
    if not alarm:
        word, colour, sentence = CALM[ReferralState(referral.state)]
        return State(_(word), colour, _(sentence) % who)
    word, colour, sentence = ALARMS[Alarm(alarm)]
    since = _since(referral, alarm)
    return State(_(word), colour, _(sentence) % {**who, "long": times.long(now - since) if since else ""})


def _since(referral: Passed, alarm: str) -> datetime | None:
    """When the clock of an alarm ran out."""
    if alarm == Alarm.NOT_SENT:
        return referral.send_due_at
    return referral.acknowledge_due_at if alarm == Alarm.NOT_ACKNOWLEDGED else referral.answer_due_at


def of_incident(
    status: str, concluded_at: datetime | None, owed: list[Owed], passed: list[Passed], walked: bool, now: datetime
) -> State:
    """The most pressing thing about an incident. ``owed``: open duties, the soonest first; ``passed``: referrals."""
    if status == Status.CONCLUDED:
        when = times.exact(concluded_at.date()) if concluded_at else ""
        return State(_("Concluded"), "green", _("Concluded on %(when)s.") % {"when": when})
    amiss = [(alarm, one) for one in passed if (alarm := one.alarm(now))]
    if amiss:
        return of_referral(min(amiss, key=lambda pair: list(ALARMS).index(Alarm(pair[0])))[1], now)
    late = [duty for duty in owed if duty.due_at < now]
    if late:
        words = {"what": late[0].title, "long": times.long(now - late[0].due_at)}
        return State(_("Late"), "red", _("%(what)s: late by %(long)s.") % words + _more(len(late) - 1))
    if owed and owed[0].due_at - now < SOON:
        return State(_("Due soon"), "yellow", _owed(owed[0], now))
    if passed:
        return State(_("With another body"), "blue", of_referral(passed[0], now).sentence)
    if owed:
        return State(_("Open"), "grey", _owed(owed[0], now))
    if not walked:
        return State(_("New"), "yellow", _("No chart has been followed yet."))
    return State(_("Open"), "grey", _("Nothing is owed. It can be concluded."))


def _owed(duty: Owed, now: datetime) -> str:
    return _("%(what)s: %(due)s.") % {"what": duty.title, "due": times.due(duty.due_at, now=now)}


def _more(count: int) -> str:
    if not count:
        return ""
    return " " + ngettext("One more is late.", "%(count)s more are late.", count) % {"count": count}
