"""Programs and people who go on writing while the server is killed, and send again what was not acknowledged."""

from __future__ import annotations

import json
import re
import secrets
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Any
from urllib.parse import urlencode

from bench.asking import COOKIE

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)"[^>]*? value="([^"]*)"')
CHOICE = re.compile(r'<option value="([\w-]+)"')
BORDER = "border-of-the-parts"
IMPORTED = 20  # settings in a spreadsheet
INCIDENTS = 60  # that are there before: each takes a limited number of files
FORM = "application/x-www-form-urlencoded"


class Unsure(Exception):
    """No answer came, or one that promises nothing: it may have been kept or not. It is sent again."""


@dataclass(frozen=True)
class Kept:
    """A write that the server said it had kept: of what kind, the word it bears, its number where one was told."""

    kind: str
    word: str
    pk: int | None = None


@dataclass
class Ledger:
    """What was acknowledged, and how many things had to be sent more than once."""

    kept: list[Kept] = field(default_factory=list)
    again: int = 0
    refused: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


class Writer(threading.Thread, ABC):
    """Writes one thing after the other, each until it is acknowledged."""

    kind = ""

    def __init__(self, port: int, plan: Mapping[str, Any], ledger: Ledger) -> None:
        super().__init__(daemon=True)
        self.port, self.plan, self.ledger = port, plan, ledger
        self.stopped = threading.Event()
        self.places: Iterator[list[int]] = self._places()
        self.cookies: dict[str, str] = {}

    def run(self) -> None:
        """Write until told to stop; what is under way then stays unacknowledged."""
        while not self.stopped.is_set():
            word = f"{self.kind}-{secrets.token_hex(8)}"
            self.begin()
            tries = 0
            while not self.stopped.is_set() and not self._sent(word):
                tries += 1
                time.sleep(0.2)
            with self.ledger.lock:
                self.ledger.again += tries > 0

    def _sent(self, word: str) -> bool:
        try:
            pk = self.write(word)
        except (OSError, HTTPException, Unsure):
            return False
        with self.ledger.lock:
            self.ledger.kept.append(Kept(self.kind, word, pk))
        return True

    def begin(self) -> None:
        """What is settled once for a thing, however often it is sent."""

    @abstractmethod
    def write(self, word: str) -> int | None:
        """Send it; gives its number where one is told. Raises Unsure where the answer promises nothing."""

    def _places(self) -> Iterator[list[int]]:
        while True:
            yield from self.plan["places"]

    def ask(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] = {}
    ) -> tuple[HTTPResponse, str]:
        """One request; gives the answer and its text. 5xx and 429 promise nothing."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body, dict(headers))
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, value = line.split(";", 1)[0].split("=", 1)
            self.cookies[name] = value
        if answer.status >= 500 or answer.status == 429:
            raise Unsure
        return answer, text

    def refuse(self, answer: HTTPResponse) -> None:
        """Note an answer that should not have come."""
        with self.ledger.lock:
            self.ledger.refused.append(f"{self.kind}: {answer.status}")
        raise Unsure


# Programs -----------------------------------------------------------------------------------------------------


class Program(Writer):
    """Writes by the API."""

    def post(self, path: str, body: Any, word: str) -> dict[str, Any]:
        """One post, bearing the word as its key; gives what was answered."""
        headers = {"Authorization": f"Bearer {self.plan['token']}", "Content-Type": "application/json"}
        answer, text = self.ask(
            "POST", f"/api/v1{path}", json.dumps(body).encode(), headers | {"Idempotency-Key": word}
        )
        if answer.status not in (200, 201, 202):
            self.refuse(answer)
        found: dict[str, Any] = json.loads(text)
        return found


class Reports(Program):
    kind = "report"

    def write(self, word: str) -> int | None:
        given = {"images": "no", "kind": "bullying-harassment", "narrative": word, "setting": None}
        given |= {"happened_on": "2026-03-02", "how_found": "told-by-child"}
        people = [{"kin": "child", "part": "affected", "name": "Kit Alderley"}]
        return int(self.post("/incidents", {**given, "people": people}, word)["id"])


class Notes(Program):
    kind = "note"

    def begin(self) -> None:
        self.incident = next(self.places)[0]

    def write(self, word: str) -> int | None:
        return int(self.post(f"/incidents/{self.incident}/notes", {"text": word}, word)["id"])


class Alerts(Program):
    kind = "alert"

    def write(self, word: str) -> int | None:
        one = {"product": "x", "reference": word, "at": "2026-03-02T10:00:00Z", "category": "bullying", "device": word}
        return int(self.post("/alerts", {"alerts": [one]}, word)["alerts"][0]["id"])


# People -------------------------------------------------------------------------------------------------------


class Visitor(Writer):
    """Writes by the pages, with a session."""

    who = "officer"

    def __init__(self, port: int, plan: Mapping[str, Any], ledger: Ledger) -> None:
        super().__init__(port, plan, ledger)
        self.cookies[COOKIE] = plan[self.who]
        self.form: dict[str, str] = {}  # the hidden fields of the form that is being sent

    def page(self, path: str) -> str:
        """The text of a page."""
        answer, text = self.ask("GET", path, headers=self._cookie())
        return text if answer.status == 200 else self.refuse(answer) or ""

    def post(self, path: str, body: bytes, kind: str = FORM) -> str:
        """One post; gives where it leads, which is how a page says that it was kept."""
        answer, _text = self.ask("POST", path, body, self._cookie() | {"Content-Type": kind})
        where = answer.headers["Location"]
        if answer.status != 302 or not where or "sign-in" in where:
            self.refuse(answer)
        return where

    def _cookie(self) -> dict[str, str]:
        return {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}

    def upload(self, path: str, filename: str, content: bytes) -> str:
        """Send a file by the form of a page; gives where it leads. Fetched once: sent again it is the same form."""
        self.form = self.form or fields_of(self.page(path))
        parts = [_part(f'name="{name}"', value.encode()) for name, value in self.form.items()]
        parts.append(_part(f'name="file"; filename="{filename}"', content, "text/plain"))
        body = b"".join(parts) + f"--{BORDER}--\r\n".encode()
        return self.post(path, body, f"multipart/form-data; boundary={BORDER}")


def fields_of(page: str) -> dict[str, str]:
    """The hidden fields of a page."""
    return {name: unescape(value) for name, value in HIDDEN.findall(page)}


def _part(named: str, value: bytes, kind: str = "") -> bytes:
    head = f"--{BORDER}\r\nContent-Disposition: form-data; {named}\r\n"
    head += f"Content-Type: {kind}\r\n" if kind else ""
    return head.encode() + b"\r\n" + value + b"\r\n"


class Referrals(Visitor):
    """Prepares referrals. The form is fetched once: sent again it is the same form."""

    kind = "referral"

    def begin(self) -> None:
        self.path = f"/incidents/{next(self.places)[0]}/referrals/new/"
        self.form = {}

    def write(self, word: str) -> int | None:
        if not self.form:
            page = self.page(self.path)
            self.form = {**fields_of(page), "to": CHOICE.findall(page)[0], "what": word, "go": "prepare"}
        self.post(self.path, urlencode(self.form).encode())
        return None


class Files(Visitor):
    """Adds files to evidence."""

    kind = "file"

    def begin(self) -> None:
        incident, item = next(self.places)
        self.path = f"/incidents/{incident}/evidence/{item}/files/add/"
        self.form = {}

    def write(self, word: str) -> int | None:
        self.upload(self.path, f"{word}.txt", content_of(word))
        return None


def content_of(word: str) -> bytes:
    """The content of the file of a word: 50,000 bytes that are all its own."""
    return (f"{word} was written down here.\n" * 2000)[:50_000].encode()


class Imports(Visitor):
    """Reads a spreadsheet of settings, and imports it."""

    kind = "import"
    who = "board"

    def begin(self) -> None:
        self.preview, self.form = "", {}

    def write(self, word: str) -> int | None:
        if not self.preview:
            kinds = self.plan["kinds"]
            head = "Agency,Kind of member,Setting,Kind of setting\n"
            rows = [f"{self.plan['agency']},{kinds['agency']},{word} {n},{kinds['setting']}" for n in range(IMPORTED)]
            self.preview = self.upload("/imports/", f"{word}.csv", (head + "\n".join(rows) + "\n").encode())
        token = fields_of(self.page(self.preview))
        self.post(f"{self.preview}run/", urlencode(token).encode())
        said = self.page(self.preview)
        if "Imported. The register" not in said and "imported already" not in said:
            raise Unsure
        return None


WRITERS = (Reports, Notes, Alerts, Referrals, Files, Imports)
