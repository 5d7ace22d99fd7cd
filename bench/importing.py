"""The import of a large list of schools, by the pages as a person does it."""

from __future__ import annotations

import re
import time
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import urlencode

from bench.asking import COOKIE
from safeboard.partnership.tests.sheets_for_import import gias, school

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
BORDER = "border-of-the-parts"
IN_A_TRUST = 12


class Visitor:
    """Somebody with a session, who keeps the cookie against forged posts."""

    def __init__(self, port: int, cookie: str) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=300)
        self.cookies = {COOKIE: cookie}

    def send(self, method: str, address: str, body: bytes = b"", kind: str = "") -> tuple[HTTPResponse, str]:
        """One request; gives the answer and its text."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self.connection.request(method, address, body, {"Cookie": cookies, **({"Content-Type": kind} if kind else {})})
        answer = self.connection.getresponse()
        text = answer.read().decode()
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, value = line.split(";", 1)[0].split("=", 1)
            self.cookies[name] = value
        return answer, text

    def token(self, address: str) -> str:
        """The token that the forms of a page carry."""
        found = TOKEN.search(self.send("GET", address)[1])
        if found is None:
            raise SystemExit(f"{address} has no form")
        return found.group(1)


def sheet(count: int) -> bytes:
    """An extract of so many open schools: three of five in trusts of a dozen, the others by themselves."""
    rows = []
    for number in range(count):
        trust = f"Tollgate Trust {number // IN_A_TRUST}" if number % 5 < 3 else ""
        name = f"Meadow Street School {number}"
        rows.append(school(str(200001 + number), name, **{"Trusts (name)": trust, "Postcode": "ZZ9 9ZZ"}))
    return gias(*rows).getvalue()


def run(port: int, cookie: str, imports: str, count: int) -> tuple[float, float]:
    """Choose the file, look at the preview, import; gives the seconds of the two, each until its page was there."""
    visitor = Visitor(port, cookie)
    token, file = visitor.token(imports), sheet(count)
    head = f'--{BORDER}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n--{BORDER}\r\n'
    head += 'Content-Disposition: form-data; name="file"; filename="schools.csv"\r\nContent-Type: text/csv\r\n\r\n'
    body = head.encode() + file + f"\r\n--{BORDER}--\r\n".encode()
    begun = time.perf_counter()
    answer, _text = visitor.send("POST", imports, body, f"multipart/form-data; boundary={BORDER}")
    preview = answer.headers["Location"]
    if not preview:
        raise SystemExit("The spreadsheet was not taken.")
    token = visitor.token(preview)
    looked = time.perf_counter() - begun
    kind = "application/x-www-form-urlencoded"
    begun = time.perf_counter()
    answer, _text = visitor.send("POST", f"{preview}run/", urlencode({"csrfmiddlewaretoken": token}).encode(), kind)
    _answer, text = visitor.send("GET", answer.headers["Location"] or preview)
    done = time.perf_counter() - begun
    if "Imported." not in text:
        raise SystemExit("The spreadsheet was not imported.")
    return looked, done
