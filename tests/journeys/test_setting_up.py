"""A board begins: its officer comes in, imports the schools, invites a lead; an inspector's access ends."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.utils import timezone

from safeboard.core.roles import Role
from safeboard.partnership.models import Membership
from safeboard.partnership.tests.factories import MembershipFactory, PersonFactory
from safeboard.partnership.tests.sheets_for_import import gias, school
from tests.cast import Cast
from tests.journeys.walker import MOUSE, Walker, Walking, code

ROOT = Path(__file__).resolve().parents[2]
PICTURED = os.environ.get("SAFEBOARD_SCREENSHOTS") == "1"
PASSWORD = "kettle-harbour-marble-44"
LINK = re.compile(r"https?://\S+/invitations/\S+/")


def schools() -> dict[str, Any]:
    """The real sample of the schools register where it is at hand, else, and for pictures, a made-up look-alike."""
    named = os.environ.get("SAFEBOARD_REAL_DATA")
    path = (Path(named) if named else ROOT.parent / "shared" / "real") / "gias-sample.csv"
    content = (
        path.read_bytes()
        if path.is_file()
        else gias(*(school(f"99010{n}", f"Northmere School {n}") for n in range(1, 4))).getvalue()
    )
    return {"name": "gias-sample.csv", "mimeType": "text/csv", "buffer": content}


def accept(walker: Walker, link: str, name: str) -> str:
    """Accept an invitation and enrol an authenticator app; gives the app's secret."""
    walker.goto(link).sees("You are invited to")
    walker.write("Your full name", name).write("A password", PASSWORD).press("Accept")
    walker.sees("Set up a second factor")
    walker.press("Add an authenticator app")
    secret = walker.page.locator("#secret").inner_text()
    walker.write("Security code", code(secret)).press("Add the app")
    assert walker.heading == "Keep your recovery codes"
    assert walker.page.locator("main li code").count() >= 8
    walker.press("I have kept them: continue")
    return secret


def test_an_officer_sets_up_a_board_and_imports_the_schools(somebody: Walking, screens: Callable[..., None], way: str):
    said = io.StringIO()
    call_command(
        "createboard",
        name="Northmere Safeguarding Partnership",
        area="Northmere",
        email="officer@northmere.example",
        officer_name="Orla Officer",
        stdout=said,
    )
    officer = somebody()
    accept(officer, LINK.search(said.getvalue()).group(0), "Orla Officer")
    assert officer.path == "/"
    officer.press("Agencies").press("Import")
    officer.hand_over("Spreadsheet", schools()).press("Look at it")
    assert officer.heading == "What the file would change"
    if way == MOUSE:
        screens(officer.page, "import-preview")
    officer.press("Import now").sees("Imported")
    officer.press("Agencies", role="link")
    if way == MOUSE:
        screens(officer.page, "register")
    officer.press("Settings", role="link")
    assert "No settings" not in officer.page.inner_text(".sb-count")
    officer.press("Agencies").press("Import")
    officer.hand_over("Spreadsheet", schools()).press("Look at it")
    officer.sees("There is nothing to import.")


def test_a_lead_accepts_an_invitation_and_enrols_a_second_factor(somebody: Walking, cast: Cast):
    officer = somebody(cast.board_officer)
    officer.goto("/agencies/").press(cast.other_agency.name).press("Invite its lead or designated officer")
    officer.write("Full name", "Leonie Newlead").write("Email address", "leonie@newlead.example")
    officer.choose("Agency e-safety lead").press("Send the invitation")
    officer.press("Messages", role="link").press("invite", within=officer.page.locator("main"))
    link = LINK.search(officer.page.inner_text("main")).group(0)
    lead = somebody(phone=True)
    secret = accept(lead, link, "Leonie Newlead")
    lead.sees("Leonie Newlead", cast.other_agency.name)
    lead.goto(link).sees("This invitation was used")
    lead.press("Sign out")
    lead.write("E-mail address", "leonie@newlead.example").write("Password", PASSWORD).press("Sign in")
    assert lead.heading == "Enter your security code"
    lead.write("Security code", code(secret, ahead=1)).press("Continue")
    assert lead.path == "/"
    lead.goto(f"/agencies/{cast.agency.pk}/").sees("There is no such page")


def test_an_inspectors_access_ends(somebody: Walking, cast: Cast):
    today = timezone.localdate()
    inspector = PersonFactory(name="Ida Inspects", email="ida@inspects.example")
    role = MembershipFactory(person=inspector, role=Role.INSPECTOR, agency=cast.agency, ends=today)
    visitor = somebody(inspector)
    visitor.goto("/incidents/")
    assert visitor.heading == "Incidents"
    Membership.objects.filter(pk=role.pk).update(ends=today - timedelta(days=1))
    visitor.press("Incidents", role="link")
    assert visitor.path == "/account/no-role/"
    visitor.sees_not(cast.agency.name)
    visitor.goto("/incidents/")
    assert visitor.path == "/account/no-role/"
