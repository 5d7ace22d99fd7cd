"""A strategy discussion with its minutes, and two concerns about staff whose risk was assessed: all are fictional."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from safeboard.core import wall
from safeboard.core.access import Access
from safeboard.core.sealed import blind_index
from safeboard.incidents.choices import Finding, Held, Images, Kin, MinuteKind, Part, RiskLevel, Share, Status
from safeboard.incidents.models import Incident, Involved
from safeboard.incidents.operations import decide_sharing, report
from safeboard.incidents.operations.allegation import assess_risk, decide_threshold, describe_online
from safeboard.incidents.operations.discussion import Guest, add_minute, record_discussion
from safeboard.incidents.queries.allegation import answered, questions_of
from safeboard.partnership import queries as partnership

from .county import County

AGENCIES = 2  # that have some
GUESTS = (
    Guest("Farida Noor", "Children’s social care", "Team manager"),
    Guest("DS Callum Reeve", "Ostermere Police", "Child protection unit"),
)
AWAY = (Guest("Dr Ines Holm", "Community paediatrics", "Named doctor"),)
SHARED = "What the school saw, what social care knows of the family, and that the police have the telephone."
WHY_GRAVE = "He may not be fit to work with children until it is known what happened."
CONCERNS: tuple[dict[str, Any], ...] = (
    {
        "name": "Terence Vole",
        "days": 1,
        "scenario": "deliberate-inappropriate",
        "classification": "content",
        "how_found": "filter-or-monitoring",
        "narrative": "The filter names the technicians’ room on three evenings: adult pages, each refused.",
        "actions": "The laptop is locked away, switched off as it was. Nobody has spoken to him.",
    },
    {
        "name": "Philippa Marl",
        "days": 2,
        "scenario": "bullying-harassment",
        "classification": "conduct",
        "how_found": "told-by-staff",
        "narrative": "A page under her name says that she takes things from pupils. She did not make it.",
        "actions": "Asked the provider to take it down. She was sent home early, at her own wish.",
    },
)
RISK = {
    "purpose": ("yes", "He says so himself: on three evenings, after everybody had gone."),
    "children-shown": ("no", "The police were asked first and looked at the list of addresses."),
    "works-with": ("yes", "He keeps the computers and helps in two lessons a week."),
    "own-children": ("no", ""),
    "trust": ("unknown", "He coached a swimming club until last year. The club is being asked."),
    "before": ("no", ""),
    "contact": ("no", ""),
    "other-devices": ("unknown", "His laptop from here is locked away."),
}
ADVICE = "The LADO: assess at once, no lessons until then, and say nothing to pupils."
ONLINE = {
    "reach": "A group chat of two classes, and from there a public page.",
    "permanence": "The page was taken down after two hours; copies are likely.",
    "kept": "Its address, the time and the words were written down. No picture was taken.",
    "staff-support": "The head rang her the same evening. Her union and a helpline were named.",
}
ONLINE_YES_NO = {"maker": "no", "staff-harmed": "yes"}


def make_concerns(county: County) -> int:
    """Discussions and assessments for a few agencies that have an officer; gives how many."""
    held = ((one, county.people.get(one.pk, {}).get("designated_officer")) for one in county.agencies)
    able = [(agency, people[0]) for agency, people in held if people][:AGENCIES]
    made = 0
    for agency, officer in able:
        by = partnership.access_of(officer, chosen=f"agency-{agency.pk}")
        with wall.open_for(**partnership.scopes(by)):
            made += _discussed(by) + _assessed(by)
    return made


def _open_ones(by: Access) -> list[Incident]:
    """The newest open incidents that are no concern about staff, nor about this officer by name."""
    person = by.person
    mine = Involved.objects.filter(part=Part.CONCERN, name_index=blind_index(person.name if person else ""))
    rows = Incident.objects.filter(allegation=False, agency_id=by.own_agency).exclude(status=Status.CONCLUDED)
    rows = rows.exclude(pk__in=mine.values("incident"))
    return list(rows.order_by("-reported_at")[:2])


def _discussed(by: Access) -> int:
    """The second newest matter was talked over with others; the newest stays as it came in."""
    for incident in _open_ones(by)[1:]:
        at = min(incident.reported_at + timedelta(hours=20), timezone.now())
        discussion = record_discussion(
            by=by,
            incident=incident,
            how=Held.VIDEO,
            held_at=at,
            shared=SHARED,
            present=[by.person] if by.person else [],
            guests=GUESTS,
            absent=AWAY,
        )
        soon = timezone.now() + timedelta(days=2)
        given: dict[str, Any] = {"by": by, "discussion": discussion}
        why = "She is safe at home, and her mother acts on what she is told."
        add_minute(**given, kind=MinuteKind.DECISION, text="No enquiry under section 47 for now.", why=why)
        told = "Who was there, what was agreed, and that nobody thinks it is her fault."
        add_minute(**given, kind=MinuteKind.CHILD, text=told, who="Her form tutor", due_at=soon)
        add_minute(**given, kind=MinuteKind.PARENTS, text="The same, by telephone.", who="Farida Noor")
        task = "Ask the youth club whether it has seen the same man."
        add_minute(**given, kind=MinuteKind.ACTION, text=task, who="DS Reeve", due_at=soon)
        kept: dict[str, Any] = {
            "with_whom": "The youth club",
            "reason": "It needs to know that we ask, and not who she is.",
        }
        decide_sharing(by=by, incident=incident, decision=Share.KEEP, basis="safety", **kept)
        return 1
    return 0


def _assessed(by: Access) -> int:
    """Two concerns: how grave each is; the risk of one (Harrow 5.2), what is particular of the other, made online."""
    first, second = (_concern(by, **one) for one in CONCERNS)
    decide_threshold(by=by, incident=first, level="harm", why=WHY_GRAVE)
    _risk(by, first)
    decide_threshold(by=by, incident=second, level="low", why="What the page says is not so, as far as is known.")
    _online(by, second)
    return len(CONCERNS)


def _concern(by: Access, *, name: str, days: int, **fields: str) -> Incident:
    happened = timezone.localdate() - timedelta(days=days)
    people = [{"kin": Kin.STAFF, "part": Part.CONCERN, "name": name, "detail": "Works here"}]
    given = {**fields, "happened_on": happened, "images": Images.NO}
    return report(by=by, fields=given, people=people)


def _risk(by: Access, incident: Incident) -> None:
    questions = questions_of(incident, "staff-risk")
    if questions is None:
        return
    said = {name: answer for name, (answer, _words) in RISK.items()}
    words = {f"{name}-words": words for name, (_answer, words) in RISK.items()}
    assess_risk(
        by=by,
        incident=incident,
        answers=answered(questions, {**said, **words, "advice-words": ADVICE}),
        level=RiskLevel.SOME,
        why="He reached children alone in his work, and two answers are still open.",
        measures="No lessons and no keys until the club and the police have answered. The laptop stays in the safe.",
        decided_by="The head, with the LADO’s advice",
        review_on=timezone.localdate() + timedelta(days=7),
    )


def _online(by: Access, incident: Incident) -> None:
    questions = questions_of(incident, "allegation-online")
    if questions is None:
        return
    words = {f"{name}-words": text for name, text in ONLINE.items()}
    given = answered(questions, {**ONLINE_YES_NO, **words})
    describe_online(by=by, incident=incident, answers=given, finding=Finding.OPEN)
