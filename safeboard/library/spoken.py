"""The shapes of what is said to a child who writes, and to the adult whom a child tells.

Every word that a child or a parent reads on those pages is content, so that `content check` can measure how hard it is
to read and a board can have its own words. `Voice` is loaded only with all screens, answers and words that the
pages need: what is missing is named with its file, before anybody meets a page with a gap.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from .schemas import Audience, Id, Item, Shape, Text, texts_of

# What each screen asks: the ids of its answers.
SCREENS: Mapping[str, tuple[str, ...]] = {
    "before": (),
    "write": (),
    "danger": ("yes", "no", "not-sure"),
    "now": (),
    "place": ("rather-not",),
    "adult": ("yes", "no", "not-sure"),
    "reader": ("inside", "outside"),
    "name": (),
    "sent": (),
    "back": (),
    "talk": (),
    "closed": (),
    "busy": (),
}
WORDS = (
    "i-am",
    "exit",
    "go-back",
    "send-now",
    "help-title",
    "ring-now",
    "may-leave-out",
    "problem",
    "say-something",
    "too-long",
    "words-only",
    "file-refused",
    "have-words",
    "start-again",
    "words-wrong",
    "word-unknown",
    "read-by",
    "read-at-once",
    "goes-inside",
    "goes-outside",
    "you-wrote",
    "we-wrote",
    "not-read-yet",
    "read-already",
    "ended",
    "try-again",
)


class Point(Shape):
    """One point of a guidance: what to do in a few words, and why or how in a sentence or two."""

    id: Id
    title: Text
    text: Text


class Guidance(Item, kind="guidance"):
    """What somebody needs to know at once, in points: to be read on a phone in half a minute."""

    audience: Audience
    opening: Text
    points: tuple[Point, ...] = Field(min_length=1, max_length=20)
    then: Text
    contacts: tuple[Id, ...] = ()


class Part(Shape):
    """A question that a reader has before writing, and its answer. ``picture`` names one of our own drawings."""

    title: Text
    text: Text
    picture: Id | None = None


class Screen(Shape):
    """One screen: its heading, what it says, the label of its box, its answers and its button."""

    title: Text
    text: tuple[Text, ...] = ()
    parts: tuple[Part, ...] = ()
    label: Text | None = None
    hint: Text | None = None
    answers: dict[Id, Text] = {}
    button: Text | None = None


class Office(Shape):
    """When somebody reads: days of the week (Monday is 1), from an hour, to an hour, on the clock of the place."""

    days: tuple[Annotated[int, Field(ge=1, le=7)], ...] = Field(min_length=1)
    opens: Annotated[int, Field(ge=0, le=23)]
    closes: Annotated[int, Field(ge=1, le=24)]

    @model_validator(mode="after")
    def _in_order(self) -> Office:
        if self.closes <= self.opens:
            raise ValueError("the office closes after it opens, on the same day")
        return self


class Voice(Item, kind="voice"):
    """All that one sort of sender (a child, a parent) reads when telling the board of a worry.

    ``exit_to`` is the harmless page that the quick exit leads to. ``help`` names entries of the directory, each
    with what it is for in words of these pages.
    """

    audience: Audience
    exit_to: Annotated[str, StringConstraints(pattern=r"^https://[a-z0-9./-]+$", max_length=200)]
    office: Office
    help: dict[Id, Text] = Field(min_length=2)
    screens: dict[Id, Screen]
    words: dict[Id, Text]

    @model_validator(mode="after")
    def _whole(self) -> Voice:
        missing = [f"screens.{name}" for name in SCREENS if name not in self.screens]
        missing += [f"words.{name}" for name in WORDS if name not in self.words]
        missing += [
            f"screens.{name}.answers.{answer}"
            for name, answers in SCREENS.items()
            for answer in answers
            if name in self.screens and answer not in self.screens[name].answers
        ]
        unknown = [f"screens.{name}" for name in self.screens if name not in SCREENS]
        unknown += [f"words.{name}" for name in self.words if name not in WORDS]
        if missing or unknown:
            raise ValueError(
                "; ".join(
                    [f"missing: {', '.join(missing)}"] * bool(missing)
                    + [f"nothing shows: {', '.join(unknown)}"] * bool(unknown)
                )
            )
        return self

    def spoken(self, language: str = "en") -> Iterator[tuple[str, list[str]]]:
        """What each screen says, and all small words together: the pieces whose reading grade is measured."""
        for name, screen in self.screens.items():
            yield f"screens.{name}", [text.say(language) for _, text in texts_of(screen)]
        yield "help", [text.say(language) for text in self.help.values()]
        yield "words", [text.say(language) for text in self.words.values()]
