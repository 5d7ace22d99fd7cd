"""Where things stand, in a word with its colour and in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from django.utils.translation import get_language, gettext, ngettext

from safeboard.core import times

from ..choices import ReferralState, Status


@lru_cache(maxsize=256)
def _said(text: str, language: str) -> str:
    return gettext(text)


def _(text: str) -> str:
    """The words in the language in use, looked up once: a list says the same few sentences fifty times."""
    return _said(text, get_language())


SOON = timedelta(hours=24)
WAITING = (ReferralState.SENT, ReferralState.ACKNOWLEDGED)


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
    """What of a referral its state depends on."""

    to_name: str
    state: str
    answer_due_at: datetime | None


def of_referral(referral: Passed, now: datetime) -> State:
    """'Not sent', 'not acknowledged' and 'answer overdue' are three different things, and look different."""
    who = {"who": referral.to_name}
    if referral.state == ReferralState.DRAFTED:
        return State(_("Not sent"), "red", _("Not sent: %(who)s does not know of it yet.") % who)
    if referral.state in WAITING and referral.answer_due_at and referral.answer_due_at < now:
        late = {**who, "long": times.long(now - referral.answer_due_at)}
        return State(_("Answer overdue"), "orange", _("The answer from %(who)s is late by %(long)s.") % late)
    if referral.state == ReferralState.SENT:
        return State(_("Not acknowledged"), "yellow", _("Sent. %(who)s has not said that they have it.") % who)
    if referral.state == ReferralState.ACKNOWLEDGED:
        return State(_("With them"), "blue", _("%(who)s has it. No answer yet.") % who)
    if referral.state == ReferralState.ANSWERED:
        return State(_("Answered"), "green", _("%(who)s has answered.") % who)
    return State(_("Withdrawn"), "grey", _("Not pursued."))


def of_incident(
    status: str, concluded_at: datetime | None, owed: list[Owed], passed: list[Passed], walked: bool, now: datetime
) -> State:
    """The most pressing thing about an incident. ``owed``: open duties, the soonest first; ``passed``: referrals."""
    if status == Status.CONCLUDED:
        when = times.exact(concluded_at.date()) if concluded_at else ""
        return State(_("Concluded"), "green", _("Concluded on %(when)s.") % {"when": when})
    late = [duty for duty in owed if duty.due_at < now]
    if late:
        words = {"what": late[0].title, "long": times.long(now - late[0].due_at)}
        return State(_("Late"), "red", _("%(what)s: late by %(long)s.") % words + _more(len(late) - 1))
    referrals = [of_referral(one, now) for one in passed]
    for wanted in ("red", "orange"):
        found = next((state for state in referrals if state.colour == wanted), None)
        if found:
            return found
    if owed and owed[0].due_at - now < SOON:
        return State(_("Due soon"), "yellow", _owed(owed[0], now))
    if referrals:
        return State(_("With another body"), "blue", referrals[0].sentence)
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
