"""The shapes of what a content pack may hold.

A pack is a folder, `<pack>/pack.yaml` beside its items:

* `<pack>/<kind>/<id>.yaml` is one item (charts, directory);
* `<pack>/<kind>.yaml` or `<pack>/<kind>/<any name>.yaml` with a key `items:` is a small list. Its
  `version`, `source`, `review_by`, `status` and `checked` hold for every item that does not say its own.

A new kind is one class here: `class Card(Item, kind="cards")`. Nothing here knows Django, so that the
shapes and the chart engine can be used and tested alone.

YAML is read as YAML 1.2 reads it (`yes` and `no` are words, not true and false); anchors and doubled keys
are refused. Write telephone numbers in quotes.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    RootModel,
    StringConstraints,
    field_validator,
    model_validator,
)
from pydantic import ValidationError as ShapeError

__all__ = ["KINDS", "Chart", "Item", "Outcome", "PackFile", "ShapeError", "Step", "Text", "texts_of"]

DEFAULT_LANGUAGE = "en"
LANGUAGE = re.compile(r"^[a-z]{2,3}(-[a-z0-9]{2,8})?$")
# Control characters, zero-width characters and the marks that turn the direction of text round.
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Version = Annotated[int, Field(ge=1, le=99_999)]

language_in_use: Callable[[], str | None] = lambda: DEFAULT_LANGUAGE  # noqa: E731  the app config replaces it


class Shape(BaseModel):
    """What every part of a pack has in common: unknown keys are refused, nothing changes once read."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Text(RootModel[dict[str, str]]):
    """Words by language, English always among them: `{en: "...", cy: "..."}`.

    `str(text)` gives the words in the language in use, or in English where that language has none yet.
    """

    model_config = ConfigDict(frozen=True)

    @field_validator("root")
    @classmethod
    def _sound(cls, words: dict[str, str]) -> dict[str, str]:
        tidy = {language: said.strip() for language, said in words.items()}
        for language, said in tidy.items():
            if not LANGUAGE.match(language):
                raise ValueError(f"'{language}' is not a language code such as 'en' or 'cy'")
            if not said:
                raise ValueError(f"the words in '{language}' are empty")
            if UNPRINTABLE.search(said):
                raise ValueError(f"the words in '{language}' hold a character that cannot be seen")
        if DEFAULT_LANGUAGE not in tidy:
            raise ValueError("there are no words in English (en)")
        return tidy

    def say(self, language: str | None = None) -> str:
        """Gives the words in `language` ('cy' also answers for 'cy-gb'), else in English."""
        for code in (language or "", (language or "").split("-")[0]):
            if code in self.root:
                return self.root[code]
        return self.root[DEFAULT_LANGUAGE]

    def has(self, language: str) -> bool:
        return language in self.root

    def __str__(self) -> str:
        return self.say(language_in_use())

    def __hash__(self) -> int:
        return hash(tuple(sorted(self.root.items())))


class Source(Shape):
    """Where the substance of an item comes from: the document, and the section in it."""

    document: Line
    section: Line | None = None


class Status(StrEnum):
    """How a statement about law, a body or a number is known."""

    VERIFIED = "V"  # read in an official source
    SECONDARY = "S"  # read in a secondary source
    GENERAL = "G"  # general knowledge


KINDS: dict[str, type["Item"]] = {}


class Item(Shape):
    """What every item has. `checked` is the day on which its law, bodies and numbers were last looked up."""

    kind: ClassVar[str] = ""

    id: Id
    version: Version
    title: Text
    summary: Text | None = None
    source: Source
    review_by: date
    status: Status | None = None
    checked: date | None = None

    @classmethod
    def __pydantic_init_subclass__(cls, kind: str = "", **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        if kind:
            cls.kind = kind
            KINDS[kind] = cls

    def __init_subclass__(cls, kind: str = "", **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)


class PackFile(Shape):
    """`pack.yaml`: what the pack is. `extends` names the pack that a local one adds to.

    `shares` names files of the folder `_shared` beside the pack, such as `reviews/maturity`, that it holds as its own.
    """

    id: Id
    version: Version
    title: Text
    summary: Text | None = None
    nation: Line | None = None
    law_as_at: date | None = None
    extends: Id | None = None
    shares: tuple[Line, ...] = ()
    source: Source | None = None
    review_by: date | None = None


# --- charts -------------------------------------------------------------------------------------------


class Urgency(StrEnum):
    NOW = "now"
    TODAY = "today"
    SOON = "soon"


class DutyKind(StrEnum):
    REFER = "refer"
    RECORD = "record"
    TELL = "tell"
    ANSWER = "answer"
    PRESERVE = "preserve"
    DEBRIEF = "debrief"
    DECIDE = "decide"
    SUPPORT = "support"
    DISCUSS = "discuss"


class Owner(StrEnum):
    DESIGNATED_OFFICER = "designated_officer"
    AGENCY_LEAD = "agency_lead"
    REPORTER = "reporter"
    RESPONSIBLE_PERSON = "responsible_person"
    HR = "hr"


class Audience(StrEnum):
    STAFF = "staff"
    CHILD = "child"
    PARENT = "parent"
    OFFICER = "officer"
    TECHNICIAN = "technician"


def _not_negative(length: timedelta) -> timedelta:
    if length < timedelta(0):
        raise ValueError("a duty cannot be due before it arises")
    return length


WORKING = re.compile(r"^P(\d{1,3})WD$")


class Within(Shape):
    """A length of time, as ISO 8601 has it: PT0S at once, PT12H, P1D; or P1WD, one working day."""

    within: Annotated[timedelta, AfterValidator(_not_negative)]
    working_days: bool = False

    @model_validator(mode="before")
    @classmethod
    def _working(cls, given: object) -> object:
        """P1WD is a day that is counted in working days."""
        days = WORKING.match(str(given.get("within", ""))) if isinstance(given, Mapping) else None
        return {**given, "within": f"P{days[1]}D", "working_days": True} if days else given  # type: ignore[dict-item]

    @field_validator("within", mode="before")
    @classmethod
    def _iso_only(cls, value: object) -> object:
        if not isinstance(value, (str, timedelta)) or (isinstance(value, str) and not value.startswith("P")):
            raise ValueError("write the time as PT0S (at once), PT12H (twelve hours), P1D or P1WD (a working day)")
        return value


class Duty(Within):
    """What is owed, and by when."""

    id: Id
    kind: DutyKind
    title: Text
    owner: Owner
    to: Id | None = None


class Do(Shape):
    """One thing to do now, and whom it is done with (a contact kind or a directory entry)."""

    text: Text
    contact: Id | None = None


class Answer(Shape):
    """One answer to a step's question. `unsure` marks the step's one 'not sure' answer.

    `contact` is the person to ring, shown with the answer; needed on a 'not sure' answer unless the step
    or outcome that it leads to names somebody.
    """

    id: Id
    label: Text
    hint: Text | None = None
    next: Id
    unsure: bool = False
    contact: Id | None = None


class Step(Shape):
    """One question of a chart. `do`, `dont` and `duties` hold from the moment the step is reached."""

    id: Id
    question: Text
    help: Text | None = None
    do: tuple[Do, ...] = ()
    dont: tuple[Text, ...] = ()
    duties: tuple[Duty, ...] = ()
    answers: tuple[Answer, ...] = ()
    concern: Literal["images"] | None = None


class Outcome(Shape):
    """Where a path ends: what to do, what not, with whom, and what is owed by when.

    `concern: images` marks the incident as about images of children: nothing may then be attached to it.
    """

    id: Id
    title: Text
    summary: Text | None = None
    urgency: Urgency
    do: tuple[Do, ...] = ()
    dont: tuple[Text, ...] = ()
    contacts: tuple[Id, ...] = ()
    duties: tuple[Duty, ...] = ()
    concern: Literal["images"] | None = None


class Chart(Item, kind="charts"):
    """A decision chart. Whether it makes sense (one start, no dead end) is asked of `engine.check`."""

    audience: Audience
    start: Id
    steps: tuple[Step, ...] = Field(min_length=1, max_length=200)
    outcomes: tuple[Outcome, ...] = Field(min_length=1, max_length=200)
    notes: tuple[Text, ...] = ()


# --- small lists and the directory --------------------------------------------------------------------


class SettingKind(Item, kind="setting-kinds"):
    """A kind of place where children reach technology. `matches`: its names in imported registers.

    `listed`: its places may be named to anybody who looks for theirs; not where children live or are treated.
    """

    examples: Text | None = None
    who_uses: Text | None = None
    children_use: bool = True
    listed: bool = True
    matches: tuple[Line, ...] = ()


class AgencyKind(Item, kind="agency-kinds"):
    examples: Text | None = None


class IncidentKind(Item, kind="incident-kinds"):
    """A scenario that a report chooses.

    `concern: images`: it is or may be about images of children, so nothing is ever attached. `images_possible`: ask
    whether such images are part of it before anything may be attached.
    """

    hint: Text | None = None
    example: Text | None = None
    images_possible: bool = False
    deliberate: bool | None = None
    unlawful: bool | None = None
    concern: Literal["images"] | None = None
    chart: Id | None = None
    classifications: tuple[Id, ...] = ()


class HowFound(Item, kind="how-found"):
    """How an incident came to light."""

    hint: Text | None = None


class Classification(Item, kind="classifications"):
    """`group` says which list it is of: an aspect of the risk, or a strand of a board's strategy."""

    group: Literal["aspect", "strand"] = "aspect"
    hint: Text | None = None


class Prompt(Item, kind="prompts"):
    """A question to answer when looking back. `group`: a debrief, a serious incident, or a team's meeting."""

    group: Literal["debrief", "serious", "team"]
    hint: Text | None = None


class ContactKind(Item, kind="contact-kinds"):
    """Somebody whom each agency or board names. `instead`: who is rung where nobody is named yet."""

    held_by: Literal["agency", "setting", "board", "outside"] = "agency"
    instead: tuple[Id, ...] = ()


class DirectoryEntry(Item, kind="directory"):
    """Outside help. The address is kept as words, never as a link that the product follows."""

    what_for: Text
    not_for: Text | None = None
    hours: Text | None = None
    telephone: Line | None = None
    text_number: Line | None = None
    url: Line | None = None
    how_to_report: Text | None = None
    audiences: tuple[Audience, ...] = ()
    emergency: bool = False


class GlossaryEntry(Item, kind="glossary"):
    meaning: Text
    see: tuple[Id, ...] = ()


def texts_of(part: object, at: str = "") -> Iterator[tuple[str, Text]]:
    """Every text in an item with the place where it stands, such as `steps.what.question`."""
    if isinstance(part, Text):
        yield at, part
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from texts_of(getattr(part, name), f"{at}.{name}" if at else name)
    elif isinstance(part, Mapping):
        for name, inner in part.items():
            yield from texts_of(inner, f"{at}.{name}" if at else name)
    elif isinstance(part, tuple):
        for number, inner in enumerate(part, start=1):
            yield from texts_of(inner, f"{at}.{getattr(inner, 'id', number)}")
