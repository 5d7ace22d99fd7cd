"""Operations of the room, by subject; import them from here."""

from .indicators import (
    NotPossible,
    add_indicator,
    freeze_quarters,
    retire_indicator,
    set_indicator,
    snapshot_all,
    take_snapshot,
    take_up,
)
from .neighbours import give_file, take_in
from .releases import NotEnded, downloaded, refresh_running, release_all, release_ended, release_quarter

__all__ = [
    "NotEnded",
    "NotPossible",
    "add_indicator",
    "downloaded",
    "freeze_quarters",
    "give_file",
    "refresh_running",
    "release_all",
    "release_ended",
    "release_quarter",
    "retire_indicator",
    "set_indicator",
    "snapshot_all",
    "take_in",
    "take_snapshot",
    "take_up",
]
