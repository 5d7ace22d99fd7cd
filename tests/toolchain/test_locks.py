"""The locks pin everything by hash and name no registry."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ["requirements.lock", "requirements-dev.lock", "requirements-setup.lock"]


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_has_a_hash_and_no_address(name: str):
    text = (ROOT / name).read_text()
    assert "http" not in text
    assert "--index" not in text
    assert "--find-links" not in text
    pinned = [line for line in text.splitlines() if re.match(r"[a-z0-9]", line)]
    assert pinned
    assert all("==" in line and line.endswith("\\") for line in pinned)


def test_development_adds_to_what_runs_and_changes_nothing():
    ours = [line for line in (ROOT / "requirements.lock").read_text().splitlines() if "==" in line]
    development = (ROOT / "requirements-dev.lock").read_text().splitlines()
    assert [line for line in ours if line not in development] == []


def test_front_end_packages_have_hashes_and_no_address():
    lock = json.loads((ROOT / "package-lock.json").read_text())
    packages = {name: about for name, about in lock["packages"].items() if name}
    assert packages
    assert all("integrity" in about and "resolved" not in about for about in packages.values())


def test_front_end_packages_are_pinned():
    declared = json.loads((ROOT / "package.json").read_text())
    versions = {**declared["dependencies"], **declared["devDependencies"]}
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in versions.values())
