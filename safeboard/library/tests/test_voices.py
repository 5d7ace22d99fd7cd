"""What those without an account read: the words of the pack, and who helps them."""

from dataclasses import replace

import pytest

from safeboard.library import queries, voices

PACKS = ["england-2026", "becta-2008"]


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize("sender", ["child", "parent"])
def test_a_pack_speaks_in_its_own_words_and_names_who_helps_in_their_order(pack: str, sender: str):
    named = voices.voice(pack, sender)
    assert named == queries.item(pack, "voice", sender)
    assert [one.id for one, _words in voices.helpers(pack, named)] == list(named.help)
    assert [words for _one, words in voices.helpers(pack, named)] == [str(words) for words in named.help.values()]


@pytest.mark.parametrize("pack", ["gone-2020", "without-words"])
def test_where_a_pack_has_no_words_there_are_some_all_the_same(pack: str, monkeypatch: pytest.MonkeyPatch):
    bare = replace(queries.pack("becta-2008"), items={})
    shipped = queries.packs()
    monkeypatch.setattr(queries, "packs", lambda: {**shipped, "without-words": bare})
    named = voices.voice(pack, "child")
    assert named == queries.item("england-2026", "voice", "child")
    assert [one.id for one, _words in voices.helpers(pack, named)] == list(named.help)
