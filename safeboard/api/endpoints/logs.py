"""The filter logs: a question with its authority, and its answer as lines or counts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest
from ninja import Path, Query, Status

from safeboard.core import because
from safeboard.core.access import Access
from safeboard.incidents.models import Incident
from safeboard.sitelogs import queries
from safeboard.sitelogs.errors import Refused, Stopped
from safeboard.sitelogs.models import Authority, LogSetting
from safeboard.sitelogs.operations import asking
from safeboard.sitelogs.operations.looking import next_part
from safeboard.sitelogs.queries.answer import read_cursor
from safeboard.sitelogs.queries.counting import by_hour
from safeboard.sitelogs.terms import Terms, host_alone

from ..choices import Scope
from ..door import Endpoints, access_of, endpoint
from ..log_schemas import (
    AnswerFilter,
    AnswerPage,
    AuthoritiesOut,
    AuthorityIn,
    CountsOut,
    QuestionIn,
    QuestionOut,
    SettingsOut,
    authority_out,
    line_out,
    question_out,
)
from ..problems import KEPT, Refusal
from ..sending import KEY, own_key

LOGS = Endpoints(tags=["Filter logs"])
ASK = "sitelogs.ask"
MOST_AUTHORITIES = 100
Pk = Annotated[int, Path(ge=1, le=2**63 - 1, description="The number of the question, as asking it gave (id)")]


@LOGS.get("/logs/settings", response={200: SettingsOut}, summary="List the settings whose filter logs are kept")
@endpoint(ASK, scope=Scope.LOGS_ASK)
def log_settings(request: HttpRequest) -> dict[str, Any]:
    """The settings of the own agency that a question can name, by their keys."""
    rows = queries.logs_of(access_of(request))
    return {"settings": [{"key": one.key, "name": one.setting.name} for one in rows]}


@LOGS.get("/logs/authorities", response={200: AuthoritiesOut}, summary="List authorities")
@endpoint(ASK, scope=Scope.LOGS_ASK)
def log_authorities(request: HttpRequest) -> dict[str, Any]:
    """The newest authorities that the token's maker may use or answers for, at most 100."""
    rows = queries.authorities_of(access_of(request))[:MOST_AUTHORITIES]
    return {"authorities": [authority_out(one) for one in rows]}


@LOGS.post("/logs/questions", response={201: QuestionOut}, summary="Ask the filter logs")
@endpoint(ASK, scope=Scope.LOGS_ASK)
def log_ask(request: HttpRequest, given: QuestionIn, key: str | None = KEY) -> Status:
    """Write a question down under its authority, by the same rules as the page; it is answered where it is looked at.

    Without an authority that holds nothing is asked. What may be about whoever asks waits for a second person. Sent
    again with the same Idempotency-Key it is one question. Question and authority are kept together or not at all.
    """
    access, form_key = access_of(request), own_key(request, key)
    terms, logs = _terms(given), _logs(access, given.settings)
    with transaction.atomic():
        with _worded("authority"):
            authority = _authority(access, given.authority, form_key) if given.authority else None
            if authority is None:
                raise Refused(asking.NO_AUTHORITY)
        with _worded("body"):
            made = asking.ask(
                by=access, authority=authority, terms=terms, logs=logs, about_self=given.about_self, form_key=form_key
            )
    return Status(201, question_out(made))


@LOGS.get("/logs/questions/{pk}", response={200: QuestionOut}, summary="Read a question")
@endpoint(ASK, scope=Scope.LOGS_ASK)
def log_question(request: HttpRequest, pk: Pk) -> dict[str, Any]:
    """A question in words, and whether it waits for a second person."""
    return question_out(queries.find_question(access_of(request), pk))


@LOGS.get("/logs/questions/{pk}/lines", response={200: AnswerPage}, summary="Read the answer, line by line")
@endpoint(ASK, scope=Scope.LOGS_ASK, query=AnswerFilter)
def log_lines(request: HttpRequest, pk: Pk, given: Query[AnswerFilter]) -> dict[str, Any]:
    """The lines that answer a question of one's own, the newest first, a page at a time; web addresses made harmless.

    Asking for the first page is a look, and one entry of the question's history; the pages behind it belong to it.
    """
    access = access_of(request)
    question = queries.find_question(access, pk)
    cursor = read_cursor(given.cursor or "", question, access)
    if given.cursor and cursor is None:
        words = "is not one that this answer gave in the last hour; ask without it to begin anew"
        raise Refusal(422, KEPT, [{"field": "cursor", "problem": words}])
    with _answered():
        part = next_part(by=access, question=question, cursor=cursor)
    lines = [line_out(one) for one in part.lines]
    return {"lines": lines, "searched_to": part.searched_to, "next_cursor": part.more or None}


@LOGS.get("/logs/questions/{pk}/counts", response={200: CountsOut}, summary="Count the answer by hour")
@endpoint(ASK, scope=Scope.LOGS_ASK)
def log_counts(request: HttpRequest, pk: Pk) -> dict[str, Any]:
    """How many lines answer a question of one's own, by hour. It is a look, and one entry of the question's history."""
    access = access_of(request)
    question = queries.find_question(access, pk)
    with _answered():
        asking.may_run(by=access, question=question, what="counts")
        hours = sorted(by_hour(question).items())
    return {"total": sum(lines for _, lines in hours), "hours": [{"hour": at, "lines": n} for at, n in hours]}


def _terms(given: QuestionIn) -> Terms:
    host = host_alone(given.host)
    if given.host and not host:
        raise Refusal(422, KEPT, [{"field": "host", "problem": "must be a website such as video.example"}])
    return given.terms(host)


def _logs(access: Access, keys: list[str]) -> list[LogSetting]:
    """The filters of these keys, all of them the own agency's."""
    found = [one for one in queries.logs_of(access) if one.key in set(keys)]
    if len(found) < len(set(keys)):
        words = "must be keys of settings that /logs/settings lists"
        raise Refusal(422, KEPT, [{"field": "settings", "problem": words}])
    return found


def _authority(access: Access, given: AuthorityIn, form_key: UUID | None) -> Authority:
    """The authority that is on record, or one that is recorded now. Raises Refused."""
    if len(given.grounds) != 1:
        raise Refused("Name one of recorded, incident, notice and reason.")
    if given.recorded:
        row = queries.authorities_of(access).filter(pk=given.recorded).first()
        if row is None:
            raise Http404
        return row
    known = because.named(access, Incident._meta.label_lower, given.incident) if given.incident else None
    if given.incident and known is None:
        raise Http404
    return asking.record_authority(by=access, because_of=known, form_key=form_key, **given.fields())


@contextmanager
def _worded(field: str) -> Iterator[None]:
    """What the rules refuse as a fault of the field that it is about."""
    try:
        yield
    except Refused as why:
        raise Refusal(422, KEPT, [{"field": field, "problem": str(why)}]) from None


@contextmanager
def _answered() -> Iterator[None]:
    """What may not be answered now, in words: nothing of the logs was read."""
    try:
        yield
    except Stopped as why:
        raise Refusal(503, str(why)) from None
    except Refused as why:
        raise Refusal(403, str(why)) from None
