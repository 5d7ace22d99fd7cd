"""How products' alerts are read: their names for our fields, and their words for our categories, as data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from pydantic import BaseModel, ConfigDict, Field

from safeboard.incidents.choices import AlertCategory, Severity
from safeboard.incidents.operations import Noticed

FOLDER = Path(__file__).with_name("mappings")
MILLISECONDS = 10_000_000_000  # seconds since 1970 that lie beyond the year 2286: it was milliseconds that were meant


class Strict(BaseModel):
    """Nothing that is not known."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(Strict):
    """Products' words, by ours."""

    categories: Mapping[AlertCategory, tuple[str, ...]]
    severities: Mapping[Severity, tuple[str, ...]]


class Names(Strict):
    """For each of our fields a product's names for it: the first that is there counts; a dot leads inside."""

    reference: tuple[str, ...]
    at: tuple[str, ...]
    category: tuple[str, ...]
    product: tuple[str, ...] = ()
    severity: tuple[str, ...] = ()
    device: tuple[str, ...] = ()
    user: tuple[str, ...] = ()
    address: tuple[str, ...] = ()
    excerpt: tuple[str, ...] = ()
    setting: tuple[str, ...] = ()


class Mapped(Strict):
    """A product's shape."""

    title: str
    source: str
    product: str = Field(max_length=40)
    fields: Names

    def noticed(self, given: Mapping[str, Any]) -> Noticed:
        """An alert in our own words. What is not there stays empty; a time that cannot be read is now."""
        said = {name: _first(given, names) for name, names in self.fields}
        return Noticed(
            product=said["product"].strip()[:40] or self.product,
            reference=said["reference"],
            at=read_time(said["at"]),
            category=read_category(said["category"]),
            severity=read_severity(said["severity"]),
            device=said["device"],
            user=said["user"],
            address=said["address"],
            excerpt=said["excerpt"],
            setting=said["setting"],
        )


@cache
def words() -> Words:
    """The words of products for categories and severities."""
    return Words.model_validate(yaml.safe_load((FOLDER / "_words.yaml").read_text("utf-8")))


@cache
def mappings() -> Mapping[str, Mapped]:
    """Every shape by its name, which stands in the address."""
    paths = sorted(path for path in FOLDER.glob("*.yaml") if not path.name.startswith("_"))
    return {path.stem: Mapped.model_validate(yaml.safe_load(path.read_text("utf-8"))) for path in paths}


def read_category(said: str) -> AlertCategory:
    """The first of our categories whose word stands in the product's; else 'other'."""
    try:
        return AlertCategory(said.strip().lower())
    except ValueError:
        return next((ours for ours, theirs in words().categories.items() if _has(said, theirs)), AlertCategory.OTHER)


def read_severity(said: str) -> Severity:
    """High and low by their words; whatever else is in the middle."""
    plain = said.strip().lower()
    return next(
        (ours for ours, theirs in words().severities.items() if plain in theirs or _has(said, theirs)), Severity.MEDIUM
    )


def read_time(said: str) -> datetime:
    """A moment as ISO 8601 or as seconds or milliseconds since 1970; now where it cannot be read."""
    try:
        if re.fullmatch(r"\d{9,14}(\.\d+)?", said):
            seconds = float(said)
            return datetime.fromtimestamp(seconds / 1000 if seconds > MILLISECONDS else seconds, tz=UTC)
        found = parse_datetime(said)
        if found is None:
            return timezone.now()
        return found if timezone.is_aware(found) else timezone.make_aware(found)
    except (ValueError, OverflowError, OSError):
        return timezone.now()


def _plain(text: str) -> str:
    return re.sub(r"[_\W]+", " ", text.lower())


def _has(said: str, theirs: tuple[str, ...]) -> bool:
    """Whether one of these words begins a word of what was said; numbers count whole alone."""
    plain = _plain(said)
    return any(re.search(rf"\b{re.escape(_plain(word))}", plain) for word in theirs if not word.isdigit())


def _first(given: Mapping[str, Any], names: tuple[str, ...]) -> str:
    """The first of these names that holds a word or a number."""
    return next((found for name in names if (found := _at(given, name))), "")


def _at(given: Any, name: str) -> str:
    for part in name.split("."):
        given = given.get(part) if isinstance(given, Mapping) else None
    return str(given) if isinstance(given, str | int | float) and not isinstance(given, bool) else ""


def titles() -> Iterator[tuple[str, str]]:
    """The shapes that are known: name and title each."""
    for name, one in mappings().items():
        yield name, one.title
