"""What is on record about the logs: filters, who may ask, authorities, questions."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from safeboard.core import keys
from safeboard.core.access import Access
from safeboard.core.built import built_once
from safeboard.core.roles import Role

from ..choices import Ground
from ..models import Authority, Clearance, LogDoor, LogHold, LogSetting, Question
from ..rules import SECOND, names

PREFIX = "sbl_"


def logs_of(access: Access) -> QuerySet[LogSetting]:
    """The filters of the own agency whose lines are kept, by the setting's name."""
    rows = LogSetting.objects.filter(agency_id=access.agency_id or 0)
    return rows.select_related("setting").order_by("setting__name", "key")


def find_log(access: Access, key: str) -> LogSetting:
    """A filter of the own agency by its key. Raises LogSetting.DoesNotExist."""
    return logs_of(access).get(key=key)


# Who may ask ----------------------------------------------------------------------------------------------------


def clearances_of(access: Access) -> QuerySet[Clearance]:
    """Who may ask in the own agency, and who might once."""
    rows = Clearance.objects.filter(agency_id=access.agency_id or 0)
    return rows.select_related("person", "made_by", "ended_by").order_by("ended_at", "person__name", "-pk")


def clearance_of(access: Access) -> Clearance | None:
    """That the person acting may ask: trained in the law, the agreement signed; None where it is not on record."""
    if access.person is None or access.agency_id is None:
        return None
    return next(iter(_clearance(access, timezone.localdate())), None)


@built_once
def _clearance(access: Access, today: date) -> QuerySet[Clearance]:
    rows = Clearance.objects.filter(agency_id=access.agency_id or 0, person=access.person, ended_at=None)
    return rows.filter(trained_on__lte=today, signed_on__lte=today)[:1]


# What questions rest on ------------------------------------------------------------------------------------------


def _may_know(access: Access, prefix: str = "") -> Q:
    """A notice is known to whoever recorded it and to nominated senior people alone."""
    mine = Q(**{f"{prefix}made_by": access.person})
    if Role.SENIOR_PERSON in access.roles:
        return Q()
    return ~Q(**{f"{prefix}ground": Ground.NOTICE}) | mine


def authorities_of(access: Access) -> QuerySet[Authority]:
    """The authorities that a person may use or must answer for: their own, and all for the head (notices aside)."""
    rows = Authority.objects.filter(_may_know(access), agency_id=access.agency_id or 0)
    if not access.roles & {Role.RESPONSIBLE_PERSON, Role.SENIOR_PERSON}:
        rows = rows.filter(made_by=access.person)
    elif Role.RESPONSIBLE_PERSON not in access.roles:
        rows = rows.filter(Q(made_by=access.person) | Q(ground=Ground.NOTICE))
    return rows.select_related("made_by", "withdrawn_by").order_by("-pk")


# Questions --------------------------------------------------------------------------------------------------------


def visible_to(access: Access) -> QuerySet[Question]:
    """The questions that a person may open: their own; for the head all of the agency, but notices and what names them.

    Nominated senior people open those under a notice.
    """
    rows = Question.objects.filter(_may_know(access, "authority__"), agency_id=access.agency_id or 0)
    mine = Q(asked_by=access.person)
    if Role.RESPONSIBLE_PERSON in access.roles:
        rows = rows.exclude(~mine & Q(pk__in=_about(access)))
    elif Role.SENIOR_PERSON in access.roles:
        rows = rows.filter(mine | Q(authority__ground=Ground.NOTICE))
    else:
        rows = rows.filter(mine)
    return rows.select_related("authority", "asked_by", "second", "authority__made_by").order_by("-pk")


def _about(access: Access) -> list[int]:
    """Questions of others that name this person as a user: they see nothing of these, whatever their rank."""
    if access.person is None:
        return []
    rows = Question.objects.filter(agency_id=access.agency_id or 0).exclude(asked_by=access.person)
    return [row.pk for row in rows.only("pk", "terms") if _names(row, access)]


def _names(question: Question, access: Access) -> bool:
    """Whether a question asks for whoever acts."""
    who = access.person
    return who is not None and names(question.terms.get("user", ""), name=who.name, email=who.email)


def find_question(access: Access, pk: int) -> Question:
    """A question that this person may open. Raises Question.DoesNotExist."""
    if Role.RESPONSIBLE_PERSON in access.roles:  # what they may not know of has to be read first
        return visible_to(access).get(pk=pk)
    return _one(_visible(access, pk))


@built_once
def _visible(access: Access, pk: int) -> QuerySet[Question]:
    return visible_to(access).filter(pk=pk)


def as_it_is_now(access: Access, question: Question) -> Question:
    """A question, with its authority, as it stands in the database at this moment. Raises Question.DoesNotExist."""
    return _one(_now(access, question.pk))


def _one(rows: Sequence[Question]) -> Question:
    if not rows:
        raise Question.DoesNotExist
    return rows[0]


@built_once
def _now(_access: Access, pk: int) -> QuerySet[Question]:
    return Question.objects.select_related("authority").filter(pk=pk)


def waiting_for(access: Access) -> list[Question]:
    """Questions that wait for a second person, whom this person could be: not their own, and not about them."""
    if access.agency_id is None or not access.roles & set(SECOND):
        return []
    return [one for one in _without_second(access) if not _names(one, access)]


@built_once
def _without_second(access: Access) -> QuerySet[Question]:
    rows = Question.objects.filter(agency_id=access.own_agency, needs_second=True, second_at=None)
    rows = rows.filter(_may_know(access, "authority__"), authority__withdrawn_at=None)
    return rows.exclude(asked_by=access.person).select_related("authority", "asked_by").order_by("asked_at")


def saved_of(access: Access) -> list[Question]:
    """The person's own questions that are kept under a name."""
    rows = Question.objects.filter(agency_id=access.agency_id or 0, asked_by=access.person).select_related("authority")
    return sorted((row for row in rows if row.name), key=lambda row: row.name.casefold())


# What is held ---------------------------------------------------------------------------------------


def holds_of(access: Access) -> QuerySet[LogHold]:
    """Which lines are held for a case, those that stand first."""
    rows = LogHold.objects.filter(agency_id=access.agency_id or 0)
    return rows.select_related("log__setting", "made_by").order_by("released_at", "-pk")


def digest_of(secret: str) -> str:
    """What is kept of a door's secret."""
    return hmac.new(keys.secret("digest"), b"sitelogs" + secret.encode(), hashlib.sha256).hexdigest()


def find_door(secret: str, today: date | None = None) -> LogDoor | None:
    """The door of that secret, where it is in use."""
    today = today or timezone.localdate()
    rows = LogDoor.objects.filter(digest=digest_of(secret), revoked_at=None, ends_on__gte=today)
    return rows.first() if secret.startswith(PREFIX) else None


def doors_of(access: Access) -> QuerySet[LogDoor]:
    """The doors of the own agency, newest first."""
    return LogDoor.objects.filter(agency_id=access.agency_id or 0).select_related("made_by").order_by("-pk")
