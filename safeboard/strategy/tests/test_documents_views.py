"""The pages of documents: a draft part by part, nothing typed is lost, the agencies’ side."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from safeboard.strategy.choices import DocumentState, PartKind
from safeboard.strategy.models import Comment, Document, Part, Receipt, Version
from safeboard.strategy.operations.documents import change_part
from safeboard.strategy.operations.documents_comments import comment_on
from safeboard.strategy.operations.documents_states import consult

from .documents import PIES, Reader, begun, day, only, part, published, small, soon

pytestmark = pytest.mark.django_db


def test_a_draft_from_a_template_in_one_form(cast, desk):
    assert "In an afternoon" not in desk.get("documents")
    page = desk.get("document-new", "strategy")
    assert "Five areas, after Leicester" in page
    today = timezone.localdate()
    page = desk.post(
        "document-new",
        "strategy",
        template="england-2026/by-pies",
        title="Safe online",
        form_key=uuid.uuid4(),
        **day("starts_on", today),
        **day("review_on", today + timedelta(days=365)),
    )
    assert "It is begun" in page
    assert "1.1.1 Ask every agency for its lead" in page
    assert "Safe online" in desk.get("documents")
    assert only(cast, Document).template == "by-pies"


@pytest.mark.parametrize("kind", ["guidance", "reporting"])
def test_guidance_and_reporting_begin_in_the_same_way(desk, kind):
    page = desk.get("document-new", kind)
    assert "An empty document" in page


def test_a_review_before_the_beginning_is_told_and_nothing_is_lost(desk):
    today = timezone.localdate()
    page = desk.post(
        "document-new",
        "strategy",
        template="/",
        title="My own words",
        **day("starts_on", today),
        **day("review_on", today - timedelta(days=1)),
    )
    assert "The review has to come after" in page
    assert "My own words" in page


def test_parts_are_added_changed_moved_taken_out_and_put_back(cast, desk):
    document = desk.do(small)
    above = only(cast, Part, kind=PartKind.PRIORITY)
    page = desk.post(
        "part-add", document.key, "objective", query=f"?below={above.key}", title="Parents know", form_key=uuid.uuid4()
    )
    assert "1.2 Parents know" in page
    made = only(cast, Part, title="Parents know")
    assert "Parents know" in desk.get("part", document.key, made.key)
    page = desk.post("part", document.key, made.key, title="Parents and carers know", edition=1)
    assert "1.2 Parents and carers know" in page
    assert "1.1 Parents and carers know" in desk.post("part-move", document.key, made.key, where="up")
    assert "Put it back" in desk.post("part-out", document.key, made.key)
    assert "1.1 Parents and carers know" in desk.post("part-back", document.key, made.key)
    desk.get("part-add", document.key, "chapter", status=404)
    assert desk.client.get(reverse("strategy:part-add", args=[document.key, "action"]) + "?below=x").status_code == 404


def test_the_second_of_two_sees_both_and_keeps_their_words(cast, desk):
    document = desk.do(small)
    row = only(cast, Part, kind=PartKind.POSITION)
    desk.do(lambda by: change_part(by=by, part=row, edition=1, given={"text": "Every child is safe online."}))
    manager = Reader(cast, "board_manager")
    page = manager.post("part", document.key, row.key, text="Each child is safe online.", edition=1)
    assert "Olga Officer changed this part while you wrote" in page
    assert "Each child is safe online.</textarea>" in page
    assert '<del class="sb-gone">' in page
    assert 'name="edition" value="2"' in page
    assert "Each child is safe online." in manager.post(
        "part", document.key, row.key, text="Each child is safe online.", edition=2
    )


def test_what_was_typed_stays_where_the_document_went_on_meanwhile(cast, desk):
    document = desk.do(small)
    row = only(cast, Part, kind=PartKind.POSITION)
    desk.do(lambda by: consult(by=by, document=document, closes_on=soon()))
    page = desk.post("part", document.key, row.key, text="Words of an hour", edition=1)
    assert "so its words stay as they are" in page
    assert "Words of an hour" in page


def test_who_and_by_when_in_one_table(cast, desk):
    document = desk.do(begun, **PIES)
    page = desk.get("plan-table", document.key)
    assert page.count('type="date"') == 24
    with cast.wall_of(cast.board_officer):
        actions = list(document.parts.filter(kind=PartKind.ACTION))
    given = {}
    for one in actions:
        given |= {
            f"who-{one.key}": "role:board_manager",
            f"due-{one.key}": "2027-03-01",
            f"edition-{one.key}": one.edition,
        }
    given[f"who-{actions[0].key}"] = f"agency:{cast.agency.pk}"
    assert "Saved." in desk.post("plan-table", document.key, **given)
    page = desk.post("plan-table", document.key, **{**given, f"due-{actions[1].key}": "March"})
    assert "write the date as 2027-01-31" in page
    page = desk.post(
        "plan-table", document.key, **{**given, f"due-{actions[1].key}": "2027-04-01", f"edition-{actions[1].key}": 1}
    )
    assert "was changed by somebody else meanwhile" in page


def test_pages_for_others_are_measured_beside_the_editor(cast, desk):
    document = desk.do(begun)
    row = desk.do(part, document, "children", text="We will endeavour to facilitate multidisciplinary collaboration.")
    page = desk.get("part", document.key, row.key)
    assert "Harder than it should be" in page
    assert "Reading age: it is read with ease from about <strong>" in page
    assert "Flesch" not in page
    desk.post("part", document.key, row.key, text="You can tell us. We help you.", edition=1)
    assert "Easy enough" in desk.get("part", document.key, row.key)


def test_the_whole_way_from_draft_to_force_and_review(cast, desk, agency_desk):
    document = desk.do(small)
    desk.get("consult", document.key)
    page = desk.post("consult", document.key, **day("closes_on", soon()))
    assert "Out for consultation" in page
    version = only(cast, Version)
    about = version.body["parts"][0]["key"]
    assert "Comment on the paragraph" in agency_desk.get("version", version.key)
    assert "Children have a right" in agency_desk.get("comment", version.key, about)
    page = agency_desk.post("comment", version.key, about, text="Say “every child”", form_key=uuid.uuid4())
    assert "Say “every child”" in page
    comment = only(cast, Comment)
    assert "1 comment waits for an answer" in desk.get("comments", document.key)
    desk.get("redraft", document.key)
    assert "You can change it now" in desk.post("redraft", document.key)
    assert "wait for an answer: 1" in desk.get("ratify", document.key)
    assert "The paragraph now" in desk.get("answer", document.key, comment.key)
    page = desk.post("answer", document.key, comment.key, taken="no", answer="")
    assert "Say why not all of it" in page
    desk.post("answer", document.key, comment.key, taken="yes", answer="Thank you")
    assert "Thank you" in agency_desk.get("version", version.key)
    row = only(cast, Part, kind=PartKind.POSITION)
    desk.post("part", document.key, row.key, text="Every child has a right to be safe online.", edition=1)
    assert "<ins" in desk.get("changes", document.key)
    page = desk.post("ratify", document.key, minute="Partners, 7.2", **day("ratified_on", timezone.localdate()))
    assert "Ratified. What it plans" in page
    desk.get("publish", document.key)
    assert "in force" in desk.post("publish", document.key, public="on")
    second = only(cast, Version, number=2)
    assert "Confirm: we have it" in agency_desk.get("version", second.key)
    assert "Alder Bank School" in desk.get("receipts", document.key)
    assert "Thank you. The board sees" in agency_desk.post("confirm", second.key)
    assert only(cast, Receipt).version_id == second.pk
    assert "We have it" in agency_desk.get("documents")
    desk.get("review", document.key)
    desk.post("review", document.key)
    desk.get("keep", document.key)
    assert "It stays as it is until" in desk.post("keep", document.key, **day("review_on", soon(300)))
    desk.get("supersede", document.key)
    desk.post("supersede", document.key)
    assert only(cast, Document).state == DocumentState.SUPERSEDED
    assert "no longer in force" not in agency_desk.get("version", second.key)


def test_drafts_and_other_boards_are_not_there(cast, desk, agency_desk):
    document = desk.do(small)
    agency_desk.get("document", document.key, status=403)
    Reader(cast, "other_board_officer").get("document", document.key, status=404)
    version = desk.do(published, document)
    Reader(cast, "far_lead").get("version", version.key, status=404)
    assert "Safe online in Eastmarch" not in Reader(cast, "far_lead").get("documents")
    Reader(cast, "subgroup_member").get("document", document.key)
    Reader(cast, "subgroup_member").get("about", document.key, status=403)


def test_an_agency_does_not_read_what_another_said(cast, desk, agency_desk):
    version = desk.do(lambda by: consult(by=by, document=small(by), closes_on=soon()))
    about = uuid.UUID(version.body["parts"][0]["key"])
    agency_desk.do(lambda by: comment_on(by=by, version=version, part=about, text="Only for the board"))
    assert "Only for the board" in agency_desk.get("version", version.key)
    assert "Only for the board" not in Reader(cast, "other_lead").get("version", version.key)


def test_a_member_of_the_subgroup_comments_and_is_answered_as_agencies_are(cast, desk, agency_desk):
    version = desk.do(lambda by: consult(by=by, document=small(by), closes_on=soon()))
    about, member = version.body["parts"][0]["key"], Reader(cast, "subgroup_member")
    assert "Agencies do not see it" in member.get("comment", version.key, about)
    assert "Name the youth forum" in member.post("comment", version.key, about, text="Name the youth forum")
    assert "Name the youth forum" not in agency_desk.get("version", version.key)
    desk.get("comment", version.key, about, status=403)
    document, comment = only(cast, Document), only(cast, Comment)
    assert "Answer Subgroup" in desk.get("answer", document.key, comment.key)
    desk.post("redraft", document.key)
    assert "wait for an answer: 1" in desk.get("ratify", document.key)
    desk.post("answer", document.key, comment.key, taken="yes", answer="It is named now")
    assert "It is named now" in member.get("version", version.key)


@pytest.mark.parametrize(("rows", "name"), [(1, "document"), (3, "document"), (1, "comments"), (3, "comments")])
def test_pages_ask_a_fixed_number_of_questions(cast, desk, agency_desk, rows, name, django_assert_max_num_queries):
    document = desk.do(begun)
    for at in range(rows):
        top = desk.do(part, document, "priority", title=f"P{at}")
        aim = desk.do(part, document, "objective", parent=top, title=f"O{at}")
        desk.do(part, document, "action", parent=aim, title=f"A{at}", agency=cast.agency, due_on=soon())
    version = desk.do(lambda by: consult(by=by, document=document, closes_on=soon()))
    for one in version.body["parts"]:
        agency_desk.do(lambda by, key=one["key"]: comment_on(by=by, version=version, part=uuid.UUID(key), text="x"))
    with django_assert_max_num_queries(15):
        desk.get(name, document.key)


def test_a_long_document_begins_with_what_is_in_it_and_where(cast, desk, agency_desk):
    version = desk.do(published)
    first = only(cast, Part, kind=PartKind.PRIORITY)
    for page in (agency_desk.get("version", version.key), desk.get("document", version.document.key)):
        contents, rest = page.split("Contents</h2>")[1].split("</nav>")
        assert 'href="#s-position"' in contents
        assert f'<a class="govuk-link" href="#p-{first.key}">1 Education</a>' in contents
        assert [f'id="{place}"' in rest for place in ("s-position", f"p-{first.key}")] == [True, True]


def test_a_version_that_somebody_altered_behind_the_service_says_so(cast, desk, agency_desk):
    version = desk.do(published)
    assert "This is not what was kept" not in agency_desk.get("version", version.key)
    with cast.wall_of(cast.board_officer):
        Version.objects.filter(pk=version.pk).update(body={**version.body, "title": "Other words"})
    assert "This is not what was kept" in agency_desk.get("version", version.key)
