"""Who writes while the server is killed: a small county, with sessions and a token, printed as JSON.

python -m bench.crash_people
"""

from __future__ import annotations

import json
import sys
from datetime import timedelta

import django

django.setup()

from django.utils import timezone  # noqa: E402

from bench.crash_writers import INCIDENTS  # noqa: E402
from bench.people import cookie  # noqa: E402
from safeboard.api import operations as api  # noqa: E402
from safeboard.api.choices import Scope  # noqa: E402
from safeboard.incidents import operations  # noqa: E402
from safeboard.incidents.choices import EvidenceKind  # noqa: E402
from safeboard.incidents.queries.evidence import Party  # noqa: E402
from safeboard.library import queries as library  # noqa: E402
from tests.cast import make_cast  # noqa: E402


def plan() -> dict[str, object]:
    """Cookies of an officer and of a board's officer, a token, incidents with a piece of evidence each."""
    cast = make_cast()
    officer, person = cast.access_for(cast.designated_officer), cast.designated_officer
    fields = {"scenario": "bullying-harassment", "classification": "contact", "how_found": "told-by-child"}
    fields |= {"happened_on": timezone.localdate(), "narrative": "before"}
    places = []
    with cast.wall_of(person):
        scopes = [Scope.INCIDENTS_REPORT, Scope.ALERTS_WRITE]
        day = timezone.localdate() + timedelta(days=9)
        _token, secret = api.make_token(by=officer, name="x", scopes=scopes, ends_on=day)
        for _number in range(INCIDENTS):
            incident = operations.report(by=officer, fields=fields)
            keeper = Party(name="", person=person)
            given = {"kind": EvidenceKind.LOG, "what": "a log", "place": "the safe", "keeper": keeper}
            places.append((incident.pk, operations.take_in(by=officer, incident=incident, **given).pk))
    members = library.choices(cast.board.pack, "agency-kinds")
    settings = dict(library.choices(cast.board.pack, "setting-kinds"))
    kinds = {"agency": str(members[0][1]), "setting": str(settings["library"])}  # a school would need a number
    return {
        "officer": cookie(person),
        "board": cookie(cast.board_officer),
        "token": secret,
        "places": places,
        "agency": cast.agency.name,
        "kinds": kinds,
    }


if __name__ == "__main__":
    json.dump(plan(), sys.stdout)
