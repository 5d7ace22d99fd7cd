"""The door for programs: a filter sends its lines with a token. It takes, and tells nothing of what is kept.

    POST /logs/in/KEY/    Authorization: Bearer sbl_...    Content-Encoding: gzip or zstd, or none

201 taken in, 200 these bytes were there already, 401 no token in use, 413 too large, 415 packed in another way, 422
not taken, and why (not to be read, no room, busy): sent again later, nothing is lost or doubled.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from safeboard.core import wall
from safeboard.core.access import Access, Place
from safeboard.core.page import open_page
from safeboard.core.roles import PlaceKind

from ..errors import Refused
from ..models import LogDoor, LogSetting
from ..operations import keeping, taking
from ..queries import find_door

LARGEST = 64_000_000  # bytes as they are sent
PACKED = {"", "identity", "gzip", "zstd"}


@csrf_exempt
@open_page(
    reason="a filter's program sends lines with the token of its one filter; it reads nothing", methods=("POST",)
)
def door(request: HttpRequest, key: str) -> HttpResponse:
    """Take lines in for the filter of the token, and of no other."""
    kind, _space, secret = request.headers.get("Authorization", "").partition(" ")
    found = find_door(secret.strip()) if kind.lower() == "bearer" else None
    if found is None:
        answer = _said(401, "Send the filter’s token in the header ‘Authorization: Bearer …’.")
        answer["WWW-Authenticate"] = 'Bearer realm="Safeboard logs"'
        return answer
    if request.headers.get("Content-Encoding", "").strip().lower() not in PACKED:
        return _said(415, "Pack the lines with gzip or zstd, or send them plain.")
    with wall.open_for(agencies=[found.agency_id], casework=[found.agency_id]):
        log = LogSetting.objects.filter(pk=found.log_id, key=key).first()
        if log is None:
            return _said(401, "This token is of another filter.")
        content = _body(request)
        if content is None:
            return _said(413, f"At most {LARGEST:,} bytes at once. Nothing was taken; send smaller parts.")
        return _taken(found, log, content)


def _taken(found: LogDoor, log: LogSetting, content: bytes) -> HttpResponse:
    if not content:
        return _said(422, "Nothing was sent.")
    place = Place(PlaceKind.AGENCY, found.agency_id, "")
    by = Access(person=None, place=place, job=f"sitelogs.door:{found.pk}", extras={"log": log.pk})
    try:
        row = taking.take_sent(by=by, log=log, content=content)
    except Refused as why:
        return _said(422, str(why))
    keeping.note_door(door=found)
    counts = {"lines": row.lines, "unreadable": row.unreadable, "sha256": row.sha256, "again": row.again}
    return JsonResponse(counts, status=200 if row.again else 201)


def _body(request: HttpRequest) -> bytes | None:
    """What was sent, read no further than the limit; None where it is more."""
    content = request.META.get("wsgi.input") and request.read(LARGEST + 1)
    return None if content is not None and len(content) > LARGEST else content or b""


def _said(status: int, detail: str, **more: Any) -> JsonResponse:
    return JsonResponse({"detail": detail, **more}, status=status)
