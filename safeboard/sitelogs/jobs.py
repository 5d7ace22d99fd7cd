"""What the queue's worker does for the room: long answers as files, kept sealed until they are handed out, once."""

from __future__ import annotations

import base64
import json
import zlib

from django_tasks import task

from safeboard.accounts.models import Person
from safeboard.core import wall
from safeboard.core.sealed import CannotOpen, seal, unseal
from safeboard.documents.prepared import keep
from safeboard.partnership import queries as partnership

from . import queries
from .archive import WrongQuestion
from .errors import Refused
from .operations import asking
from .queries import exporting

GIVEN = b"given"  # what is kept of a file that was handed out


@task()
def make_export(key: str, question: int, person: int, place: str, kind: str) -> None:
    """Make a file of an answer as who asked may still have it; why there is none is kept in its place."""
    access = partnership.access_of(Person.objects.get(pk=person), chosen=place)
    if access.place is None or access.place.key != place:
        return
    with wall.open_for(**partnership.scopes(access)):
        asked = queries.find_question(access, question)
        try:
            asking.still_runs(by=access, question=asked)
            content = zlib.compress(exporting.exported(access, asked, kind))
            made = {"file": base64.b64encode(content).decode()}
        except (exporting.NotTaken, Refused, WrongQuestion) as why:
            made = {"why": str(why)}
    keep(key, seal(json.dumps(made), key))


def handed_out(key: str, content: bytes) -> bytes:
    """The file that a job kept under the key, once. Raises exporting.NotTaken, with why there is none."""
    try:
        made = json.loads(unseal(content, key))
    except CannotOpen:
        made = {"why": exporting.GIVEN_ALREADY}
    keep(key, GIVEN)
    if "why" in made:
        raise exporting.NotTaken(str(made["why"]))
    return zlib.decompress(base64.b64decode(made["file"]))
