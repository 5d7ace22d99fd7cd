"""What goes with a place, model by model, as far as the person who takes it may read it.

Every model of the product stands in one of the tables, or a guard fails: nothing leaves by being forgotten, and nothing
stays behind without a reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q

from safeboard.charts.models import AgencyChart, BoardChart
from safeboard.core.access import Access
from safeboard.core.sealed import blind_index
from safeboard.incidents import queries as incidents
from safeboard.incidents.models import ReceivedSubject
from safeboard.incidents.queries.alerts import alerts_of
from safeboard.incidents.queries.received import received_by
from safeboard.incidents.queries.voice import readable
from safeboard.partnership import queries as partnership
from safeboard.standards.models import RoundAgency

Which = Callable[[Access], Q]
Model = type[models.Model]


def _all(access: Access) -> Q:
    """Whatever the wall shows in this place."""
    return Q()


def _of_agency(access: Access) -> Q:
    return Q(agency_id=access.own_agency)


def _of_board(access: Access) -> Q:
    return Q(board_id=access.board_id)


def _mine(field: str) -> Which:
    return lambda access: Q(**{field: access.person})


def _at(path: str) -> Which:
    """What hangs on incidents that the person may know of."""
    return lambda access: incidents.visible_where(access, of=path)


def _at_or_none(path: str) -> Which:
    return lambda access: Q(**{f"{path}isnull": True}) | incidents.visible_where(access, of=path)


def _within(path: str, rows: Callable[[Access], models.QuerySet]) -> Which:
    return lambda access: Q(**{f"{path}in": rows(access).order_by().values("pk")})


def _answered(field: str, into: str) -> Which:
    """Of returns, what an agency handed in for a round of this board."""
    return lambda access: Q(**{into: RoundAgency.objects.filter(round__board_id=access.board_id).values(field)})


def _asked_by_me(access: Access) -> Q:
    return Q(asked_by=access.person) | Q(second=access.person)


def _local_charts(access: Access) -> Q:
    """The published words of local charts, under the keys of this place's copies."""
    return Q(
        pack__in=[*AgencyChart.objects.values_list("key", flat=True), *BoardChart.objects.values_list("key", flat=True)]
    )


ON_INCIDENTS = {
    "Incident": "",
    "WalkStep": "walk__incident__",
    "Attendee": "discussion__incident__",
    "Minute": "discussion__incident__",
    "Handover": "item__incident__",
    "EvidenceFile": "item__incident__",
    "FileOpening": "file__item__incident__",
    **dict.fromkeys(
        (
            *("Involved", "ThresholdDecision", "RiskAssessment", "OnlineAllegation", "Referral", "Walk", "Duty"),
            *("Discussion", "EvidenceItem", "Debrief", "SeriousReview", "SharingDecision", "Note", "Support"),
        ),
        "incident__",
    ),
}

AGENCY: Mapping[str, Which] = {
    **{f"incidents.{name}": _at(path) for name, path in ON_INCIDENTS.items()},
    "incidents.Lesson": _at_or_none("incident__"),
    "incidents.NearMiss": _of_agency,
    "incidents.AgencyReview": _of_agency,
    "incidents.Draft": _mine("owner"),
    "incidents.SavedView": _mine("owner"),
    "incidents.Alert": _within("pk__", alerts_of),
    "incidents.AlertNumber": _within("alert__", alerts_of),
    "incidents.Received": _within("pk__", received_by),
    "incidents.ReceivedSubject": _within("received__", received_by),
    "incidents.Worry": _within("pk__", readable),
    "incidents.WorryMessage": _within("worry__", readable),
    **{
        f"standards.{name}": _of_agency
        for name in ("Return", "DraftAnswer", "Submission", "Answer", "Proof", "Gap", "RoundAgency", "Moderation")
    },
    "standards.StaffView": _of_agency,
    "sitelogs.Clearance": _of_agency,
    "sitelogs.Authority": _mine("made_by"),  # a notice is known to few: nobody may be tipped off (Toolkit Annex C)
    "sitelogs.Question": _asked_by_me,
    "sitelogs.LogSetting": _of_agency,
    "sitelogs.LogHold": _of_agency,
    "sitelogs.ReviewPlan": _of_agency,
    "sitelogs.RandomReview": _of_agency,
    "strategy.Action": _of_agency,
    **{
        f"strategy.{name}": lambda access: Q(action__agency_id=access.own_agency)
        for name in ("Milestone", "WaitsFor", "Redating", "ActionNote", "ActionFile")
    },
    "strategy.Comment": _of_agency,
    "strategy.Receipt": _of_agency,
    "insight.ReportComment": _of_agency,
    "insight.ReturnMonth": _of_agency,
    "charts.AgencyChart": _of_agency,
    "charts.AgencyChartVersion": _of_agency,
    "library.PublishedItem": _local_charts,
    "partnership.Agency": lambda access: Q(pk=access.own_agency),
    "partnership.Seat": _of_agency,
    "partnership.Setting": _of_agency,
    "partnership.Contact": _of_agency,
    "partnership.Membership": _of_agency,
}

BOARD: Mapping[str, Which] = {
    "incidents.BoardLesson": _of_board,
    "incidents.BoardReview": _of_board,
    "incidents.BoardFinding": _of_board,
    **{f"insight.{name}": _of_board for name in ("Release", "Snapshot", "Standing", "Baseline", "BoardIndicator")},
    **{f"insight.{name}": _of_board for name in ("Neighbour", "NeighbourFigures")},
    **{
        f"standards.{name}": _of_board
        for name in ("BoardReview", "BoardReviewVersion", "Adoption", "Round", "Survey", "SurveyLink", "SurveyResult")
    },
    **{
        f"insight.{name}": _of_board
        for name in ("Report", "ReportPart", "ReportIssue", "ReportComment", "ReturnMonth", "ReturnClock")
    },
    "standards.Heard": _of_board,
    "standards.StaffView": _of_board,
    "standards.RoundAgency": lambda access: Q(round__board_id=access.board_id),
    "standards.Moderation": lambda access: Q(place__round__board_id=access.board_id),
    "standards.Submission": _answered("submission_id", "pk__in"),
    "standards.Answer": _answered("submission_id", "submission_id__in"),
    "standards.Return": _answered("of_id", "pk__in"),
    "standards.Gap": _answered("of_id", "of_id__in"),
    "sitelogs.LogRelease": _of_board,
    **{
        f"meetings.{name}": _of_board
        for name in (
            *("Member", "Work", "Meeting", "AgendaItem", "Attendance", "Interest", "Decision", "Paper", "Terms"),
            "SubgroupReport",
        )
    },
    **{
        f"strategy.{name}": _of_board
        for name in ("Event", "Document", "Part", "Version", "Priority", "Objective", "Action", "Resource")
    },
    **{
        f"strategy.{name}": lambda access: Q(action__board_id=access.board_id)
        for name in ("Milestone", "WaitsFor", "Redating", "ActionNote", "ActionFile")
    },
    **{f"strategy.{name}": lambda access: Q(version__board_id=access.board_id) for name in ("Comment", "Receipt")},
    "charts.BoardChart": _of_board,
    "charts.BoardChartVersion": _of_board,
    "library.PublishedItem": _local_charts,
    "partnership.Board": lambda access: Q(pk=access.board_id),
    "partnership.Agency": _all,
    "partnership.Seat": _of_board,
    "partnership.Setting": _all,
    "partnership.Contact": _all,
    "partnership.BoardContact": _of_board,
    "partnership.Membership": _of_board,
}

# What rows of a place point to goes with them, where the wall shows it: who did it, in which board, in which round.
POINTED_TO = frozenset(
    {"accounts.Person", "partnership.Board", "partnership.Agency", "partnership.Setting"}
    | {
        "standards.Round",
        "standards.SurveyResult",
        "strategy.Version",
        "insight.ReportIssue",
        "strategy.Objective",
        "strategy.Priority",
    }
)

_DAY = "made anew when it is asked for, and kept for a day at most"
_DOOR = "it opens a door: whoever moves makes a new one"
LEFT_OUT: Mapping[str, str] = {
    "incidents.IncidentWord": "the index of words, made anew on arrival",
    "incidents.Export": _DAY,
    "incidents.EvidencePack": _DAY,
    "meetings.Pack": _DAY,
    "insight.ReviewerPack": "made of what goes anyway, and open for a time alone",
    "meetings.MinuteClash": "two versions of a minute until somebody chooses one",
    "strategy.PlanImport": "a file on its way in",
    "partnership.ImportRun": "a file on its way in",
    "sitelogs.Intake": "how lines of logs came in; the archive of lines has a way of its own",
    "sitelogs.LogDoor": _DOOR,
    "strategy.CalendarLink": _DOOR,
    "api.Token": _DOOR,
    "partnership.Invitation": _DOOR,
    "standards.SurveyReply": "one reply could tell who wrote it; the counts go",
    "standards.SurveyWords": "one reply could tell who wrote it; the counts go",
    "api.Cursor": "of the service, not of a place",
    "api.Call": "of the service, not of a place",
    "outbox.Message": "it belongs to the person it is for",
    "outbox.ClockState": "of the service, not of a place",
    "core.ChainHead": "the history stays where it was made; what it says of these rows goes in history.jsonl",
    "core.Entry": "the history stays where it was made; what it says of these rows goes in history.jsonl",
    "core.DigestSalt": "the history stays where it was made; what it says of these rows goes in history.jsonl",
    "core.Checkpoint": "the newest one goes in the manifest",
    "core.Link": "goes in links.jsonl, where both ends go",
}

# Keyed digests of names hang on the installation: they stay, and are made anew on arrival from the words they are of.
KEYED: Mapping[str, tuple[str, ...]] = {
    "incidents.Involved": ("name_index",),
    "incidents.Alert": ("user_index",),
    "incidents.ReceivedSubject": ("name_index",),
}

# Of these, only the named fields go.
ONLY: Mapping[str, tuple[str, ...]] = {"accounts.Person": ("id", "email", "name", "is_active", "joined")}


# Files that go; without a line here all of a model's. Sealed off: may be about images of children (PCA 1978 s.1).
FILES_THAT_GO: Mapping[str, Q] = {"incidents.EvidenceFile": Q(sealed_off_at__isnull=True, removed_at__isnull=True)}


@dataclass(frozen=True)
class Holding:
    """The rows of a model that go because they belong to the place; more may go because others point to them."""

    model: Model
    rows: Q | None

    @property
    def label(self) -> str:
        return self.model._meta.label

    @property
    def fields(self) -> list[models.Field]:
        """The fields that go."""
        wanted, stay = ONLY.get(self.label), KEYED.get(self.label, ())
        named = [one for one in self.model._meta.concrete_fields if wanted is None or one.name in wanted]
        return [one for one in named if one.name not in stay]


def holdings(access: Access) -> list[Holding]:
    """What goes from the place acted in, rows that point to others before those they point to."""
    table = AGENCY if access.agency_id else BOARD
    named = {*table, *POINTED_TO}
    found = [Holding(model, table[label](access) if label in table else None) for label, model in _models(named)]
    return found


def _models(named: set[str]) -> list[tuple[str, Model]]:
    """The models of these labels, each before all that it points to; in circles, by the keys that must be there."""
    waiting = {label: apps.get_model(label) for label in sorted(named)}
    ordered: list[tuple[str, Model]] = []
    while waiting:
        free = _not_pointed_to(waiting, empty=True) or _not_pointed_to(waiting, empty=False) or list(waiting)[:1]
        ordered += [(label, waiting.pop(label)) for label in free]
    return ordered


def _not_pointed_to(waiting: Mapping[str, Model], *, empty: bool) -> list[str]:
    pointed = {
        one.related_model._meta.label
        for model in waiting.values()
        for one in model._meta.concrete_fields
        if one.is_relation and (empty or not one.null) and one.related_model is not model
    }
    return [label for label in waiting if label not in pointed]


def told_apart(label: str, row: dict[str, Any]) -> dict[str, Any]:
    """A row as it goes. Whom a received concern is about is known by a digest that stays: it goes as the account."""
    if label == "incidents.ReceivedSubject" and row.get("person_id") is None:
        index = ReceivedSubject.objects.values_list("name_index", flat=True).get(pk=row["id"])
        people = partnership.people_of(row["agency_id"]) if index else ()
        same = [one.pk for one in people if blind_index(one.name) == index]
        return row | {"person_id": same[0] if same else None}
    return row


def place_facts(access: Access) -> dict[str, object]:
    """What the manifest says of the place."""
    place = access.place
    if place is None:
        raise ValueError("no place is acted for")
    return {
        "place": place.key,
        "name": place.name,
        "boards": list(partnership.boards_of(place.id or 0)) if access.agency_id else [place.id],
    }
