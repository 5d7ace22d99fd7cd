"""Support that was decided on made-up incidents, before they were concluded."""

from __future__ import annotations

import random
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from safeboard.accounts.models import Person
from safeboard.incidents.choices import SupportFor, SupportState
from safeboard.incidents.models import Incident, Involved, Support
from safeboard.incidents.queries.support import question_of

if TYPE_CHECKING:
    from .incidents import Rows

OFFERED = {
    SupportFor.HARMED: ("A mentor, once a week", "Time with the school counsellor", "Help with blocking and passwords"),
    SupportFor.DID_IT: ("Six talks with the youth worker", "A talk about what it did to the other child"),
    SupportFor.OTHERS: ("Somebody to talk to, for who wants it",),
}
WHY_NOT = ("Asked, and happy as it is. The door stays open.", "Has support at home and from the family worker already.")


class Care:
    """Decides on support for the people of an incident, by chance."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance

    def decide(self, incident: Incident, by: Person, at: datetime, rows: Rows) -> None:
        """Answer all questions of an incident: for each who is named, and for those who are not."""
        named = set()
        for one in reversed(rows.people):
            if one.incident is not incident:
                break
            question = question_of(one)
            if question:
                named.add(question)
                rows.support.append(self._one(incident, question, one, by, at))
        for question in SupportFor:
            if question not in named or question == SupportFor.OTHERS:
                rows.support.append(self._row(incident, question, by, at, state=SupportState.NOBODY))

    def _one(self, incident: Incident, question: SupportFor, one: Involved, by: Person, at: datetime) -> Support:
        state = self.chance.choices(
            [SupportState.OFFERED, SupportState.DECLINED, SupportState.NOT_NEEDED], weights=[7, 2, 2]
        )[0]
        row = self._row(incident, question, by, at, state=state, involved=one)
        if state == SupportState.NOT_NEEDED:
            row.why = self.chance.choice(WHY_NOT)
        else:
            row.what, row.by_whom = self.chance.choice(OFFERED[question]), by.name
        return row

    def _row(self, incident: Incident, question: SupportFor, by: Person, at: datetime, **given: object) -> Support:
        key = UUID(int=self.chance.getrandbits(128), version=4)
        return Support(
            agency=incident.agency, incident=incident, question=question, by=by, at=at, form_key=key, **given
        )
