"""A school's filter with a month of its lines, and questions to it, for the pages of the filter logs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from bench.sitelogs_lines import FIRST, Pools, lines
from safeboard.accounts.models import Person
from safeboard.core import wall
from safeboard.partnership import queries as partnership
from safeboard.partnership.models import Setting
from safeboard.sitelogs import engine
from safeboard.sitelogs.choices import Ground, Sure
from safeboard.sitelogs.models import Authority, Clearance, LogSetting
from safeboard.sitelogs.operations import asking
from safeboard.sitelogs.terms import Terms

LINES, DAYS, KEY = 150_000, 28, "measured"


def _log(agency: int, person: Person) -> LogSetting:
    """A filter whose lines were taken in, and that it is on record who may ask it."""
    today = timezone.localdate()
    log = LogSetting.objects.create(agency_id=agency, setting=Setting.objects.filter(agency_id=agency)[0], key=KEY)
    about = {"training": "A course", "signed_on": today, "signed_by": "The head", "made_by": person}
    Clearance.objects.create(agency_id=agency, person=person, trained_on=today, **about)
    engine.enrol(log)
    plain = "\n".join(lines(Pools.made(), 6, 0, range(DAYS), LINES).to_list()) + "\n"
    engine.take_in(log, plain.encode(), layout="squid")
    return log


def pages_of(cookie: str, person: Person, agency: int) -> dict[str, dict[str, object]]:
    """Who asks for the pages of the filter logs: a designated officer."""
    since = datetime.fromtimestamp(FIRST, UTC)
    until = since + timedelta(days=DAYS)
    with wall.open_for(agencies=[agency], casework=[agency]):
        log, by = _log(agency, person), partnership.access_of(person)
        given = {"reason": "Measured", "allowed_by": "The head", "allowed_on": timezone.localdate()}
        authority = Authority.objects.create(
            agency_id=agency, made_by=person, ground=Ground.REASON, network=Sure.YES, **given
        )

        def question(**terms: object) -> int:
            asked = Terms(**{"since": since, "until": until, **terms})
            return asking.ask(by=by, authority=authority, terms=asked, logs=[log]).pk

        words, blocked = question(words="bully"), question(passed="blocked", until=since + timedelta(days=1))
    one = lambda name, pk: (cookie, reverse(f"sitelogs:{name}", args=[pk]))  # noqa: E731
    return {
        "question to the filter logs": {"askers": [one("ask", authority.pk)]},
        "first lines of an answer": {"askers": [one("answer", words)], "few": one("answer", blocked)},
        "counts of an answer": {"askers": [one("counts", words)]},
    }
