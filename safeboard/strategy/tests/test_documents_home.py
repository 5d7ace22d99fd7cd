"""What the home page says of documents: to confirm, to comment on, to answer, to review."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from safeboard.strategy.models import Document, Version
from safeboard.strategy.operations.documents_comments import comment_on, confirm
from safeboard.strategy.operations.documents_states import consult
from safeboard.strategy.queries import document_rows

from .documents import published, small, soon

pytestmark = pytest.mark.django_db


def said(reader) -> list[tuple[str, str]]:
    """What the home page says to somebody: words, and the word for where it stands."""
    return [(one.text, one.word) for one in reader.do(document_rows)]


def test_an_agency_is_told_what_to_comment_on_and_to_confirm(cast, desk, agency_desk):
    assert said(agency_desk) == []
    desk.do(lambda by: consult(by=by, document=small(by, title="A draft"), closes_on=soon()))
    version = desk.do(published)
    assert set(said(agency_desk)) == {
        ("Comment on the draft: A draft", ""),
        ("Confirm that you have it: Safe online in Eastmarch", "Not confirmed yet"),
    }
    agency_desk.do(lambda by: confirm(by=by, version=version))
    assert said(agency_desk) == [("Comment on the draft: A draft", "")]


def test_a_board_is_told_what_to_answer_and_when_comments_are_over(cast, desk, agency_desk):
    version = desk.do(lambda by: consult(by=by, document=small(by, title="A draft"), closes_on=soon()))
    about = uuid.UUID(version.body["parts"][0]["key"])
    agency_desk.do(lambda by: comment_on(by=by, version=version, part=about, text="Shorter"))
    assert said(desk) == [("1 comment to answer: A draft", "")]
    with cast.wall_of(desk.person):
        Version.objects.update(closes_on=timezone.localdate() - timedelta(days=1))
    assert ("Comments are closed, begin the redraft: A draft", "Soon") in said(desk)


@pytest.mark.parametrize(("days", "words"), [(31, []), (30, ["Soon"]), (0, ["Soon"]), (-1, ["Late"])])
def test_a_review_is_told_of_a_month_before(cast, desk, days, words):
    desk.do(published)
    with cast.wall_of(desk.person):
        Document.objects.update(review_on=timezone.localdate() + timedelta(days=days))
    assert [word for _text, word in said(desk)] == words
