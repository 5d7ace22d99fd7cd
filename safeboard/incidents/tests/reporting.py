"""How the tests fill in a report."""

import re
from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

KIND = {"images": "no", "scenario": "bullying-harassment"}
WHAT = {"narrative": "CANARY narrative about a group chat", "happened_at": "9.30"}
WHERE = {"setting": "", "where": "Group chat", "how_found": "told-by-child", "address": ""}
PERSON = {"kin": "child", "part": "affected", "name": "Kay Canary", "go": "on"}
DONE = {"actions": "Told the head", "evidence": "Phone, with the parents"}


def yesterday(back: int = 1) -> dict[str, Any]:
    """A day so many days ago in three boxes."""
    day = timezone.localdate() - timedelta(days=back)
    return {"happened_on_day": day.day, "happened_on_month": day.month, "happened_on_year": day.year}


def hidden(response: Any, name: str) -> str:
    """The value of a hidden field of a page."""
    found = re.search(rf'name="{name}"[^>]* value="([^"]*)"', response.content.decode())
    assert found, f"the page has no hidden {name}"
    return found.group(1)


def page_of(name: str, key: Any, **more: Any) -> str:
    """The address of a page of a report."""
    return reverse(f"incidents:report-{name}", kwargs={"key": key, **more})


def send(client: Client, address: str, data: dict[str, Any], **more: Any) -> Any:
    """Fill in the page at the address: its hidden fields and ``data``."""
    page = client.get(address)
    assert page.status_code == 200, (page.status_code, address)
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)"[^>]*? value="([^"]*)"', page.content.decode()))
    return client.post(address, {**fields, **data}, **more)


def begin(client: Client, **kind: Any) -> str:
    """Begin a report, and give the key of its draft."""
    response = send(client, reverse("incidents:report"), {**KIND, **kind})
    assert response.status_code == 302, response.content.decode()
    return re.search(r"report/([0-9a-f-]{36})/", response["Location"]).group(1)


def fill(client: Client, key: str, **changes: Any) -> None:
    """Fill in all pages after the first."""
    where = {**WHERE, "setting": "elsewhere"}
    for name, data in (("what", {**WHAT, **yesterday()}), ("where", where), ("who", PERSON), ("done", DONE)):
        response = send(client, page_of(name, key), {**data, **changes.get(name, {})})
        assert response.status_code == 302, response.content.decode()


def report_whole(client: Client, *, kind: dict[str, Any] | None = None, **changes: Any) -> Any:
    """Report an incident page by page; gives the last page."""
    key = begin(client, **(kind or {}))
    fill(client, key, **changes)
    return client.post(page_of("check", key), follow=True)
