"""What is different between two forms of a document, word by word."""

from datetime import date

from safeboard.strategy.queries.documents import Node, Section, Whole
from safeboard.strategy.queries.documents_diff import changes


def whole(*nodes):
    return Whole("A strategy", "strategy", [Section("action", "Actions", list(nodes))])


def said(before, after):
    """Each change as text: '-' before what is gone, '+' before what was added."""
    signs = {"same": "", "gone": "-", "added": "+"}
    return [
        (one.how, name, [f"{signs[piece.how]}{piece.words}" for piece in pieces])
        for one in changes(before, after)
        for name, pieces in one.fields
    ]


def test_words_that_changed_are_told_and_the_rest_stays():
    before = Node("a", "action", title="Ask every school", text="Once a year.", due_on=date(2027, 3, 1))
    after = Node("a", "action", title="Ask every library", text="Once a year.", due_on=date(2027, 4, 1))
    assert said(whole(before), whole(after)) == [
        ("changed", "Title", ["Ask every ", "-school", "+library"]),
        ("changed", "By when", ["1 ", "-March", "+April", " 2027"]),
    ]


def test_what_waits_for_what_is_told_by_its_title():
    first, other = Node("f", "action", title="Write the form"), Node("o", "action", title="Write the letter")
    before, after = Node("a", "action", title="Ask", first=first), Node("a", "action", title="Ask", first=other)
    assert said(whole(before), whole(after)) == [("changed", "Waits for", ["Write the ", "-form", "+letter"])]
    assert said(whole(Node("a", "action", title="Ask")), whole(after)) == [
        ("changed", "Waits for", ["+Write the letter"])
    ]


def test_parts_that_came_and_went():
    old, new = Node("a", "action", title="Ask"), Node("b", "action", title="Tell")
    assert said(whole(old), whole(new)) == [("added", "Title", ["+Tell"]), ("gone", "Title", ["-Ask"])]


def test_nothing_is_different():
    assert changes(whole(Node("a", "action", title="Ask")), whole(Node("a", "action", title="Ask"))) == []
