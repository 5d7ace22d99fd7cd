"""Words planted in what is not theirs reach nobody: by links, search, counts, errors, messages, history, log, disk."""

from __future__ import annotations

import html
import io
import logging
import re
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from unittest import mock

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from safeboard.core import wall
from safeboard.core.models import Entry
from safeboard.incidents import operations
from safeboard.incidents.queries.evidence import Party
from safeboard.outbox.models import Message
from safeboard.partnership.models import Setting
from safeboard.web import errors
from safeboard.web.logs import QuietFormatter
from tests.architecture.addresses import routes
from tests.architecture.cases import CASES, make_case
from tests.architecture.conftest import Watch
from tests.architecture.matrix import NoLine, targets, word_findings
from tests.architecture.planting import CODES, SEALED, WORD, World, is_text, word_of
from tests.architecture.test_models import ours
from tests.architecture.viewers import Browser, Viewer
from tests.architecture.world import make_draft

pytestmark = pytest.mark.django_db

WANDERERS = ["lead", "colleague", "inspector", "subject", "between", "board_officer", "board_inspector"]
WANDERERS += ["administrator", "no_factor"]
LINK = re.compile(r'(?:href|src|action)="(/[^"#]*)"')
CHOICE = re.compile(r'name="([\w-]+)"')
NOT_FOLLOWED = ("/static/", "/account/")
ERRORS = ["/no/such/page/", "/incidents/999999/", "/incidents/search/"]  # nowhere, nothing there, takes forms alone
FAR_ENOUGH = 71

# Models whose texts are planted in another way, or that hold nobody's words.
PLANTED_OTHERWISE = {
    "partnership.Agency": "its name and reference are",
    "incidents.Draft": "its answers are",
    "partnership.Board": "its name is known to everybody",
    "accounts.Person": "names of the cast",
    "outbox.ClockState": "names of jobs",
    "library.PublishedItem": "shipped words",
    "core.ChainHead": "digests",
    "core.Entry": "ids and choices, looked at below",
    "core.Checkpoint": "digests and signatures",
    "core.Link": "types and ids",
    "partnership.Seat": "a kind of the pack",
    "api.Call": "kinds of events and ids",
}


def test_every_text_of_every_model_bears_a_word(watch: Watch):
    for model in ours():
        label = model._meta.label
        fields = {one.name for one in model._meta.concrete_fields if is_text(one)} - CODES
        if fields and label not in PLANTED_OTHERWISE:
            missing = fields - watch.world.planted.get(label, set())
            assert not missing, f"plant a {label} in tests/architecture/world.py: nobody would see {missing} leak"


@pytest.fixture
def real_errors() -> Iterator[None]:
    """The pages for errors as they are."""
    from django.shortcuts import render

    with mock.patch.object(errors, "render", render), mock.patch("safeboard.core.page.render", render):
        yield


@pytest.mark.parametrize("name", WANDERERS)
def test_following_links_and_searching_meets_no_other_word(watch: Watch, real_errors: None, name: str):
    assert wander(watch.browser, watch.viewers[name]) == []


def wander(browser: Browser, viewer: Viewer, start: str = "/", most: int = FAR_ENOUGH) -> list[str]:
    """Follow every link and every filter from a page on; gives the words met that are not for this person."""
    ahead, seen, wrong = [start, *ERRORS], set(), []
    while ahead and len(seen) < most:
        path = ahead.pop(0)
        if path in seen:
            continue
        seen.add(path)
        answer = browser.ask(viewer, "GET", path)
        wrong += word_findings(viewer, path, answer)
        if answer.status >= 500 or answer.error:
            wrong.append(f"{viewer.name} on {path}: {answer.error or answer.status}")
        if "html" in answer.response.get("Content-Type", ""):
            page = answer.body.decode()
            links = [html.unescape(link) for link in LINK.findall(page) if not link.startswith(NOT_FOLLOWED)]
            ahead += [link for link in links if _shape(link) not in {_shape(one) for one in seen}]
            ahead += _searches(path, page)
    return wrong


def _shape(path: str) -> str:
    """Pages of one sort are visited a few times, not hundreds."""
    return re.sub(r"=[^&]*", "=", path)


def _searches(path: str, page: str) -> list[str]:
    """The page's filters, each with half a word: what it finds would show the whole word."""
    if "?" in path:
        return []
    forms = re.findall(r'<form[^>]*method="get".*?</form>', page, re.DOTALL | re.IGNORECASE)
    names = {name for form in forms for name in CHOICE.findall(form)}
    return [f"{path}?{name}={half}" for name in sorted(names) for half in ("zqb", "zqc", "Otto", "1")]


# What happens elsewhere changes nothing here: no count, no chart, no number on any page ------------------------

HIDDEN = re.compile(rb'<input[^>]*type="hidden"[^>]*>|\?v=\w+|nonce-[\w=+/-]+|[0-9a-f]{8}-[0-9a-f-]{27}')


def pages(watch: Watch, viewer: Viewer, only: str = "") -> dict[str, bytes]:
    """Every page and download without a record in its address, and the own first record, as one person sees them."""
    found = {}
    for route in routes():
        if "GET" not in route.methods or not route.mark or route.mark.permission is None or only not in route.name:
            continue
        try:
            own = [one for one in targets(watch.world, route) if not one.owned or one.place == viewer.place]
        except NoLine:
            continue
        for target in [one for one in own if one.case in ("", "plain")][:2]:
            answer = watch.browser.ask(viewer, "GET", target.path)
            body = answer.body if answer.body[:4] != b"PK\x03\x04" else b""
            found[target.path] = str(answer.status).encode() + HIDDEN.sub(b"", body)
    return found


@dataclass
class Quiet:
    """How pages look before anything happens elsewhere: at one moment, and once for each person."""

    watch: Watch
    now: datetime = field(default_factory=timezone.now)
    seen: dict[str, dict[str, bytes]] = field(default_factory=dict)

    def pages(self, viewer: Viewer) -> dict[str, bytes]:
        """All of one person's; to be asked before anything is made to happen."""
        if viewer.name not in self.seen:
            with self.time():
                self.seen[viewer.name] = pages(self.watch, viewer)
        return self.seen[viewer.name]

    def time(self) -> AbstractContextManager[Any]:
        """The clock stands at that moment."""
        return mock.patch("django.utils.timezone.now", return_value=self.now)


@pytest.fixture(scope="module")
def quiet(watch: Watch) -> Quiet:
    """One for all tests: what a test makes happen is undone at its end."""
    return Quiet(watch)


def changes(
    watch: Watch, viewer: Viewer, places: str, cases: list[str], only: str = "", quiet: Quiet | None = None
) -> list[str]:
    """The pages that look different to this person once more happened in those places.

    ``quiet`` has all their pages from before; without it, they are asked for: those alone whose names hold ``only``.
    """
    now = quiet or Quiet(watch)
    before = quiet.pages(viewer) if quiet else None
    with now.time(), transaction.atomic():
        before = before or pages(watch, viewer, only)
        for place in places:
            more(watch.world, place, cases)
        after = pages(watch, viewer, only)
        transaction.set_rollback(True)
    return [f"{viewer.name}: {path} tells of what happened elsewhere" for path in before if before[path] != after[path]]


def more(world: World, place: str, cases: list[str]) -> None:
    """Three further incidents of each of these cases in an agency."""
    cast = world.cast
    agency = {"a": cast.agency, "b": cast.other_agency, "c": cast.far_agency}[place]
    reporter = {"a": cast.senior_person, "b": cast.other_staff, "c": cast.far_lead}[place]
    with wall.open_for(agencies=[agency.pk], casework=[agency.pk]):
        setting = Setting.objects.filter(agency=agency, kind__gt="").last()
        for serial in range(3):
            for number, case in enumerate(cases):
                word = word_of(place, CASES[case])
                make_case(world, word, agency, reporter, setting, serial=100 + 10 * serial + number, case=case)
        make_draft(word_of(place, "drft"), agency, reporter)


@pytest.mark.parametrize(
    ("name", "places", "cases"),
    [
        ("lead", "bc", ["plain", "allegation"]),
        ("lead", "a", ["allegation"]),
        ("colleague", "abc", ["plain", "allegation"]),
        ("inspector", "a", ["allegation"]),
        ("subject", "a", ["about_subject"]),
        ("responsible_person", "a", ["by_name"]),
        ("between", "abc", ["plain", "allegation"]),
        ("board_officer", "abc", ["plain", "allegation"]),
        ("administrator", "abc", ["plain", "allegation"]),
    ],
)
def test_what_happens_elsewhere_changes_no_page(watch: Watch, quiet: Quiet, name: str, places: str, cases: list[str]):
    assert changes(watch, watch.viewers[name], places, cases, quiet=quiet) == []


def test_of_ordinary_incidents_the_responsible_person_knows_by_the_text_for_the_board_alone(watch: Watch, quiet: Quiet):
    """They confirm that it names nobody: what waits stands in the list of such texts; home leads to the first."""
    head = watch.viewers["responsible_person"]
    assert changes(watch, head, "a", ["plain"], quiet=quiet) == [
        f"{head.name}: /incidents/serious/ tells of what happened elsewhere"
    ]
    with mock.patch("tests.architecture.cases.text_for_board", return_value={}):
        assert changes(watch, head, "a", ["plain"], quiet=quiet) == []


# Messages, history, log, disk ---------------------------------------------------------------------------------


@pytest.fixture
def busy(watch: Watch) -> Iterator[World]:
    """A day's work with case text in every field, by operations, undone afterwards."""
    with transaction.atomic():
        work(watch.world)
        yield watch.world
        transaction.set_rollback(True)


def work(world: World) -> None:
    """Report, add, refer, answer, conclude, reopen, with words in every text."""
    cast, word = world.cast, f"{word_of('a', 'case')} {SEALED}"
    officer, staff = cast.access_for(cast.designated_officer), cast.access_for(cast.staff)
    texts = {name: f"{word} {name}" for name in ("narrative", "where", "address", "actions", "evidence")}
    given = {"scenario": "bullying-harassment", "classification": "contact", "how_found": "told-by-child"}
    child = {"kin": "child", "part": "affected", "name": f"{word} name", "detail": f"{word} detail"}
    with cast.wall_of(cast.staff):
        fields = {**given, **texts, "happened_on": timezone.localdate()}
        incident = operations.report(by=staff, fields=fields, people=[child])
        operations.save_draft(by=staff, draft=None, step="what", answers=texts)
    with cast.wall_of(cast.designated_officer):
        operations.add_note(by=officer, incident=incident, text=f"{word} note")
        sent = operations.draft_referral(by=officer, incident=incident, to="ceop", to_name="CEOP", what=f"{word} what")
        sent = operations.send_referral(by=officer, referral=sent, spoke_to=f"{word} who", reference=f"{word} number")
        operations.acknowledge(by=officer, referral=sent, who=f"{word} who")
        operations.answer_referral(by=officer, referral=sent, outcome=f"{word} outcome")
        content = f"{word} content".encode()
        party = Party(name=f"{word} keeper")
        item = operations.take_in(
            by=officer, incident=incident, kind="device", what=f"{word} what", keeper=party, place=f"{word} place"
        )
        passed = {"state": "handed_on", "place": f"{word} place", "why": f"{word} why", "receipt": f"{word} receipt"}
        operations.hand_over(by=officer, item=item, giver=party, taker=Party(name=f"{word} taker"), **passed)
        file = operations.add_file(by=officer, item=item, name=f"{word}.txt", content=content)
        operations.take_out(by=officer, file=file, why=f"{word} why")
        pack = operations.ask_for_pack(by=officer, incident=incident, why=f"{word} why")
        operations.make_pack(by=officer, pack=pack)


def test_messages_and_history_hold_no_case_text(busy: World):
    messages = Message.objects.exclude(pk__in=[stock.things.get("message") for stock in busy.stocks.values()])
    messages = messages.exclude(pk__in=[stock.things.get("failed") for stock in busy.stocks.values()])
    assert messages.exists()
    for message in messages:
        assert not WORD.search(f"{message.subject} {message.body} {message.email}".encode()), message.kind
    for entry in Entry.objects.all():
        assert SEALED not in str(entry.facts), f"{entry.verb}: free text in the facts of the history"
        assert b"case" not in {kind for _place, kind in WORD.findall(str(entry.facts).encode())}, entry.verb


def test_sealed_text_lies_nowhere_on_disk(busy: World):
    assert on_disk(SEALED) == []


def on_disk(text: str) -> list[str]:
    """The tables in which a text can be read as they lie in the database."""
    found, wanted = [], (text.encode(), text.encode().hex().encode())
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows = b"\n".join(_raw(value) for row in cursor.fetchall() for value in row)
        if any(one in rows for one in wanted):
            found.append(table)
    return found


def _raw(value: object) -> bytes:
    return bytes(value) if isinstance(value, (bytes, memoryview)) else str(value).encode()


def test_the_search_of_the_disk_finds_what_is_there(watch: Watch):
    assert "partnership_setting" in on_disk(word_of("b", "regi"))


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the service logs, all of it, as it is configured."""
    text, root = io.StringIO(), logging.getLogger()
    handler, level = logging.StreamHandler(text), root.level
    handler.setFormatter(QuietFormatter(settings.LOGGING["formatters"]["quiet"]["format"]))
    logging.disable(logging.NOTSET)
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield text
    root.setLevel(level)
    root.removeHandler(handler)
    logging.disable(logging.CRITICAL)


def test_the_log_holds_nothing_that_was_typed(watch: Watch, log: io.StringIO):
    lead, typed = watch.viewers["lead"], f"{word_of('a', 'case')} {SEALED}"
    pk = watch.world.stocks["a"].cases["plain"]["incident"]
    for path in (f"/incidents/{pk}/note/", f"/incidents/{pk}/change/", "/account/sign-in/", "/incidents/report/"):
        names = ("text", "narrative", "where", "login", "password", "what", "name", "kind", "at")
        watch.browser.ask(lead, "POST", path, dict.fromkeys(names, typed))
    watch.browser.ask(lead, "GET", f"/incidents/?words={typed.replace(' ', '+')}")
    with mock.patch.object(operations, "add_note", side_effect=ValueError(typed)):
        answer = watch.browser.ask(lead, "POST", f"/incidents/{pk}/note/", {"text": typed, "kind": "action"})
    assert answer.status in (200, 500)
    assert "ValueError" in log.getvalue() or answer.status == 200
    assert not WORD.search(log.getvalue().encode())
    assert SEALED not in log.getvalue()


def test_every_room_is_looked_at():
    """The rooms whose models stand above: a room that is new has to be thought of here."""
    rooms = {config.name for config in apps.get_app_configs() if config.name.startswith("safeboard.")}
    assert rooms <= {
        f"safeboard.{name}"
        for name in [
            "web",
            "takeaway",
            "api",
            "insight",
            "incidents",
            "standards",
            "sitelogs",
            "meetings",
            "strategy",
            "charts",
            "partnership",
            "library",
            "outbox",
            "documents",
            "accounts",
            "core",
        ]
    }
