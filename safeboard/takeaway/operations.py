"""Taking everything of a place away, and bringing it into an empty installation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django_scopes import scopes_disabled

from safeboard.core import history
from safeboard.core.access import Access, require
from safeboard.incidents.operations.searching import rebuild
from safeboard.outbox.operations import send
from safeboard.partnership import queries as partnership

from .bringing import Brought, CannotBring, checked, poured
from .giving import given
from .queries import told_of_taking

__all__ = ["Brought", "CannotBring", "bring", "take"]


def take(*, by: Access, why: str) -> Iterator[bytes]:
    """The parts of a ZIP with everything of the place acted in that this person may read, made while it is sent.

    That it was taken, by whom and why stands in the history before the first part is given, and the others who answer
    for the place are told. Nothing of it is kept. Raises PermissionDenied (Toolkit s3, data protection: subject to who
    may know).
    """
    require(by, "takeaway.take")
    with transaction.atomic():
        history.record(by=by, verb="takeaway.taken", digests={"why": why})
        for person in told_of_taking(by):
            send(
                by=by,
                to=person,
                kind="everything-taken",
                subject=_("A copy of everything was taken"),
                body=_("%(who)s took a copy of everything that %(place)s has here. If you do not know why, ask them.")
                % {"who": by.person, "place": by.place.name if by.place else ""},
            )
    guide = render_to_string("takeaway/guide.md", {"place": by.place, "at": timezone.now(), "who": by.person})
    return given(by, guide=guide)


def bring(*, by: Access, path: Path, key: str = "") -> Brought:
    """Read such a ZIP into this installation, which must be empty; gives what came in. All of it or nothing.

    Raises PermissionDenied for a person, CannotBring with the reason in plain words.
    """
    require(by, "takeaway.bring")
    folder = checked(path, key)
    with folder, scopes_disabled(), transaction.atomic():
        brought = poured(folder.name)
        history.record(by=by, verb="takeaway.brought", facts={"rows": brought.rows, "left": brought.left})
    if partnership.every_agency().exists():
        rebuild()
    return brought
