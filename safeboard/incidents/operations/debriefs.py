"""The debrief: raised for every incident of weight, held, or said not to be needed (Checklists, the incident chart)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core import history
from safeboard.core.access import Access, require

from ..choices import DutyKind, Owner
from ..errors import Refused
from ..models import Debrief, Duty, Incident
from ..queries import open_duties
from ..queries.looking_back import is_of_weight
from ..rules import words_only
from .duties import raise_duty, settle
from .keys import own_key

WITHIN = timedelta(days=14)  # the time is ours: soon enough to remember, late enough for calm
KEY = "debrief"
TEXTS = ("well", "badly", "how_prevented", "response", "learned", "took_part")


def raise_debrief(*, by: Access, incident: Incident) -> Duty | None:
    """Have an incident of weight talked over, once it is concluded or its referral is answered.

    None where it is not of weight, where one is owed already, or where one was held or said not to be needed.
    """
    owed = open_duties().filter(incident=incident, kind=DutyKind.DEBRIEF).exists()
    if owed or incident.debriefs.exists() or not is_of_weight(incident):
        return None
    return _raise(by, incident)


def _raise(by: Access, incident: Incident) -> Duty:
    return raise_duty(
        by=by,
        incident=incident,
        key=f"{KEY}:{incident.debriefs.count()}",
        kind=DutyKind.DEBRIEF,
        title=_("Talk it over with those who took part, and write the debrief"),
        owner=Owner.DESIGNATED_OFFICER,
        due_at=timezone.now() + WITHIN,
    )


@transaction.atomic
def ask_for_debrief(*, by: Access, incident: Incident) -> Duty:
    """The officer wants an incident talked over, whatever its weight. Owed already: gives that duty."""
    require(by, "incidents.debrief", incident)
    owed = open_duties().filter(incident=incident, kind=DutyKind.DEBRIEF).order_by("due_at").first()
    return owed or _raise(by, incident)


@transaction.atomic
def hold_debrief(
    *, by: Access, incident: Incident, given: Mapping[str, Any], form_key: uuid.UUID | None = None
) -> Debrief:
    """Write down a debrief and give it back; what was owed of it is settled. The same form twice is one.

    given: held_on, well, badly, prevented, how_prevented, effective, response, learned, took_part. It can be held on a
    concluded incident too.
    """
    require(by, "incidents.debrief", incident)
    words_only(*(given.get(name, "") for name in TEXTS))
    if given["held_on"] > timezone.localdate():
        raise Refused(_("The day it was held must be today or in the past."))
    debrief, made = Debrief.objects.get_or_create(
        key=own_key(form_key, by, incident),
        defaults={"agency_id": incident.agency_id, "incident": incident, "by": by.person, **given},
    )
    if made:
        texts = {name: given[name] for name in TEXTS if given.get(name)}
        history.record(by=by, verb="incidents.debriefed", obj=incident, facts={"debrief": debrief.pk}, digests=texts)
        settle(by=by, incident=incident, kind=DutyKind.DEBRIEF)
    return debrief


@transaction.atomic
def no_debrief(*, by: Access, incident: Incident) -> Debrief:
    """Say of a small matter that no debrief is needed: one tap. Refused where it is one of weight.

    What a chart or somebody asked for is no longer owed then.
    """
    require(by, "incidents.debrief", incident)
    if is_of_weight(incident):
        raise Refused(_("This was grave enough that those who took part should talk it over. A few lines are enough."))
    skipped = incident.debriefs.first()
    if skipped:
        return skipped
    skipped = Debrief.objects.create(agency_id=incident.agency_id, incident=incident, needed=False, by=by.person)
    history.record(by=by, verb="incidents.no_debrief", obj=incident)
    for duty in open_duties().filter(incident=incident, kind=DutyKind.DEBRIEF):
        duty.dropped_at, duty.dropped_why = timezone.now(), _("A small matter: no debrief needed.")
        duty.save(update_fields=["dropped_at", "dropped_why"])
        history.record(by=by, verb="incidents.duty_dropped", obj=incident, facts={"duty": duty.pk})
    return skipped
