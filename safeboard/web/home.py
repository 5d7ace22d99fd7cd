"""What the home page says to each kind of person: what needs them, late first, and where to go next."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain

from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safeboard.core.access import Access
from safeboard.incidents import queries as incidents
from safeboard.incidents.choices import ReferralState, Status
from safeboard.incidents.models import Referral
from safeboard.insight import queries as insight
from safeboard.library import queries as library
from safeboard.outbox import queries as outbox
from safeboard.partnership import queries as partnership

MOST = 20  # rows of a kind that are shown; the rest is behind a link
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
    at: datetime | None = None
    how: str = ""  # how the time is said: see the tag `when`


@dataclass(frozen=True)
class Part:
    """Lines of one kind under a heading, and where the rest of them is."""

    title: str
    rows: list[Row]
    more: str = ""  # words of the link to all, where there are more
    href: str = ""
    needs: bool = True  # something that needs the person, not only news


@dataclass
class Home:
    """The whole page."""

    parts: list[Part] = field(default_factory=list)
    may_report: bool = False
    sentence: str = ""  # of the board's picture
    next_steps: list[tuple[str, str]] = field(default_factory=list)  # where nothing needs the person

    @property
    def needs_nothing(self) -> bool:
        return not any(part.needs for part in self.parts)


def home_of(access: Access) -> Home:
    """What the home page says in the place acted in."""
    home = Home(may_report=access.can("incidents.report"), sentence=insight.latest_sentence(access))
    made: Iterable[Part] = ()
    if access.agency_id:
        made = chain(_owed(access), _passed_on(access), _drafts(access), _register(access), _recent(access))
    elif access.board_id:
        made = chain(_register(access), _invitations(access))
    elif access.can("outbox.watch"):
        made = _service(access)
    home.parts = [part for part in made if part.rows]
    home.next_steps = _next_steps(access)
    return home


def _part(title: str, rows: list[Row], more: str, href: str) -> Part:
    """A part with twenty rows at most; with a link to all where more were found."""
    return Part(title, rows[:MOST], more if len(rows) > MOST else "", href)


def _record(pk: int) -> str:
    return reverse("incidents:record", args=[pk])


def _reference(year: int, serial: int) -> str:
    return f"{year}-{serial:04d}"


# An agency -----------------------------------------------------------------------------------------------------


def _owed(access: Access) -> Iterable[Part]:
    """Duties by their clock, late first."""
    if not access.can("incidents.list"):
        return
    wanted = ("incident_id", "incident__year", "incident__serial", "title", "due_at")
    now = timezone.now()
    rows = [
        Row(title, _record(pk), _reference(year, serial), _("Late") if at < now else "", "red", at, "due")
        for pk, year, serial, title, at in incidents.owed_by(access).values_list(*wanted)[: MOST + 1]
    ]
    yield _part(_("What you owe"), rows, _("See all that is owed"), reverse("incidents:list"))


def _passed_on(access: Access) -> Iterable[Part]:
    """Referrals that are not sent, not acknowledged, or whose answer is overdue: three different things."""
    if not access.can("incidents.list"):
        return
    now = timezone.now()
    waiting = Q(state__in=[ReferralState.DRAFTED, ReferralState.SENT])
    waiting |= Q(state=ReferralState.ACKNOWLEDGED, answer_due_at__lt=now)
    is_late = ~Q(state=ReferralState.DRAFTED) & Q(answer_due_at__lt=now)
    found = Referral.objects.filter(waiting, incident__in=incidents.visible_to(access).values("pk")).order_by(
        Case(When(state=ReferralState.DRAFTED, then=Value(0)), When(is_late, then=Value(1)), default=Value(2)),
        F("answer_due_at").asc(nulls_last=True),
        "pk",
    )
    wanted = ("incident_id", "incident__year", "incident__serial", "to_name", "state", "answer_due_at")
    moment = Coalesce("sent_at", "made_at")
    rows = [
        _of_referral(pk, _reference(year, serial), to, state, due if due and due < now else None, at)
        for pk, year, serial, to, state, due, at in found.values_list(*wanted, moment)[: MOST + 1]
    ]
    yield _part(_("Passed on to somebody else"), rows, _("See all incidents"), reverse("incidents:list"))


def _of_referral(pk: int, reference: str, to: str, state: str, late: datetime | None, at: datetime) -> Row:
    words = {"who": to}
    if state == ReferralState.DRAFTED:
        return Row(_("%(who)s does not know of it yet") % words, _record(pk), reference, _("Not sent"), "red", at)
    if late is not None:
        text = _("%(who)s has not answered") % words
        return Row(text, _record(pk), reference, _("Answer overdue"), "orange", late, "due")
    text = _("%(who)s has not said that they have it") % words
    return Row(text, _record(pk), reference, _("Not acknowledged"), "yellow", at)


def _drafts(access: Access) -> Iterable[Part]:
    """Reports that the person began and has not sent."""
    if not access.can("incidents.report"):
        return
    href = reverse("incidents:drafts")
    dates = list(incidents.drafts_of(access).values_list("changed_at", flat=True)[: MOST + 1])
    if not dates:
        return
    many = ngettext("%(n)s report is not sent yet", "%(n)s reports are not sent yet", len(dates))
    words = many % {"n": len(dates)} if len(dates) <= MOST else _("More than 20 reports are not sent yet")
    yield Part(_("Begun and not sent"), [Row(words, href, at=dates[0])])


def _recent(access: Access) -> Iterable[Part]:
    """The incidents that changed last, of those that the person may know of."""
    if not access.can("incidents.list"):
        return
    wanted = ("pk", "year", "serial", "pack", "scenario", "status", "changed_at")
    rows = [
        Row(
            library.label(pack, "incident-kinds", scenario),
            _record(pk),
            _reference(year, serial),
            str(Status(status).label),
            "green" if status == Status.CONCLUDED else "blue" if status == Status.REFERRED else "grey",
            at,
        )
        for pk, year, serial, pack, scenario, status, at in incidents.visible_to(access)
        .order_by("-changed_at", "-pk")
        .values_list(*wanted)[: RECENT + 1]
    ]
    more = _("See all incidents") if len(rows) > RECENT else ""
    yield Part(_("What changed last"), rows[:RECENT], more, reverse("incidents:list"), needs=False)


# A board, and the register -------------------------------------------------------------------------------------


def _register(access: Access) -> Iterable[Part]:
    """What is missing in the register, for whoever can mend it."""
    words = {"late": _("Urgent"), "soon": _("Soon"), "later": ""}
    rows = [
        Row(gap.sentence, gap.url, state=words[gap.urgency], colour=COLOURS[gap.urgency])
        for gap in partnership.needs_attention(access)
    ]
    yield Part(_("Missing in the register"), rows)


def _invitations(access: Access) -> Iterable[Part]:
    """Invitations to the board that nobody has answered."""
    if access.place is None or not access.can("partnership.see_people"):
        return
    waiting = partnership.invitations_of_place(access.place).count()
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
        ("insight.picture", "insight:picture", lambda: _("Look at the picture of the board")),
        ("partnership.see_charts", "partnership:charts", lambda: _("Read the charts and whom to ring")),
        ("outbox.watch", "outbox:service", lambda: _("Look at the state of the service")),
        ("partnership.create_board", "partnership:boards", lambda: _("See the boards of this service")),
    ]
    return [(say(), reverse(name)) for permission, name, say in ways if access.can(permission)]
