"""Wherever files are taken: a form that is sent twice keeps one, and hostile files leave nothing."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.test import Client
from django.urls import reverse

from safeboard.incidents.models import EvidenceFile
from safeboard.incidents.tests.evidence import item_on
from safeboard.incidents.tests.factories import reported
from safeboard.meetings.models import Paper
from safeboard.meetings.tests.factories import item_of, planned
from safeboard.partnership.models import ImportRun
from safeboard.partnership.tests.sheets_for_import import gias, school
from safeboard.sitelogs.models import Intake
from safeboard.sitelogs.tests.helpers import make_log
from safeboard.standards.models import Proof
from safeboard.strategy.models import ActionFile, PlanImport
from safeboard.strategy.tests.factories import make_action
from tests.architecture.addresses import routes
from tests.cast import Cast
from tests.support.hostile import hostile, multipart

pytestmark = pytest.mark.django_db


class Point(NamedTuple):
    """Where a file is sent: whose browser, the address with what it needs, the fields beside it, what is kept."""

    who: str
    address: Callable[[Cast], str]
    kept: type[models.Model]
    fields: dict[str, Any] = {}
    file: tuple[str, bytes] | None = ("words.txt", b"What was said")


def _evidence(cast: Cast) -> str:
    item = item_on(cast, reported(cast))
    return reverse("incidents:evidence-file-add", args=[item.incident_id, item.pk])


def _paper(cast: Cast) -> str:
    meeting = planned(cast)
    return reverse("meetings:paper-add", args=[meeting.pk, item_of(cast, meeting).pk])


def _report(cast: Cast) -> str:
    return reverse("meetings:report-receive", args=[planned(cast).pk])


def _proof(cast: Cast) -> str:
    with cast.wall_of(cast.board_officer):
        return reverse("strategy:action-file", args=[make_action(cast.board).key])


def _lines(cast: Cast) -> str:
    with cast.wall_of(cast.lead):
        make_log(cast)
    return reverse("sitelogs:upload")


SHELF = Point("lead", lambda _cast: reverse("standards:shelf-add"), Proof, {"title": "The policy"})
PLAN = ("plan.csv", b"Priority,Objective,Measure,Action,Responsible,Expected by,Cost\nA,B,,Tell,,1 May 2027,\n")
DAY = {"day": 1, "month": 5, "year": 2026}
TOLD = {f"{name}_{part}": value for name in ("since", "until") for part, value in DAY.items()}
TOLD |= {"subgroup": "Training", "given_by": "Tara Trainer"}
POINTS = {
    "incidents:evidence-file-add": Point("designated_officer", _evidence, EvidenceFile),
    "meetings:paper-add": Point("board_officer", _paper, Paper, {"title": "A paper", "kind": "paper"}),
    "meetings:report-receive": Point("board_officer", _report, Paper, TOLD),
    "standards:shelf-add": SHELF,
    "sitelogs:upload": Point("infrastructure", _lines, Intake, {"layout": "auto"}),
    "strategy:plan-import": Point("board_officer", lambda _c: reverse("strategy:plan-import"), PlanImport, file=PLAN),
    "strategy:action-file": Point("board_officer", _proof, ActionFile),
    "partnership:imports": Point(
        "board_officer",
        lambda _c: reverse("partnership:imports"),
        ImportRun,
        file=("list.csv", gias(school("910001", "Old Town Primary")).read()),
    ),
}
# A signed file of a quarter's figures is kept once by what it is: safeboard/insight/tests/test_neighbours.py.
ELSEWHERE = {"insight:neighbours-take"}


def test_every_page_that_takes_files_is_here():
    taking = {route.name for route in routes() if route.mark and route.mark.uploads}
    assert taking == set(POINTS) | ELSEWHERE


def hidden_fields(page: str) -> dict[str, str]:
    """The key of the form, and the filter of logs where one is to be chosen."""
    key = re.findall(r'<input type="hidden" name="(form_key)" value="([^"]+)"', page)
    return dict(key + re.findall(r'name="(log)" type="radio" value="([^"]+)"', page))


def send(browser: Client, address: str, page: str, point: Point, file: tuple[str, bytes] | None) -> str:
    """Send the form of a page as a browser does, with all that it holds; gives where it leads."""
    hidden = hidden_fields(page)
    assert "form_key" in hidden or point.kept is ActionFile, "the form has no key, and the bytes are not kept once"
    sent = {"file": SimpleUploadedFile(*file)} if file else {}
    answer = browser.post(address, {**point.fields, **hidden, **sent})
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def count(cast: Cast, point: Point) -> int:
    with cast.wall_of(cast.people[point.who]):
        return point.kept._default_manager.count()


@pytest.mark.parametrize("name", POINTS)
def test_the_same_form_twice_keeps_one_file_and_answers_the_same(cast: Cast, name: str):
    point = POINTS[name]
    address, browser = point.address(cast), cast.client_for(cast.people[point.who])
    page = browser.get(address).content.decode()
    first, again = (send(browser, address, page, point, point.file) for _ in range(2))
    assert first == again
    assert count(cast, point) == 1


def test_another_file_chosen_on_the_same_page_is_kept_too(cast: Cast):
    point = POINTS["incidents:evidence-file-add"]
    address, browser = point.address(cast), cast.client_for(cast.designated_officer)
    page = browser.get(address).content.decode()
    for content in (b"What was said", b"What was said later"):
        send(browser, address, page, point, ("words.txt", content))
    assert count(cast, point) == 2


def test_words_alone_are_laid_on_the_shelf_once(cast: Cast):
    point = SHELF._replace(fields={"title": "The policy", "where": "Staff handbook"})
    address, browser = point.address(cast), cast.client_for(cast.lead)
    page = browser.get(address).content.decode()
    for _ in range(2):
        send(browser, address, page, point, None)
    assert count(cast, point) == 1


# Hostile files -------------------------------------------------------------------------------------------------------

# What could be read as a list, or as lines of a log, is looked over by a person before anything comes of it.
LOOKED_OVER = {"strategy:plan-import", "partnership:imports", "sitelogs:upload"}


def push_hostile(cast: Cast, name: str, many: int) -> None:
    """Push that many hostile files at a page: no error of the server's, ten seconds at most, nothing kept."""
    point = POINTS[name]
    address, browser = point.address(cast), cast.client_for(cast.people[point.who])
    log = hidden_fields(browser.get(address).content.decode())
    log.pop("form_key", None)
    slowest = 0.0
    for one in hostile(many):
        body, kind = multipart("file", one)
        fields = "".join(
            f'--edge\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
            for key, value in {**point.fields, **log}.items()
        )
        began = time.monotonic()
        answer = browser.generic("POST", address, fields.encode() + body, content_type=kind)
        slowest = max(slowest, time.monotonic() - began)
        assert answer.status_code < 500, (one.sort, one.name[:60])
    assert slowest < 10
    if name not in LOOKED_OVER:
        assert count(cast, point) == 0


@pytest.mark.parametrize("name", POINTS)
def test_hostile_files_leave_nothing(cast: Cast, name: str):
    push_hostile(cast, name, 12)


@pytest.mark.nightly
@pytest.mark.parametrize("name", POINTS)
def test_five_hundred_hostile_files_leave_nothing_in_512_megabytes(cast: Cast, name: str):
    begun = memory_from_now_on()
    push_hostile(cast, name, 500)
    assert most_memory() - begun < 512


def memory_from_now_on() -> int:
    """The process's memory in MB; the most that it had before is forgotten."""
    Path("/proc/self/clear_refs").write_text("5")
    return most_memory()


def most_memory() -> int:
    """The most memory that the process had, in MB."""
    said = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM:"))
    return int(said.split()[1]) // 1024
