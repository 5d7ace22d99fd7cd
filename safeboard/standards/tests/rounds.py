"""A round as a board sends it and an agency answers it: for the tests of several rooms."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from safeboard.core.access import Access
from safeboard.library.shapes.standards import Asks
from safeboard.standards import asking, operations
from safeboard.standards.asking import Told
from safeboard.standards.choices import AnswerState
from safeboard.standards.models import Return, Round, RoundAgency
from safeboard.standards.queries import returns as reading
from safeboard.standards.queries import rounds as rounding

REVIEW = "leeds-self-review"
FULL = {Asks.YES_NO: "yes", Asks.RAG: "green", Asks.LEVEL: "4", Asks.NUMBER: "12", Asks.DATE: "2026-03-31"}


def sent_round(by: Access, agencies: list[int], *, review: str = REVIEW, pack: str = "england-2026", **given) -> Round:
    """A round that was sent to these agencies. The wall has to be open as it is for the board."""
    today = timezone.localdate()
    dates = {"opens_on": today, "due_on": today + timedelta(days=30)}
    made = operations.make_round(by=by, pack=pack, review=review, given={"title": "Spring", **dates, **given})
    operations.choose_agencies(by=by, round_=made, agencies=agencies)
    return operations.send_round(by=by, round_=made)


def return_for(round_: Round, agency: int) -> Return:
    """The return of an agency in a round."""
    return RoundAgency.objects.select_related("of").get(round=round_, agency_id=agency).of


def filled_in(by: Access, row: Return, **other: str) -> Return:
    """Begin a return and answer every question well, but for those given."""
    operations.begin_return(by=by, row=row)
    review = reading.review_in(row)
    for _pass in range(3):
        drafts = reading.drafts_of(row)
        values = reading.given_values(drafts)
        open_ = [one for one in asking.asked(review, values) if drafts.get(one.id) is None or _waits(drafts[one.id])]
        if not open_:
            break
        given = {one.id: _well(one, other.get(one.id.replace("-", "_"))) for one in open_}
        operations.save_answers(by=by, row=row, given=given)
    return row


def _waits(draft) -> bool:
    return draft.state == AnswerState.TO_CONFIRM


def _well(question, value: str | None) -> Told:
    if question.asks in (Asks.TEXT, Asks.PERSON, Asks.EVIDENCE):
        return Told(words=value or "As it is")
    if question.asks is Asks.CHOICE:
        return Told(value=value or next(code for code in question.codes if code not in question.gaps))
    return Told(value=value or FULL[question.asks])


def submitted(by: Access, row: Return, **other: str) -> Return:
    """A return that was filled in and sent."""
    filled_in(by, row, **other)
    operations.submit_return(by=by, row=row)
    return row


class Play:
    """The board and two agencies with a round between them."""

    def __init__(self, cast) -> None:
        self.cast = cast
        self.officer, self.lead = cast.access_for(cast.board_officer), cast.access_for(cast.lead)
        self.other_lead = cast.access_for(cast.other_lead)

    def as_board(self):
        return self.cast.wall_of(self.cast.board_officer)

    def as_lead(self):
        return self.cast.wall_of(self.cast.lead)

    def send(self, **given):
        with self.as_board():
            return sent_round(self.officer, [self.cast.agency.pk, self.cast.other_agency.pk], **given)

    def place(self, round_, agency=None):
        return rounding.place_of(
            self.officer, RoundAgency.objects.get(round=round_, agency=agency or self.cast.agency).pk
        )
