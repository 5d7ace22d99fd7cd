"""Ten school days of a made-up filter's lines, who may ask them, a question, and a random review that is overdue."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from safeboard.accounts.models import Person
from safeboard.core import wall
from safeboard.core.access import Access
from safeboard.core.roles import Role
from safeboard.partnership import queries as partnership
from safeboard.sitelogs.choices import Ground, Sure
from safeboard.sitelogs.models import LogSetting
from safeboard.sitelogs.operations import asking, clearing, keeping, reviews, taking

from .county import County

KEY = "demonstration"
DAYS, SITTINGS_A_DAY = 10, 60
# Host, path, what the filter says, and how often.
SITES = (
    ("www.encyclopedia.example", "/wiki/volcano", "", 24),
    ("homework.example", "/maths/year9/task/{n}", "", 22),
    ("video.example", "/watch?v={n}", "video", 14),
    ("news.example", "/today/{n}", "news", 12),
    ("chat.example", "/room/{n}", "chat", 6),
    ("games.example", "/play/{n}", "games", 3),
    ("way-round.example", "/proxy?u={n}", "proxies", 1),
)
ADVERT = ("adverts.example", "/banner/{n}.js", "", 0)  # what every second page loads by itself
BLOCKED = {"games", "proxies", "chat"}


def make_logs(county: County) -> int:
    """Lines, leave to ask, a question and an overdue review in the first agency with a lead and a head (else officer).

    Whoever tries the service can sign in as the first head.
    """
    agency, asking_role = next(
        (one, role)
        for role in (Role.RESPONSIBLE_PERSON, Role.DESIGNATED_OFFICER)
        for one in county.agencies
        if county.people[one.pk].get(Role.AGENCY_LEAD) and county.people[one.pk].get(role)
    )
    lead, head = (_access(county, agency.pk, role) for role in (Role.AGENCY_LEAD, asking_role))
    with wall.open_for(**partnership.scopes(lead)):
        log = LogSetting.objects.filter(key=KEY).first() or keeping.add_log(
            by=lead, setting=county.settings[agency.pk][0], key=KEY
        )
        came = taking.stage(by=lead, log=log, name="demonstration.log", content=_lines())
        taken = taking.take(by=lead, intake=came)
        today = timezone.localdate()
        reviews.plan_reviews(by=lead, log=log, weeks=4, minutes=30, next_on=today - timedelta(days=2))
        _clear(lead, head.person)
    with wall.open_for(**partnership.scopes(head)):
        _question(head, log)
    return taken.lines


def _access(county: County, agency: int, role: Role) -> Access:
    return partnership.access_of(county.people[agency][role][0], chosen=f"agency-{agency}")


def _clear(by: Access, person: Person | None) -> None:
    today = timezone.localdate()
    if person is not None:
        clearing.clear(
            by=by,
            person=person,
            trained_on=today - timedelta(days=60),
            training="County course on communications data",
            signed_on=today - timedelta(days=50),
            signed_by="H. Ward, chair of governors",
        )


def _question(by: Access, log: LogSetting) -> None:
    today = timezone.localdate()
    authority = asking.record_authority(
        by=by,
        ground=Ground.REASON,
        reason="Pupils say that a video which mocks one of them goes round in year 9.",
        allowed_by="H. Ward, chair of governors",
        allowed_on=today,
        network=Sure.YES,
    )
    now = timezone.now().replace(second=0, microsecond=0)
    terms = asking.Terms(host="video.example", since=now - timedelta(days=14), until=now)
    question = asking.ask(by=by, authority=authority, terms=terms, logs=[log])
    asking.save_question(by=by, question=question, name="Video site, two weeks")


def _lines() -> bytes:
    """Squid's own format, oldest first; the same for the same day."""
    chance: Any = random.Random(2026)
    today = timezone.localdate()
    days = [day for n in range(1, 2 * DAYS) if (day := today - timedelta(days=n)).weekday() < 5][:DAYS]
    found: list[tuple[float, str]] = []
    for day in days:
        opens = timezone.make_aware(datetime.combine(day, time(8, 40))).timestamp()
        for _sitting in range(SITTINGS_A_DAY):
            found += _sitting_at(chance, opens + chance.random() * 7 * 3600)
    return "".join(line for _at, line in sorted(found)).encode()


def _sitting_at(chance: Any, at: float) -> Iterator[tuple[float, str]]:
    """A few pages that one device asked for, minutes apart, some with an advert behind them."""
    address = f"10.20.{chance.randrange(3)}.{chance.randrange(2, 40)}"
    for _page in range(chance.randrange(1, 4)):
        site = chance.choices(SITES, [share for *_rest, share in SITES])[0]
        yield _line_at(chance, at, address, site)
        if site[2] not in BLOCKED and chance.random() < 0.5:
            yield _line_at(chance, at + 0.4, address, ADVERT)
        at += chance.randrange(20, 300)


def _line_at(chance: Any, at: float, address: str, site: tuple[str, str, str, int]) -> tuple[float, str]:
    host, path, category, _share = site
    code = "TCP_DENIED/403" if category in BLOCKED else "TCP_MISS/200"
    url = f"http://{host}{path.format(n=chance.randrange(1000))}"
    kind = "application/javascript" if path.endswith(".js") else "text/html"
    size, took = chance.randrange(200, 90000), chance.randrange(900)
    rest = f"{address} {code} {size} GET {url} - HIER_DIRECT/192.0.2.7 {kind}"
    return at, f"{at:.3f} {took:6d} {rest}\n"
