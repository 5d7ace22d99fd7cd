"""What is said to a child who writes: whole, and easy to read."""

from __future__ import annotations

from datetime import date

import pytest

from safeboard.library import queries
from safeboard.library.checks import findings
from safeboard.library.loader import Pack
from safeboard.library.schemas import ShapeError
from safeboard.library.spoken import Guidance, Voice

HARD = "Subsequently, comprehensive safeguarding arrangements necessitate considerable administrative deliberation."


def voice(sender: str = "child") -> Voice:
    """What the shipped pack of today says to a sender."""
    found = queries.item("england-2026", "voice", sender)
    assert isinstance(found, Voice)
    return found


def spoilt(one: Voice, words: str) -> list[str]:
    """What the check says of the words, where the screen to write on bears this hint."""
    screens = {**one.screens, "write": one.screens["write"].model_copy(update={"hint": type(one.title)({"en": words})})}
    changed = one.model_copy(update={"screens": screens})
    about = queries.pack("england-2026")
    items = {**about.items, "voice": {changed.id: changed}}
    pack = Pack(about.about, items, {("voice", changed.id): "voice.yaml"})
    return [str(finding) for finding in findings({"england-2026": pack}, date(2026, 11, 22)) if finding.grave]


@pytest.mark.parametrize("sender", ["child", "parent"])
def test_words_that_are_too_hard_fail_the_check_and_name_the_screen(sender):
    assert spoilt(voice(sender), "Use your own words.") == []
    assert [line.split(": ")[0] for line in spoilt(voice(sender), HARD)] == [f"voice.yaml:{sender}.screens.write"]


def test_a_screen_an_answer_or_a_word_that_is_missing_is_named():
    data = voice().model_dump(mode="json")
    del data["screens"]["danger"]["answers"]["not-sure"], data["words"]["exit"]
    with pytest.raises(ShapeError, match=r"missing: words.exit, screens.danger.answers.not-sure"):
        Voice.model_validate(data)


def test_a_word_that_nothing_shows_is_named():
    data = voice().model_dump(mode="json")
    data["words"]["hello"] = {"en": "Hello"}
    with pytest.raises(ShapeError, match=r"nothing shows: words.hello"):
        Voice.model_validate(data)


@pytest.mark.parametrize("pack", ["england-2026", "becta-2008"])
def test_the_guidance_has_the_eleven_points(pack):
    found = queries.item(pack, "guidance", "child-tells")
    assert isinstance(found, Guidance)
    assert len(found.points) == 11
