"""What came in, or was begun, and waits for somebody: four kinds of records in one query, for the home page."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import CharField, Count, DateTimeField, F, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast

from safeboard.core.access import Access
from safeboard.core.built import built_once
from safeboard.core.roles import Role

from ..choices import GRAVE_ALERTS, Severity
from ..models import Worry
from .alerts import handled_by, own_words, waiting
from .received import waiting_of
from .visible import drafts_of
from .voice import is_named, readable

NO_TIME = Value(None, output_field=DateTimeField())


class Arrived(NamedTuple):
    """One of them. ``kind``: received, worry, alerts or draft; ``key``: its id, the key of a draft, or how many alerts.

    ``words``: who referred it; whether somebody is in danger, of a worry; how many are grave, of alerts.
    """

    kind: str
    key: str
    state: str
    due_at: datetime | None
    words: str
    names: str


def inbox(access: Access) -> list[Arrived]:
    """What waits for this person in the agency acted for; never a worry that names them. One query.

    For a substitute of the designated officer one more: which worries are theirs hangs on who is free to read them.
    """
    rows = [Arrived(*row) for row in _rows(access, *own_words(access))]
    if Role.DESIGNATED_OFFICER not in access.roles:
        rows += [Arrived(*row) for row in _worries(readable(access))]
    return [one for one in rows if not (one.names and access.person and is_named(access.person, json.loads(one.names)))]


@built_once
def _rows(access: Access, *words: str) -> QuerySet[Any, Any]:
    alerts = handled_by(access, words).filter(waiting()).order_by().values("agency_id")
    grave = Count("pk", filter=Q(severity=Severity.HIGH) | Q(category__in=GRAVE_ALERTS))
    alerts = alerts.annotate(many=Count("pk"), grave=grave)
    parts = [
        _part(waiting_of(access), "received", "pk", state="state", due="look_due_at", words="from_name"),
        _part(alerts, "alerts", "many", words="grave"),
        _part(drafts_of(access), "draft", "form_key", due="due_at"),
    ]
    if Role.DESIGNATED_OFFICER in access.roles:  # reads all but those that name them: left out by ``inbox``
        parts.append(_worries(Worry.objects.filter(agency_id=access.own_agency)))
    return parts[0].union(*parts[1:], all=True)


def _worries(rows: QuerySet[Worry]) -> QuerySet[Any, Any]:
    due = rows.filter(due_at__isnull=False)
    return _part(due, "worry", "pk", state="state", due="due_at", words="danger", names="adult_words")


def _part(
    rows: QuerySet[Any, Any], kind: str, key: str, *, state: str = "", due: str = "", words: str = "", names: str = ""
) -> QuerySet[Any, Any]:
    """The columns of ``Arrived``: each the named field as text, or empty."""
    text = {"a_key": key, "b_state": state, "d_words": words, "e_names": names}
    columns = {name: Cast(field, TextField()) if field else Value("") for name, field in text.items()}
    found = rows.order_by().annotate(**columns, c_due=F(due) if due else NO_TIME)
    return found.annotate(a_kind=Value(kind, CharField())).values_list(
        "a_kind", "a_key", "b_state", "c_due", "d_words", "e_names"
    )
