"""A lead adapts a chart: a question more, walked in trial, published; whoever reports next is led by it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.cast import Cast
from tests.journeys.test_reporting import reported
from tests.journeys.walker import MOUSE, Walking

if TYPE_CHECKING:
    from playwright.sync_api import Locator

QUESTION = "Did it come to a child’s school account?"


def test_a_lead_adapts_a_chart_and_staff_are_led_by_it(
    somebody: Walking, cast: Cast, screens: Callable[..., None], way: str
):
    lead = somebody(cast.lead).goto("/charts/suspicious-email/").press("Adapt a copy")
    lead.sees("Draft of Alder Bank School", "Nothing is wrong with it")
    lead.press("Add a question").write("What is the question?", QUESTION).press("Save")
    lead.sees("This question has no answers yet", "No way leads here")
    add_answer(lead, "Yes", leads="Outcome A", unsure=False)
    add_answer(lead, "I am not sure", leads="Outcome A", unsure=True)
    lead.press("Back to the draft").sees("to mend before it can be published")
    if way == MOUSE:
        screens(lead.page, "chart-editor")
    lead.press("Down", within=row(lead, "Who seems to have sent it?")).press("Take back the last change")
    lead.goto("/charts/suspicious-email/own/about/").pick("Where does it begin?", f"Question 4: {QUESTION}")
    lead.press("Save").sees("to mend")
    lead.press("Take back the last change")
    lead.press("Take out", within=row(lead, QUESTION)).sees("Nothing is wrong with it")
    lead.press("The chart itself: title, when it is used, where it begins")
    lead.write("What is the chart called?", "Odd e-mail at Alder Bank").press("Save")
    lead.press("Walk it in trial")
    while lead.page.get_by_role("button", name="Go on", exact=True).count():
        lead.choose(lead.page.locator("main .govuk-radios__label").first.inner_text()).press("Go on")
    lead.sees("This way is walked", "What would be owed by now")
    if way == MOUSE:
        screens(lead.page, "chart-trial")
    lead.press("Go on to publishing").write("What changed, and why?", "The name that people here use")
    lead.press("Publish it").sees("From now on this chart holds here", "Version 1")
    incident = reported(cast)
    staff = somebody(cast.staff, phone=True).goto(f"/incidents/{incident.pk}/walk/")
    staff.press("Odd e-mail at Alder Bank").sees("Odd e-mail at Alder Bank")


def add_answer(lead: Walking, label: str, *, leads: str, unsure: bool) -> None:
    """An answer to the question on the page."""
    lead.press("Add an answer").write("What is the answer?", label)
    box = lead.page.get_by_label("Where does it lead?")
    whole = next(text for text in box.locator("option").all_inner_texts() if text.startswith(leads))
    lead.pick("Where does it lead?", whole)
    if unsure:
        lead.choose("It says ‘I am not sure’")
        lead.pick("Whom to ring with it (optional)", "Designated officer for child protection")
    lead.press("Save")


def row(lead: Walking, title: str) -> Locator:
    """The question, or outcome, of that title in the list, with its buttons."""
    link = lead.page.get_by_role("link", name=title)
    return lead.page.locator(".sb-parts__item").filter(has=link)
