"""An action of somebody who left never vanishes: it goes to whoever leads the place, and says so."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core import history
from safeboard.core.access import Access
from safeboard.core.roles import Role
from safeboard.outbox import operations as outbox

from ..models import Action
from ..queries.plan_people import leaders, orphaned


def pass_on(*, by: Access) -> int:
    """Pass on what is owed by people who left; gives how many moved. The caller opens the wall for every place."""
    return sum(pass_one_on(by=by, action=action) for action in orphaned())


@transaction.atomic
def pass_one_on(*, by: Access, action: Action) -> int:
    """Give one action to its agency's lead, or the board's officer, and tell them; 1 where it moved."""
    row = Action.objects.select_for_update(of=("self",)).get(pk=action.pk)
    if row.owner_id is None or row.owner_id != action.owner_id:
        return 0
    row.left, row.owner, row.passed_on = row.owner, None, timezone.localdate()
    row.owner_role = Role.ESAFETY_OFFICER if row.agency_id is None else Role.AGENCY_LEAD
    row.warned_on = row.late_on = None
    row.save()
    history.record(by=by, verb="strategy.passed_on", obj=row, facts={"from": row.left_id, "to": row.owner_role})
    for person in leaders(row):
        outbox.send(
            by=by,
            to=person,
            kind="action-passed-on",
            subject=_("Safeboard: an action has come to you"),
            body=_("Whoever saw to an action has left, so it has come to you: %(link)s")
            % {"link": outbox.link(row.url)},
            about=row,
            dedupe=f"action-passed-on:{row.pk}:{row.left_id}:{person.pk}",
        )
    return 1
