"""Every page a test fetches is looked over: markup, title, headings, ids, labels and headers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
from django.http import HttpResponseBase
from django.test import Client

NEEDS_NO_LABEL = {"hidden", "submit", "button", "reset", "image"}
POINTING = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "list")


class CheckedClient(Client):
    """Django's test client; each HTML page it gets is looked over, and what is wrong with it fails the test."""

    def request(self, **request: Any) -> Any:
        """The response, looked over."""
        response = super().request(**request)
        check_page(response)
        return response


@pytest.fixture
def checked_client() -> CheckedClient:
    """A client that looks every HTML page over."""
    return CheckedClient()


def check_page(response: HttpResponseBase) -> None:
    """AssertionError with one line a fault, where the response is an HTML page and something is wrong with it."""
    if not response.get("Content-Type", "").startswith("text/html") or response.streaming:
        return
    faults = [*header_faults(response)]
    body = response.content.decode()
    if body.strip():
        faults += page_faults(body, fragment=_is_fragment(response))
    if faults:
        where = getattr(response, "request", {}).get("PATH_INFO", "this page")
        listed = "\n".join(f"  - {fault}" for fault in faults)
        raise AssertionError(f"{where} ({response.status_code}) is not as a page should be:\n{listed}")


def _is_fragment(response: Any) -> bool:
    """Whether htmx asked for a part of a page only."""
    asked = getattr(response, "wsgi_request", None)
    return bool(asked) and asked.headers.get("HX-Request") == "true" and not asked.headers.get("HX-Boosted")


# Headers ---------------------------------------------------------------------------------------------------


def header_faults(response: Any) -> Iterator[str]:
    """What is missing among the headers that protect people."""
    policy = response.get("Content-Security-Policy", "")
    if not policy:
        yield "no Content-Security-Policy header: is the middleware in its place?"
    else:
        if "unsafe-" in policy:
            yield f"the Content-Security-Policy allows something unsafe: {policy}"
        for directive in ("default-src", "frame-ancestors", "base-uri", "form-action"):
            if directive not in policy:
                yield f"the Content-Security-Policy says nothing of {directive}"
    if response.get("X-Content-Type-Options") != "nosniff":
        yield "X-Content-Type-Options is not nosniff"
    if response.get("Referrer-Policy") not in {"same-origin", "no-referrer", "strict-origin"}:
        yield f"Referrer-Policy is {response.get('Referrer-Policy')!r}: other sites would learn addresses"
    if is_behind_sign_in(response) and "no-store" not in response.get("Cache-Control", ""):
        yield "a page behind sign-in may be kept by the browser: Cache-Control lacks no-store"


def is_behind_sign_in(response: Any) -> bool:
    """Whether somebody had to be signed in for it: pages marked open are not, whoever looks."""
    asked = getattr(response, "wsgi_request", None)
    if asked is None or not getattr(asked, "user", None) or not asked.user.is_authenticated:
        return False
    match = getattr(asked, "resolver_match", None)
    mark = getattr(match.func, "page_mark", None) if match else None
    return mark is None or mark.permission is not None


# Markup ----------------------------------------------------------------------------------------------------


def page_faults(body: str, *, fragment: bool = False) -> Iterator[str]:
    """What is wrong with the markup of a page, or of a part of one."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parseFragment(body) if fragment else parser.parse(body)
    lines = body.splitlines()
    for (line, _column), code, details in parser.errors:
        near = lines[line - 1].strip()[:90] if 0 < line <= len(lines) else ""
        yield f"broken markup in line {line}, {code} {details or ''}: {near}"
    elements = list(tree.iter())
    yield from id_faults(elements)
    yield from label_faults(tree, elements)
    yield from policy_faults(elements)
    if not fragment:
        yield from outline_faults(tree)


def outline_faults(tree: Element) -> Iterator[str]:
    """Language, title, one main heading, a main part."""
    if not tree.get("lang"):
        yield "<html> has no lang"
    title = tree.find(".//head/title")
    if title is None or not "".join(title.itertext()).strip():
        yield "the page has no title"
    headings = [" ".join("".join(found.itertext()).split()) for found in tree.iter("h1")]
    if len(headings) != 1:
        yield f"the page has {len(headings)} main headings instead of one: {headings}"
    elif not headings[0]:
        yield "the main heading is empty"
    if len(list(tree.iter("main"))) != 1:
        yield "the page has not exactly one <main>"


def id_faults(elements: list[Element]) -> Iterator[str]:
    """Ids are unique, and what points to one finds it."""
    ids = Counter(element.get("id") for element in elements if isinstance(element.tag, str) and element.get("id"))
    yield from (f"the id {name!r} is there {times} times" for name, times in ids.items() if times > 1)
    for element in elements:
        if not isinstance(element.tag, str):
            continue
        for attribute in POINTING:
            for name in (element.get(attribute) or "").split():
                if name not in ids:
                    yield f"<{element.tag} {attribute}={name!r}> points to nothing on the page"


def label_faults(tree: Element, elements: list[Element]) -> Iterator[str]:
    """Every field has a label, every picture a text, every button and link a name."""
    labelled = {element.get("for") for element in tree.iter("label")}
    wrapped = {id(inner) for label in tree.iter("label") for inner in label.iter()}
    for element in elements:
        named = bool(element.get("aria-label") or element.get("aria-labelledby"))
        if element.tag in {"select", "textarea"} or (
            element.tag == "input" and element.get("type", "text") not in NEEDS_NO_LABEL
        ):
            if not (named or element.get("id") in labelled or id(element) in wrapped):
                yield f"the field {element.get('name') or element.get('id')!r} has no label"
        elif element.tag == "img" and element.get("alt") is None:
            yield f"the picture {element.get('src')!r} has no alt text"
        elif element.tag == "button" or (element.tag == "a" and element.get("href")):
            text = "".join(element.itertext()).strip() or any(inner.get("alt") for inner in element.iter("img"))
            if not (named or text):
                yield f"a <{element.tag}> has no name: {dict(element.attrib)}"


def policy_faults(elements: list[Element]) -> Iterator[str]:
    """Nothing on the page that the Content Security Policy would stop."""
    for element in elements:
        if not isinstance(element.tag, str):
            continue
        kind = element.get("type", "")
        if element.tag == "style" or element.get("style") is not None:
            yield f"inline style on <{element.tag}>: {element.get('style') or '<style>'}"
        if element.tag == "script" and not element.get("src") and "json" not in kind:
            yield "an inline <script>"
        for attribute in element.attrib:
            if attribute.startswith("on"):
                yield f"inline script in <{element.tag} {attribute}>"
