"""Terms of reference: begun from a template or from what holds, written, agreed. Every version is kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core import history
from safeboard.core.access import Access, require
from safeboard.library.shapes.meetings import TermsTemplate
from safeboard.strategy import operations as strategy

from ..choices import TermsState
from ..errors import Refused
from ..models import Terms
from ..queries.terms import draft, in_force
from .common import own_board_id, set_values

RULES = ("quorum_share", "quorum_least", "quorum_chair", "papers_days", "page_limit")


@transaction.atomic
def begin_terms(*, by: Access, pack: str, template: TermsTemplate) -> Terms:
    """Begin a draft: a copy of the version that holds, else of the template. The draft that is there, where one is."""
    require(by, "meetings.keep")
    board_id = own_board_id(by)
    there = draft(board_id)
    if there is not None:
        return there
    held = in_force(board_id)
    last = Terms.objects.filter(board_id=board_id).aggregate(last=Max("number"))["last"] or 0
    given = _as_held(held) if held else _as_template(pack, template)
    row = Terms.objects.create(board_id=board_id, number=last + 1, changed_by=by.person, **given)
    history.record(by=by, verb="meetings.terms_begun", obj=row, facts={"number": row.number})
    return row


def _as_held(held: Terms) -> dict[str, Any]:
    return {name: getattr(held, name) for name in ("pack", "item", "item_version", "sections", *RULES)}


def _as_template(pack: str, template: TermsTemplate) -> dict[str, Any]:
    sections = [{"id": one.id, "title": str(one.title), "text": str(one.text)} for one in template.sections]
    rule = template.quorum
    return {
        "pack": pack,
        "item": template.id,
        "item_version": template.version,
        "sections": sections,
        "quorum_share": rule.share,
        "quorum_least": rule.least,
        "quorum_chair": rule.chair,
        "papers_days": template.papers_days,
        "page_limit": template.page_limit,
    }


@transaction.atomic
def write_terms(*, by: Access, terms: Terms, texts: Mapping[str, str], rule: Mapping[str, Any], edition: int) -> Terms:
    """Save a draft: the words of its sections by id, and the numbers of RULES.

    Raises Refused where it is agreed already, or somebody else saved it after ``edition``.
    """
    require(by, "meetings.keep", terms)
    row = Terms.objects.select_for_update().get(pk=terms.pk)
    if row.state != TermsState.DRAFT:
        raise Refused(_("This version is agreed and does not change any more. Begin a new one."))
    if row.edition != edition:
        raise Refused(
            _("Somebody else saved this draft meanwhile. What you wrote is still here: open it in another window.")
        )
    set_values(row, {name: rule[name] for name in RULES})
    row.sections = [{**one, "text": texts.get(one["id"], one["text"])} for one in row.sections]
    row.edition, row.changed_by, row.changed_at = edition + 1, by.person, timezone.now()
    row.save()
    history.record(by=by, verb="meetings.terms_written", obj=row, facts={"edition": row.edition})
    return row


@transaction.atomic
def agree_terms(*, by: Access, terms: Terms, agreed_on: date, agreed_by: str, review_on: date | None = None) -> Terms:
    """Put a draft in force from a day on, with who agreed it; the version before is superseded and kept."""
    require(by, "meetings.keep", terms)
    row = Terms.objects.select_for_update().get(pk=terms.pk)
    if row.state != TermsState.DRAFT:
        raise Refused(_("This version is agreed already."))
    if agreed_on > timezone.localdate():
        raise Refused(_("The day cannot be in the future."))
    Terms.objects.filter(board_id=row.board_id, state=TermsState.AGREED).update(state=TermsState.SUPERSEDED)
    row.state, row.agreed_on, row.agreed_by, row.review_on = TermsState.AGREED, agreed_on, agreed_by, review_on
    row.save()
    history.record(by=by, verb="meetings.terms_agreed", obj=row, facts={"number": row.number})
    what = _("Terms of reference of the subgroup agreed, version %(number)s") % {"number": row.number}
    strategy.chronicle(
        by=by, board=row.board, on=agreed_on, what=what, source=row, kind="document", url=reverse("meetings:terms")
    )
    return row
