"""Rows taken out of the blocks of some parts, made into relations that a question's plan can be bound to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from .reading import each_backwards, hosts

if TYPE_CHECKING:
    from .blocks import Blocks

NO_NUMBER = np.iinfo(np.int64).min
NO_LIST = -1
CASE = np.uint8(0x20)
KELVIN = "\u212a".encode()  # of the signs that are not ASCII the only one whose small letter is, the k of a host


@dataclass(frozen=True)
class Near:
    """Some signs that stand in every web address that is meant: so the others need not be looked at.

    ``together``: the addresses that are meant lie side by side, as those of a host do.
    """

    signs: bytes = b""
    together: bool = False

    def hits(self, page: bytes) -> list[int] | None:
        """Where they stand in a page (the first and the last if they lie together); None: anywhere.

        Letters are compared without the bit that makes them small, which is quicker than to make them small, and
        finds some signs too that are not meant: the plan holds against them what is exact.
        """
        if not self.signs or (self.together and KELVIN in page):
            return None
        text, signs = _without_case(page), _without_case(self.signs)
        at = text.find(signs)
        if self.together:
            return [] if at < 0 else [at, text.rfind(signs)]
        found = []
        while at >= 0:
            found.append(at)
            at = text.find(signs, at + 1)
        return found

    def spread(self, places: np.ndarray) -> np.ndarray:
        """The places of what can be meant, of the places where the signs stand: these, or all between them."""
        if not len(places) or not self.together:
            return np.unique(places[places >= 0])
        return np.arange(max(0, places[0]), places[-1] + 1)


def _without_case(text: bytes) -> bytes:
    return (np.frombuffer(text, dtype=np.uint8) | CASE).tobytes()


@dataclass
class Found:
    """Some rows of some parts, block after block, until :meth:`tables` makes relations of them.

    What a part says by a number of its own (its segments, its addresses, ...) is one after another in lists here.
    """

    numbers: list[np.ndarray] = field(default_factory=list)
    moments: list[np.ndarray] = field(default_factory=list)
    of: list[np.ndarray] = field(default_factory=list)  # which of the web addresses found
    u: list[np.ndarray] = field(default_factory=list)  # the numbers of these
    urls: list[bytes] = field(default_factory=list)
    said: list[bytes] = field(default_factory=list)  # user and reason
    segments: list[int] = field(default_factory=list)
    settings: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    hows: list[pl.DataFrame] = field(default_factory=list)
    listed: list[np.ndarray] = field(default_factory=list)  # from where on a row's address lies in the list, if it does
    _bases: dict[int, tuple[int, int, int]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.said)

    def bases(self, part: Blocks) -> tuple[int, int, int]:
        """From where on the segments, addresses (or NO_LIST) and hows of a part lie in the lists."""
        if id(part) not in self._bases:
            address = NO_LIST if part.addresses is None else len(self.addresses)
            self._bases[id(part)] = (len(self.segments), address, sum(len(one) for one in self.hows))
            self.segments += part.segments
            self.settings += part.settings
            self.addresses += part.addresses or []
            self.hows.append(part.hows)
        return self._bases[id(part)]

    def tables(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        """What was found: rows with the columns of the ``place`` files, and web addresses with those of ``urls``."""
        numbers, of = np.concatenate(self.numbers), np.concatenate(self.of)
        segment, size = numbers["segment"].astype(np.int64), pl.Series(numbers["bytes"])
        urls = pl.Series(self.urls, dtype=pl.Binary).cast(pl.String)
        addresses = pl.DataFrame({"u": np.concatenate(self.u), "rhost": each_backwards(hosts(urls)), "url": urls})
        said = pl.Series(self.said, dtype=pl.Binary).cast(pl.String).str.split_exact("\0", 1).struct.unnest()
        lines = pl.DataFrame(
            {
                "u": addresses["u"].gather(of),
                "rhost": addresses["rhost"].gather(of),
                "moment": np.concatenate(self.moments),
                "setting": pl.Series(self.settings, dtype=pl.String).gather(segment),
                "address": self._addresses(numbers["address"]),
                "user": said.to_series(0),
                **pl.concat(self.hows)[numbers["how"].astype(np.int64)].to_dict(),
                "reason": said.to_series(1),
                "bytes": size.set(size == NO_NUMBER, None),
                "segment": pl.Series(self.segments, dtype=pl.Int32).gather(segment),
                "line": numbers["line"].astype(np.int32),
            }
        )
        return lines, addresses

    def _addresses(self, numbers: np.ndarray) -> pl.Series:
        """The addresses in the form that sorts: from the list, or from the number that an IPv4 address is."""
        base = np.concatenate(self.listed)
        key = np.where(base == NO_LIST, numbers, numbers + base + (1 << 32))
        distinct, at = np.unique(key, return_inverse=True)
        texts = [f"{one:08x}" if one < 1 << 32 else self.addresses[one - (1 << 32)] for one in distinct.tolist()]
        return pl.Series(texts, dtype=pl.String).gather(at)
