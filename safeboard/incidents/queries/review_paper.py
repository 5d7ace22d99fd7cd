"""Papers from a review of the log: the governors' standing report, and one page for the team's meeting.

Nothing in them can identify a child: figures are suppressed, concerns about staff are left out, lessons name nobody.
"""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core.access import Access
from safeboard.partnership import queries as partnership

from ..models import AgencyReview
from .lessons import state_of
from .log_review import governors_picture, near_misses, period, shared_lessons, suppressed
from .looking_back import prompts

TO_RING = ("designated-officer", "agency-lead", "police-999", "childline", "ceop", "professionals-helpline")


def governors_report(access: Access, review: AgencyReview) -> tuple[str, str]:
    """Title and HTML of the governors' standing report (Toolkit, Havering's governing bodies), one or two pages."""
    title = _("Online safety: report to governors")
    lessons = shared_lessons(review)
    context = {
        **_common(access, review, title),
        "picture": governors_picture(access, review),
        "total": suppressed(partnership.pack_of(access), review.figures)[1],
        "near_misses": near_misses(review),
        "lessons": [(lesson, state_of(lesson)) for lesson in lessons],
    }
    return title, render_to_string("incidents/paper/governors_paper.html", context)


def team_page(access: Access, review: AgencyReview) -> tuple[str, str]:
    """Title and HTML of the standing item for a team's meeting (Toolkit s5): one page."""
    title = _("Online safety: our standing item")
    lines = partnership.contact_lines(access)
    context = {
        **_common(access, review, title),
        "lessons": shared_lessons(review)[:4],
        "questions": prompts(partnership.pack_of(access), "team"),
        "lines": [lines[kind] for kind in TO_RING if kind in lines and lines[kind].telephone],
    }
    return title, render_to_string("incidents/paper/team_paper.html", context)


def _common(access: Access, review: AgencyReview, title: str) -> dict[str, object]:
    return {
        "title": title,
        "agency": access.place.name if access.place else "",
        "review": review,
        "period": period(review.since, review.until),
        "today": timezone.localdate(),
    }
