"""Debian's programs for the tests: all at once where that goes, else each alone."""

import pytest

from toolchain import programs
from toolchain.steps import Trouble


class Debian:
    """A machine's packages: some are here, some are to be had, and what was asked for."""

    def __init__(self, *, here: set[str], to_be_had: set[str]) -> None:
        self.here, self.to_be_had = here, to_be_had
        self.asked: list[list[str]] = []

    def install(self, _title: str, packages: list[str]) -> bool:
        self.asked.append(packages)
        if not set(packages) <= self.to_be_had:
            raise Trouble("There is no such package.")
        self.here |= set(packages)
        return True

    def program(self, name: str, *packages: str) -> programs.Program:
        return programs.Program(name, lambda: self.here >= set(packages), packages)


LEAN, WHOLE, EVERY = "chromium-headless-shell", "chromium", {"pango", "postgresql", "chromium-headless-shell"}


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Debian:
    debian = Debian(here=set(), to_be_had=EVERY | {WHOLE})
    monkeypatch.setattr(programs, "from_debian", debian.install)
    monkeypatch.setattr(programs, "LEAN_CHROMIUM", debian.program("Chromium without windows", LEAN))
    monkeypatch.setattr(programs, "CHROMIUM", debian.program("Chromium", WHOLE))
    monkeypatch.setattr(programs, "chromium", lambda: bool(debian.here & {LEAN, WHOLE}))
    others = (debian.program("Pango", "pango"), debian.program("PostgreSQL", "postgresql"))
    monkeypatch.setattr(programs, "OTHERS", others)
    return debian


def test_what_is_missing_is_installed_at_once(machine: Debian):
    programs.install()
    assert machine.asked == [[LEAN, "pango", "postgresql"]]
    assert machine.here == EVERY


def test_what_is_here_is_left_alone(machine: Debian):
    machine.here |= {LEAN, "pango"}
    programs.install()
    assert machine.asked == [["postgresql"]]
    programs.install()
    assert len(machine.asked) == 1


def test_one_that_is_not_to_be_had_keeps_nothing_else_away(machine: Debian, capsys: pytest.CaptureFixture[str]):
    machine.to_be_had -= {LEAN}
    programs.install()
    assert machine.asked[1:] == [[LEAN], ["pango"], ["postgresql"], [WHOLE]]
    assert machine.here == {"pango", "postgresql", WHOLE}
    assert "There is no such package." in capsys.readouterr().out


def test_a_machine_that_may_install_nothing_is_told_what_is_missing(machine: Debian, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(programs, "from_debian", lambda *_asked: False)
    programs.install()
    assert machine.here == set()
    assert programs.missing() == ["Chromium", "Pango", "PostgreSQL"]
