"""Every field says how sensitive it is and how long it is kept (UK GDPR art. 5; Toolkit s3, data protection)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kept(Enum):
    """How long a record is kept. A hold on a live case overrides each of these."""

    WHILE_NEEDED = _("as long as the board or agency works with it")
    MEMBERSHIP = _("until two years after the person left")
    CASE = _("25 years after the birth of the youngest child involved, or as the agency sets")
    MESSAGE = _("one year")
    SHORT = _("until it is used or has run out")
    HISTORY = _("as long as the records it speaks of")
    ALWAYS = _("always: it is published")


@dataclass(frozen=True)
class Privacy:
    """How the fields that a model declares are classified.

    open: may be seen by anyone who may see the record; personal: about a living person; confidential: case text,
    sealed at rest or held to the few who may know.
    """

    kept: Kept
    open: tuple[str, ...] = ()
    personal: tuple[str, ...] = ()
    confidential: tuple[str, ...] = ()

    @property
    def fields(self) -> set[str]:
        """All classified field names."""
        return {*self.open, *self.personal, *self.confidential}


# What every walled record has, whoever declares it.
COMMON = Privacy(kept=Kept.WHILE_NEEDED, open=("id", "agency", "board", "reach"))


def classified(model: type[models.Model]) -> dict[str, str]:
    """Field name to class (open, personal, confidential) of a model, its bases' classifications included."""
    found = dict.fromkeys(COMMON.open, "open")
    for base in reversed(model.__mro__):
        privacy = vars(base).get("privacy")
        if isinstance(privacy, Privacy):
            for name in ("open", "personal", "confidential"):
                found.update(dict.fromkeys(getattr(privacy, name), name))
    return found
