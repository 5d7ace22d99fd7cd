"""The words of the table of routes: kinds of people, and who reaches an incident by what it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Kinds = frozenset[str]


def kinds(text: str) -> Kinds:
    """The kinds of people of a line."""
    return frozenset(text.split())


NOBODY = kinds("")
LEAD = kinds("lead reporting_lead")
STAFF = kinds("staff colleague")
OFFICERS = kinds("designated_officer subject")
INSPECTOR = kinds("inspector")
AGENCY = (
    kinds("responsible_person allegations_officer infrastructure senior_person") | LEAD | STAFF | OFFICERS | INSPECTOR
)
REPORTERS = AGENCY - INSPECTOR
RUNNERS = kinds("board_manager board_officer")
BOARD = RUNNERS | kinds("subgroup_member board_inspector")
ADMINISTRATOR = kinds("administrator")
PLACED = AGENCY | BOARD | ADMINISTRATOR
KEEPERS = LEAD | RUNNERS
ANSWERING = LEAD | OFFICERS | kinds("responsible_person")

# Incidents, by what the incident is. The report is always by "staff", in the far agency by its lead.
WROTE = kinds("staff reporting_lead")
CASE = kinds("lead reporting_lead designated_officer subject")
FEW = kinds("designated_officer subject responsible_person allegations_officer")
SEES: Mapping[str, Kinds] = {
    "plain": WROTE | CASE | INSPECTOR,
    "images": WROTE | CASE | INSPECTOR,
    "concluded": WROTE | CASE | INSPECTOR,
    "allegation": WROTE | FEW,
    "about_subject": (WROTE | FEW) - kinds("subject"),
    "by_name": (WROTE | FEW) - kinds("responsible_person"),
}
HANDLES: Mapping[str, Kinds] = {
    **dict.fromkeys(("plain", "images", "concluded"), CASE),
    **dict.fromkeys(("allegation", "about_subject", "by_name"), FEW),
}
OPEN_CASES = [case for case in SEES if case != "concluded"]


@dataclass(frozen=True)
class Expect:
    """What is expected of a route. ``post``: who may do it by POST, where that differs from ``does``.

    ``board``: boards know the records of the agencies that sit in them; ``shared``: these know the board's.
    """

    page: Kinds
    does: Kinds | Mapping[str, Kinds] | None = None
    sees: Mapping[str, Kinds] = field(default_factory=dict)
    board: bool = False
    shared: bool = False
    post: Mapping[str, Kinds] | None = None

    def does_it(self, kind: str, case: str, method: str) -> bool:
        """Whether that kind of person, who may know of the record, may do this to it."""
        does = self.post if method == "POST" and self.post is not None else self.does
        if isinstance(does, Mapping):
            return kind in does.get(case, NOBODY)
        return does is None or kind in does


def incident(page: Kinds, does: Mapping[str, Kinds] | None = None, post: Mapping[str, Kinds] | None = None) -> Expect:
    """A page of one incident."""
    return Expect(page, does=does, sees=SEES, post=post)


def while_open(page: Kinds, does: Mapping[str, Kinds]) -> Expect:
    """A page of an open incident. A post to one that is concluded meanwhile is answered beside what was typed."""
    return incident(page, of_open(does), does)


def only(page: Kinds, *who: str) -> Expect:
    """A page of something that belongs to one person."""
    return Expect(page, sees={"": frozenset(who)})


def of_open(table: Mapping[str, Kinds]) -> dict[str, Kinds]:
    """The same table for incidents that are not concluded."""
    return {case: table[case] for case in OPEN_CASES}


def without_images(table: Mapping[str, Kinds]) -> dict[str, Kinds]:
    """The same table, where files are refused to everybody: about images of children (PCA 1978 s.1)."""
    return {**table, "images": NOBODY}


CAN_HANDLE = CASE | FEW
REPORTED_OR_HANDLES = {case: WROTE | HANDLES[case] for case in SEES}
READ = incident(AGENCY)
NOTE = while_open(REPORTERS, REPORTED_OR_HANDLES)
STEP = incident(REPORTERS, of_open(REPORTED_OR_HANDLES))
REFER = incident(REPORTERS, REPORTED_OR_HANDLES)
CHANGE = while_open(CAN_HANDLE, HANDLES)
HANDLE = incident(CAN_HANDLE, HANDLES)
READ_ALL = incident(CAN_HANDLE | INSPECTOR, {case: HANDLES[case] | (INSPECTOR & SEES[case]) for case in SEES})
# Concerns about staff: there is no such page of any other incident.
CONCERNS = {case: SEES[case] if case in ("allegation", "about_subject", "by_name") else NOBODY for case in SEES}
# A referral to the agency, before an incident is made of it: whoever deals with incidents that are no allegations.
RECEIVED = {"": CASE - kinds("subject")}
DRAFT = only(REPORTERS, "staff", "reporting_lead")
# What was sent in without an account: for the designated officer; the head only where it is late or urgent.
WORRY = Expect(OFFICERS | kinds("responsible_person"), sees={"": OFFICERS})
VIEW = only(AGENCY, "staff", "reporting_lead")

# A local copy of a chart has the same address in every place, and is the own place's.
OF_CHARTS = Expect(LEAD | OFFICERS | RUNNERS)

# Looking back: who reads texts for the board, lessons, and the review of the log.
SUBGROUP = RUNNERS | kinds("subgroup_member")
READS_WHOLE = {case: HANDLES[case] | INSPECTOR for case in SEES}
LOG = CASE | INSPECTOR | kinds("responsible_person")
SERIOUS: Mapping[str, Kinds] = {
    **dict.fromkeys(("plain", "images", "concluded"), CASE | kinds("responsible_person")),
    "allegation": FEW,
    "about_subject": FEW - kinds("subject"),
    "by_name": FEW - kinds("responsible_person"),
}
# In the far agency the reporting lead prepared it.
SECOND = {case: people - kinds("reporting_lead") for case, people in SERIOUS.items()}
KEEP_LESSON = Expect(REPORTERS | SUBGROUP, sees={"": CAN_HANDLE | BOARD})
