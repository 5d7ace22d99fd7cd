"""A whole report at once, as another program gives it: read by the very forms of the pages, one after the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import uuid4

from safeboard.core.access import Access

from ..models import Draft
from .answers import Answers
from .report import ELSEWHERE, DoneForm, KindForm, PersonForm, ReportForm, SortForm, WhatForm, WhereForm

PAGES: tuple[type[ReportForm], ...] = (KindForm, WhatForm, WhereForm, DoneForm)


@dataclass
class Whole:
    """A report that was read: its answers, and what is wrong, by the name of the answer."""

    answers: Answers
    errors: list[tuple[str, str]] = field(default_factory=list)


def read(access: Access, given: Mapping[str, Any], people: Sequence[Mapping[str, Any]] = ()) -> Whole:
    """Read a report by the forms of its pages. ``given``: their answers by name, dates as dates, setting an id or None.

    The classification may be left out: the kind suggests one. Nothing is written.
    """
    whole = Whole(Answers(access, Draft(agency_id=access.agency_id, owner=access.person, answers={})))
    data = {name: value for name, value in given.items() if value is not None}
    data["setting"] = str(given["setting"]) if given.get("setting") else ELSEWHERE
    for form in PAGES:
        _take(whole, form(_typed(data), whole.answers))
    if given.get("classification"):
        _take(whole, SortForm(_typed(data), whole.answers))
    for number, row in enumerate(people):
        form = PersonForm(_typed({**row, "entry": str(uuid4())}), whole.answers)
        _take(whole, form, prefix=f"people.{number}.")
    if not whole.errors:
        whole.errors = [(name, words) for name, words in whole.answers.missing()]
    return whole


def _take(whole: Whole, form: ReportForm, prefix: str = "") -> None:
    """Keep a page's answers, or what is wrong with them."""
    if form.is_valid():
        answers = {**whole.answers.draft.answers, **form.answers()}
        draft = Draft(agency_id=whole.answers.draft.agency_id, owner=whole.answers.draft.owner, answers=answers)
        whole.answers = Answers(whole.answers.access, draft)
        return
    for name, errors in form.errors.items():
        whole.errors += [(f"{prefix}{name}", str(one)) for one in errors]


def _typed(data: Mapping[str, Any]) -> dict[str, Any]:
    """The answers as a browser would post them: a date in its three boxes."""
    found: dict[str, Any] = {}
    for name, value in data.items():
        if isinstance(value, date):
            found |= {f"{name}_day": value.day, f"{name}_month": value.month, f"{name}_year": value.year}
        else:
            found[name] = value if isinstance(value, str) else str(value)
    return found
