"""The archive of filter logs: the evidence, the index made from it, the question and the answer.

It knows nothing of people, places or permissions: whoever calls it has asked the room's rules first. Open it with
:func:`current` (the archive of the settings) or ``Archive(folder, keys)``. docs/sitelogs.md says how it is made.
"""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from safeboard.core import keys

from .answer import Answer
from .archive import Archive, Held, Keys, Known
from .cluster import Cluster
from .formats import Columns, UnknownForm, WrongColumns
from .question import Question, Row, WrongQuestion
from .store import Busy, DiskFull
from .taking import NeedsZone, Report, Source

__all__ = [
    "Answer",
    "Archive",
    "Busy",
    "Columns",
    "DiskFull",
    "Held",
    "Keys",
    "Known",
    "NeedsZone",
    "Question",
    "Report",
    "Row",
    "Source",
    "UnknownForm",
    "WrongColumns",
    "WrongQuestion",
    "current",
]


@lru_cache(maxsize=4)
def _opened(folder: Path) -> Archive:
    archive = Archive(folder, Keys(keys.newest_sealing_number, keys.sealing_key))
    if settings.SAFEBOARD_SITELOGS_ENGINE == "spark":
        from pyspark.sql import SparkSession  # the extra "cluster"

        archive.searcher = Cluster(archive.store, SparkSession.builder.appName("safeboard").getOrCreate())
    return archive


def current() -> Archive:
    """The archive that the settings name, opened once."""
    return _opened(Path(settings.SAFEBOARD_SITELOGS_DIR))
