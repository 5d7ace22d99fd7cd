"""The shapes of incidents in the API. Fields bear the glossary's words."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import AwareDatetime, ConfigDict, Field, StringConstraints

from safeboard.incidents.choices import Images, Kin, NoteKind, Part, Status
from safeboard.incidents.models import Duty, Incident
from safeboard.incidents.queries.story import CaseFile

Line = Annotated[str, StringConstraints(max_length=200)]
Lines = Annotated[str, StringConstraints(max_length=10_000)]
Word = Annotated[str, StringConstraints(max_length=40)]


class Given(Schema):
    """What is sent to us: nothing that is not listed, so that nothing is dropped in silence."""

    model_config = ConfigDict(extra="forbid")


# Asking -------------------------------------------------------------------------------------------------------


class Filter(Given):
    """What of the list is wanted."""

    status: Status | None = Field(None, description="Where it stands")
    kind: Word | None = Field(None, description="Kind of incident, by its id", examples=["bullying-harassment"])
    classification: Word | None = Field(None, description="By its id", examples=["contact"])
    setting: int | None = Field(None, ge=1, le=2**63 - 1, description="Number of the setting")
    since: date | None = Field(None, ge=date(1900, 1, 1), description="Reported on this day or later")
    until: date | None = Field(None, le=date(9000, 1, 1), description="Reported on this day or earlier")
    late: bool = Field(False, description="Only where something owed is late")
    limit: int = Field(50, ge=1, le=200)
    cursor: Annotated[str, StringConstraints(max_length=300)] | None = Field(
        None, description="next_cursor of the page before"
    )

    def wanted(self) -> dict[str, Any]:
        """The filter as the list of the pages takes it."""
        names = ("status", "classification", "setting", "since", "until", "late")
        return {"scenario": self.kind, **{name: getattr(self, name) for name in names}}


# Reading ------------------------------------------------------------------------------------------------------


class IncidentLine(Schema):
    """An incident in the list."""

    id: int = Field(examples=[412])
    reference: str = Field(description="The number that people quote", examples=["2026-0042"])
    kind: str = Field(examples=["bullying-harassment"])
    classification: str = Field(examples=["contact"])
    strand: str = Field(examples=[""])
    images: Images = Field(description="Whether it is, or may be, about pictures of children")
    allegation: bool = Field(description="A concern about a member of staff or volunteer")
    how_found: str = Field(examples=["told-by-child"])
    happened_on: date
    happened_at: time | None
    setting: int | None
    status: Status
    reported_at: datetime
    concluded_at: datetime | None


class IncidentPage(Schema):
    """A page of the list."""

    incidents: list[IncidentLine]
    next_cursor: str | None = Field(description="Ask for the next page with it; null on the last one")


class InvolvedOut(Schema):
    """Somebody in an incident."""

    kin: Kin
    part: Part
    name: str = Field(examples=["Kit Alderley"])
    birth_date: str = Field(examples=["2013-05-06"])


class NoteLine(Schema):
    """An entry of the story."""

    at: datetime
    kind: str = Field(examples=["action"])
    text: str = Field(examples=["Telephoned both parents"])


class DutyOut(Schema):
    """What is owed by a time."""

    id: int
    incident: int
    reference: str = Field(examples=["2026-0042"])
    kind: str = Field(examples=["record"])
    title: str = Field(examples=["Write down what the child said"])
    owner: str = Field(examples=["designated_officer"])
    due_at: datetime
    done_at: datetime | None


class DutyPage(Schema):
    """What somebody owes."""

    duties: list[DutyOut]


class ReferralOut(Schema):
    """A matter that was handed to somebody who must act; its text stays here."""

    to: str = Field(examples=["ceop"])
    to_name: str = Field(examples=["CEOP Safety Centre"])
    state: str = Field(examples=["sent"])
    sent_at: datetime | None
    acknowledged_at: datetime | None
    answered_at: datetime | None


class IncidentOut(IncidentLine):
    """One incident. Where the token's maker reported it and does not handle it, their own part of the story alone."""

    narrative: str
    where: str
    address: str = Field(description="A web address as inert text. Do not open it", examples=["chat.example/room"])
    actions: str
    evidence: str
    conclusion: str
    people: list[InvolvedOut]
    notes: list[NoteLine]
    duties: list[DutyOut]
    referrals: list[ReferralOut]


OPEN = ("id", "reference", "classification", "strand", "images", "allegation", "how_found", "happened_on")
TIMES = ("happened_at", "status", "reported_at", "concluded_at")
TEXTS = ("narrative", "where", "address", "actions", "evidence", "conclusion")


def line_out(incident: Incident) -> dict[str, Any]:
    """An incident for the list: open fields."""
    fields = {name: getattr(incident, name) for name in (*OPEN, *TIMES)}
    return {**fields, "kind": incident.scenario, "setting": incident.setting_id}


def incident_out(case: CaseFile) -> dict[str, Any]:
    """One incident as the person of the case file may read it."""
    return {
        **line_out(case.incident),
        **{name: getattr(case.incident, name) or "" for name in TEXTS},
        "people": [InvolvedOut.from_orm(one) for one in case.people()],
        "notes": [NoteLine.from_orm(one) for one in case.notes],
        "duties": [duty_out(one) for one in case.duties],
        "referrals": [ReferralOut.from_orm(one) for one in case.referrals],
    }


def duty_out(duty: Duty) -> DutyOut:
    """A duty; its incident was loaded with it."""
    names = ("id", "kind", "title", "owner", "due_at", "done_at")
    fields = {name: getattr(duty, name) for name in names}
    return DutyOut(**fields, incident=duty.incident_id, reference=duty.incident.reference)


# Reporting ----------------------------------------------------------------------------------------------------


class PersonIn(Given):
    """Somebody involved. Nothing but who they are and their part has to be known."""

    kin: Kin = Field(description="A child, staff, or somebody else")
    part: Part = Field(description="What part they had, as far as is known")
    name: Annotated[str, StringConstraints(max_length=120)] = Field("", examples=["Kit Alderley"])
    birth_date: date | None = Field(None, examples=["2013-05-06"])

    def answers(self) -> dict[str, Any]:
        """As the form takes it."""
        return {name: value for name, value in self.model_dump(mode="python").items() if value}


EXAMPLE = {
    "images": "no",
    "kind": "bullying-harassment",
    "narrative": "Three pupils of year 8 wrote unkind messages about a fourth in a group chat.",
    "happened_on": "2026-03-02",
    "happened_at": "16:30",
    "how_found": "told-by-parent",
    "setting": None,
    "where": "Group chat on their own telephones",
    "people": [{"kin": "child", "part": "affected", "name": "Kit Alderley"}],
    "actions": "Spoke with the parents of all four.",
}


class ReportIn(Given):
    """A report. The ids of kinds, classifications and ways of finding are those of the content pack of the agency."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [EXAMPLE]})

    images: Images = Field(description="Is it, or may it be, about naked or sexual pictures of a child? Never send one")
    kind: Word = Field(description="Kind of incident, by its id")
    classification: Word | None = Field(None, description="By its id; the kind suggests one where it is left out")
    strand: Word | None = None
    narrative: Lines = Field(description="What happened, in words")
    happened_on: date
    happened_at: Annotated[str, StringConstraints(pattern=r"^\d{2}:\d{2}$")] | None = None
    how_found: Word = Field(description="How it came to light, by its id")
    setting: int | None = Field(
        ge=1, le=2**63 - 1, description="Number of the setting; null: elsewhere, or only online"
    )
    where: Line = Field("", description="Room, app, game or website")
    address: Annotated[str, StringConstraints(max_length=2_000)] = Field("", description="A web address, kept as text")
    actions: Lines = Field("", description="What has been done, and by whom")
    evidence: Lines = Field("", description="Which device it is on, and where that is now. Words, never a file")
    people: list[PersonIn] = Field([], max_length=50)

    def answers(self) -> dict[str, Any]:
        """As the forms take it."""
        found = self.model_dump(mode="python", exclude={"people", "kind"})
        return {**found, "scenario": self.kind, "images": self.images.value}


class ReportOut(Schema):
    """The incident that a report became."""

    id: int = Field(examples=[412])
    reference: str = Field(examples=["2026-0042"])
    images: Images = Field(description="As it is taken to be: the kind of incident may make it graver than was said")


class NoteIn(Given):
    """A note."""

    text: Lines = Field(min_length=1, examples=["Telephoned both parents; they will keep the telephone."])
    kind: Literal[NoteKind.ACTION, NoteKind.CONTACT, NoteKind.DECISION] = Field(NoteKind.ACTION)
    at: AwareDatetime | None = Field(None, description="When it was; now where it is left out")


class NoteOut(Schema):
    """The note as it was kept."""

    id: int
    at: datetime
