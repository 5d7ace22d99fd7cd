"""What went wrong, as JSON in plain English (RFC 9457). What was sent is never said back, nor written to the log."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError
from pydantic import Field

log = logging.getLogger(__name__)


class Wrong(Schema):
    """One thing to put right."""

    field: str = Field(examples=["happened_on"])
    problem: str = Field(examples=["“When did it happen?” must be today or in the past"])


class Problem(Schema):
    """What went wrong, and what to do."""

    title: str = Field(examples=["Something has to be put right"])
    status: int = Field(examples=[422])
    detail: str = Field(examples=["Nothing was kept. Put right what is named below, then send it again."])
    errors: list[Wrong] = []


class Refusal(Exception):
    """A request that is answered with a problem."""

    def __init__(
        self,
        status: int,
        detail: str,
        errors: list[dict[str, str]] | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status, self.detail, self.errors, self.headers = status, detail, errors or [], headers or {}


TITLES = {
    401: "No token, or one that is not in use",
    403: "This token may not do that",
    404: "There is no such thing here",
    409: "It cannot be done as things stand",
    413: "Too much at once",
    415: "Only JSON is read here",
    422: "Something has to be put right",
    429: "Too many requests",
    500: "Something went wrong here",
    503: "Not possible at the moment",
}
KEPT = "Nothing was kept. Put right what is named below, then send it again."
# The kinds of faults that people who write programs make, in words; whatever else is wrong is "cannot be read".
FAULTS = {
    "missing": "is missing",
    "extra_forbidden": "is not known here; leave it out",
    "string_too_long": "is too long",
    "string_too_short": "is empty",
    "too_long": "holds too many",
    "too_short": "holds too few",
    "enum": "must be one of the values listed in the description of the API",
    "literal_error": "must be one of the values listed in the description of the API",
    "greater_than_equal": "is too small",
    "less_than_equal": "is too large",
    "date_from_datetime_parsing": "must be a day such as 2026-03-31",
    "date_parsing": "must be a day such as 2026-03-31",
    "time_parsing": "must be a time such as 14:10",
    "timezone_aware": "must be a time with its offset, such as 2026-03-31T14:10:00+01:00",
    "datetime_from_date_parsing": "must be a time with its offset, such as 2026-03-31T14:10:00+01:00",
    "datetime_parsing": "must be a time with its offset, such as 2026-03-31T14:10:00+01:00",
}


def answer(
    status: int, detail: str, errors: list[dict[str, str]] | None = None, headers: dict[str, str] | None = None
) -> HttpResponse:
    """A problem as a response, which no browser or proxy keeps."""
    title = TITLES.get(status, HTTPStatus(status).phrase)
    body = {"title": title, "status": status, "detail": detail, "errors": errors or []}
    response = JsonResponse(body, status=status, content_type="application/problem+json")
    response["Cache-Control"] = "no-store"
    for name, value in (headers or {}).items():
        response[name] = value
    return response


def unreadable(error: ValidationError) -> HttpResponse:
    """422 with each field that cannot be read, by its name and in words; its value is left out."""
    errors = []
    for one in error.errors[:50]:
        where = [str(part) for part in one.get("loc", ()) if part not in ("body", "query", "path", "header", "given")]
        problem = FAULTS.get(str(one.get("type", "")), "cannot be read; see the description of the API")
        errors.append({"field": ".".join(where) or "body", "problem": problem})
    return answer(422, KEPT, errors)


def broken(error: Exception) -> HttpResponse:
    """500, and 503 where the database is busy or away; the log has the kind of error and its place alone."""
    if isinstance(error, OperationalError | InterfaceError):
        log.error("Could not save or read: %s", type(error).__name__)
        detail = "The database is busy or away. Nothing was lost; send the same again in half a minute."
        return answer(503, detail, headers={"Retry-After": "30"})
    log.error("An endpoint failed: %s", type(error).__name__, exc_info=error)
    return answer(500, "It is our fault, not yours. What was saved before is safe. Try again later.")


def handle(api: NinjaAPI) -> None:
    """Have every error of the API answered as a problem."""

    def known(request: HttpRequest, error: Any) -> HttpResponse:
        return respond(error)

    for kind in (Exception, Http404, HttpError, ValidationError):
        api.add_exception_handler(kind, known)


def respond(error: Exception) -> HttpResponse:
    """The problem for an error."""
    if isinstance(error, Refusal):
        return answer(error.status, error.detail, error.errors, error.headers)
    if isinstance(error, ValidationError):
        return unreadable(error)
    if isinstance(error, PermissionDenied):
        return answer(403, "The token lacks the scope, or its maker the role, that this needs.")
    if isinstance(error, Http404 | ObjectDoesNotExist):
        return answer(404, "There is no such record, or it is not one that this token may know of.")
    if isinstance(error, RequestDataTooBig):
        return answer(413, "Send less at once. Nothing was kept.")
    if isinstance(error, HttpError):
        detail = "What was sent is not JSON that can be read. Nothing was kept." if error.status_code == 400 else ""
        return answer(error.status_code, detail or str(HTTPStatus(error.status_code).phrase))
    return broken(error)
