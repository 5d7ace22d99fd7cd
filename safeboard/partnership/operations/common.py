"""What the writes of this room share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from safeboard.core import history
from safeboard.core.access import Access
from safeboard.library import queries as library

Values = Mapping[str, Any]


class ChangedMeanwhile(Exception):
    """Somebody else saved the record after it was opened. Nothing was written; ``record`` is how it stands now."""

    def __init__(self, record: models.Model) -> None:
        super().__init__("the record was changed by somebody else meanwhile")
        self.record = record


def check_kind(pack: str, kind: str, wanted: str, *, field: str = "kind") -> None:
    """Raise ValidationError unless the pack has an item ``wanted`` among its ``kind``."""
    if wanted not in {item.id for item in library.items(pack, kind)}:
        raise ValidationError({field: _("“%(kind)s” is not in the board's list of kinds.") % {"kind": wanted[:60]}})


def check_known(values: Values, allowed: Iterable[str]) -> None:
    """Raise TypeError where a value is given for a field that may not be set this way."""
    unknown = set(values) - set(allowed)
    if unknown:
        raise TypeError(f"not to be set here: {', '.join(sorted(unknown))}")


def set_values(record: models.Model, values: Values) -> list[str]:
    """Set the values on the record and give the names of those that changed. Nothing is saved."""
    changed = [name for name, value in values.items() if getattr(record, name) != value]
    for name in changed:
        setattr(record, name, values[name])
    return changed


def check_unchanged(record: models.Model, seen: datetime | None) -> None:
    """Raise ChangedMeanwhile where the record was saved after ``seen``, the time that the form was made with."""
    now = record.changed_at  # type: ignore[attr-defined]
    if seen is not None and now > seen:
        raise ChangedMeanwhile(record)


def make(*, by: Access, record: models.Model, verb: str, facts: Values | None = None) -> None:
    """Check, save and note a new record."""
    record.full_clean()
    record.save()
    history.record(by=by, verb=verb, obj=record, facts=facts)


def save_changes(
    *, by: Access, record: models.Model, values: Values, verb: str, facts: Values | None = None
) -> list[str]:
    """Set, check and save what differs, and note the names of the fields; nothing is written where nothing differs."""
    changed = set_values(record, values)
    if changed:
        record.full_clean()
        record.save()
        history.record(by=by, verb=verb, obj=record, facts={"fields": sorted(changed), **(facts or {})})
    return changed
