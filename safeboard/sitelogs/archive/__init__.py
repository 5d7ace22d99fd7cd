"""The archive of filter logs: the evidence, the index made from it, the question and the answer.

It knows nothing of people, places or permissions: whoever calls it has asked the room's rules first. Open it with
:func:`current` (the archive of the settings) or ``Archive(folder, keys)``. docs/sitelogs.md says how it is made.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

from safeboard.core import keys

from .apart import Apart, Gone
from .formats import Columns, UnknownForm, WrongColumns
from .question import Question, Row, WrongQuestion
from .store import Busy, DiskFull
from .values import Held, Keys, Known, LookedOver, NeedsZone, Report, Source, opened

if TYPE_CHECKING:
    from .answer import Answer
    from .archive import Archive

__all__ = [
    "Answer",
    "Apart",
    "Archive",
    "Busy",
    "Columns",
    "DiskFull",
    "Gone",
    "Held",
    "Keys",
    "Known",
    "LookedOver",
    "NeedsZone",
    "Question",
    "Report",
    "Row",
    "Source",
    "UnknownForm",
    "WrongColumns",
    "WrongQuestion",
    "current",
    "opened",
]


# What needs the engines of tables is loaded where it is first used: the worker and most pages never do, and stay small.
_LATER = {"Answer": "answer", "Archive": "archive"}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"the archive has no {name!r}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)


@lru_cache(maxsize=4)
def _opened(folder: Path) -> Archive:
    from .archive import Archive

    archive = Archive(folder, Keys(keys.newest_sealing_number, keys.sealing_key))
    if settings.SAFEBOARD_SITELOGS_ENGINE == "spark":
        from pyspark.sql import SparkSession  # the extra "cluster"

        from .cluster import Cluster

        archive.searcher = Cluster(archive.store, SparkSession.builder.appName("safeboard").getOrCreate())
    return archive


def current() -> Archive:
    """The archive that the settings name, opened once."""
    return _opened(Path(settings.SAFEBOARD_SITELOGS_DIR))
