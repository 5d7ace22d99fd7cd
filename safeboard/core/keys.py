"""The keys that stay outside the database: sealing, digests, the history's MAC and signature.

They lie in ``settings.SAFEBOARD_KEYS``, a folder that only the service's user may read, one file a key, and are
made on first use. Losing the sealing keys loses every sealed text: see docs/backup.md.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from functools import cache, lru_cache
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings


def folder() -> Path:
    """The keys' folder, made where it is missing."""
    path = Path(settings.SAFEBOARD_KEYS)
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def _kept(path: Path, make: bytes) -> bytes:
    """What the file holds; where there is none, ``make`` is written first, whole or not at all."""
    if not path.exists():
        scratch = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(make)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(scratch, path)  # another process may have been first: its key holds
        except FileExistsError:
            pass
        finally:
            scratch.unlink()
    return path.read_bytes()


@cache
def secret(name: str) -> bytes:
    """A 32-byte secret by name (``mac``, ``digest``, ``index``, ``django``)."""
    return bytes.fromhex(_kept(folder() / f"{name}.key", secrets.token_hex(32).encode()).decode())


def sealing_numbers() -> list[int]:
    """The numbers of the sealing keys, oldest first; number 1 is made where there is none."""
    found = sorted(int(path.stem.removeprefix("sealing-")) for path in folder().glob("sealing-*.key"))
    if not found:
        sealing_key(1)
        return [1]
    return found


def sealing_key(number: int) -> bytes:
    """The 32-byte AES key of that number. Only number 1 is made by itself; KeyError for another missing one."""
    if number != 1 and not (folder() / f"sealing-{number}.key").exists():
        raise KeyError(f"sealing key {number} is missing from {folder()}")
    return secret(f"sealing-{number}")


@lru_cache(maxsize=1)
def newest_sealing_number() -> int:
    """The number of the key that new text is sealed with."""
    return sealing_numbers()[-1]


def add_sealing_key() -> int:
    """Make the next sealing key and give its number; text is sealed anew by ``safeboard keys rotate``."""
    number = sealing_numbers()[-1] + 1
    secret(f"sealing-{number}")
    newest_sealing_number.cache_clear()
    return number


@lru_cache(maxsize=1)
def signing_key() -> Ed25519PrivateKey:
    """The key that signs checkpoints."""
    made = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    key = serialization.load_pem_private_key(_kept(folder() / "signing.pem", made), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError("signing.pem does not hold an Ed25519 key")
    return key


def public_key() -> Ed25519PublicKey:
    """The public half of the signing key: all that an outsider needs to verify a checkpoint."""
    return signing_key().public_key()


def public_bytes() -> bytes:
    """The 32 bytes of the public key."""
    return public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)


def fingerprint(public: bytes | None = None) -> str:
    """A public key's fingerprint, as people compare it: SHA-256 of its bytes, in groups of four; ours without one."""
    figures = hashlib.sha256(public_bytes() if public is None else public).hexdigest()
    return " ".join(figures[start : start + 4] for start in range(0, len(figures), 4))


def forget() -> None:
    """Drop the keys held in memory (after a rotation elsewhere, and between tests)."""
    for cached in (secret, newest_sealing_number, signing_key):
        cached.cache_clear()
