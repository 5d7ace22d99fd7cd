"""Every route, method by method, asked by every kind of person, about records of every place."""

from __future__ import annotations

import io
import itertools
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from tests.architecture import carriers, expected, gaps
from tests.architecture.addresses import METHODS, Route
from tests.architecture.carriers import Expect
from tests.architecture.planting import WORD, Stock, World
from tests.architecture.viewers import Answer, Browser, Viewer

SIGN_IN, FACTOR, NO_PLACE = "the way to sign in", "the way to the second factor", "the way to 'no role'"
REACHES, REFUSED, MISSING, NO_METHOD = "reaches it", "403", "404", "405"
SEATED = {"e": "ab", "w": "c"}


class NoLine(AssertionError):
    """A route that the tables do not know."""


@dataclass(frozen=True)
class Target:
    """One address: a route with its gaps filled by records of a place; ``case`` is what sort of record."""

    route: Route
    place: str
    case: str
    path: str

    @property
    def owned(self) -> bool:
        """Whether the address names a record of somebody's."""
        return bool(set(self.route.kwargs) - gaps.PUBLIC_GAPS)


def targets(world: World, route: Route) -> list[Target]:
    """The addresses of a route: with records of each place that has such; one where there are no gaps."""
    found = {}
    for place in world.stocks:
        for case, kwargs in _filled(route, world.stocks[place]):
            path = route.path(kwargs)
            found.setdefault(path, Target(route, place, case, path))
    if not found:
        raise NoLine(f"{route.name}: no place has such a record; plant one in tests/architecture/world.py")
    return list(found.values())


def _filled(route: Route, stock: Stock) -> Iterator[tuple[str, dict[str, Any]]]:
    words = {gap: _word(route, gap).split() for gap in route.kwargs}
    cases = stock.cases if any(word in _case_words() for gap in words.values() for word in gap) else {"": stock.things}
    for (case, things), *chosen in itertools.product(cases.items(), *words.values()):
        values = {
            gap: word[1:] if word.startswith("=") else {**stock.things, **things}.get(word)
            for gap, word in zip(words, chosen, strict=True)
        }
        if None not in values.values():
            yield case, values


def _case_words() -> set[str]:
    return {"incident", "item", "file", "pack", "walk", "referral", "duty", "note", "involved", "serious"}


def _word(route: Route, gap: str) -> str:
    room = route.name.partition(":")[0]
    for key in (f"{route.name}:{gap}", f"{room}:{gap}"):
        if key in gaps.GAPS:
            return gaps.GAPS[key]
    raise NoLine(
        f"{route.name}: say what fills <{gap}> in GAPS of tests/architecture/gaps.py,"
        " and plant such a record in world.py or cases.py there"
    )


def expectation(route: Route) -> Expect:
    """The line of the table. Raises NoLine with advice."""
    if route.name not in expected.ROUTES:
        raise NoLine(
            f"{route.name}: add it to ROUTES of tests/architecture/expected.py: who carries its permission (page),"
            " and who of them may do it to the record (does)"
        )
    return expected.ROUTES[route.name]


def wanted(viewer: Viewer, method: str, target: Target) -> str:
    """What the table expects."""
    route = target.route
    if method not in route.methods:
        return NO_METHOD
    line = expectation(route)
    if viewer.outside:
        return {"anonymous": SIGN_IN, "no_factor": FACTOR}.get(viewer.name, NO_PLACE)
    if viewer.kind not in line.page:
        return REFUSED
    if target.owned and not related(viewer, target, line):
        return MISSING
    if line.sees and viewer.kind not in line.sees.get(target.case, carriers.NOBODY):
        return MISSING
    return REACHES if line.does_it(viewer.kind, target.case, method) else REFUSED


def related(viewer: Viewer, target: Target, line: Expect) -> bool:
    """Whether the record is of the viewer's place, or of an agency of their board where boards know such records."""
    if target.place == viewer.place or target.route.name == "outbox:again":
        return True
    if line.shared and viewer.place in SEATED.get(target.place, ""):
        return True
    return line.board and target.place in SEATED.get(viewer.place, "")


def got(answer: Answer) -> str:
    """The answer in the table's words."""
    if answer.status == 302:
        path = answer.location.partition("?")[0]
        ways = {
            reverse("account_login"): SIGN_IN,
            reverse("accounts:second-factor-needed"): FACTOR,
            reverse("accounts:no-place"): NO_PLACE,
        }
        return ways.get(path, REACHES)
    return REACHES if 200 <= answer.status < 400 else str(answer.status)


def status_findings(viewer: Viewer, method: str, target: Target, answer: Answer) -> list[str]:
    """How the answer differs from the table; nothing where it does not."""
    route = target.route
    if answer.status >= 500 or answer.error:
        return [f"{method} {route.name} by {viewer.name} ({_whose(target)}): failed: {answer.error or answer.status}"]
    if route.endpoint:
        opened = answer.status not in (401, 405)
        return [f"{method} {route.name} by {viewer.name}: {answer.status}: a cookie opens it"] if opened else []
    if route.mark is None or route.mark.permission is None:
        return _open_findings(viewer, method, route, answer)
    want, have = wanted(viewer, method, target), got(answer)
    if want == have:
        return []
    return [f"{method} {route.name} by {viewer.name} ({_whose(target)}): {have}, expected {want}"]


def _whose(target: Target) -> str:
    return f"{target.place}{' ' + target.case if target.case else ''}" if target.route.kwargs else "no record"


def _open_findings(viewer: Viewer, method: str, route: Route, answer: Answer) -> list[str]:
    have, about = got(answer), f"{method} {route.name} by {viewer.name}"
    if method not in route.methods and have != NO_METHOD:
        return [f"{about}: {have}, expected 405"] if route.mark else []
    if viewer.name == "anonymous" and route.name not in gaps.SHOWN_TO_ANYBODY and have == REACHES:
        return [f"{about}: it is shown to anybody; add it to SHOWN_TO_ANYBODY or have it ask for sign-in"]
    allowed = gaps.MAY_REFUSE.get(route.name, set()) | {405}
    if have.isdigit() and answer.status not in allowed:
        return [f"{about}: {have}"]
    return []


def word_findings(viewer: Viewer, path: str, answer: Answer) -> list[str]:
    """Planted words that this person must not meet: in body, headers, cookies, and inside of downloads."""
    met = set()
    for text in texts(answer):
        met |= {(place.decode().lower(), kind.decode().lower()) for place, kind in WORD.findall(text)}
    return [
        f"{viewer.name} met {kind!r} of {place} on {path}"
        for place, kind in sorted(met)
        if (viewer.kind, viewer.place) not in expected.readers(place, kind)
        and not (kind == "plac" and place in viewer.belongs)
    ]


def texts(answer: Answer) -> Iterator[bytes]:
    """All text of an answer; a workbook's parts each."""
    body = answer.body
    yield answer.headers.encode()
    yield body
    if body.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            for name in parts.namelist():
                yield name.encode()
                yield parts.read(name)


# Whose record stands for everybody else's, by the place that somebody acts in; 's' is the service, '' nowhere.
FOREIGN = {"a": "b", "b": "a", "c": "a", "e": "bcw", "w": "ae", "s": "a", "": ""}
THOROUGH = frozenset({"anonymous", "staff", "administrator"})
RARE = ("HEAD", "PUT", "PATCH", "DELETE", "OPTIONS")


def asked(
    browser: Browser,
    world: World,
    route: Route,
    viewer: Viewer,
    *,
    methods: Iterable[str] = METHODS,
    thorough: bool = True,
) -> list[str]:
    """Ask a route by these methods as one person, about their own and others' records; gives what is wrong.

    Not ``thorough``: of the methods that pages rarely have, one each, another from route to route.
    """
    wrong = []
    try:
        line = expectation(route) if route.mark and route.mark.permission is not None else None
        found = _chosen(world, route, viewer, line)
    except NoLine as error:
        return [str(error)]
    rare = RARE if thorough else RARE[sum(map(ord, route.name + viewer.name)) % len(RARE)]
    for method in methods:
        if method in RARE and method not in rare:
            continue
        for target in found if method in ("GET", "POST") and method in route.methods else found[:1]:
            answer = browser.ask(viewer, method, target.path, _data(viewer, route))
            wrong += status_findings(viewer, method, target, answer)
            wrong += word_findings(viewer, f"{method} {route.name} ({_whose(target)})", answer)
            if method == "HEAD" and answer.body.strip():
                wrong.append(f"HEAD {route.name} by {viewer.name}: it has a body")
    return wrong


def _chosen(world: World, route: Route, viewer: Viewer, line: Expect | None) -> list[Target]:
    """The addresses to ask somebody about: all that differ for them in what is expected."""
    found = targets(world, route)
    own = [one for one in found if one.place == viewer.place]
    foreign = [one for one in found if one.place in FOREIGN[viewer.place] and one.case in ("", "plain")]
    if line is None or viewer.outside or viewer.kind not in line.page:
        return (own or foreign or found)[:1]
    has_files = "evidence" in route.name
    by_state = line.does is not None
    chosen = [
        one
        for one in own
        if viewer.name in gaps.CASES_OF.get(one.case, {viewer.name})
        and (one.case != "images" or has_files)
        and (one.case != "concluded" or by_state)
    ]
    if not line.board:
        foreign = foreign[-1:]
    return (chosen + foreign) or found[:1]


def _data(viewer: Viewer, route: Route) -> dict[str, str]:
    return {name: value.format(place_key=viewer.place_key) for name, value in gaps.POSTS.get(route.name, {}).items()}
