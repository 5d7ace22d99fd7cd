"""A concern about staff: HR or the LADO first, how grave it is, the risk; a strategy discussion and what it agreed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from safeboard.incidents.models import Discussion, RiskAssessment
from safeboard.incidents.tests.factories import allegation
from tests.cast import Cast
from tests.journeys.walker import Walking

pytestmark = pytest.mark.django_db


def test_the_officer_for_allegations_handles_it_and_holds_a_discussion(somebody: Walking, cast: Cast):
    incident = allegation(cast, about="Dora Designated", scenario="deliberate-inappropriate")
    officer = somebody(cast.allegations_officer).goto(f"/incidents/{incident.pk}/").sees("Ring them first")
    officer.press("Concern about staff").sees("Not told, because the concern is about them")
    officer.press("Decide how grave it is").choose("It may meet the harm threshold")
    officer.write("Why?", "The LADO was rung and says so").press("Record it").sees("The LADO was rung")
    officer.press("Assess the risk").choose("There may be a risk").write("Why?", "Works alone with Year 3")
    officer.write("Who decided?", "Alma Allegations, with HR").press("Record it").sees("Works alone with Year 3")
    officer.goto(f"/incidents/{incident.pk}/").press("Strategy discussions").press("Write one down")
    officer.choose("By telephone").write("Who else was there?", "Sam Social, Children’s social care, Manager")
    officer.press("Write it down").sees("Sam Social, Children’s social care, Manager")
    officer.press("What the child is told").write("What is the child told?", "That she was right to speak")
    officer.press("Add it to the minutes").sees("That she was right to speak")
    day = timezone.localtime() + timedelta(days=2)
    officer.press("Add an action").write("What is to be done?", "Visit the family")
    for part, value in (("Day", day.day), ("Month", day.month), ("Year", day.year), ("Time", "15:00")):
        officer.write(part, str(value))
    officer.press("Add it to the minutes").sees("Visit the family", "due in")
    with cast.wall_of(cast.allegations_officer):
        assert RiskAssessment.objects.get().level == "some"
        assert Discussion.objects.get().minutes.count() == 2
