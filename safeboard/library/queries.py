"""Reads: packs as they lie in their folders (read once a process) and what was published of them."""

from functools import lru_cache

from django.conf import settings

from .loader import Pack, load_packs
from .models import PublishedItem
from .schemas import KINDS, Chart, DirectoryEntry, Item


class UnknownItem(LookupError):
    """There is no such pack, or no such item in it."""


@lru_cache(maxsize=4)
def _packs(folders: tuple[str, ...]) -> dict[str, Pack]:
    return load_packs(folders)


def packs() -> dict[str, Pack]:
    """Every pack by id: the shipped ones and those of SAFEBOARD_PACKS. Raises PackError."""
    return _packs(tuple(str(folder) for folder in getattr(settings, "SAFEBOARD_PACKS", ())))


def forget() -> None:
    """Reads the folders anew at the next question; for tests and after a pack was changed on disk."""
    _packs.cache_clear()
    _published.cache_clear()


def pack(name: str) -> Pack:
    """Gives a pack. Raises UnknownItem."""
    try:
        return packs()[name]
    except KeyError:
        raise UnknownItem(f"There is no content pack '{name}'.") from None


def items(name: str, kind: str) -> list[Item]:
    """All items of a kind, in the order of the file; none is an empty list. Raises UnknownItem."""
    return list(pack(name).items.get(kind, {}).values())


def directory(name: str) -> list[DirectoryEntry]:
    """The outside help of a pack, in the order of the files. Raises UnknownItem."""
    return [one for one in items(name, "directory") if isinstance(one, DirectoryEntry)]


def item(name: str, kind: str, item_id: str) -> Item:
    """One item as the pack has it now. Raises UnknownItem."""
    try:
        return pack(name).items[kind][item_id]
    except KeyError:
        raise UnknownItem(f"The pack '{name}' has nothing called '{item_id}' among its {kind}.") from None


def label(name: str, kind: str, item_id: str) -> str:
    """An item's title in the language in use, else in English; the bare id where the pack lost the item."""
    found = packs()[name].items.get(kind, {}).get(item_id) if name in packs() else None
    return str(found.title) if found else item_id


def choices(name: str, kind: str) -> list[tuple[str, str]]:
    """Ids and titles of a kind, as a form's choices."""
    return [(one.id, str(one.title)) for one in items(name, kind)]


def chart(name: str, chart_id: str, version: int | None = None) -> Chart:
    """A chart as the pack has it now, or one version as it was published, a local one too. Raises UnknownItem."""
    if version is not None and name not in packs():
        return published_chart(name, chart_id, version)
    now = pack(name).items.get("charts", {}).get(chart_id)
    if isinstance(now, Chart) and version in (None, now.version):
        return now
    if version is None:
        raise UnknownItem(f"The pack '{name}' has no chart '{chart_id}'.")
    return published_chart(name, chart_id, version)


def published(name: str, kind: str, item_id: str, version: int) -> Item:
    """One version of an item as it was published, for ever the same. Raises UnknownItem."""
    return _published(name, kind, item_id, version)


def published_chart(name: str, chart_id: str, version: int) -> Chart:
    """One version of a chart as it was published. Raises UnknownItem."""
    found = _published(name, "charts", chart_id, version)
    assert isinstance(found, Chart)  # the kind decides the class
    return found


@lru_cache(maxsize=512)
def _published(name: str, kind: str, item_id: str, version: int) -> Item:
    row = PublishedItem.objects.filter(pack=name, kind=kind, item=item_id, version=version).first()
    if row is None:
        raise UnknownItem(f"Version {version} of '{item_id}' ({kind}) was never published in '{name}'.")
    return KINDS[kind].model_validate(row.body)
