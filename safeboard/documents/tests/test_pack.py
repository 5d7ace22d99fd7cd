"""A signed pack, and the script in it that checks it on another machine."""

from __future__ import annotations

import io
import json
import os
import random
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from safeboard.core import keys
from safeboard.documents.pack import MANIFEST, PUBLIC_KEY, SIGNATURE, VERIFIER, signed_pack, verify

FILES = {"words.txt": b"What happened", "files/E1-1.pdf": b"%PDF-" + bytes(range(256)), "empty.txt": b""}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A pack, unpacked."""
    return unpacked(signed_pack(FILES, {"incident": "2026-0001"}), tmp_path / "pack")


def unpacked(content: bytes, folder: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(folder)
    return folder


def names(folder: Path) -> set[str]:
    return {name for name, _why in verify.check(str(folder))}


def flip(path: Path, at: int) -> bytes:
    """Change one bit of a byte; gives what was there."""
    before = path.read_bytes()
    changed = bytearray(before)
    changed[at] ^= 1 << (at % 8)
    path.write_bytes(bytes(changed))
    return before


# Ed25519 ---------------------------------------------------------------------------------------------------------

# RFC 8032, 7.1: tests 1 to 3.
VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe2465"
        "5141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb0"
        "0d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc0"
        "27beceea1ec40a",
    ),
]


@pytest.mark.parametrize(("key", "message", "signature"), VECTORS)
def test_signatures_of_the_standard_hold(key: str, message: str, signature: str):
    given = bytes.fromhex(key), bytes.fromhex(message), bytes.fromhex(signature)
    assert verify.is_signed(*given)
    assert not verify.is_signed(given[0], given[1] + b"x", given[2])


def test_it_agrees_with_the_library_on_signatures_whole_and_spoilt():
    chance = random.Random(7)
    for _round in range(12):
        private = Ed25519PrivateKey.from_private_bytes(chance.randbytes(32))
        public = private.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
        message = chance.randbytes(chance.randrange(200))
        signature = private.sign(message)
        assert verify.is_signed(public, message, signature)
        spoilt = bytearray(signature)
        spoilt[chance.randrange(64)] ^= 1 << chance.randrange(8)
        assert not verify.is_signed(public, message, bytes(spoilt))


def test_a_signature_has_one_form():
    """The second half may not be made larger by the order of the group (RFC 8032, 5.1.7)."""
    key, message, signature = (bytes.fromhex(text) for text in VECTORS[1])
    larger = (int.from_bytes(signature[32:], "little") + verify.ORDER).to_bytes(32, "little")
    assert not verify.is_signed(key, message, signature[:32] + larger)
    assert not verify.is_signed(key, message, signature[:63])
    assert not verify.is_signed(b"\xff" * 32, message, signature)


# The pack --------------------------------------------------------------------------------------------------------


def test_a_pack_is_whole(folder: Path):
    assert verify.check(str(folder)) == []
    assert verify.fingerprint(str(folder)) == keys.fingerprint()
    listed = json.loads((folder / MANIFEST).read_text())
    assert {line["path"] for line in listed["files"]} == {*FILES, PUBLIC_KEY, VERIFIER}
    assert listed["incident"] == "2026-0001"


def test_every_byte_that_is_changed_names_its_file(folder: Path):
    """All bytes of the three files that hold one another, and two hundred of each of the others."""
    chance = random.Random(3)
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or not path.stat().st_size:
            continue
        size, name = path.stat().st_size, path.relative_to(folder).as_posix()
        places = range(size) if name in (SIGNATURE, PUBLIC_KEY) else chance.sample(range(size), min(size, 200))
        for at in places:
            before = flip(path, at)
            assert name in names(folder), (name, at)
            path.write_bytes(before)
    assert verify.check(str(folder)) == []


def test_only_the_file_that_was_changed_is_named(folder: Path):
    for name in ("words.txt", "files/E1-1.pdf", VERIFIER, SIGNATURE, MANIFEST):
        before = flip(folder / name, 9)
        assert names(folder) == {name}
        (folder / name).write_bytes(before)


def test_what_is_missing_and_what_was_added_is_named(folder: Path):
    (folder / "words.txt").unlink()
    (folder / "more.txt").write_bytes(b"")
    (folder / "hollow").mkdir()
    (folder / "empty.txt").unlink()
    os.symlink("words.txt", folder / "empty.txt")
    assert dict(verify.check(str(folder))) == {
        "words.txt": "is missing",
        "more.txt": "was added",
        "hollow": "was added",
        "empty.txt": "is missing",
    }


@pytest.mark.parametrize("name", [MANIFEST, SIGNATURE, PUBLIC_KEY])
def test_without_its_marks_nothing_holds(folder: Path, name: str):
    (folder / name).unlink()
    assert verify.check(str(folder)) == [(name, "is missing")]


def test_a_pack_of_somebody_else_shows_in_the_fingerprint(folder: Path, monkeypatch, tmp_path: Path):
    ours = keys.fingerprint()
    stranger = Ed25519PrivateKey.generate()
    monkeypatch.setattr(keys, "signing_key", lambda: stranger)
    forged = unpacked(signed_pack({"words.txt": b"Something else"}, {}), tmp_path / "forged")
    assert verify.check(str(forged)) == []
    assert verify.main([str(forged), "--key", ours]) == 1
    assert verify.main([str(forged), "--key", keys.fingerprint()]) == 0


def test_a_manifest_that_points_outside_is_none(folder: Path, monkeypatch, tmp_path: Path):
    away = unpacked(signed_pack({"a.txt": b"x"}, {}), tmp_path / "away")
    text = (away / MANIFEST).read_text().replace('"a.txt"', '"../a.txt"').encode()
    (away / MANIFEST).write_bytes(text)
    assert MANIFEST in names(away)
    assert not verify.is_plain("/etc/passwd")
    assert not verify.is_plain("a\\b")


def test_the_script_runs_on_another_machine(folder: Path):
    """With nothing but the interpreter: no packages, no environment, another working folder."""
    command = [sys.executable, "-I", "-S", str(folder / VERIFIER)]
    whole = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False, env={})
    assert (whole.returncode, "The pack is whole" in whole.stdout) == (0, True)
    flip(folder / "words.txt", 0)
    broken = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False, env={})
    assert broken.returncode == 1
    assert "words.txt: was changed" in broken.stdout


def test_the_same_pack_is_made_of_the_same_files():
    assert signed_pack(FILES, {"a": 1}) == signed_pack(dict(reversed(FILES.items())), {"a": 1})
