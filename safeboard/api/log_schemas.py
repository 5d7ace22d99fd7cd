"""The shapes of questions to the filter logs and of their answers. Fields bear the glossary's words."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Annotated, Any

from ninja import Schema
from pydantic import AwareDatetime, ConfigDict, Field, StringConstraints

from safeboard.sitelogs.choices import Ground, Host, Passed, Sure
from safeboard.sitelogs.models import Authority, Question
from safeboard.sitelogs.queries.answer import Line, words_of
from safeboard.sitelogs.terms import Terms, inert

from .schemas import Given

Id = Annotated[int, Field(ge=1, le=2**63 - 1)]
Text = Annotated[str, StringConstraints(max_length=100, strip_whitespace=True, pattern=r"^[^\x00-\x1f]*$")]
Address = Annotated[str, StringConstraints(max_length=500, strip_whitespace=True, pattern=r"^[^\x00-\x1f]*$")]
Day = Annotated[int, Field(ge=0, le=6)]


# Asking -------------------------------------------------------------------------------------------------------


class Hours(Given):
    """A part of each day, by the setting's own clock."""

    start: time = Field(examples=["08:30"])
    end: time = Field(examples=["16:00"])


class AuthorityIn(Given):
    """What the question rests on: one of recorded, incident, notice and reason."""

    recorded: Id | None = Field(None, description="An authority that is on record, a random review's too, by its id")
    incident: Id | None = Field(None, description="An incident that the token's maker may know of, by its id")
    notice: Annotated[str, StringConstraints(max_length=2_000)] | None = Field(
        None, description="The reference of a notice: for nominated senior people alone"
    )
    reason: Annotated[str, StringConstraints(max_length=2_000)] | None = Field(
        None, description="Another reason in words, with who allowed it and when"
    )
    allowed_by: Annotated[str, StringConstraints(max_length=120)] = Field(
        "", description="Who allowed it: not whoever asks", examples=["Hana Head"]
    )
    allowed_on: date | None = Field(None, examples=["2026-03-02"])
    network: Sure = Field(
        Sure.UNSURE, description="Whether it is sure that the people who look after the network are not involved"
    )

    @property
    def grounds(self) -> list[str]:
        """What of the four is given."""
        return [name for name in ("recorded", "incident", "notice", "reason") if getattr(self, name) is not None]

    def fields(self) -> dict[str, Any]:
        """As an authority is recorded, without the record that it rests on."""
        plain = {"ground": Ground(self.grounds[0]), "network": self.network}
        if self.notice is not None:
            return {**plain, "reason": self.notice}
        if self.reason is None:
            return plain
        return {**plain, "reason": self.reason, "allowed_by": self.allowed_by, "allowed_on": self.allowed_on}


EXAMPLE = {
    "authority": {"incident": 412},
    "settings": ["alder-bank"],
    "since": "2026-03-02T08:00:00+00:00",
    "until": "2026-03-02T17:00:00+00:00",
    "who": "10.1.2.0/24",
    "host": "video.example",
    "about_self": False,
}


class QuestionIn(Given):
    """A question. Only the times have to be given; beyond a day something else has to narrow it too."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [EXAMPLE]})

    authority: AuthorityIn | None = Field(None, description="Without one nothing is asked")
    settings: list[Text] = Field(min_length=1, max_length=1_000, description="Keys, as /logs/settings gives them")
    since: AwareDatetime
    until: AwareDatetime = Field(description="Up to, and not with, this time")
    who: Text = Field("", description="Addresses of computers: 10.1.2.3, 10.1.2.0/24 or 10.1.2.3-10.1.2.60")
    user: Text = Field("", description="The user's name as the filter writes it")
    host: Address = Field("", description="A website", examples=["video.example"])
    how: Host = Field(Host.UNDER, description="exact: this host alone; under: it and everything below it")
    words: Address = Field("", description="Words in the web address, as they stand there")
    days: list[Day] = Field([], max_length=7, description="Days of the week, Monday is 0")
    hours: Hours | None = None
    category: Text = Field("", description="The filter's own word")
    passed: Passed = Field(Passed.ANY, description="Blocked or allowed; empty: both")
    about_self: bool = Field(description="It could be about the token's maker, or equipment that they use")

    def terms(self, host: str) -> Terms:
        """What is asked, with the host alone."""
        texts = {name: getattr(self, name) for name in ("who", "user", "words", "category", "passed", "since", "until")}
        hours = (self.hours.start, self.hours.end) if self.hours else None
        how = self.how if host else Host.UNDER
        return Terms(**texts, host=host, how=how, days=tuple(sorted(set(self.days))), hours=hours)


# Reading ------------------------------------------------------------------------------------------------------


class SettingOut(Schema):
    """A setting whose filter's lines are kept."""

    key: str = Field(examples=["alder-bank"])
    name: str = Field(examples=["Alder Bank School"])


class SettingsOut(Schema):
    """The settings that may be asked of."""

    settings: list[SettingOut]


class AuthorityOut(Schema):
    """What questions rest on."""

    id: int = Field(examples=[31])
    ground: Ground
    reason: str = Field(examples=["Incident 2026-0042"])
    made_at: datetime
    holds: bool = Field(description="False where it was withdrawn: nothing is answered under it any more")


class AuthoritiesOut(Schema):
    """The newest authorities that the token's maker may use or answers for."""

    authorities: list[AuthorityOut]


class QuestionOut(Schema):
    """A question as it was written down."""

    id: int = Field(examples=[77])
    authority: int = Field(description="Id of its authority", examples=[31])
    words: str = Field(description="The question as a person says it; web addresses in it are made harmless")
    asked_at: datetime
    waits: bool = Field(description="It waits for a second person, and is not answered before they allow it")
    answered: bool = Field(description="It can be answered now")


class LogLine(Schema):
    """A line of an answer. It names a device, never a child."""

    at: datetime
    setting: str = Field(description="Its key", examples=["alder-bank"])
    address: str = Field(description="Of the device", examples=["10.1.2.3"])
    user: str
    url: str = Field(description="The web address, made harmless", examples=["hxxps[:]//video[.]example/watch"])
    blocked: bool
    category: str
    reason: str
    ref: str = Field(description="Names the line: time, segment and line of the evidence")


class AnswerPage(Schema):
    """A page of an answer, the newest first: at most 100 lines, and fewer where the rest takes long to find."""

    lines: list[LogLine]
    searched_to: datetime | None = Field(description="How far back it was searched")
    next_cursor: str | None = Field(description="Ask for the next page with it, within an hour; null on the last one")


class AnswerFilter(Given):
    """Where a page begins."""

    cursor: Annotated[str, StringConstraints(max_length=500)] | None = Field(
        None, description="next_cursor of the page before"
    )


class HourCount(Schema):
    """How many lines there are of an hour."""

    hour: datetime = Field(description="Its beginning")
    lines: int


class CountsOut(Schema):
    """An answer as counts; hours without a line are left out."""

    total: int = Field(examples=[1204])
    hours: list[HourCount]


def authority_out(row: Authority) -> dict[str, Any]:
    """An authority that the token's maker may read."""
    return {name: getattr(row, "pk" if name == "id" else name) for name in AuthorityOut.model_fields}


def question_out(row: Question) -> dict[str, Any]:
    """A question that the token's maker may open."""
    given = {"id": row.pk, "authority": row.authority_id, "asked_at": row.asked_at}
    return {**given, "words": words_of(row), "waits": row.waits, "answered": row.may_run}


def line_out(line: Line) -> dict[str, Any]:
    """A line as a program gets it."""
    same = ("at", "address", "user", "blocked", "category", "reason", "ref")
    return {**{name: getattr(line, name) for name in same}, "setting": line.key, "url": inert(line.shown_url)}
