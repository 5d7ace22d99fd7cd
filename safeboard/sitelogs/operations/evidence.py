"""Whether the evidence stands: held against its hashes, and on record."""

from __future__ import annotations

from safeboard.core.access import Access, require

from .. import engine
from ..models import LogSetting
from .keeping import note_verified


def verify(*, by: Access, log: LogSetting) -> str:
    """Hold a filter's evidence against its hashes; gives the first segment that does not hold, in words, or ''."""
    require(by, "sitelogs.verify", log)
    fault = engine.first_fault(engine.segments_of(log.key))
    note_verified(by=by, log=log, fault=fault)
    return fault
