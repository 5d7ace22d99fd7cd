"""Keys of forms: the same form sent twice is one, and nobody can point at a row of somebody else's."""

from __future__ import annotations

import uuid

from safeboard.core.access import Access

from ..models import Incident


def own_key(form_key: uuid.UUID | None, by: Access, incident: Incident) -> uuid.UUID:
    """The key that is kept: of this form, this person and this incident; a fresh one where the form had none."""
    if form_key is None:
        return uuid.uuid4()
    return uuid.uuid5(form_key, f"{incident.pk}:{by.person.pk if by.person else 0}")
