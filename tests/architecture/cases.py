"""An incident with one of everything that can hang on it, its words planted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from safeboard.accounts.models import Person
from safeboard.core.sealed import blind_index
from safeboard.incidents.choices import (
    DutyKind,
    Finding,
    Held,
    Kin,
    MinuteKind,
    NoteKind,
    Owner,
    Part,
    ReferralState,
    RiskLevel,
    SupportFor,
    SupportState,
    Threshold,
)
from safeboard.incidents.models import (
    Attendee,
    Debrief,
    Discussion,
    Duty,
    EvidenceFile,
    EvidenceItem,
    EvidencePack,
    FileOpening,
    Handover,
    Incident,
    Involved,
    Lesson,
    Minute,
    Note,
    OnlineAllegation,
    Referral,
    RiskAssessment,
    SeriousReview,
    SharingDecision,
    Support,
    ThresholdDecision,
    Walk,
    WalkStep,
)
from safeboard.library import queries as library
from safeboard.partnership.models import Agency, Setting
from tests.architecture.planting import World, first, word_of

CASES = {
    "plain": "case",
    "images": "case",
    "concluded": "case",
    "allegation": "alle",
    "about_subject": "subj",
    "by_name": "name",
}


def make_case(
    world: World, word: str, agency: Agency, reporter: Person, setting: Setting, *, serial: int, case: str
) -> dict[str, Any]:
    """An incident with one of everything that can hang on it; gives the ids by what they are."""
    pack, now = agency.home_board.pack, timezone.now()
    incident = world.make(
        Incident,
        word,
        agency=agency,
        year=2026,
        serial=serial + 1,
        pack=pack,
        setting=setting,
        scenario=first(pack, "incident-kinds"),
        classification=first(pack, "classifications"),
        how_found=first(pack, "how-found"),
        happened_on=timezone.localdate() - timedelta(days=2),
        images="yes" if case == "images" else "no",
        allegation=case in ("allegation", "about_subject", "by_name"),
        reported_by=reporter,
        **({"status": "concluded", "concluded_at": now} if case == "concluded" else {}),
    )
    mine = {"agency": agency, "incident": incident}
    chart = library.chart(pack, first(pack, "charts"))
    step = chart.steps[0] if isinstance(chart.steps, (list, tuple)) else next(iter(chart.steps.values()))
    walk = world.make(
        Walk, word, **mine, pack=pack, chart=chart.id, version=chart.version, started_by=reporter, outcome=""
    )
    given = {"step": chart.start, "answer": step.answers[0].id, "by": reporter, "order": 1}
    world.make(WalkStep, word, agency=agency, walk=walk, **given)
    referral = world.make(Referral, word, **mine, to=first(pack, "directory"), state=ReferralState.SENT, sent_at=now)
    world.make(SharingDecision, word, **mine, referral=referral, decision="share", basis="", by=reporter)
    duty = {"kind": DutyKind.REFER, "owner": Owner.DESIGNATED_OFFICER, "due_at": now + timedelta(hours=3)}
    note = world.make(Note, word, **mine, kind=NoteKind.ACTION, by=reporter)
    return {
        "incident": incident.pk,
        "walk": walk.pk,
        "referral": referral.pk,
        "duty": world.make(Duty, word, **mine, key="arch:duty", to="", **duty).pk,
        "note": note.pk,
        "involved": _involved(world, word, mine, case).pk,
        **_evidence(world, word, mine, reporter),
        **_cared_for(world, word, mine, reporter),
        **_looked_back_on(world, word, mine, reporter),
    }


def _looked_back_on(world: World, word: str, mine: dict[str, Any], by: Person) -> dict[str, Any]:
    """A debrief, a text for the board, and of a concern about staff also a lesson."""
    world.make(Debrief, word, **mine, by=by)
    if mine["incident"].allegation:
        world.make(Lesson, word, **mine, kind="policy", due_on=timezone.localdate() + timedelta(days=60))
    return text_for_board(world, word, mine, by)


def text_for_board(world: World, word: str, mine: dict[str, Any], by: Person) -> dict[str, Any]:
    """A text for the board that waits for a second person; more people read it than an ordinary incident."""
    incident = mine["incident"]
    word = word if incident.allegation else word_of(word[2], "seri")
    asked = {"state": "asked", "asked_at": timezone.now(), "for_board": incident.agency.home_board, "letters": {}}
    return {"serious": world.make(SeriousReview, word, **mine, **asked, prepared_by=by).pk}


def _cared_for(world: World, word: str, mine: dict[str, Any], by: Person) -> dict[str, Any]:
    """A decision on support, a strategy discussion with its minutes, and what belongs to a concern about staff."""
    answers, agency = [{"question": word, "answer": "", "words": word}], {"agency": mine["agency"]}
    world.make(Support, word, **mine, question=SupportFor.OTHERS, state=SupportState.OFFERED, by=by)
    discussion = world.make(Discussion, word, **mine, how=Held.MEETING, by=by)
    world.make(Attendee, word, **agency, discussion=discussion)
    world.make(Minute, word, **agency, discussion=discussion, kind=MinuteKind.DECISION, by=by)
    world.make(ThresholdDecision, word, **mine, level=Threshold.LOW, by=by)
    asked = {"pack": mine["incident"].pack, "version": 1, "answers": answers, "by": by}
    world.make(RiskAssessment, word, **mine, **asked, level=RiskLevel.SOME)
    world.make(OnlineAllegation, word, **mine, **asked, finding=Finding.OPEN)
    return {"discussion": discussion.pk}


def _evidence(world: World, word: str, mine: dict[str, Any], keeper: Person) -> dict[str, Any]:
    """A piece of evidence that was handed over, with a file that was taken out and a pack; sealed with images."""
    now, sealed = timezone.now(), None
    if mine["incident"].refuses_files:
        sealed = now
    agency = {"agency": mine["agency"]}
    item = world.make(EvidenceItem, word, **mine, number=1, kind="device", taken_in_at=now, first_person=keeper)
    passed = {"item": item, "from_person": keeper, "state": "handed_on", "at": now}
    world.make(Handover, word, **agency, **passed, recorded_at=now + timedelta(seconds=1))
    given = {"number": 1, "size": 3, "media_type": "text/plain", "sha256": "0" * 64, "content": b"ABC", "scan": "clean"}
    file = world.make(EvidenceFile, word, **agency, item=item, added_by=keeper, sealed_off_at=sealed, **given)
    world.make(FileOpening, word, **agency, file=file, person=keeper)
    made = {"asked_by": keeper, "made_at": now, "size": 3, "content": b"ABC", "sha256": "0" * 64}
    pack = world.make(EvidencePack, word, **mine, **made, sealed_off_at=sealed)
    return {"item": item.pk, "file": file.pk, "pack": pack.pk}


def _involved(world: World, word: str, mine: dict[str, Any], case: str) -> Involved:
    """A child; in an allegation also the member of staff whom it is about: by account, by name, or neither."""
    child = world.make(Involved, word, **mine, kin=Kin.CHILD, part=Part.AFFECTED, birth_date="2014-05-06")
    about: dict[str, Any] = {"kin": Kin.STAFF, "part": Part.CONCERN, "birth_date": ""}
    if case == "about_subject":
        world.make(Involved, word, **mine, **about, person=world.cast.subject)
    if case == "by_name":
        name = world.cast.responsible_person.name
        world.make(Involved, word, **mine, **about, name=name, name_index=blind_index(name))
    return child
