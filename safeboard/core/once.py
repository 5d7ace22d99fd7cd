"""A form that is sent twice makes one thing: the key that such a thing is kept under."""

from __future__ import annotations

import hashlib
import uuid

from .access import Access


def place_key(form_key: uuid.UUID | None, by: Access) -> uuid.UUID:
    """The key of what a form makes in the place acted in: of this form and person; a fresh one where it had none."""
    if form_key is None:
        return uuid.uuid4()
    return uuid.uuid5(form_key, f"{by.place.key if by.place else ''}:{by.person.pk if by.person else by.job}")


def file_key(key: uuid.UUID, content: bytes) -> uuid.UUID:
    """The key of a file that came with a form of this key: another file chosen on the same page is another one."""
    return uuid.uuid5(key, hashlib.sha256(content).hexdigest())
