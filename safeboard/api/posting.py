"""One signed call to an address that the administrator set: https alone, no private network, no redirect followed."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import json
import socket
import ssl
import time
from collections.abc import Mapping
from http.client import HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

SECONDS = 10.0


class NotTaken(Exception):
    """The other side did not take the call, or may not be called."""


def faults(url: str) -> list[str]:
    """What is wrong with an address before anything is looked up; nothing where it will do."""
    parts = urlsplit(url)
    wrong = []
    if parts.scheme != "https" or not parts.hostname:
        wrong.append("it must begin with https:// and name a machine")
    if parts.username or parts.password:
        wrong.append("it must not carry a name or password")
    if parts.hostname and (parts.hostname == "localhost" or _private_literal(parts.hostname)):
        wrong.append("it must not lie in a private network")
    return wrong


def _private_literal(host: str) -> bool:
    try:
        return not is_public(host)
    except ValueError:
        return False


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet. ValueError where it is none."""
    found = ipaddress.ip_address(address)
    mapped = getattr(found, "ipv4_mapped", None)
    return (mapped or found).is_global and not found.is_multicast


def signature(body: bytes, at: int) -> str:
    """The header that proves who sent it and when: HMAC-SHA-256 over the time, a dot and the body."""
    key = settings.SAFEBOARD_WEBHOOK_SECRET.encode()
    mac = hmac.new(key, f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={mac}"


def post(url: str, body: Mapping[str, Any]) -> None:
    """Call the address. Raises NotTaken, or OSError where it is away; its answer is not read."""
    if faults(url) or not settings.SAFEBOARD_WEBHOOK_SECRET:
        raise NotTaken("the address or the secret will not do")
    parts = urlsplit(url)
    data = json.dumps(body, separators=(",", ":")).encode()
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Safeboard",
        "Safeboard-Signature": signature(data, int(time.time())),
    }
    connection = _Pinned(parts, address_of(parts))
    try:
        connection.request("POST", (parts.path or "/") + (f"?{parts.query}" if parts.query else ""), data, headers)
        status = connection.getresponse().status
    except HTTPException as error:
        raise NotTaken(type(error).__name__) from error
    finally:
        connection.close()
    if not 200 <= status < 300:
        raise NotTaken(f"answered {status}")


def address_of(parts: SplitResult) -> str:
    """The IP address to call, looked up now. NotTaken where any of the name's addresses is not public."""
    found = socket.getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM)
    addresses = [str(one[4][0]).partition("%")[0] for one in found]
    if not addresses or not all(is_public(one) for one in addresses):
        raise NotTaken("the name leads into a private network")
    return addresses[0]


class _Pinned(HTTPSConnection):
    """A connection to the address that was looked at, whatever the name leads to by now."""

    def __init__(self, parts: SplitResult, address: str) -> None:
        self.tls = ssl.create_default_context()
        super().__init__(parts.hostname or "", parts.port or 443, timeout=SECONDS, context=self.tls)
        self.address = address

    def connect(self) -> None:
        plain = socket.create_connection((self.address, self.port), SECONDS)
        self.sock = self.tls.wrap_socket(plain, server_hostname=self.host)


def in_short(error: Exception) -> str:
    """What went wrong, without what the other side said."""
    return (str(error) if isinstance(error, NotTaken) else type(error).__name__)[:120]
