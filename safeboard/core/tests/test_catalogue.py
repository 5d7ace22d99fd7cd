"""Words and choices are said as Django says them, more quickly."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import trans_real

from safeboard.core import labels
from safeboard.core.catalogue import draw_together
from safeboard.core.wall import Reach
from safeboard.strategy.models import Action


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trans_real, "_translations", {})


def _all_of(found: Any) -> list[Any]:
    keys = [key for one in found._catalog._catalogs for key in one]
    other = found._fallback
    while other is not None:
        keys += list(getattr(other, "_catalog", ()))
        other = other._fallback
    return keys


@pytest.mark.usefixtures("fresh")
def test_catalogues_drawn_together_say_what_they_said() -> None:
    before: Any = trans_real.DjangoTranslation("en-gb")
    draw_together("en-gb")
    after: Any = trans_real.translation("en-gb")
    assert len(after._catalog._catalogs) == 1
    for key in _all_of(before):
        word = key[0] if isinstance(key, tuple) else key
        assert after.gettext(word) == before.gettext(word)
        for number in (0, 1, 2, 21):
            assert after.ngettext(word, "many", number) == before.ngettext(word, "many", number)
    assert after.gettext("a word that nobody has") == "a word that nobody has"
    assert [after.ngettext("one of those", "some of those", n) for n in (1, 2)] == ["one of those", "some of those"]


@pytest.mark.usefixtures("fresh")
def test_a_language_that_counts_in_another_way_is_left_as_it_is() -> None:
    before: Any = trans_real.DjangoTranslation("pl")
    draw_together("pl")
    after: Any = trans_real.translation("pl")
    assert len(after._catalog._catalogs) == len(before._catalog._catalogs)
    assert [after.gettext(word) for word in ("Yes", "Monday")] == ["Tak", "Poniedziałek"]


def test_a_choice_is_named_in_the_language_of_whoever_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    field = Action._meta.get_field("reach")
    row: Any = Action(reach=Reach.BOARD)
    assert row.get_reach_display() == "The board, and the agency that it names"
    row.reach = "no choice of it"
    assert row.get_reach_display() == "no choice of it"
    monkeypatch.setattr(labels, "_labels", lambda _field: {"day": _("Monday")})
    row.reach = "day"
    with translation.override("pl"):
        assert row._get_FIELD_display(field) == "Poniedziałek"
    assert row._get_FIELD_display(field) == "Monday"
