"""Logs of filters as a region's schools write them, made up: seeds fixed, the same bytes each time.

300 schools in school hours over 90 days, 200,000 hosts by Zipf's law, 1.8% blocked. What an address looks like
depends on the kind of its host: files of a page, articles, searches, films, calls of applications (identifiers that
never come twice) and counting services that repeat the address of the page they were called from. Half of the schools
have e2guardian's CSV, half Squid's native format. Words: invented ones, and a few real ones that are seldom.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import polars as pl

HOSTS, SETTINGS, DAYS = 200_000, 300, 90
FIRST = int(datetime(2026, 1, 5, tzinfo=UTC).timestamp())
BLOCKED = 0.018
CATEGORIES = ["Bullying", "Adult", "Gambling", "Weapons", "Drugs", "Proxies", "Games", "Social networks"]
# Of files, articles, searches, films, calls, counting services.
SHARES = [0.34, 0.22, 0.03, 0.07, 0.16, 0.18]
RARE = ["bully", "bullying", "cyberbullying", "selfharm", "knives"]
RARE_SHARE = 1 / 1500


def _words(number: int, seed: int) -> list[str]:
    random = np.random.default_rng(seed)
    parts = [a + b for a in "bcdfghklmnprstvw" for b in "aeiou"] + ["st", "ing", "er", "on", "ly", "th"]
    return ["".join(random.choice(parts, random.integers(2, 5))) for _ in range(number)]


def _as_hex(values: np.ndarray, digits: int, alphabet: bytes = b"0123456789abcdef", bits: int = 4) -> pl.Series:
    letters = np.frombuffer(alphabet, dtype=np.uint8)
    taken = letters[(values[:, None] >> (np.arange(digits) * bits)) & (2**bits - 1)].astype(np.uint8)
    return pl.Series(np.ascontiguousarray(taken).view(f"S{digits}").ravel().astype(f"U{digits}"))


@dataclass
class Pools:
    """What lines are put together from."""

    words: pl.Series
    hosts: pl.Series
    kinds: np.ndarray  # the kind of each host, by its number
    by_kind: list[np.ndarray]  # the hosts of each kind, the most visited first
    odds: list[np.ndarray]

    @classmethod
    def made(cls) -> Pools:
        random = np.random.default_rng(6)
        words = _words(6000, 1)
        tops = ["example", "test", "school.example", "co.example", "org.example", "net.test"]
        subs = ["www", "cdn", "api", "img", "static", "m", "news", "app", "s1", "media"]
        sites = _words(HOSTS // 3, 2)
        hosts = [
            f"{subs[n % 10] + '.' if n % 4 else ''}{sites[int(s)]}{int(s) % 97}.{tops[n % 6]}"
            for n, s in enumerate(random.integers(0, len(sites), HOSTS))
        ]
        kinds = random.choice(6, HOSTS, p=[0.2, 0.6, 0.002, 0.01, 0.1, 0.088])
        kinds[:60] = np.tile([0, 1, 2, 3, 4, 5], 10)
        by_kind = [np.flatnonzero(kinds == kind) for kind in range(6)]
        odds = [np.cumsum(1 / (np.arange(len(found)) + 1.5) ** 1.05) for found in by_kind]
        return cls(pl.Series(words + RARE), pl.Series(hosts), kinds, by_kind, [odd / odd[-1] for odd in odds])

    def host(self, random: np.random.Generator, kind: int, number: int) -> np.ndarray:
        return self.by_kind[kind][np.searchsorted(self.odds[kind], random.random(number))]

    def word(self, random: np.random.Generator, number: int) -> pl.Series:
        at = (random.random(number) ** 3 * 6000).astype(np.int64)
        rare = random.random(number) < RARE_SHARE
        at[rare] = 6000 + random.integers(0, len(RARE), int(rare.sum()))
        return self.words[at]

    def word_of(self, seed: np.ndarray, nth: int) -> pl.Series:
        """Always the same word for the same page."""
        mixed = ((seed + 1).astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15 + 2 * nth * 0x1234567890B)) >> np.uint64(
            33
        )
        rare = (mixed % np.uint64(15_000)) == 0
        at = (mixed % np.uint64(6000)).astype(np.int64)
        at[rare] = 6000 + (mixed[rare] >> np.uint64(17)).astype(np.int64) % len(RARE)
        return self.words[at]

    def urls(self, random: np.random.Generator, number: int) -> tuple[pl.Series, pl.Series]:
        """That many hosts and web addresses, in no order."""
        kinds = random.choice(6, number, p=SHARES)
        hosts = np.empty(number, dtype=np.int64)
        for kind in range(6):
            here = kinds == kind
            hosts[here] = self.host(random, kind, int(here.sum()))
        frame = pl.DataFrame({"kind": kinds, "n": hosts, "at": np.arange(number)})
        parts = []
        for kind in range(6):
            part = frame.filter(pl.col("kind") == kind)
            part = part.with_columns(tail=self._tail(random, kind, part["n"].to_numpy()))
            parts.append(part)
        whole = pl.concat(parts).sort("at")
        names = self.hosts[whole["n"].to_numpy()]
        return names, ("https://" + names + whole["tail"])

    def _tail(self, random: np.random.Generator, kind: int, hosts: np.ndarray) -> pl.Series:
        number = len(hosts)
        if kind == 0:
            page = hosts * 1000 + (random.random(number) ** 3 * 150).astype(np.int64)
            ends = pl.Series([".js", ".css", ".png", ".woff2", ".svg"])[page % 5]
            mixed = (page.astype(np.uint64) * np.uint64(0xD1B54A32D192ED03)).astype(np.int64)
            return "/assets/" + self.word_of(page, 1) + "/" + self.word_of(page, 2) + "." + _as_hex(mixed, 12) + ends
        if kind == 1:
            page = hosts * 10_000 + (random.random(number) ** 2 * 3000).astype(np.int64)
            slug = self.word_of(page, 2) + "-" + self.word_of(page, 3) + "-" + self.word_of(page, 4)
            return "/" + self.word_of(page % 40, 1) + "/2026/" + slug + "-" + pl.Series(page).cast(pl.String)
        if kind == 2:
            asked = self.word(random, number) + "+" + self.word(random, number) + "+" + self.word(random, number)
            return "/search?q=" + asked + "&hl=en&sid=" + _as_hex(random.integers(0, 2**62, number), 10)
        if kind == 3:
            film = _as_hex(random.integers(0, 400_000, number) * 2654435761, 11, B64, 5)
            part = pl.Series(random.integers(0, 4000, number)).cast(pl.String)
            return "/play/" + film + "?part=" + part + "&key=" + _as_hex(random.integers(0, 2**62, number), 15)
        if kind == 4:
            page = hosts * 10 + random.integers(0, 6, number)
            stamp = pl.Series(random.integers(1_767_000_000_000, 1_776_000_000_000, number)).cast(pl.String)
            session = _as_hex(random.integers(0, 2**62, number), 15)
            return "/v2/" + self.word_of(page, 5) + "/" + self.word_of(page, 6) + "?t=" + stamp + "&s=" + session
        there = self.host(random, 1, number)
        page = there * 10_000 + (random.random(number) ** 2 * 3000).astype(np.int64)
        slug = self.word_of(page, 2) + "-" + self.word_of(page, 3) + "-" + self.word_of(page, 4)
        from_where = self.hosts[there] + "%2F" + self.word_of(page % 40, 1) + "%2F2026%2F" + slug
        visitor = pl.Series(random.integers(10**9, 10**10, number)).cast(pl.String)
        return "/collect?v=2&cid=" + visitor + "&dl=https%3A%2F%2F" + from_where


B64 = b"ABCDEFGHijklmnopqrstuvwxYZ012345"


def lines(pools: Pools, seed: int, setting: int, days: range, number: int) -> pl.Series:
    """A setting's lines of these days, oldest first."""
    random = np.random.default_rng([seed, setting, days.start])
    day = np.sort(random.integers(days.start, days.stop, number))
    hour = np.clip(random.normal(12.2, 2.1, number), 7.5, 17.9)
    at = np.sort((FIRST + day * 86_400) * 1000 + (hour * 3_600_000).astype(np.int64))
    device = (random.random(number) ** 1.3 * 200).astype(np.int64)
    address = pl.Series(f"10.{setting // 200 + 1}.{setting % 200}." + pl.Series(device + 10).cast(pl.String))
    _, urls = pools.urls(random, number)
    blocked = random.random(number) < BLOCKED
    size = (np.exp(random.normal(7.5, 1.6, number))).astype(np.int64)
    frame = pl.DataFrame(
        {"at": at, "address": address, "url": urls, "blocked": blocked, "size": size, "kind": random.random(number)}
    )
    return (_e2guardian if setting % 2 else _squid)(frame, random)


def _squid(frame: pl.DataFrame, random: np.random.Generator) -> pl.Series:
    secure = pl.col("kind") < 0.04
    elapsed = pl.Series(random.integers(0, 2000, len(frame))).cast(pl.String).str.pad_start(6)
    code = (
        pl.when("blocked").then(pl.lit("TCP_DENIED/403")).when(pl.col("kind") > 0.8).then(pl.lit("TCP_MEM_HIT/200"))
    ).otherwise(pl.lit("TCP_MISS/200"))
    stamp = pl.col("at").cast(pl.String)
    return frame.select(
        pl.concat_str(
            stamp.str.slice(0, 10), pl.lit("."), stamp.str.slice(10), pl.lit(" "), elapsed, pl.lit(" "), "address",
            pl.lit(" "), code, pl.lit(" "), pl.col("size").cast(pl.String),
            pl.when(secure).then(pl.lit(" POST ")).otherwise(pl.lit(" GET ")), "url",
            pl.lit(" - HIER_DIRECT/203.0.113.7 text/html"),
        )
    ).to_series()  # fmt: skip


def _e2guardian(frame: pl.DataFrame, random: np.random.Generator) -> pl.Series:
    category = pl.Series(CATEGORIES)[random.choice(8, len(frame), p=[0.05, 0.2, 0.1, 0.03, 0.05, 0.17, 0.25, 0.15])]
    user = pl.Series("pupil" + pl.Series(random.integers(100, 900, len(frame))).cast(pl.String))
    q = pl.lit('","')
    blocked = pl.col("blocked")
    return (
        frame.with_columns(category=category, user=user, when=pl.from_epoch("at", time_unit="ms"))
        .select(
            pl.concat_str(
                pl.lit('"'), pl.col("when").dt.strftime("%Y.%m.%d %H:%M:%S"), q, "user", q, "address", q, "url", q,
                pl.when(blocked).then(pl.lit("*DENIED* Banned site: ") + pl.col("category")).otherwise(pl.lit("-")),
                q, pl.lit("GET"), q, pl.col("size").cast(pl.String), q, pl.lit("0"), q,
                pl.when(blocked).then("category").otherwise(pl.lit("-")), q, pl.lit("1"), q,
                pl.when(blocked).then(pl.lit("403")).otherwise(pl.lit("200")), q, pl.lit("text/html"), q, "address",
                q, pl.lit("pupils"), q, pl.lit('Mozilla/5.0 (X11; CrOS x86_64 14541.0.0)","-","-","-","-"'),
            )
        )
        .to_series()
    )  # fmt: skip


def write(
    folder: Path, pools: Pools, total: int, days: range, seed: int = 6, settings: range = range(SETTINGS)
) -> Iterator[tuple[str, Path]]:
    """Write one file for each setting with its share of the lines of these days; yields (setting, file)."""
    folder.mkdir(parents=True, exist_ok=True)
    share = total * len(days) // DAYS // SETTINGS
    for setting in settings:
        path = folder / f"s{setting:03d}-{days.start:02d}.log"
        made = lines(pools, seed, setting, days, share)
        path.write_text("\n".join(made.to_list()) + "\n")
        yield f"s{setting:03d}", path
