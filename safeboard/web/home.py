"""What the home page says to each kind of person: what needs them, late first, and where to go next."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import chain
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safeboard.core.access import Access
from safeboard.core.built import built_once
from safeboard.core.times import is_late
from safeboard.incidents import queries as incidents
from safeboard.incidents.choices import Status
from safeboard.incidents.models import Incident
from safeboard.insight import queries as insight
from safeboard.insight.queries.reports import home_rows as report_rows
from safeboard.insight.queries.reviewers import inspector_until, who_extends
from safeboard.library import queries as library
from safeboard.meetings import queries as meetings
from safeboard.outbox import queries as outbox
from safeboard.partnership import queries as partnership
from safeboard.sitelogs import queries as sitelogs
from safeboard.standards.queries import attention as standards
from safeboard.standards.queries import surveys
from safeboard.strategy import queries as strategy

MOST = 10  # rows of a kind that are shown; the rest is behind a link
RECENT = 5
COLOURS = {"late": "red", "soon": "yellow", "later": "grey"}


@dataclass(frozen=True)
class Row:
    """A line: its words and where they lead; a state in a word with its colour; a time and how it is said."""

    text: str
    href: str
    about: str = ""
    state: str = ""
    colour: str = "grey"
    at: datetime | date | None = None
    how: str = ""  # how the time is said: see the tag `when`

    @property
    def passed(self) -> bool:
        """Whether the time by which it is due has passed."""
        return self.how == "due" and self.at is not None and is_late(self.at)


@dataclass(frozen=True)
class Part:
    """Lines of one kind under a heading, and where the rest of them is."""

    title: str
    rows: list[Row]
    more: str = ""  # words of the link to all, where there are more
    href: str = ""
    needs: bool = True  # something that needs the person, not only news
    told: bool = False  # somebody told of harm, and nobody has looked yet: before anything else

    @property
    def late(self) -> bool:
        """Whether a line of it is late, or about danger."""
        return any(row.colour == "red" or row.passed for row in self.rows)


@dataclass
class Home:
    """The whole page."""

    parts: list[Part] = field(default_factory=list)
    may_report: bool = False
    sentence: str = ""  # of the board's picture
    next_steps: list[tuple[str, str]] = field(default_factory=list)  # where nothing needs the person
    until: date | None = None  # the last day of somebody who comes to read for a time
    extended_by: str = ""  # who can give them a later one, in the last week

    @property
    def needs_nothing(self) -> bool:
        return not any(part.needs for part in self.parts)


def home_of(access: Access) -> Home:
    """What the home page says in the place acted in."""
    home = Home(may_report=access.can("incidents.report"), sentence=insight.latest_sentence(access))
    made: Iterable[Part] = ()
    if access.agency_id:
        rest = chain(_plan(access), _documents(access), _standards(access), _reports(access), _logs(access))
        needed = chain(_needed(access), rest, _looking_back(access), _register(access))
        made = chain(_late_first(needed), _recent(access))
    elif access.board_id:
        needed = chain(_surveys(access), _meetings(access), _plan(access), _documents(access), _standards(access))
        needed = chain(needed, _reports(access))
        begun = partnership.to_begin(access)
        rest = chain(_looking_back(access), _register(access), _invitations(begun.invited))
        made = chain(_beginning(begun.steps), _late_first(chain(needed, rest)))
    elif access.can("outbox.watch"):
        made = _service(access)
    home.parts = [part for part in made if part.rows]
    home.next_steps = _next_steps(access)
    if access.can("insight.reads_guide") and (until := inspector_until(access)):
        home.until, home.extended_by = until, _(" or ").join(who_extends(access, until))
    return home


def _part(title: str, rows: list[Row], more: str, href: str) -> Part:
    """A part with ten rows at most; with a link to all where more were found."""
    return Part(title, rows[:MOST], more if len(rows) > MOST else "", href)


def _late_first(parts: Iterable[Part]) -> list[Part]:
    """What somebody told of and waits, then the parts with something late, each in the order in which they were."""
    return sorted((part for part in parts if part.rows), key=lambda part: (not part.told, not part.late))


def _record(pk: int) -> str:
    return reverse("incidents:record", args=[pk])


def _reference(year: int, serial: int) -> str:
    return f"{year}-{serial:04d}"


# An agency -----------------------------------------------------------------------------------------------------


PASSED_ON = ("not-sent", "overdue", "not-acknowledged")  # three different things, in the order of their weight


def _needed(access: Access) -> Iterable[Part]:
    """Duties by their clock, late first; referrals by what they wait for; reports that were begun and not sent."""
    rows = incidents.home_rows(access) if access.can("incidents.list") else []
    sent_in = [_of(one, "due") for one in rows if one.kind == "worry"]
    worries = _part(_("Worries sent in"), sent_in, _("See all worries sent in"), reverse("incidents:worries"))
    yield replace(worries, told=True)
    yield Part(_("Alerts"), [_of(one, "") for one in rows if one.kind == "alerts"])
    duties = [_of(one, "due") for one in rows if one.kind in ("duty", "told")]
    yield _part(_("What you owe"), duties, _("See all that is owed"), reverse("incidents:list"))
    received = [_of(one, "due") for one in rows if one.kind == "received"]
    yield _part(_("Referred to you"), received, _("See all referrals to you"), reverse("incidents:received-list"))
    passed = sorted((one for one in rows if one.kind in PASSED_ON), key=lambda one: PASSED_ON.index(one.kind))
    shown = [_of(one, "" if one.kind == "not-sent" else "due") for one in passed]
    yield _part(_("Passed on to somebody else"), shown, _("See all incidents"), reverse("incidents:list"))
    drafts = sum(one.kind == "draft" for one in rows)
    many = ngettext("%(n)s report is not sent yet", "%(n)s reports are not sent yet", drafts) % {"n": drafts}
    yield Part(_("Begun and not sent"), [Row(many, reverse("incidents:drafts"))] if drafts else [])


def _of(one: incidents.Needed, how: str) -> Row:
    """A row of what needs the person; a duty that is not late needs no word beside its time."""
    state = "" if one.kind == "duty" and one.colour != "red" else one.word
    about = ", ".join(filter(None, (one.about, one.scenario)))
    return Row(one.sentence, one.url, about, state, one.colour, one.due_at, how)


def _standards(access: Access) -> Iterable[Part]:
    """Returns that are owed to boards; for a board, returns that wait to be read and those that are late."""
    rows = [
        Row(
            one.text,
            one.url,
            one.about,
            _("Late") if one.late else "",
            "red" if one.late else "grey",
            one.due_on,
            "due",
        )
        for one in standards.home_rows(access)
    ]
    if access.board_id:
        yield _part(_("Returns"), rows, _("See all rounds"), reverse("standards:rounds"))
    else:
        yield _part(_("Returns"), rows, _("See all returns"), reverse("standards:returns"))


def _reports(access: Access) -> Iterable[Part]:
    """The annual report: the chair's signature, comments that can be made."""
    rows = [Row(one.text, one.url, "", one.word, one.colour, one.due_on, "due") for one in report_rows(access)]
    yield _part(_("The annual report"), rows, _("See all reports"), reverse("insight:reports"))


def _surveys(access: Access) -> Iterable[Part]:
    """What people wrote in surveys and nobody has read yet: a child may have told of harm."""
    if not access.can("standards.read_words"):
        return
    waiting = surveys.unread_words(access)
    many = ngettext("%(count)d text is not read yet", "%(count)d texts are not read yet", waiting)
    row = Row(many % {"count": waiting}, reverse("standards:surveys"), "", _("Read today"), "yellow")
    yield Part(_("Surveys"), [row] if waiting else [], told=True)


def _looking_back(access: Access) -> Iterable[Part]:
    """Lessons, look backs, the review of the log, serious incidents: what was learned is not forgotten."""
    rows = incidents.looking_back_rows(access) if access.can("incidents.see_lessons") else []
    shown = [
        Row(
            one.sentence,
            one.url,
            one.about,
            _("Late") if one.late else "",
            "red" if one.late else "grey",
            one.due_on,
            "due",
        )
        for one in rows
    ]
    yield _part(_("Looking back"), shown, _("See all lessons"), reverse("incidents:lessons"))


def _meetings(access: Access) -> Iterable[Part]:
    """The subgroup: meetings that are near, invitations to answer, minutes to write, a chair to name."""
    rows = [Row(one.text, one.url, "", one.word, one.colour, one.at, "exact") for one in meetings.home_rows(access)]
    yield _part(_("The subgroup"), rows, _("See all meetings"), reverse("meetings:meetings"))


def _plan(access: Access) -> Iterable[Part]:
    """Actions of the plan that need the person: to answer, to finish, or to ask after."""
    owed = strategy.home_rows(access)
    rows = [Row(one.text, one.url, one.about, one.word, one.colour, one.due_on, "due") for one in owed]
    yield _part(_("The action plan"), rows, _("See the plan"), reverse("strategy:plan"))


def _documents(access: Access) -> Iterable[Part]:
    """Strategy and guidance: to comment on, to confirm, to answer, to review."""
    owed = strategy.document_rows(access)
    rows = [Row(one.text, one.url, one.about, one.word, one.colour, one.due_on, "due") for one in owed]
    yield _part(_("Strategy and guidance"), rows, _("See all documents"), reverse("strategy:documents"))


def _logs(access: Access) -> Iterable[Part]:
    """Random reviews of the filter logs that are owed, questions that wait for a second person, evidence that fails."""
    rows = sitelogs.home_rows(access) if access.can("sitelogs.see") or access.can("sitelogs.second") else []
    shown = [
        Row(
            one.text,
            one.url,
            state=_("Late") if one.late else "",
            colour="red" if one.late else "grey",
            at=one.at,
            how="due" if isinstance(one.at, date) and not isinstance(one.at, datetime) else "",
        )
        for one in rows
    ]
    yield _part(_("Filter logs"), shown, _("See the filter logs"), reverse("sitelogs:home"))


def _recent(access: Access) -> Iterable[Part]:
    """The incidents that changed last, of those that the person may know of."""
    if not access.can("incidents.list"):
        return
    rows = [
        Row(
            library.label(pack, "incident-kinds", scenario),
            _record(pk),
            _reference(year, serial),
            str(Status(status).label),
            "green" if status == Status.CONCLUDED else "blue" if status == Status.REFERRED else "grey",
            at,
        )
        for pk, year, serial, pack, scenario, status, at in _changed_last(access)
    ]
    more = _("See all incidents") if len(rows) > RECENT else ""
    yield Part(_("What changed last"), rows[:RECENT], more, reverse("incidents:list"), needs=False)


@built_once
def _changed_last(access: Access) -> QuerySet[Incident, Any]:
    rows = incidents.visible_to(access).order_by("-changed_at", "-pk")
    return rows.values_list("pk", "year", "serial", "pack", "scenario", "status", "changed_at")[: RECENT + 1]


# A board, and the register -------------------------------------------------------------------------------------


def _beginning(steps: Iterable[partnership.Attention]) -> Iterable[Part]:
    """What a new board sets up first."""
    yield Part(_("To set up"), [Row(step.sentence, step.url) for step in steps])


def _register(access: Access) -> Iterable[Part]:
    """What is missing in the register, for whoever can mend it."""
    words = {"late": _("Urgent"), "soon": _("Soon"), "later": ""}
    rows = [
        Row(gap.sentence, gap.url, state=words[gap.urgency], colour=COLOURS[gap.urgency])
        for gap in partnership.needs_attention(access)
    ]
    yield Part(_("Missing in the register"), rows)


def _invitations(waiting: int) -> Iterable[Part]:
    """Invitations to the board that nobody has answered."""
    if waiting:
        text = ngettext("%(n)s invitation waits for an answer", "%(n)s invitations wait for an answer", waiting)
        yield Part(_("Invitations"), [Row(text % {"n": waiting}, reverse("partnership:people"))])


# The service ---------------------------------------------------------------------------------------------------


def _service(access: Access) -> Iterable[Part]:
    """Clocks that fail, a worker that is silent, messages that could not be posted."""
    href = reverse("outbox:service")
    rows = []
    if outbox.worker_is_silent():
        rows.append(Row(_("No worker has been seen for five minutes"), href, state=_("Urgent"), colour="red"))
    for face in outbox.clock_faces():
        if face.is_failing:
            text = _("The clock %(name)s fails") % {"name": face.name}
            rows.append(Row(text, href, state=_("Failing"), colour="red", at=face.state.last_ran))
    failed = outbox.counts()["failed"]
    if failed:
        text = ngettext("%(n)s message could not be posted", "%(n)s messages could not be posted", failed)
        rows.append(Row(text % {"n": f"{failed:,}"}, href, state=_("Soon"), colour="yellow"))
    yield _part(_("The service"), rows, _("See the service"), href)


# Nothing needs the person --------------------------------------------------------------------------------------


def _next_steps(access: Access) -> list[tuple[str, str]]:
    """What the person could do next, in the order in which it is likely to help: words and address."""
    ways: list[tuple[str, str, Callable[[], str]]] = [
        ("incidents.report", "incidents:report", lambda: _("Report something that happened, or that a child told you")),
        ("incidents.list", "incidents:list", lambda: _("Read the incidents that you may see")),
        ("insight.reads_guide", "insight:guide", lambda: _("Find what there is to read, and where it is")),
        ("insight.picture", "insight:picture", lambda: _("Look at the picture of the board")),
        ("charts.see", "charts:list", lambda: _("Read the charts and whom to ring")),
        ("outbox.watch", "outbox:service", lambda: _("Look at the state of the service")),
        ("partnership.create_board", "partnership:boards", lambda: _("See the boards of this service")),
    ]
    return [(say(), reverse(name)) for permission, name, say in ways if access.can(permission)]
