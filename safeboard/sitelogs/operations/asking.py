"""Asking: the authority first, then the question, a second person where one is needed, and each look on record."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core import because, history
from safeboard.core.access import Access, require
from safeboard.core.models import Entry
from safeboard.core.once import place_key
from safeboard.core.roles import Role

from ..archive import WrongQuestion
from ..choices import Ground, Sure
from ..errors import Refused
from ..models import Authority, LogSetting, Question
from ..queries import as_it_is_now, clearance_of, logs_of
from ..queries.answer import asked
from ..rules import names, needs_second
from ..terms import Terms, WrongRange

NO_AUTHORITY = "Nothing is asked of the filter logs without an authority."
MOST_SAVED = 30


def cleared(by: Access) -> None:
    """Raise Refused where it is not on record that who asks was trained and the agreement signed (Leeds)."""
    if clearance_of(by) is None:
        raise Refused(
            _(
                "You cannot ask the filter logs yet: it is not on record that you were trained in the law and that the "
                "head signed the agreement. Ask the head to record both under “Who may ask”."
            )
        )


# The authority ---------------------------------------------------------------------------------------------------


@transaction.atomic
def record_authority(
    *,
    by: Access,
    ground: str,
    reason: str = "",
    because_of: because.Reason | None = None,
    allowed_by: str = "",
    allowed_on: date | None = None,
    network: str = Sure.UNSURE,
    form_key: uuid.UUID | None = None,
) -> Authority:
    """Record what questions rest on, and give it back; the same form twice is one.

    An incident needs its record (``because_of``), a notice its reference and a nominated senior person, another reason
    its words and who allowed it, who is not the asker. Raises Refused.
    """
    require(by, "sitelogs.ask")
    cleared(by)
    reason = reason.strip() or (because_of.text if because_of else "")
    _grounded(by, ground, reason, because_of, allowed_by, allowed_on)
    row, made = Authority.objects.get_or_create(
        form_key=place_key(form_key, by),
        defaults={
            "agency_id": by.own_agency,
            "ground": Ground(ground),
            "because_type": because_of.label if because_of else "",
            "because_id": because_of.pk if because_of else None,
            "reason": reason,
            "allowed_by": allowed_by.strip(),
            "allowed_on": allowed_on,
            "network": Sure(network),
            "made_by": by.person,
        },
    )
    if made:
        facts = {"ground": row.ground, "network": row.network, "because": f"{row.because_type}:{row.because_id or ''}"}
        texts = {"reason": reason, "allowed_by": row.allowed_by}
        history.record(by=by, verb="sitelogs.authority", obj=row, facts=facts, digests=texts)
        because.tie(by=by, reason=because_of, target=row, kind="asked")
    return row


def _grounded(
    by: Access,
    ground: str,
    reason: str,
    because_of: because.Reason | None,
    allowed_by: str,
    allowed_on: date | None,
) -> None:
    """Raise Refused where what it rests on is not complete."""
    if ground == Ground.INCIDENT and because_of is None:
        raise Refused(
            _("Open the incident and choose “Ask the filter logs about this” there: then it is the authority.")
        )
    if ground == Ground.NOTICE and Role.SENIOR_PERSON not in by.roles:
        raise Refused(_("A notice is for the nominated senior person. Hand it to them, and tell nobody else of it."))
    if not reason:
        raise Refused(_("Write down the reason. Without an authority nothing is asked of the filter logs."))
    if ground == Ground.REASON:
        if not allowed_by.strip() or allowed_on is None:
            raise Refused(_("Say who allowed it, and when. Without an authority nothing is asked of the filter logs."))
        if allowed_on > timezone.localdate():
            raise Refused(_("The day on which it was allowed must be today or in the past."))
        if by.person and names(allowed_by, name=by.person.name, email=by.person.email):
            raise Refused(_("Nobody allows their own question. Name the other person who allowed it."))


@transaction.atomic
def withdraw_authority(*, by: Access, authority: Authority, why: str) -> Authority:
    """Withdraw an authority: from now on nothing is answered under it. What was answered stays on record."""
    held = Authority.objects.select_for_update().get(pk=authority.pk)
    require(by, "sitelogs.withdraw", held)
    if not why.strip():
        raise Refused(_("Say why it is withdrawn."))
    if held.withdrawn_at is None:
        held.withdrawn_at, held.withdrawn_by, held.withdrawn_why = timezone.now(), by.person, why
        held.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])
        history.record(by=by, verb="sitelogs.authority_withdrawn", obj=held, digests={"why": why})
    return held


# The question ----------------------------------------------------------------------------------------------------


@transaction.atomic
def ask(
    *,
    by: Access,
    authority: Authority | None,
    terms: Terms,
    logs: Iterable[LogSetting],
    about_self: bool = False,
    form_key: uuid.UUID | None = None,
) -> Question:
    """Write down a question under its authority, and give it back; the same form twice is one. It does not run it.

    Raises Refused without an authority that holds, for filters of somebody else, and where nothing is narrowed.
    """
    if authority is None:
        raise Refused(_("Nothing is asked of the filter logs without an authority. Record it first."))
    authority = Authority.objects.select_for_update().get(pk=authority.pk)
    _may_ask(by, authority)
    wanted = _own_logs(by, logs)
    check(terms)
    row, made = Question.objects.get_or_create(
        form_key=place_key(form_key, by),
        defaults={
            "agency_id": by.own_agency,
            "authority": authority,
            "terms": terms.kept(),
            "logs": [one.pk for one in wanted],
            "asked_by": by.person,
            "about_self": about_self,
            "needs_second": _needs_second(by, authority, terms, about_self),
        },
    )
    if made:
        facts = {"authority": authority.pk, "second": row.needs_second}
        note_question(by=by, terms=terms, logs=[one.key for one in wanted], question=row, facts=facts)
    return row


def _may_ask(by: Access, authority: Authority) -> None:
    """Raise where this person may not ask under this authority now."""
    require(by, "sitelogs.ask", authority)
    cleared(by)
    if not authority.holds:
        raise Refused(_("This authority was withdrawn: nothing is answered under it any more. Record another."))
    known = because.named(by, authority.because_type, authority.because_id or 0) if authority.because_type else True
    if known is None:
        raise PermissionDenied("the record that this authority rests on is not theirs to know of")


def _own_logs(by: Access, logs: Iterable[LogSetting]) -> list[LogSetting]:
    wanted = {one.pk for one in logs}
    found = [one for one in logs_of(by) if one.pk in wanted]
    if not found or len(found) < len(wanted):
        raise Refused(_("Choose one setting or more, of those whose filter logs you may see."))
    return found


def check(terms: Terms) -> None:
    """Raise Refused where a question asks for nothing in particular, is the wrong way round, or cannot be asked so."""
    try:
        narrowed = bool(terms.range or terms.user or terms.host or terms.words or terms.category or terms.passed)
    except WrongRange as why:
        raise Refused(str(why)) from why
    if terms.since is None or terms.until is None:
        raise Refused(_("Say from when to when."))
    if terms.since >= terms.until:
        raise Refused(_("The times are the wrong way round: the end must come after the beginning."))
    if not narrowed and (terms.until - terms.since).days >= 1:
        raise Refused(
            _(
                "This asks for everything that everybody did. Name a computer, a website, words or a category, or "
                "at most a day."
            )
        )
    try:
        asked(terms, (), settings=frozenset({"any"}))
    except WrongQuestion as why:
        raise Refused(str(why)) from why


def _needs_second(by: Access, authority: Authority, terms: Terms, about_self: bool) -> bool:
    person = by.person
    own = bool(person and names(terms.user, name=person.name, email=person.email))
    network = Role.INFRASTRUCTURE in by.roles and not by.roles & {Role.DESIGNATED_OFFICER, Role.RESPONSIBLE_PERSON}
    sure = Sure.YES if authority.ground == Ground.REVIEW else authority.network
    return needs_second(about_self=about_self, names_asker=own, network=sure, by_network=network)


def note_question(
    *,
    by: Access,
    terms: Terms | Mapping[str, Any],
    logs: Iterable[str],
    question: Question | None = None,
    authority: str = "",
    facts: Mapping[str, Any] | None = None,
) -> Entry:
    """Write the one entry that every question leaves, from the page and the command alike. Needs a transaction.

    ``terms``: what is asked; only the names of what was filled in, and a salted digest, are kept. ``authority``: the
    words of the authority where there is no record of it (the command). Raises Refused without any authority.
    """
    if question is None and not authority.strip():
        raise Refused(NO_AUTHORITY)
    kept = terms.kept() if isinstance(terms, Terms) else {name: value for name, value in terms.items() if value}
    asked = terms.asked if isinstance(terms, Terms) else sorted(kept)
    digests = {"terms": json.dumps(kept, sort_keys=True, default=str)} | ({"authority": authority} if authority else {})
    said = {"asked": asked, "settings": sorted(logs), **(facts or {})}
    return history.record(by=by, verb="sitelogs.asked", obj=question, facts=said, digests=digests)


@transaction.atomic
def may_run(*, by: Access, question: Question, what: str, page: int = 1) -> Entry:
    """Let a question run for a look, and write that look down before a line of the answer is read.

    ``what``: rows, counts, raw, around, sheet, csv, pack. Raises Refused, in words, or PermissionDenied.
    """
    held = still_runs(by=by, question=question)
    return history.record(by=by, verb="sitelogs.looked", obj=held, facts={"what": what, "page": page})


def still_runs(*, by: Access, question: Question) -> Question:
    """The question as it is now. Raises Refused, in words, or PermissionDenied, where it may not be answered now."""
    held = as_it_is_now(by, question)
    if held.asked_by_id != (by.person.pk if by.person else None):
        raise PermissionDenied("an answer is for who asked")
    _may_ask(by, held.authority)
    if held.needs_second and held.allowed is not True:
        refused = held.allowed is False
        raise Refused(
            _("The second person did not allow this question.")
            if refused
            else _("This question waits for a second person. Nothing is answered before they allow it.")
        )
    return held


@transaction.atomic
def decide(*, by: Access, question: Question, allow: bool, why: str) -> Question:
    """Allow a question as the second person, or not, and say why. Raises Refused where it was decided already."""
    held = Question.objects.select_for_update().select_related("authority").get(pk=question.pk)
    require(by, "sitelogs.second", held)
    if by.person and names(held.terms.get("user", ""), name=by.person.name, email=by.person.email):
        raise PermissionDenied("the question is about them")
    if not held.waits:
        raise Refused(_("This was decided already, or its authority was withdrawn."))
    if not why.strip():
        raise Refused(_("Say why."))
    held.second, held.second_at, held.allowed, held.second_why = by.person, timezone.now(), allow, why
    held.save(update_fields=["second", "second_at", "allowed", "second_why"])
    history.record(by=by, verb="sitelogs.second", obj=held, facts={"allowed": allow}, digests={"why": why})
    return held


@transaction.atomic
def save_question(*, by: Access, question: Question, name: str) -> Question:
    """Keep a question of one's own under a name, so that it can be asked again; an empty name forgets it."""
    require(by, "sitelogs.ask", question.authority)
    if by.person is None or question.asked_by_id != by.person.pk:
        raise PermissionDenied("a saved question is one's own")
    own = Question.objects.filter(agency_id=by.own_agency, asked_by=by.person).exclude(pk=question.pk)
    kept = [row for row in own if row.name]
    if name and any(row.name.casefold() == name.casefold() for row in kept):
        raise Refused(_("You keep another question under this name. Choose another name."))
    if name and len(kept) >= MOST_SAVED:
        raise Refused(_("You keep %(n)s questions already. Take the name from one of them first.") % {"n": MOST_SAVED})
    question.name = name
    question.save(update_fields=["name"])
    history.record(by=by, verb="sitelogs.question_named", obj=question, facts={"kept": bool(name)})
    return question
