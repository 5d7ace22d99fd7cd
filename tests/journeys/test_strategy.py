"""A strategy from an empty board to one in force; agencies comment and confirm. What it takes is counted."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from safeboard.partnership.tests.factories import AgencyFactory
from safeboard.strategy.choices import PartKind
from safeboard.strategy.models import Action, Document, Part, Version
from safeboard.strategy.operations.documents_filling import months_on
from safeboard.strategy.tests.documents import small
from tests.cast import Cast
from tests.journeys.walker import MOUSE, Walker, Walking

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

USABILITY = Path(__file__).parents[2] / "docs" / "usability.md"
MOST_FIELDS, MOST_MINUTES, FEWEST_ACTIONS = 120, 40, 20
# Seconds that somebody takes who is not in practice: to see where they are on a page, to aim and press, for a letter.
A_PAGE, A_PRESS, A_LETTER = 15, 3, 0.5
TITLE = "Safe online in Eastmarch"


@dataclass
class Count:
    """What the people of a journey did: pages, presses, boxes that they filled, letters."""

    pages: int = 0
    presses: int = 0
    fields: int = 0
    letters: int = 0

    @property
    def minutes(self) -> int:
        """How long it takes, in whole minutes, by the seconds above."""
        return round((self.pages * A_PAGE + self.presses * A_PRESS + self.letters * A_LETTER) / 60)

    def add(self, walker: Walker, fields: int) -> None:
        """Take over what somebody did, who filled so many boxes."""
        self.pages += walker.pages
        self.presses += walker.taps
        self.letters += walker.letters
        self.fields += fields


@pytest.mark.parametrize("way", [MOUSE])
def test_from_an_empty_board_to_a_published_strategy(somebody: Walking, cast: Cast, screens: Callable[..., None]):
    AgencyFactory(board=cast.board, name="Copper Lane College")
    count = Count()
    officer = somebody(cast.board_officer).goto("/strategy/documents/").sees("no strategy here yet")
    officer.press("Strategy", within=officer.page.locator("main")).sees("Four areas by PIES")
    officer.write("What is it called?", TITLE).press("Begin").sees("It is begun")
    screens(officer.page, "strategy-draft")
    officer.press("Change", role="link", within=part(officer.page, "Children live online"))
    officer.write("What does it say?", "Children of Eastmarch live online as they live in their street.").press("Save")
    officer.press("Who and by when")
    named = own_every_action(officer.page, cast)
    officer.taps += 2 * named
    officer.letters += 8 * named
    officer.press("Save").sees("Saved.")
    officer.press("The words").press("Open it for comments").press("Open it").sees("Out for consultation")
    lead = somebody(cast.lead).goto("/strategy/documents/").press(TITLE)
    lead.press("Comment", role="link", within=part(lead.page, "Children of Eastmarch live online"))
    lead.write("What would you change, and why?", "Say that they help each other too.").press("Send it to the board")
    officer.press("Begin the redraft").press("Begin the redraft", role="button").press("Comments (1)")
    officer.press("Answer it").choose("We changed it so").press("Change it")
    officer.write("What does it say?", "Children of Eastmarch live online, and help each other there.").press("Save")
    officer.press("Comments (1)").press("Answer it").choose("We changed it so").press("Answer").sees("We changed it so")
    officer.press("What changed").sees("and help each other there")
    officer.press("The words").press("Record that the board ratified it")
    officer.write("Which meeting, and which minute?", "Partners’ meeting, 7.2").press("Keep it as ratified")
    officer.press("Publish it").press("Publish it", role="button").sees("It is in force")
    count.add(officer, fields=1 + 1 + 2 * named + 1 + 1 + 1 + 1)
    count.add(lead, fields=1)
    assert Action.objects.model._base_manager.exclude(due_on=None).count() == named >= FEWEST_ACTIONS
    assert count.fields <= MOST_FIELDS
    assert count.minutes <= MOST_MINUTES
    assert published_counts() == [named, count.pages, count.presses, count.fields, count.letters, count.minutes]


def part(page: Page, words: str) -> Locator:
    """The part of a document that has these words."""
    return page.locator("[id^=p-]", has_text=words).first


def own_every_action(page: Page, cast: Cast) -> int:
    """Say of every action who sees to it and by when, as if the proposals were worth nothing; gives how many."""
    rows = page.locator(".sb-table--plan tbody tr").all()
    day = months_on(timezone.localdate(), 5).isoformat()
    for at, row in enumerate(rows):
        who = f"agency:{cast.agency.pk}" if at % 6 == 5 else f"person:{cast.board_officer.pk}"
        row.locator("select").select_option(who)
        row.locator("input[type=date]").fill(day)
    return len(rows)


def published_counts() -> list[int]:
    """The figures of the table in docs/usability.md."""
    return [int(found) for found in re.findall(r"^\|[^|]+\|\s*(\d+)\s*\|", USABILITY.read_text("utf-8"), re.MULTILINE)]


def test_a_strategy_is_commented_on_published_and_confirmed(somebody: Walking, cast: Cast):
    with cast.wall_of(cast.board_officer):
        document = small(cast.access_for(cast.board_officer))
        plain = {"board": cast.board, "document": document, "order": 9, "changed_by": cast.board_officer}
        Part.objects.create(kind=PartKind.CHILDREN, text="You can tell us. We help you.", **plain)
    officer = somebody(cast.board_officer).goto(document.url)
    officer.press("Open it for comments").press("Open it")
    lead = somebody(cast.lead, phone=True).goto("/strategy/documents/").press(TITLE)
    lead.press("Comment", role="link", within=part(lead.page, "Children have a right"))
    lead.write("What would you change, and why?", "Say “every child”").press("Send it to the board").sees("every child")
    officer.press("Begin the redraft").press("Begin the redraft", role="button").press("Comments (1)").press(
        "Answer it"
    )
    officer.choose("We left it as it was").press("Answer").sees("Say why not all of it")
    officer.write("What do you say to the agency? (optional)", "“Children” means every one.").press("Answer")
    officer.press("The words").press("Record that the board ratified it")
    officer.write("Which meeting, and which minute?", "Partners, 7.2").press("Keep it as ratified")
    officer.press("Publish it").press("Publish it", role="button").press("Who has it").sees("Alder Bank School")
    lead.goto("/strategy/documents/").press(TITLE).press("Confirm: we have it").sees("confirmed on")
    officer.goto("/strategy/chronology/").sees("ratified (Partners, 7.2)")
    child = somebody(phone=True).goto(f"/strategy/public/{document.key}/children/")
    child.sees("You can tell us", "0800 1111")
    assert Version._base_manager.filter(published_at__isnull=False).count() == 1
    assert Document._base_manager.get().state == "published"
