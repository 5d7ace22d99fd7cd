"""Addresses of devices in a form that sorts: IPv4 as eight hexadecimal digits, IPv6 as ``x`` and thirty-two.

Text compares as the numbers do, in every engine; the two kinds never mix, for ``x`` comes after every digit.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from functools import lru_cache


class NotAnAddress(ValueError):
    """What was given is no address or range; the text says why in plain words."""


@dataclass(frozen=True)
class Span:
    """From the first to the last address, both counted, in the form that sorts."""

    first: str
    last: str


def sortable(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> str:
    """The address in the form that sorts; an IPv4-mapped one is that IPv4 address."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is None:
            return f"x{int(address):032x}"
        address = address.ipv4_mapped
    return f"{int(address):08x}"


@lru_cache(maxsize=100_000)
def code_of(text: str) -> str | None:
    """The form that sorts of an address as a log writes it (brackets, zone of a link left out); None for none."""
    try:
        return sortable(ipaddress.ip_address(text.strip("[]").split("%")[0]))
    except ValueError:
        return None


@lru_cache(maxsize=100_000)
def text_of(code: str) -> str:
    """The address as people write it."""
    if code.startswith("x"):
        return str(ipaddress.IPv6Address(int(code[1:], 16)))
    return str(ipaddress.IPv4Address(int(code, 16)))


def span_of(given: str) -> Span:
    """``10.1.2.3``, ``10.1.2.0/24``, ``10.1.2.5-10.1.2.9``, and the same in IPv6. Raises NotAnAddress."""
    first, dash, last = (part.strip() for part in given.partition("-"))
    if dash:
        ends = [code_of(first), code_of(last)]
        if ends[0] is None or ends[1] is None or len(ends[0]) != len(ends[1]):
            raise NotAnAddress(f"“{given}” is not a range: it needs two addresses of one kind, with a dash between.")
        if ends[0] > ends[1]:
            raise NotAnAddress(f"“{given}” runs backwards: put the lower address first.")
        return Span(ends[0], ends[1])
    try:
        network = ipaddress.ip_network(given.strip("[]"), strict=False)
    except ValueError as error:
        raise NotAnAddress(f"“{given}” is not an address or a range, such as 10.1.2.3 or 10.1.2.0/24.") from error
    ends = [sortable(network[0]), sortable(network[-1])]
    if len(ends[0]) != len(ends[1]):  # a network that is only partly of mapped addresses
        raise NotAnAddress(f"“{given}” mixes IPv4 and IPv6: ask for one of the two.")
    return Span(ends[0], ends[1])
