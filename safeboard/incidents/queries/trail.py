"""The history of a record in plain words: who did what, and who saw it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeboard.core import history
from safeboard.core.access import Access
from safeboard.core.models import Entry

from ..choices import Images, Kin
from ..models import Duty, Incident

ONE_LOOK = timedelta(minutes=10)
VERBS: dict[str, Promise | str] = {
    "incidents.reported": gettext_lazy("Reported it"),
    "incidents.saw": gettext_lazy("Looked at the record"),
    "incidents.noted": gettext_lazy("Added to the story"),
    "incidents.changed": gettext_lazy("Changed details"),
    "incidents.images": gettext_lazy("The chart marked it as about images of children, perhaps"),
    "incidents.person_added": gettext_lazy("Added somebody involved"),
    "incidents.account_connected": gettext_lazy("Said which account somebody involved has"),
    "incidents.walk_started": gettext_lazy("Began to follow a chart"),
    "incidents.walked": gettext_lazy("Answered a question of the chart"),
    "incidents.walk_back": gettext_lazy("Went back a step in the chart"),
    "incidents.walk_ended": gettext_lazy("Came to the end of the chart"),
    "incidents.duty_raised": gettext_lazy("Something became owed"),
    "incidents.duty_done": gettext_lazy("Something owed was done"),
    "incidents.duty_dropped": gettext_lazy("Something was said to be no longer owed"),
    "incidents.duty_passed_on": gettext_lazy("Something owed went to the substitute"),
    "incidents.duty_due": gettext_lazy("A reminder was sent: something is due soon"),
    "incidents.duty_late": gettext_lazy("A reminder was sent: something is late"),
    "incidents.referral_drafted": gettext_lazy("Prepared a referral"),
    "incidents.referred": gettext_lazy("Made a referral"),
    "incidents.referral_details": gettext_lazy("Added details to a referral"),
    "incidents.referral_printed": gettext_lazy("Took the summary of a referral as a document"),
    "incidents.acknowledged": gettext_lazy("Recorded that a referral was received"),
    "incidents.answered": gettext_lazy("Recorded the answer to a referral"),
    "incidents.withdrawn": gettext_lazy("Withdrew a referral"),
    "incidents.referral_accepted": gettext_lazy("Recorded that a referral was accepted"),
    "incidents.referral_refused": gettext_lazy("Recorded that a referral was refused"),
    "incidents.refusal_decided": gettext_lazy("Decided what to do about a refused referral"),
    "incidents.referral_closed": gettext_lazy("Closed a referral"),
    "incidents.back_here": gettext_lazy("No other body has it any more"),
    "incidents.hand_on_prepared": gettext_lazy("Prepared a referral to another agency of the board"),
    "incidents.sharing_decided": gettext_lazy("Wrote down a decision to share or not"),
    "incidents.call_taken": gettext_lazy("Recorded a referral to us by telephone"),
    "incidents.writing_arrived": gettext_lazy("Recorded that the confirmation in writing has come"),
    "incidents.alarm": gettext_lazy("A reminder was sent: a referral needs somebody"),
    "incidents.passed_up": gettext_lazy("A reminder was sent to the substitute"),
    "incidents.evidence_taken_in": gettext_lazy("Entered evidence in the register"),
    "incidents.evidence_handed_over": gettext_lazy("Recorded that evidence was handed over"),
    "incidents.custody_printed": gettext_lazy("Took a custody sheet as a document"),
    "incidents.file_added": gettext_lazy("Added a file"),
    "incidents.file_refused": gettext_lazy("A file was refused"),
    "incidents.file_taken_out": gettext_lazy("Took a file out, with a reason"),
    "incidents.file_removed": gettext_lazy("Removed a file on police instruction"),
    "incidents.pack_asked": gettext_lazy("Asked for an evidence pack, with a reason"),
    "incidents.pack_made": gettext_lazy("An evidence pack was made"),
    "incidents.pack_failed": gettext_lazy("An evidence pack could not be made"),
    "incidents.pack_taken": gettext_lazy("Took an evidence pack"),
    "incidents.exported": gettext_lazy("Took it out of the service with others"),
    "incidents.sealed_off": gettext_lazy("Files were sealed away"),
    "incidents.support_decided": gettext_lazy("Decided on support"),
    "incidents.discussed": gettext_lazy("Wrote down a strategy discussion"),
    "incidents.minuted": gettext_lazy("Added to the minutes of a strategy discussion"),
    "incidents.minutes_printed": gettext_lazy("Took the minutes of a strategy discussion as a document"),
    "incidents.threshold": gettext_lazy("Decided how grave the concern about staff is"),
    "incidents.risk_assessed": gettext_lazy("Assessed the risk"),
    "incidents.online_described": gettext_lazy("Wrote down what is particular online"),
    "incidents.allegation_printed": gettext_lazy("Took the record of the concern as a document"),
    "incidents.concluded": gettext_lazy("Concluded it"),
    "incidents.reopened": gettext_lazy("Opened it again"),
    "incidents.told": gettext_lazy("Began to write down what a child told them"),
    "incidents.worry_sent": gettext_lazy("It was sent in"),
    "incidents.worry_more": gettext_lazy("They wrote more"),
    "incidents.worry_read": gettext_lazy("Read it"),
    "incidents.worry_answered": gettext_lazy("Answered"),
    "incidents.worry_passed": gettext_lazy("Passed it on"),
    "incidents.worry_ended": gettext_lazy("Ended it"),
    "incidents.worry_late": gettext_lazy("A reminder was sent: it was not read or answered in time"),
    "incidents.alerts_tied": gettext_lazy("It was made from alerts of a product"),
    "incidents.debriefed": gettext_lazy("Wrote a debrief"),
    "incidents.no_debrief": gettext_lazy("Said that no debrief is needed"),
    "incidents.lesson_learned": gettext_lazy("Learned a lesson from it"),
    "incidents.serious_begun": gettext_lazy("Began a text for the board, without names"),
    "incidents.serious_written": gettext_lazy("Wrote on the text for the board"),
    "incidents.serious_asked": gettext_lazy("Asked a second person to confirm the text for the board"),
    "incidents.serious_returned": gettext_lazy("Gave the text for the board back"),
    "incidents.serious_released": gettext_lazy("Confirmed the text for the board, which has a copy now"),
    "core.linked": gettext_lazy("Linked it to another record"),
}
# What the story itself shows as changes of state; the rest of it has rows of its own.
IN_STORY = (
    "incidents.reported",
    "incidents.images",
    "incidents.changed",
    "incidents.person_added",
    "incidents.sealed_off",
    "incidents.concluded",
    "incidents.reopened",
    "incidents.debriefed",
    "incidents.no_debrief",
    "incidents.lesson_learned",
    "incidents.serious_released",
)


@dataclass(frozen=True)
class Trace:
    """One line of the history."""

    number: int
    at: datetime
    who: str
    what: str
    detail: str
    look: bool


def entries(incident: Incident) -> QuerySet[Entry]:
    """The history of an incident that was found behind the wall, newest first."""
    return history.of(incident)


def recent_looks(by: Access, incident: Incident) -> QuerySet[Entry]:
    """This person's looks at the record in the last ten minutes, for which one entry stands."""
    since = timezone.now() - ONE_LOOK
    return history.of(incident).filter(person=by.person, verb="incidents.saw", at__gte=since).order_by()


def traces(incident: Incident, found: Sequence[Entry]) -> list[Trace]:
    """Entries of an incident in plain words, each with the name of what was owed, where it is about that."""
    named = {entry.facts["duty"] for entry in found if "duty" in entry.facts}
    owed = dict(Duty.objects.filter(incident=incident, pk__in=named).values_list("pk", "title"))
    return [trace(entry, owed) for entry in found]


def trace(entry: Entry, owed: Mapping[int, str] = MappingProxyType({})) -> Trace:
    """An entry in plain words. A verb that has none yet is shown as it is: nothing is left out."""
    return Trace(
        number=entry.number,
        at=entry.at,
        who=history.who(entry),
        what=str(VERBS.get(entry.verb, entry.verb)),
        detail=owed.get(entry.facts.get("duty", 0)) or detail(entry.facts),
        look=entry.verb == "incidents.saw",
    )


def detail(facts: dict[str, Any]) -> str:
    """What the facts of an entry add to its verb: the fields that were changed, whom somebody is."""
    if facts.get("fields"):
        return ", ".join(_field(name) for name in facts["fields"])
    if facts.get("kin") in Kin.values:
        return str(Kin(facts["kin"]).label)
    if facts.get("images") in Images.values:
        return _("Pictures of a child: %(answer)s") % {"answer": Images(facts["images"]).label}
    return ""


def _field(name: str) -> str:
    try:
        return str(Incident._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    except FieldDoesNotExist:
        return name.replace("_", " ")
