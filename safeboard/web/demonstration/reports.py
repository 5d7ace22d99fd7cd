"""Annual reports of a made-up board: last year's, consulted about, signed and published; this year's being written."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.crypto import get_random_string

from safeboard.accounts.models import Person
from safeboard.core import wall
from safeboard.core.access import Access
from safeboard.core.roles import Role
from safeboard.insight.models import Report, ReportPart
from safeboard.insight.operations import report_steps as steps
from safeboard.insight.operations.months import set_months
from safeboard.insight.operations.reports import begin_report, change_part
from safeboard.insight.operations.reviewers import ask_for_pack
from safeboard.meetings import operations as meetings
from safeboard.meetings.queries.members import chair_of
from safeboard.partnership import queries as partnership
from safeboard.partnership.models import Board, Membership
from safeboard.strategy.choices import Taken

from .county import County

LAST_YEAR = {
    "foreword": "More people told us of worries this year than before. We are glad of it: they know whom to tell.\n"
    "I thank the leads in our agencies, who do this beside their own work.",
    "policies": "Most agencies have a policy and a lead. Those that do not were visited in autumn.",
    "infrastructure": "Three agencies changed their filter. Each tried it out with the checks that we gave them.",
    "education": "Every secondary school taught about sharing images. We reached fewer parents than we hoped.",
    "learned": "A record of what was seen, made the same day, helps most. The form now asks for it first.",
    "next": "Next year we train those who stand in for leads, and ask children what they think of our advice.",
}
THIS_YEAR = {"foreword": "To be written by the chair.", "board": "A health visitor joined the subgroup in spring."}
COMMENT = ("foreword", "Please thank the libraries too.", Taken.YES, "They are in it now.")


def make_reports(county: County) -> int:
    """Write two reports, give the agencies their months, lay a pack before the inspector; gives how many reports."""
    held = Membership.objects.filter(board=county.board, role=Role.ESAFETY_OFFICER).earliest("pk")
    by = partnership.access_of(held.person, chosen=f"board-{county.board.pk}")
    year = timezone.localdate().year
    with wall.open_for(**partnership.scopes(by)):
        chair = _chair(by, county.board)
        last = _written(by, county.board, year - 1, LAST_YEAR)
        part = _consulted(by, county, last)
        change_part(by=by, part=part, edition=part.edition, given={"text": f"{part.text}\nI thank the libraries too."})
        steps.sign_report(by=chair, report=last)
        steps.publish_report(by=by, report=last, public=True)
        _written(by, county.board, year, THIS_YEAR)
        months = {agency.pk: number % 12 + 1 for number, agency in enumerate(county.agencies)}
        set_months(by=by, board=county.board, months=months, by_clock=True)
        ask_for_pack(by=by, board=county.board, title="Peer review, spring", until=date(year + 1, 6, 30))
    return 2


def _chair(by: Access, board: Board) -> Access:
    """The chair, with an account to sign with."""
    seat = chair_of(board.pk).chair
    assert seat is not None
    if seat.person is None:
        person = Person.objects.create_user("chair@ostermere.example", get_random_string(40), name=seat.name)
        starts = seat.since
        Membership.objects.create(person=person, role=Role.SUBGROUP_MEMBER, board=board, starts=starts)
        Membership.objects.create(person=person, role=Role.STAFF, agency=seat.agency, starts=starts)
        seat = meetings.change_member(by=by, member=seat, given={"person": person})
    assert seat.person is not None
    return partnership.access_of(seat.person, chosen=f"board-{board.pk}")


def _written(by: Access, board: Board, year: int, texts: dict[str, str]) -> Report:
    report = begin_report(by=by, board=board, year=year, template="annual-report")
    for section, text in texts.items():
        change_part(by=by, part=_part(report, section), edition=1, given={"text": text})
    return report


def _part(report: Report, section: str) -> ReportPart:
    return ReportPart.objects.select_related("report").get(report=report, section=section)


def _consulted(by: Access, county: County, report: Report) -> ReportPart:
    """Frozen, opened, commented on by an agency's lead, answered, closed; gives the section that was commented on."""
    section, text, taken, answer = COMMENT
    steps.freeze_figures(by=by, report=report)
    issue = steps.consult_on_report(by=by, report=report, closes_on=timezone.localdate())
    part: Any = _part(report, section)
    agencies = [agency.pk for agency in county.agencies]
    held = Membership.objects.filter(agency__in=agencies, role=Role.AGENCY_LEAD).earliest("pk")
    lead = partnership.access_of(held.person, chosen=f"agency-{held.agency_id}")
    with wall.open_for(**partnership.scopes(lead)):
        comment = steps.comment_on_report(by=lead, issue=issue, part=part.key, text=text)
    steps.answer_report_comment(by=by, comment=comment, taken=taken, answer=answer)
    steps.close_comments(by=by, report=report)
    return part
