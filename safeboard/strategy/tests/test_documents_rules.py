"""Documents: which state follows which, which parts they take, who may do what, what templates become."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from django.utils import timezone

from safeboard.library import queries as library
from safeboard.strategy.choices import DocumentState, PartKind
from safeboard.strategy.models import Document, Version
from safeboard.strategy.operations.documents_filling import months_on
from safeboard.strategy.queries.documents import (
    parts_of,
    whole_now,
)
from safeboard.strategy.rules_documents import NEXT, may_become, takes_comments, takes_parts

from .documents import PIES, begun

pytestmark = pytest.mark.django_db


WAY = [
    ("draft", "consultation", True),
    ("draft", "ratified", True),
    ("draft", "published", False),
    ("consultation", "redraft", True),
    ("consultation", "ratified", False),
    ("redraft", "consultation", True),
    ("redraft", "ratified", True),
    ("ratified", "published", True),
    ("ratified", "redraft", True),
    ("published", "review", True),
    ("published", "redraft", False),
    ("published", "superseded", True),
    ("review", "published", True),
    ("review", "redraft", True),
    ("superseded", "draft", False),
    ("superseded", "published", False),
]


@pytest.mark.parametrize(("state", "then", "may"), WAY)
def test_which_state_may_follow(state, then, may):
    assert may_become(state, then) is may


def test_every_state_says_what_follows():
    assert set(NEXT) == set(DocumentState)


@pytest.mark.parametrize(
    ("kind", "part_kind", "below", "fits"),
    [
        ("strategy", "priority", "", True),
        ("strategy", "objective", "", True),
        ("strategy", "objective", "priority", True),
        ("strategy", "action", "priority", True),
        ("strategy", "action", "objective", True),
        ("strategy", "action", "", False),
        ("strategy", "chapter", "", False),
        ("strategy", "objective", "action", False),
        ("guidance", "chapter", "", True),
        ("guidance", "paragraph", "chapter", True),
        ("guidance", "priority", "", False),
        ("guidance", "objective", "", False),
        ("reporting", "chapter", "", True),
    ],
)
def test_which_parts_a_document_takes(kind, part_kind, below, fits):
    assert takes_parts(kind, part_kind, below) is fits


@pytest.mark.parametrize(
    ("opened", "closes", "closed", "takes"),
    [
        (True, 0, False, True),
        (True, 3, False, True),
        (True, -1, False, False),
        (True, 3, True, False),
        (False, 3, False, False),
    ],
)
def test_when_comments_are_taken(opened, closes, closed, takes):
    now, today = timezone.now(), timezone.localdate()
    version = Version(
        opened_at=now if opened else None, closes_on=today + timedelta(days=closes), closed_at=now if closed else None
    )
    assert takes_comments(version, today) is takes


WRITERS = {"board_manager", "board_officer"}


@pytest.mark.parametrize(
    "name",
    [
        "board_manager",
        "board_officer",
        "subgroup_member",
        "board_inspector",
        "lead",
        "staff",
        "inspector",
        "other_board_officer",
        "administrator",
    ],
)
def test_who_may_do_what(cast, name):
    access = cast.access_for(getattr(cast, name))
    document = Document(board=cast.board)
    in_board = {*WRITERS, "subgroup_member", "board_inspector"}
    assert access.can("strategy.write", document) is (name in WRITERS)
    assert access.can("strategy.see_drafts", document) is (name in in_board)
    assert access.can("strategy.comment", document) is (name in {"lead", "staff", "subgroup_member"})
    assert access.can("strategy.confirm") is (name == "lead")


@pytest.mark.parametrize(
    ("pack", "template", "counts"),
    [
        ("becta-2008", "leicestershire", (5, 18, 36)),
        ("becta-2008", "bromley", (6, 28, 15)),
        ("becta-2008", "harrow", (5, 10, 12)),
        ("becta-2008", "dudley", (0, 4, 4)),
        ("england-2026", "by-pies", (4, 11, 24)),
    ],
)
def test_a_template_becomes_a_draft(officer, pack, template, counts):
    document = begun(officer, pack=pack, template=template)
    kinds = [one.kind for one in parts_of(document)]
    assert tuple(kinds.count(kind) for kind in (PartKind.PRIORITY, PartKind.OBJECTIVE, PartKind.ACTION)) == counts
    assert all(one.owner_role and one.due_on for one in parts_of(document) if one.kind == PartKind.ACTION)


def test_an_unknown_template_begins_nothing(officer):
    with pytest.raises(library.UnknownItem):
        begun(officer, pack="england-2026", template="no-such")
    assert Document.objects.count() == 0


def test_numbers_stand_as_in_the_source(officer):
    whole = whole_now(begun(officer, pack="becta-2008", template="leicestershire"))
    numbered = {node.number: node.title for node in whole.nodes() if node.number}
    assert numbered["2.3"].startswith("Make one clear way to report")
    assert numbered["1.a"].startswith("Hold half a day")
    assert numbered["2.2.4"].startswith("Redraft it after the consultation")


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 11, 22), 2, date(2027, 1, 22)),
        (date(2026, 12, 1), 12, date(2027, 12, 1)),
    ],
)
def test_months_on(day, months, then):
    assert months_on(day, months) == then


def test_the_same_form_begins_one_document(officer):
    key = uuid.uuid4()
    assert begun(officer, form_key=key, **PIES) == begun(officer, form_key=key, **PIES)
    assert Document.objects.count() == 1
