#!/usr/bin/env python3
"""How long a page takes on a slow telephone, and whether it moves after it was drawn.

    .venv/bin/python bench/phone.py [ADDRESS]

ADDRESS (http://localhost:8000 where none is given) is a demonstration that `dev.py run` serves. Somebody without
anything kept opens sign-in, then as a designated officer the pages in which incidents are met. Chromium slows the
network down, and its own processor to a quarter.
"""

from __future__ import annotations

import sys
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from playwright.sync_api import sync_playwright

from bench import machine
from tests.support.browser import FLAGS, PHONE, chromium_path

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NETWORKS = {"3G": (50_000, 400), "4G": (200_000, 150)}  # bytes a second, milliseconds until the first of them
SLOWER = 4
TIMES = 3
PAGES = ("/account/sign-in/", "/demonstration/", "/", "/incidents/report/", "/incidents/", "/charts/becta-incident/")
TAKEN = """() => new Promise(done => {
    let moved = 0
    new PerformanceObserver(list => list.getEntries().forEach(one => moved += one.value))
        .observe({type: 'layout-shift', buffered: true})
    setTimeout(() => {
        const page = performance.getEntriesByType('navigation')[0]
        const parts = [page, ...performance.getEntriesByType('resource')]
        const drawn = performance.getEntriesByName('first-contentful-paint')[0].startTime
        done([drawn, page.loadEventEnd, parts.reduce((all, part) => all + part.transferSize, 0) / 1000, moved])
    }, 500)
})"""


def visit(browser: Browser, address: str, network: str) -> list[list[float]]:
    """For each page: milliseconds until it is drawn, and whole; thousands of bytes that came; how far it moved."""
    context = browser.new_context(base_url=address, viewport=PHONE, is_mobile=True, has_touch=True)
    page = context.new_page()
    session = context.new_cdp_session(page)
    speed, wait = NETWORKS[network]
    slow = {"offline": False, "latency": wait, "downloadThroughput": speed, "uploadThroughput": speed}
    session.send("Network.emulateNetworkConditions", slow)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    taken = []
    for path in PAGES:
        page.goto(path)
        taken.append(page.evaluate(TAKEN))
        if path == "/demonstration/":
            become_officer(page)
    context.close()
    return taken


def become_officer(page: Page) -> None:
    """Sign in as the first designated officer of the demonstration."""
    page.get_by_role("button", name="Designated child protection officer").first.click()
    page.wait_for_load_state()


def main(address: str) -> None:
    """Print the table: the middle of so many visits, each with nothing kept from the one before."""
    print(f"{machine.facts()}. Commit {machine.revision(Path(__file__).resolve().parents[1])}. Middle of {TIMES}.\n")
    print("| page | network | drawn after ms | whole after ms | KB | moved |")
    print("| --- | --- | ---: | ---: | ---: | ---: |")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        for network in NETWORKS:
            visits = [visit(browser, address, network) for _ in range(TIMES)]
            for path, all_taken in zip(PAGES, zip(*visits, strict=True), strict=True):
                drawn, whole, size, moved = (median(one) for one in zip(*all_taken, strict=True))
                print(f"| {path} | {network} | {drawn:,.0f} | {whole:,.0f} | {size:.0f} | {moved:.3f} |")


if __name__ == "__main__":
    main(*sys.argv[1:2] or ["http://localhost:8000"])
