"""Words as they are searched for: folded, without common ones, blinded for one agency and one key."""

import pytest

from safeboard.core import keys, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("She was bullied", {"bully"}),
        ("bullying, bullies", {"bully"}),
        ("The child's names", {"child", "nam"}),
        ("José ÉCLAIR ﬁlter", {"jos", "eclair", "filter"}),
        ("\uff26\uff55\uff4c\uff4c width", {"full", "width"}),
        ("x y 7", set()),
        ("incident 2026-0042", {"incident", "2026", "0042", "20260042"}),
        ("O'Neill", {"neill", "oneill"}),
        ("self-harm", {"self", "harm"}),
        ("محمّد", {"محمد"}),
        ("a" * 41, set()),
        ("stopped passing string speed", {"stop", "pass", "string", "speed"}),
    ],
)
def test_words_of_a_text(text, found):
    assert words.words_of([text]) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the child", ["child"]),
        ("2026-0042", ["20260042"]),
        ("O'Neill", ["neill"]),
        ("self-harm", ["self", "harm"]),
        ("crm/889", ["crm889"]),
        ("phone phones PHONE", ["phon"]),
        ("to the of", []),
    ],
)
def test_words_that_are_asked_for(text, found):
    assert words.asked(text) == found


def test_what_is_asked_for_is_among_what_a_text_is_found_by():
    text = "Zoë O’Neill’s phone, CRM/2026-17, was sharing “pictures” at St-Mary's"
    assert set(words.asked(text)) <= words.words_of([text])


def test_each_run_says_where_it_stands():
    text = "A naïve child"
    assert [text[start:end] for start, end, found in words.spans(text) if "child" in found] == ["child"]


def test_no_more_than_a_few_words_are_asked_for():
    assert len(words.asked(" ".join(f"word{number}" for number in range(99)))) == words.MOST_ASKED


def test_a_word_is_another_number_in_another_agency_and_under_another_key(settings, tmp_path):
    settings.SAFEBOARD_KEYS = tmp_path
    keys.forget()
    try:
        first = words.blinder(1)("child")
        assert first == words.blinder(1)("child")
        assert first != words.blinder(2)("child")
        assert -(2**63) <= first < 2**63
        keys.add_sealing_key()
        assert words.blinder(1)("child") != first
        assert first in words.every_blind("child", 1)
        assert len(words.every_blind("child", 1)) == 2
    finally:
        keys.forget()
