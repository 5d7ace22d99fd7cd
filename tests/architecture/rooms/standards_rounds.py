"""Reviews, rounds and returns in the guards' tables of the standards room."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from safeboard.accounts.models import Person
from safeboard.library import queries as library
from safeboard.partnership.models import Agency, Board
from safeboard.standards.choices import Stand
from safeboard.standards.models import (
    Adoption,
    Answer,
    BoardReview,
    BoardReviewVersion,
    DraftAnswer,
    Gap,
    Moderation,
    Proof,
    Return,
    Round,
    RoundAgency,
    Submission,
)
from tests.architecture.carriers import BOARD, INSPECTOR, LEAD, NOBODY, OFFICERS, RUNNERS, Expect, kinds
from tests.architecture.planting import World, word_of

REVIEW, QUESTION = "leeds-self-review", "dangers"
ANSWERERS = LEAD | OFFICERS | kinds("responsible_person infrastructure")
RETURNS = ANSWERERS | INSPECTOR
SIGNERS = LEAD | kinds("responsible_person")

OWN = ("own", "own-redraft", "own-about", "own-section-add", "own-section", "own-question-add", "own-question",
       "own-arrange", "own-trial", "own-publish", "own-discard", "own-withdraw")  # fmt: skip

ROUTES: dict[str, Expect] = {
    "standards:rounds": Expect(BOARD),
    "standards:reviews": Expect(BOARD),
    "standards:review": Expect(BOARD),
    "standards:review-new": Expect(RUNNERS),
    "standards:review-copy": Expect(RUNNERS),
    "standards:round-new": Expect(RUNNERS),
    **{f"standards:{name}": Expect(RUNNERS) for name in OWN},
    "standards:recommendations": Expect(BOARD),
    "standards:recommendations-download": Expect(BOARD),
    "standards:recommendation": Expect(RUNNERS),
    **{
        f"standards:{name}": Expect(BOARD, board=True)
        for name in (
            "round",
            "round-questions",
            "round-spread",
            "round-download",
            "place",
            "place-paper",
            "place-proof",
        )
    },
    **{
        f"standards:{name}": Expect(RUNNERS, board=True)
        for name in ("round-change", "round-agencies", "round-send", "round-close")
    },
    **{f"standards:place-{name}": Expect(RUNNERS, board=True) for name in ("back", "accept", "view")},
    "standards:gaps": Expect(RETURNS),
    "standards:gap-action": Expect(RUNNERS | SIGNERS, board=True),
    **{f"standards:{name}": Expect(RETURNS) for name in ("returns", "return", "return-sent", "return-paper")},
    **{f"standards:return-{name}": Expect(ANSWERERS) for name in ("begin", "section")},
    "standards:return-check": Expect(ANSWERERS, post={"": SIGNERS}),
    "standards:shelf": Expect(RETURNS),
    "standards:shelf-take": Expect(RETURNS),
    "standards:shelf-add": Expect(ANSWERERS),
    "standards:shelf-withdraw": Expect(ANSWERERS),
}

GAPS: dict[str, str] = {
    **{f"standards:{name}:pk": "round" for name in ("round", "round-change", "round-agencies", "round-send")},
    **{
        f"standards:{name}:pk": "round" for name in ("round-close", "round-questions", "round-spread", "round-download")
    },
    **{f"standards:{name}:pk": "round" for name in ("place", "place-back", "place-accept", "place-paper")},
    **{f"standards:{name}:pk": "round" for name in ("place-proof", "place-view")},
    **{f"standards:{name}:pk": "own_review" for name in OWN},
    **{f"standards:own-{name}:section": "=knowing" for name in ("section", "question-add")},
    "standards:own-question:question": f"={QUESTION}",
    "standards:place-view:question": f"={QUESTION}",
    "standards:place": "round_place",
    "standards:pack": "review_pack",
    **{f"standards:{name}:review": f"={REVIEW}" for name in ("review", "review-copy", "round-new")},
    "standards:recommendation:name": "=officer",
    **{f"standards:{name}:number": "=1" for name in ("place-proof", "shelf-take", "shelf-withdraw")},
    **{f"standards:return{name}:key": "return" for name in ("", "-begin", "-check", "-sent", "-paper", "-section")},
    "standards:return-section:section": "=knowing",
    "standards:gap-action:key": "gap",
}
PUBLIC_GAPS = frozenset({"section", "review"})

WORDS = {
    "roun": (RETURNS, BOARD),
    "answ": (RETURNS, BOARD),
    "dans": (RETURNS, NOBODY),
    "revw": (NOBODY, BOARD),
}


def plant_agency(world: World, letter: str, agency: Agency, reporter: Person) -> dict[str, Any]:
    """A round of the agency's board that it sent its return to, and began anew: only what was sent is known above."""
    sent, writing = word_of(letter, "answ"), word_of(letter, "dans")
    today = timezone.localdate()
    about = {"pack": agency.home_board.pack, "review": REVIEW, "version": 1}
    round_ = world.make(
        Round, word_of(letter, "roun"), board=agency.home_board, opens_on=today, due_on=today, state="sent", **about
    )
    row = world.make(Return, sent, agency=agency, begun_at=timezone.now(), **about)
    submission = Submission.objects.create(agency=agency, of=row, number=1, by=reporter)
    proof = world.make(
        Proof, sent, agency=agency, number=1, size=4, content=b"text", media_type="text/plain", scan="clean"
    )
    given = {"agency": agency, "question": QUESTION, "value": "red"}
    world.make(Answer, sent, submission=submission, gap=True, figure=0.0, evidence=[proof.number], **given)
    world.make(DraftAnswer, writing, of=row, changed_by=reporter, **given)
    place = world.make(
        RoundAgency, sent, agency=agency, round=round_, of=row, submission=submission, stand=Stand.SUBMITTED, score=0,
        submitted_at=timezone.now(), told_at=timezone.now(),
    )  # fmt: skip
    world.make(
        Moderation, sent, agency=agency, place=place, question=QUESTION, before="amber", value="red", by=reporter
    )
    gap = Gap.objects.create(of=row, **given)
    world.planted.setdefault("standards.Gap", set()).update({"question", "value"})
    return {"round": round_.pk, "round_place": place.pk, "return": row.key, "gap": gap.key}


def plant_board(world: World, letter: str, board: Board, runner: Person) -> dict[str, Any]:
    """A review of the board's own with a draft, and a recommendation that it took up."""
    word = word_of(letter, "revw")
    like = library.item(board.pack, "reviews", REVIEW)
    draft = {**like.model_dump(mode="json", exclude_defaults=True), "id": "own", "title": {"en": f"{word} draft"}}
    own = world.make(BoardReview, word, board=board, draft=draft, edition=1, changed_by=runner, pack=board.pack)
    world.make(BoardReviewVersion, word, board=board, review=own, number=1, by=runner)
    world.make(
        Adoption, word, board=board, pack=board.pack, recommendation="officer", state="adopted", changed_by=runner
    )
    return {"own_review": own.pk, "review_pack": board.pack}
