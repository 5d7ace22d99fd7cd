"""How many queries a page makes, with few rows and with many. Reads the plan from standard input, prints JSON."""

from __future__ import annotations

import json
import sys

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

WARM = 2  # what is kept in memory after the first request is not counted

NOT_THERE = 9999


def queries(cookie: str, address: str) -> int:
    """The number of queries of one request, once the process is warm. What begins and ends a transaction counts."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.cookies[settings.SESSION_COOKIE_NAME] = cookie
    for _ in range(WARM):
        client.get(address)
    with CaptureQueriesContext(connection) as caught:
        answer = client.get(address)
    if answer.status_code != 200:
        print(f"{address} answered {answer.status_code}", file=sys.stderr)
        return NOT_THERE
    if "-v" in sys.argv:
        for number, one in enumerate(caught.captured_queries, 1):
            print(number, one["time"], one["sql"][:2000], file=sys.stderr)
    return len(caught)


if __name__ == "__main__":
    pages = json.load(sys.stdin)["pages"]
    counts = {}
    for name, page in pages.items():
        few, many = page.get("few", page["askers"][0]), page.get("many", page["askers"][0])
        counts[name] = [queries(*few), queries(*many)]
    json.dump(counts, sys.stdout)
