"""Text that is sealed at rest: AES-256-GCM, the key outside the database.

A sealed value is ``s1`` + key number (4 bytes) + nonce (12 bytes) + ciphertext and tag. The model and field are bound
in as associated data, so that a value moved to another column does not open.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import struct
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.exceptions import FieldError
from django.db import models

from . import keys

MARK = b"s1"
HEAD = struct.Struct(">2sI12s")


class CannotOpen(Exception):
    """A sealed value was altered, moved, or its key is missing. Nothing of it is shown."""


@lru_cache(maxsize=16)
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)


def seal(text: str, label: str) -> bytes:
    """Seal ``text`` with the newest key; ``label`` names where it belongs and must be given to open it."""
    number = keys.newest_sealing_number()
    nonce = secrets.token_bytes(12)
    body = _cipher(keys.sealing_key(number)).encrypt(nonce, text.encode(), label.encode())
    return HEAD.pack(MARK, number, nonce) + body


def unseal(value: bytes, label: str) -> str:
    """The text of a sealed value. Raises CannotOpen."""
    value = bytes(value)
    try:
        mark, number, nonce = HEAD.unpack_from(value)
        if mark != MARK:
            raise CannotOpen(f"{label}: this is not a sealed value")
        return _cipher(keys.sealing_key(number)).decrypt(nonce, value[HEAD.size :], label.encode()).decode()
    except (struct.error, KeyError, InvalidTag) as error:
        raise CannotOpen(f"{label}: the sealed text cannot be opened") from error


def sealed_with(value: bytes) -> int:
    """The number of the key that a sealed value was sealed with."""
    return int(HEAD.unpack_from(bytes(value))[1])


def blind_index(text: str) -> str:
    """A keyed digest to find equal names by, without storing the name: case, accents and spacing are folded."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    folded = " ".join("".join(c if c.isalnum() else " " for c in folded if not unicodedata.combining(c)).split())
    return hmac.new(keys.secret("index"), folded.encode(), hashlib.sha256).hexdigest()


# What rooms seal outside a sealed field, and how they seal it anew: filled in their apps.ready.
RESEALERS: list[Callable[[], int]] = []


class SealedTextField(models.BinaryField):
    """A text that is a plain ``str`` in Python and sealed in the database. It cannot be searched."""

    # What type checkers see of it: text, not the bytes of the column.
    _pyi_private_set_type: str
    _pyi_private_get_type: str

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("editable", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("editable", None)
        return name, path, args, kwargs

    @property
    def label(self) -> str:
        return f"{self.model._meta.label_lower}.{self.name}"

    def get_internal_type(self) -> str:
        return "BinaryField"

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError(f"{self.label} is sealed: it cannot be searched")
        return super().get_lookup(lookup_name)

    def get_default(self) -> Any:
        return None if self.null else ""

    def to_plain(self, text: str) -> Any:
        return text

    def from_plain(self, value: Any) -> str:
        return str(value)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return None if value is None else self.to_plain(unseal(value, self.label))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is None:
            return None
        return connection.Database.Binary(seal(self.from_plain(value), self.label))

    def to_python(self, value: Any) -> Any:
        return value

    def value_to_string(self, obj: models.Model) -> str:
        raise FieldError(f"{self.label} is sealed: it is not serialised")

    def formfield(self, **kwargs: Any) -> Any:
        from django import forms

        return forms.CharField(
            **{"required": not self.blank, "label": self.verbose_name, "help_text": self.help_text, **kwargs}
        )


class SealedJSONField(SealedTextField):
    """A JSON value, sealed in the database."""

    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def get_default(self) -> Any:
        return None if self.null else {}

    def to_plain(self, text: str) -> Any:
        return json.loads(text)

    def from_plain(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


class SealedBytesField(SealedTextField):
    """Bytes of a file, sealed in the database. Load them only where they are wanted: ``defer`` them elsewhere."""

    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def get_default(self) -> Any:
        return None if self.null else b""

    def to_plain(self, text: str) -> Any:
        return base64.b64decode(text)

    def from_plain(self, value: Any) -> str:
        return base64.b64encode(value).decode()
