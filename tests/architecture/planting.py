"""Words that show whose a text is: planted in every field of a small county, and known again wherever they appear."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from safeboard.core.sealed import SealedJSONField, SealedTextField
from safeboard.library import queries as library
from tests.cast import Cast

# In one case, as somebody writes: of letters thrown together, as in a token, one run in ten would hold such a word.
WORD = re.compile(rb"(?=[zZ]q[a-z]{5}qz|ZQ[A-Z]{5}QZ)(?i:zq([abcew])([a-z]{4})qz)")

# Texts that are codes of a pack, of a file or of a table: a word of ours would not stand there in real life.
CODES = frozenset(
    {"pack", "scenario", "classification", "strand", "how_found", "key", "chart", "step", "answer", "outcome", "to"}
    | {"layout", "sha256", "media_type", "urn", "name_index", "secret_digest", "about_type", "dedupe", "kind"}
    | {"birth_date", "content", "hash", "digest", "content_key", "user_index"}
)


SEALED = "zqsealedqz"  # in every sealed text: nowhere to be found in the database as it lies on disk


@dataclass
class Stock:
    """The records of one place by the words that fill the gaps of addresses; those of incidents by case."""

    place: str
    things: dict[str, Any] = field(default_factory=dict)
    cases: dict[str, dict[str, Any]] = field(default_factory=dict)


@dataclass
class World:
    """The cast and the stock of each place: agencies a (own), b (other), c (far); boards e (own) and w (far)."""

    cast: Cast
    stocks: dict[str, Stock] = field(default_factory=dict)
    planted: dict[str, set[str]] = field(default_factory=dict)

    def words(self, model: type[models.Model], word: str, given: dict[str, Any]) -> dict[str, Any]:
        """The given values, and the word in every other text field of the model."""
        found = dict(given)
        for one in model._meta.concrete_fields:
            if one.name in given:
                self.planted.setdefault(model._meta.label, set()).add(one.name)
            elif is_text(one) and one.name not in CODES:
                found[one.name] = planted(one, word)
                self.planted.setdefault(model._meta.label, set()).add(one.name)
        return found

    def make(self, model: type[models.Model], word: str, **given: Any) -> Any:
        """One row with the word in every text field."""
        return model._default_manager.create(**self.words(model, word, given))


def is_text(one: models.Field) -> bool:
    """Whether somebody can write free text there."""
    if isinstance(one, (SealedJSONField, models.JSONField)):
        return False
    return isinstance(one, (models.CharField, models.TextField, SealedTextField)) and not one.choices


def planted(one: models.Field, word: str) -> str:
    """The word as a value of the field."""
    if isinstance(one, models.EmailField):
        return f"{word}.{one.name}@example.org"
    text = f"{word} {one.model._meta.model_name} {one.name}"
    if isinstance(one, SealedTextField):
        return f"{text} {SEALED}"
    return text if one.max_length is None or len(text) <= one.max_length else word


def word_of(place: str, kind: str) -> str:
    """The word of a place and a class."""
    return f"zq{place}{kind}qz"


def first(pack: str, kind: str) -> str:
    return library.choices(pack, kind)[0][0]
