"""An action that is done, and the rooms that wait for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core import history, links
from safeboard.core.access import Access, require

from ..choices import LIVE, UNFINISHED, State
from ..errors import Refused
from ..models import Action
from .plan import RAISED

Told = Callable[..., object]
_TOLD: dict[str, list[Told]] = {}


def when_done(label: str, function: Told) -> Told:
    """From a room's ``apps.ready``: have ``function`` called when an action that came from such a record is done.

    ``label`` is the source model's ``_meta.label_lower``. It is called as ``function(by=access, action=action,
    source_id=id)`` in the transaction of the change, behind the wall as the acting person has it: what it raises undoes
    the change. The same function twice is one.
    """
    told = _TOLD.setdefault(label, [])
    if function not in told:
        told.append(function)
    return function


@transaction.atomic
def finish_action(*, by: Access, action: Action, evidence: str = "", done_on: date | None = None) -> Action:
    """Say that an action is done, and how one can tell: it is done only with evidence. Twice is once.

    Raises Refused without evidence (words that say where it is, or a file given before), or where nobody works on it.
    """
    require(by, "strategy.work_on", action)
    row = Action.objects.select_for_update().get(pk=action.pk)
    if row.state == State.DONE:
        return row
    if row.state not in LIVE:
        raise Refused(_("Nobody has taken this action on yet, so it cannot be done. Nothing was changed."))
    waits = row.waits.filter(first__state__in=UNFINISHED).select_related("first").first()
    if waits is not None:
        words = _("It waits for “%(first)s”, which is not done yet. Finish that first, or let this one stop waiting.")
        raise Refused(words % {"first": waits.first.title})
    if not evidence.strip() and not row.actionfiles.exists():
        raise Refused(_("Say how one can tell that it was done, or where the evidence is kept."))
    today = timezone.localdate()
    row.state, row.evidence, row.done_by = State.DONE, evidence, by.person
    row.done_on = min(done_on or today, today)
    row.save()
    history.record(
        by=by, verb="strategy.done", obj=row, facts={"on": row.done_on.isoformat()}, digests={"evidence": evidence}
    )
    for link in links.links_of(row).filter(kind=RAISED, to_type=row._meta.label_lower, to_id=row.pk):
        for function in _TOLD.get(link.from_type, ()):
            function(by=by, action=row, source_id=link.from_id)
    return row
