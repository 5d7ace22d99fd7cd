"""Fixed numbers and names of the insight room, and the states of a report."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

# A kind of agency with fewer agencies of the board's own than this has no line of its own: it would be an agency's own
# count. The same holds for a board as a whole.
FEWEST_AGENCIES = 3
# How far back quarters are released, and how many of them the picture shows.
RELEASED_QUARTERS = 12
SHOWN_QUARTERS = 8
OTHER = "other"  # whatever the board's pack does not know
JOINED = "+"  # kinds of agency that share a line
TABLES = ("kinds", "classifications", "agencies")
ANNUAL_RETURN = "annual-return"  # the review by which an agency makes its return of the year


class ReportState(models.TextChoices):
    """Where an annual report stands."""

    DRAFT = "draft", _("Being written")
    CONSULTATION = "consulted", _("Open for comments")
    SIGNED = "signed", _("Signed by the chair")
    PUBLISHED = "published", _("Published")


# What may follow. From comments it goes back to the writers; once it is signed its words and figures stay.
REPORT_NEXT = {
    ReportState.DRAFT: frozenset({ReportState.CONSULTATION, ReportState.SIGNED}),
    ReportState.CONSULTATION: frozenset({ReportState.DRAFT}),
    ReportState.SIGNED: frozenset({ReportState.PUBLISHED}),
    ReportState.PUBLISHED: frozenset(),
}
