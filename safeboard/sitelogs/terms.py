"""What a question asks for, as it is kept and as a person says it: who, where, when, what."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime, time
from typing import Any
from urllib.parse import urlsplit

from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core import times

from .choices import Host, Passed

SCHOOL_DAYS = (0, 1, 2, 3, 4)
SCHOOL_HOURS = (time(8, 30), time(16, 0))


class WrongRange(ValueError):
    """What was written as an address or a range is none; the message says how it is written."""


def network_range(text: str) -> tuple[str, str]:
    """The first and last address of '10.1.2.3', '10.1.2.0/24', '10.1.2.3-10.1.2.60' or '10.1.2.3-60'.

    IPv4 addresses mapped into IPv6 count as IPv4. Raises WrongRange, also where the range is the wrong way round.
    """
    text = text.strip()
    first, dash, last = (part.strip() for part in text.partition("-"))
    try:
        if not dash:
            found = ipaddress.ip_network(text, strict=False)
            return str(_plain(found[0])), str(_plain(found[-1]))
        if last.isascii() and last.isdigit() and "." in first:
            last = f"{first.rpartition('.')[0]}.{last}"
        low, high = _plain(ipaddress.ip_address(first)), _plain(ipaddress.ip_address(last))
    except ValueError:
        raise WrongRange(
            _("“%(text)s” is no address of a computer. Write 10.1.2.3, 10.1.2.0/24 or 10.1.2.3-10.1.2.60.")
            % {"text": text[:60]}
        ) from None
    if low.version != high.version:
        raise WrongRange(_("Both ends of a range must be written in the same way."))
    if int(low) > int(high):
        raise WrongRange(_("The range is the wrong way round: write the lower address first."))
    return str(low), str(high)


def _plain(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    mapped = getattr(address, "ipv4_mapped", None)
    return mapped or address


def host_alone(text: str) -> str:
    """The host of what somebody wrote or copied: 'https://www.example.org/a' is 'www.example.org'."""
    plain = text.strip().lower().replace("hxxp", "http").replace("[.]", ".").replace("[:]", ":")
    if "//" in plain or "/" in plain:
        plain = urlsplit(plain if "//" in plain else f"//{plain}").netloc
    return plain.rpartition("@")[2].partition(":")[0].strip(".").removeprefix("*.")


@dataclass(frozen=True)
class Terms:
    """A question without whose logs it goes to. Empty means: not asked for.

    ``who``: an address or a range as it was written; ``days``: days of the week, Monday 0; ``hours``: from and to.
    """

    who: str = ""
    user: str = ""
    host: str = ""
    how: str = Host.UNDER
    words: str = ""
    since: datetime | None = None
    until: datetime | None = None
    days: tuple[int, ...] = ()
    hours: tuple[time, time] | None = None
    category: str = ""
    passed: str = Passed.ANY

    @property
    def range(self) -> tuple[str, str] | None:
        """The first and last address asked for."""
        return network_range(self.who) if self.who else None

    @property
    def asked(self) -> list[str]:
        """The names of what was asked for: for the history, which keeps no values."""
        blank = Terms()
        left = [one.name for one in fields(self) if getattr(self, one.name) != getattr(blank, one.name)]
        return [name for name in left if name != "how"]

    def kept(self) -> dict[str, Any]:
        """As JSON keeps it."""
        found = {name: value for name, value in asdict(self).items() if value}
        for name in ("since", "until"):
            if name in found:
                found[name] = found[name].isoformat()
        if self.hours:
            found["hours"] = [one.isoformat("minutes") for one in self.hours]
        return found

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Terms:
        """From what JSON keeps."""
        found = dict(kept)
        for name in ("since", "until"):
            if found.get(name):
                found[name] = datetime.fromisoformat(found[name])
        if found.get("hours"):
            start, end = found["hours"]
            found["hours"] = (time.fromisoformat(start), time.fromisoformat(end))
        return cls(**{**found, "days": tuple(found.get("days", ()))})


# In words -------------------------------------------------------------------------------------------------------


def said(terms: Terms, settings: Iterable[str]) -> str:
    """The question as a person says it: 'Blocked requests to example.org and all below it, from …, at …'."""
    parts = [_what(terms), _where(terms), _who(terms), _when(terms)]
    places = _in_words(list(settings))
    return " ".join(part for part in (*parts, _("at %(places)s") % {"places": places} if places else "") if part) + "."


def _what(terms: Terms) -> str:
    which = {
        Passed.ANY: _("All requests, blocked or allowed,"),
        Passed.BLOCKED: _("Requests that were blocked"),
        Passed.ALLOWED: _("Requests that were allowed"),
    }[Passed(terms.passed)]
    return f"{which} {_('in the category “%s”') % terms.category}" if terms.category else which


def _where(terms: Terms) -> str:
    found = []
    if terms.host:
        below = terms.how == Host.UNDER
        words = _("to %(host)s and everything below it") if below else _("to %(host)s itself")
        found.append(words % {"host": inert(terms.host)})
    if terms.words:
        found.append(_("with “%(words)s” in the web address") % {"words": inert(terms.words)})
    return " ".join(found)


def _who(terms: Terms) -> str:
    found = []
    if terms.range:
        low, high = terms.range
        one = _("from the computer %(low)s") if low == high else _("from the computers %(low)s to %(high)s")
        found.append(one % {"low": low, "high": high})
    if terms.user:
        found.append(_("signed in as “%(user)s”") % {"user": terms.user})
    return " ".join(found)


def _when(terms: Terms) -> str:
    found = []
    if terms.since and terms.until:
        words = _("between %(since)s and %(until)s")
        found.append(words % {"since": times.exact(terms.since), "until": times.exact(terms.until)})
    if terms.days:
        names = [_("Mondays"), _("Tuesdays"), _("Wednesdays"), _("Thursdays"), _("Fridays")]
        names += [_("Saturdays"), _("Sundays")]
        school = tuple(terms.days) == SCHOOL_DAYS
        found.append(_("on school days") if school else _("on %s") % _in_words([names[day] for day in terms.days]))
    if terms.hours:
        start, end = terms.hours
        found.append(_("from %(start)s to %(end)s") % {"start": f"{start:%H:%M}", "end": f"{end:%H:%M}"})
    return " ".join(found)


def _in_words(names: list[str]) -> str:
    if len(names) > 4:
        return _("%(first)s and %(n)s more settings") % {"first": ", ".join(names[:3]), "n": len(names) - 3}
    return _(" and ").join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def inert(address: str) -> str:
    """An address that no program takes for one: for lines, spreadsheets and sentences. Never a link."""
    for sign, safe in (("http", "hxxp"), ("HTTP", "hXXp"), (".", "[.]"), ("@", "[@]"), ("://", "[:]//")):
        address = address.replace(sign, safe)
    return address


def local(moment: datetime) -> datetime:
    """A moment on the wall's clock."""
    return timezone.localtime(moment)
