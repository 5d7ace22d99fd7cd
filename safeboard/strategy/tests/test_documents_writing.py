"""Documents: written by two at once, arranged, taken out and put back."""

from __future__ import annotations

import pytest

from safeboard.strategy.choices import PartKind
from safeboard.strategy.errors import ChangedMeanwhile, Refused
from safeboard.strategy.operations.documents import (
    change_about,
    change_part,
    move_part,
    put_back,
    set_plan,
    take_out,
)
from safeboard.strategy.queries.documents import (
    parts_of,
    taken_out,
    whole_now,
)

from .documents import PIES, begun, part, small, soon

pytestmark = pytest.mark.django_db


def test_the_second_of_two_is_told_and_nothing_of_the_first_is_lost(cast, officer):
    document = small(officer)
    row = document.parts.get(kind=PartKind.POSITION)
    first = change_part(by=officer, part=row, edition=1, given={"text": "Mine"})
    manager = cast.access_for(cast.board_manager)
    with pytest.raises(ChangedMeanwhile) as told:
        change_part(by=manager, part=row, edition=1, given={"text": "Theirs"})
    assert told.value.there.text == "Mine"
    assert told.value.there.changed_by == cast.board_officer
    after = change_part(by=manager, part=row, edition=first.edition, given={"text": "Theirs"})
    assert (after.text, after.edition, after.key) == ("Theirs", 3, row.key)


def test_a_change_that_changes_nothing_is_none(officer):
    row = small(officer).parts.get(kind=PartKind.POSITION)
    assert change_part(by=officer, part=row, edition=1, given={"text": row.text}).edition == 1


def test_title_and_dates(officer):
    document = small(officer)
    changed = change_about(by=officer, document=document, edition=1, title="New", starts_on=soon(), review_on=soon(400))
    assert (changed.title, changed.edition) == ("New", 2)
    with pytest.raises(ChangedMeanwhile):
        change_about(by=officer, document=document, edition=1, title="Old", starts_on=None, review_on=None)
    with pytest.raises(Refused, match="has to come after"):
        change_about(by=officer, document=document, edition=2, title="N", starts_on=soon(9), review_on=soon(9))


def test_what_was_taken_out_comes_back_with_all_below_it(officer):
    document = small(officer)
    row = document.parts.get(kind=PartKind.PRIORITY)
    take_out(by=officer, part=row)
    assert [one.kind for one in parts_of(document)] == [PartKind.POSITION, PartKind.ACTION]
    assert whole_now(document).of(PartKind.ACTION) == []
    assert taken_out(document) == [row]
    put_back(by=officer, part=row)
    assert len(parts_of(document)) == 4


def test_parts_are_moved_among_their_neighbours(officer):
    document = begun(officer)
    names = [part(officer, document, "purpose", text=words) for words in ("one", "two", "three")]
    part(officer, document, "audience", text="all")
    move_part(by=officer, part=names[2], up=True)
    move_part(by=officer, part=names[0], up=True)
    assert [one.text for one in parts_of(document) if one.kind == "purpose"] == ["one", "three", "two"]


@pytest.mark.parametrize(
    ("kind", "given", "words"),
    [
        ("priority", {"title": " "}, "Give it a title"),
        ("priority", {"title": "x" * 201}, "at most 200"),
        ("purpose", {"text": "\n"}, "no words"),
        ("action", {"title": "x"}, "no place there"),
        ("chapter", {"title": "x"}, "no place there"),
    ],
)
def test_what_a_part_cannot_be(officer, kind, given, words):
    with pytest.raises(Refused, match=words):
        part(officer, begun(officer), kind, **given)


def test_actions_of_a_table_are_set_at_once_and_a_stale_row_is_given_back(cast, officer):
    document = begun(officer, **PIES)
    first, second, *_rest = [one for one in parts_of(document) if one.kind == PartKind.ACTION]
    change_part(by=officer, part=second, edition=1, given={"due_on": soon(7)})
    wanted = {"owner": None, "owner_role": "", "agency": cast.agency, "due_on": soon(99)}
    late = set_plan(by=officer, document=document, rows={one.key: (1, wanted) for one in (first, second)})
    assert late == [second]
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.agency, first.due_on, second.agency, second.due_on) == (cast.agency, soon(99), None, soon(7))


def test_an_action_waits_for_another_of_its_document_and_never_in_a_circle(officer):
    document = begun(officer)
    first, second, third = (
        part(officer, document, "action", parent=_aim(officer, document, at), title=at) for at in "abc"
    )
    change_part(by=officer, part=second, edition=1, given={"after": first})
    change_part(by=officer, part=third, edition=1, given={"after": second})
    with pytest.raises(Refused, match="“a”, which waits for “c”, which waits for “b”, which waits for “a”"):
        change_part(by=officer, part=first, edition=1, given={"after": third})
    other = part(officer, begun(officer), "position", text="x")
    with pytest.raises(Refused, match="no action of this document"):
        change_part(by=officer, part=first, edition=1, given={"after": other})
    waits = {node.title: node.first.title for node in whole_now(document).of(PartKind.ACTION) if node.first}
    assert waits == {"b": "a", "c": "b"}


def _aim(by, document, title):
    return part(by, document, "objective", title=title)
