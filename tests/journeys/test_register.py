"""The register as people use it: words are searched, a view is saved, the calendar looked at, incidents taken out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from safeboard.core import wall
from safeboard.incidents.models import Duty
from tests.cast import Cast
from tests.journeys.test_reporting import reported
from tests.journeys.walker import Walking


def stocked(cast: Cast) -> None:
    """A few incidents, one of them with words of its own, one with something late."""
    reported(cast, narrative="A heron was seen on the roof of the library, and somebody filmed it without asking.")
    second = reported(cast, images="maybe")
    reported(cast)
    with wall.open_for(casework=[cast.agency.pk]):
        for hours, title in ((-30, "Ring home"), (2, "Write the record"), (50, "Ask the duty team for their answer")):
            Duty.objects.create(
                agency=cast.agency,
                incident=second,
                key=title,
                kind="tell",
                title=title,
                owner="agency_lead",
                due_at=timezone.now() + timedelta(hours=hours),
            )


def test_words_are_searched_and_the_view_is_kept(somebody: Walking, cast: Cast, screens: Callable[..., None]):
    stocked(cast)
    for phone in (False, True):
        lead = somebody(cast.lead, phone=phone)
        lead.goto("/incidents/").write("Search by words", "heron roof").press("Search")
        lead.sees("1 incident", "heron", "Words")
        assert "heron" not in lead.page.url
        screens(lead.page, f"register-search-{'phone' if phone else 'desk'}", whole=True)
    lead.press("Save this view")
    lead.write("Name of the view", "Birds").press("Save")
    lead.sees("The view is saved.", "Birds", "1 incident")
    lead.press("Change saved views")
    lead.sees("Saved views", "Birds")
    screens(lead.page, "register-views-phone", whole=True)


def test_the_calendar_shows_late_first(somebody: Walking, cast: Cast, screens: Callable[..., None]):
    stocked(cast)
    for phone in (False, True):
        lead = somebody(cast.lead, phone=phone)
        lead.goto("/incidents/calendar/")
        lead.sees("Ring home", "late by", "Write the record")
        screens(lead.page, f"register-calendar-{'phone' if phone else 'desk'}", whole=True)
        lead.press("Show a week").sees("Week of")
        screens(lead.page, f"register-week-{'phone' if phone else 'desk'}", whole=True)


def test_incidents_are_taken_out_with_a_reason(somebody: Walking, cast: Cast, screens: Callable[..., None]):
    stocked(cast)
    lead = somebody(cast.lead)
    lead.goto("/incidents/").press("Take out more of them, or the whole records")
    screens(lead.page, "register-export-desk", whole=True)
    lead.write("Why are they taken out?", "The subgroup asked for them").press("Take them out")
    lead.sees("Your export is ready", "3 incidents", "Save the file")
