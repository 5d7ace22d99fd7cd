"""What the service says to those who have no account, in the words of a pack, and who helps them right now."""

from __future__ import annotations

from . import queries
from .schemas import DirectoryEntry
from .spoken import Voice

FALLBACK = "england-2026"  # whose words are shown where a board's pack has none


def voice(pack: str, sender: str) -> Voice:
    """What a sender of this sort ('child', 'parent') reads, in the words of a board's pack."""
    found = next((one for one in queries.items(pack, "voice") if one.id == sender), None) if _here(pack) else None
    found = found or queries.item(FALLBACK, "voice", sender)
    assert isinstance(found, Voice)  # the kind decides the class
    return found


def helpers(pack: str, named: Voice) -> list[tuple[DirectoryEntry, str]]:
    """Who helps right now, and with what, in the order of the words; whom the pack does not know, the other does."""
    packs = (FALLBACK, pack) if _here(pack) else (FALLBACK,)
    entries = {one.id: one for each in packs for one in queries.directory(each)}
    return [(entries[name], str(words)) for name, words in named.help.items() if name in entries]


def _here(pack: str) -> bool:
    return pack in queries.packs()
