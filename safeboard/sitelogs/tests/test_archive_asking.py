"""Answers are exactly the lines that a plain reading of the evidence finds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safeboard.sitelogs.archive import Archive, Question, Row, WrongQuestion, blocks, searching
from safeboard.sitelogs.archive.plan import small

from .archive_lines import START, archive_in, e2guardian, squid, take

URLS = [
    "http://video.example/watch?v=Ab_c-1",
    "https://www.video.example/watch?v=ab_C-2&q=bully",
    "https://a.b.video.example/100%25/Bullying/it's",
    "https://notvideo.example/cyberbully'--/\"%_\\",
    "https://search.example/?q=caf\u00e9+K\u212ann+na\u00efve",
    "http://10.9.8.7:8080/bul/ly",
    "school.example:443",
    "https://files.example/" + "ab" * 40 + "/bully.js",
    "https://\u212aites.example/?from=www.video.example",
    "https://KITES.example/",
    "https://bob:www.video.example@search.example/",
]
NINE = datetime.fromtimestamp(START, UTC)
BOTH = frozenset({"oak", "elm"})


@pytest.fixture(scope="module", params=["as it is", "many small blocks", "by the Parquet files"])
def archive(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Two settings, four days, lines blocked and not; read in each way that there is."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "many small blocks":
            patch.setattr(blocks, "BLOCK", 2)
            patch.setattr(blocks, "AT_ONCE", 3)
            patch.setattr(searching, "BLOCK", 2)
            patch.setattr(searching, "AT_ONCE", 3)
            patch.setattr(searching, "HELD", 3)
        if request.param == "by the Parquet files":
            patch.setattr(searching, "FEW", -1000)
        yield made_in(tmp_path_factory)


def made_in(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """Take the lines in."""
    made = archive_in(tmp_path_factory.mktemp("logs"))
    for setting in sorted(BOTH):
        made.enrol(setting, zone="Europe/London")
        lines = [
            squid(
                URLS[n % len(URLS)],
                at=START + n * 3000.25,
                address=f"10.1.{n % 3}.{n % 7}" if n % 5 else f"2001:db8::{n % 4}",
                code="TCP_DENIED/403" if n % 4 == 0 else "TCP_MISS/200",
                user="Kim" if n % 6 == 0 else "-",
            )
            for n in range(100)
        ]
        take(made, lines, setting=setting)
    take(made, [e2guardian(URLS[1], what="*DENIED* x", category="Bullying")], setting="oak", zone="Europe/London")
    return made


@pytest.fixture(scope="module")
def every(archive: Archive) -> list[Row]:
    """All rows."""
    return list(archive.ask(Question(settings=BOTH)).rows())


def found(archive: Archive, **asked: object) -> list[Row]:
    """The answer, after a look that its count is the same."""
    answer = archive.ask(Question(**{"settings": BOTH, **asked}))  # type: ignore[arg-type]
    rows = list(answer.rows())
    assert (answer.count(), answer.progress) == (len(rows), 1.0)
    assert rows == sorted(rows, key=lambda row: (row.time, row.segment, row.line), reverse=True)
    return rows


def test_each_kind_of_question(archive: Archive, every: list[Row]) -> None:
    assert len(every) == 201
    until = NINE + timedelta(hours=5)
    assert found(archive, since=NINE, until=until) == [row for row in every if NINE <= row.time < until]
    assert found(archive, address="10.1.1.1") == [row for row in every if row.address == "10.1.1.1"]
    assert found(archive, address="::ffff:10.1.1.1") == found(archive, address="10.1.1.1")
    assert found(archive, network="10.1.2.0/24") == [row for row in every if row.address.startswith("10.1.2.")]
    assert found(archive, network="2001:db8::/64") == [row for row in every if ":" in row.address]
    assert found(archive, user="kim") == [row for row in every if row.user == "Kim"]
    assert found(archive, host="video.example") == [row for row in every if row.host == "video.example"]
    under = [row for row in every if ("." + row.host).endswith(".video.example")]
    assert found(archive, under="Video.Example.") == under
    assert found(archive, category="Bullying") == [row for row in every if row.category == "Bullying"]
    assert found(archive, blocked=True, settings={"elm"}) == [r for r in every if r.blocked and r.setting == "elm"]
    assert found(archive, settings={"ash"}) == []


def test_days_and_school_hours_are_of_the_settings_clock(archive: Archive, every: list[Row]) -> None:
    rows = found(archive, days=frozenset({1, 2}), hours=(time(8, 30), time(15, 30)))
    assert rows == [
        row for row in every if row.time.weekday() in (1, 2) and time(8, 30) <= row.time.time() < time(15, 30)
    ]
    night = found(archive, hours=(time(22), time(5)))
    assert night == [row for row in every if row.time.time() >= time(22) or row.time.time() < time(5)]


@pytest.mark.parametrize("host", ["video.example", "www.video.example", "kites.example", "search.example", "10.9.8.7"])
def test_a_host_is_found_however_it_is_written_and_not_where_it_is_only_named(
    archive: Archive, every: list[Row], host: str
) -> None:
    assert found(archive, host=host) == [row for row in every if row.host == host]
    assert found(archive, under=host) == [row for row in every if f".{row.host}".endswith(f".{host}")]


def test_counts(archive: Archive, every: list[Row]) -> None:
    asked = archive.ask(Question(settings=BOTH))
    assert dict(asked.counts("setting")) == {"oak": 101, "elm": 100}
    named = Counter(row.host for row in every)
    assert asked.counts("host") == sorted(named.items(), key=lambda one: (-one[1], one[0]))
    assert sum(n for _, n in asked.counts("hour")) == sum(n for _, n in asked.counts("day")) == 201
    worded = archive.ask(Question(settings=BOTH, contains="bully", under="video.example"))
    rows = [row for row in every if "bully" in row.url.lower() and ("." + row.host).endswith(".video.example")]
    assert worded.count() == len(rows)
    blocked = archive.ask(Question(settings=BOTH, blocked=True, since=NINE, until=NINE + timedelta(hours=6)))
    assert blocked.count() == len(list(blocked.rows()))


@pytest.mark.parametrize(
    "words", ["bully", "BULLY", "%", "_", "'", '"', "\\", "it's", "K", "\u212a", "\u00c9", "\u00e9", ".js", "b"]
)
def test_words_are_found_as_they_stand(archive: Archive, every: list[Row], words: str) -> None:
    assert found(archive, contains=words) == [row for row in every if small(words) in small(row.url)]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_words_are_exact_over_random_patterns(archive: Archive, every: list[Row], data: st.DataObject) -> None:
    url = data.draw(st.sampled_from(URLS))
    start = data.draw(st.integers(0, len(url) - 1))
    piece = url[start : start + data.draw(st.integers(1, 12))]
    words = data.draw(
        st.one_of(
            st.just(piece),
            st.just(piece.upper()),
            st.text(st.characters(codec="ascii", min_codepoint=33), min_size=1, max_size=5),
        )
    )
    asked = archive.ask(Question(settings=BOTH, contains=words))
    assert [(row.segment, row.line) for row in asked.rows()] == [
        (row.segment, row.line) for row in every if small(words) in small(row.url)
    ]


def test_a_limit_gives_the_newest_and_cancelling_ends_it(archive: Archive, every: list[Row]) -> None:
    answer = archive.ask(Question(settings=BOTH, limit=7))
    assert (list(answer.rows()), answer.truncated) == (every[:7], True)
    assert answer.segments() == sorted({row.segment for row in every[:7]})
    stopped = archive.ask(Question(settings=BOTH))
    stopped.cancel()
    assert list(stopped.rows()) == []


def test_what_came_before_and_after_on_the_same_device(tmp_path: Path) -> None:
    archive = archive_in(tmp_path)
    pages = [
        "http://page.example/",
        "http://advert.example/widget",
        "http://late.example/",
        "http://long-after.example/",
    ]
    lines = [squid(url, at=START + gap) for url, gap in zip(pages, (0, 1, 300, 900), strict=True)]
    take(archive, [*lines, squid("http://other.example/", at=START, address="10.1.2.9")])
    answer = archive.ask(Question(settings=frozenset({"oak"}), address="10.1.2.3"))
    rows = list(answer.rows())[::-1]
    assert [row.host for row in answer.around(rows[0])] == ["page.example", "advert.example", "late.example"]
    assert {line for _, line in answer.visits(rows)} == {1, 3, 4}


@pytest.mark.parametrize(
    ("field", "asked"),
    [
        ("settings", {"settings": frozenset()}),
        ("network", {"network": "10.1.2.9-10.1.2.1"}),
        ("network", {"network": "10.1.2"}),
        ("address", {"address": "10.1.2.0/24"}),
        ("until", {"since": NINE, "until": NINE - timedelta(days=1)}),
        ("since", {"since": datetime(2026, 3, 2)}),
        ("host", {"host": "http://video.example/"}),
        ("contains", {"contains": "a\0b"}),
        ("limit", {"limit": 0}),
    ],
)
def test_what_cannot_be_asked_says_why(field: str, asked: dict[str, object]) -> None:
    with pytest.raises(WrongQuestion) as error:
        Question(**{"settings": BOTH, **asked})  # type: ignore[arg-type]
    assert (error.value.field, str(error.value)[-1]) == (field, ".")


def test_school_hours_need_a_clock(archive: Archive, tmp_path: Path) -> None:
    nowhere = archive_in(tmp_path)
    take(nowhere, [squid(URLS[0])])
    with pytest.raises(WrongQuestion, match="by which clock"):
        nowhere.ask(Question(settings=frozenset({"oak"}), hours=(time(8), time(9))))
