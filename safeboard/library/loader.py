"""Reads content packs from their folders. Faults say file, line and field in plain words.

Shipped packs lie in `content/`; `SAFEBOARD_PACKS` names further folders of the same shape. A folder there
that bears the name of a shipped pack overrides it item by item (by id) and may leave pack.yaml out; a pack of
another name may say `extends: <pack>` and then begins with everything of that pack.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from . import concerns, referring, shapes, spoken  # noqa: F401  (registers their kinds)
from .reading import PLAIN, FileFault, PackError, read_yaml, shape_faults
from .schemas import KINDS, Item, PackFile, ShapeError, Status

SHIPPED = Path(__file__).parent / "content"
SHARED = "_shared"  # the folder of files that several packs hold in the same words
LARGEST_FILE = 1_000_000  # bytes
INHERITED = ("version", "source", "review_by", "status", "checked")
LIST_KEYS = {*INHERITED, "id", "title", "summary", "items"}


@dataclass(frozen=True)
class Pack:
    """One pack as read: its own words, and its items by kind and id with the file that each came from."""

    about: PackFile
    items: Mapping[str, Mapping[str, Item]]
    files: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return self.about.id

    def knows(self, contact: str) -> bool:
        """Whether the pack has this contact kind or directory entry."""
        return any(contact in self.items.get(kind, {}) for kind in ("contact-kinds", "directory"))


# --- folders ------------------------------------------------------------------------------------------


def _text(path: Path, name: str) -> str:
    if path.stat().st_size > LARGEST_FILE:
        raise PackError([FileFault(name, 1, "", "The file is larger than a megabyte.")])
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise PackError([FileFault(name, 1, "", "The file is not in UTF-8. Save it so.")]) from None


def read_items(text: str, kind: str, name: str, stem: str | None = None) -> list[Item]:
    """Reads one file of items: a single item, or a list under `items:`.

    `stem` is the file's name without its ending; a single item must bear it as its id. Raises PackError.
    """
    data, lines = read_yaml(text, name)
    if not isinstance(data, dict):
        raise PackError([FileFault(name, 1, "", "A file begins with fields such as 'id:' and 'version:'.")])
    if "items" not in data:
        if stem is not None and data.get("id", stem) != stem:
            raise PackError([FileFault(name, lines.get(("id",), 1), "id", f"The file is named '{stem}'.")])
        return [_one(kind, data, name, lines)]
    return _list(kind, data, name, lines)


def _one(kind: str, data: object, name: str, lines: Mapping[tuple[Any, ...], int], at: tuple[Any, ...] = ()) -> Item:
    try:
        return KINDS[kind].model_validate(data)
    except ShapeError as error:
        raise PackError(shape_faults(error, name, lines, at)) from None


def _list(kind: str, data: dict[Any, Any], name: str, lines: Mapping[tuple[Any, ...], int]) -> list[Item]:
    faults = [
        FileFault(name, lines.get((key,), 1), str(key), PLAIN["extra_forbidden"])
        for key in data
        if key not in LIST_KEYS
    ]
    entries = data["items"]
    if not isinstance(entries, list):
        raise PackError([*faults, FileFault(name, lines[("items",)], "items", PLAIN["tuple_type"])])
    shared = {key: data[key] for key in INHERITED if key in data}
    found: dict[str, Item] = {}
    for number, entry in enumerate(entries):
        place = ("items", number)
        try:
            item = _one(kind, {**shared, **entry} if isinstance(entry, dict) else entry, name, lines, place)
        except PackError as error:
            faults += error.faults
            continue
        if item.id in found:
            faults.append(FileFault(name, lines[place], item.id, "This id stands in the list twice."))
        found[item.id] = item
    if faults:
        raise PackError(faults)
    return list(found.values())


def _kind_files(folder: Path) -> Iterator[tuple[str, Path, str | None]]:
    """The files of a pack with their kind, and the id that a single item in one must have."""
    for path in sorted(folder.rglob("*.yaml")):
        parts = path.relative_to(folder).parts
        if len(parts) == 1 and path.name != "pack.yaml":
            yield path.stem, path, None
        elif len(parts) > 1:
            yield parts[0], path, path.stem


def _shared_files(folder: Path, about: PackFile | None) -> Iterator[tuple[str, Path, str | None]]:
    """The files that a pack shares with others, as `_kind_files` gives its own."""
    for named in about.shares if about else ():
        path = folder / f"{named}.yaml"
        parts = Path(named).parts
        if len(parts) == 2 and ".." not in parts:
            yield parts[0], path, path.stem


def _read_folder(folder: Path, shown: str) -> tuple[PackFile | None, dict, dict, list[FileFault]]:
    faults: list[FileFault] = []
    about: PackFile | None = None
    items: dict[str, dict[str, Item]] = {}
    files: dict[tuple[str, str], str] = {}
    head = folder / "pack.yaml"
    if head.exists():
        try:
            about = _head(head, f"{shown}/pack.yaml", folder.name)
        except PackError as error:
            faults += error.faults
    for kind, path, stem in [*_kind_files(folder), *_shared_files(folder.parent / SHARED, about)]:
        here = path.is_relative_to(folder)
        name = f"{shown if here else SHARED}/{path.relative_to(folder if here else folder.parent / SHARED).as_posix()}"
        if not here and not path.is_file():
            faults.append(FileFault(f"{shown}/pack.yaml", 1, "shares", f"There is no file '{name}'."))
            continue
        if kind not in KINDS:
            known = ", ".join(sorted(KINDS))
            faults.append(FileFault(name, 1, "", f"'{kind}' is not a kind of content. Known: {known}."))
            continue
        try:
            for item in read_items(_text(path, name), kind, name, stem):
                if (kind, item.id) in files:
                    other = files[kind, item.id]
                    faults.append(FileFault(name, 1, item.id, f"This id is also in {other}."))
                items.setdefault(kind, {})[item.id] = item
                files[kind, item.id] = name
        except PackError as error:
            faults += error.faults
    return about, items, files, faults


def _head(path: Path, name: str, folder: str) -> PackFile:
    data, lines = read_yaml(_text(path, name), name)
    try:
        about = PackFile.model_validate(data)
    except ShapeError as error:
        raise PackError(shape_faults(error, name, lines)) from None
    if about.id != folder:
        raise PackError([FileFault(name, lines.get(("id",), 1), "id", f"The folder is named '{folder}'.")])
    return about


def load_packs(extra: Iterable[Path | str] = (), shipped: Path | str = SHIPPED) -> dict[str, Pack]:
    """Reads every pack of the shipped folder and of the extra ones. Raises PackError with all faults."""
    packs: dict[str, Pack] = {}
    faults: list[FileFault] = []
    for root in (Path(shipped), *map(Path, extra)):
        if not root.is_dir():
            faults.append(FileFault(str(root), 1, "", "There is no such folder (SAFEBOARD_PACKS)."))
            continue
        for folder in _in_order(root):
            about, items, files, found = _read_folder(folder, folder.name if root == Path(shipped) else str(folder))
            faults += found
            under = packs.get(folder.name) or (packs.get(about.extends) if about and about.extends else None)
            if about is None and under is None and not found:
                faults.append(FileFault(str(folder), 1, "", "The pack has no pack.yaml."))
            elif about and about.extends and under is None:
                faults.append(FileFault(str(folder), 1, "extends", f"There is no pack '{about.extends}'."))
            elif about or under:
                packs[folder.name] = _merged(under, about, items, files)
    if faults:
        raise PackError(faults)
    return packs


def _in_order(root: Path) -> list[Path]:
    """Packs that stand alone before packs that extend another, so that these find what they build upon."""
    folders = sorted(path for path in root.iterdir() if path.is_dir() and not path.name.startswith((".", "_")))
    return sorted(folders, key=lambda path: _extends(path / "pack.yaml"))


def _extends(head: Path) -> bool:
    return head.exists() and bool(re.search(r"(?m)^extends:", head.read_text("utf-8", errors="replace")))


def _merged(under: Pack | None, about: PackFile | None, items: dict, files: dict) -> Pack:
    if under is None:
        assert about is not None  # the caller reported it otherwise
        return Pack(about, items, files)
    kinds = {*under.items, *items}
    both = {kind: {**under.items.get(kind, {}), **items.get(kind, {})} for kind in kinds}
    return Pack(about or under.about, both, {**under.files, **files})


def out_of_date(item: Item, today: date, as_at: date | None = None) -> str | None:
    """Why an item should be looked at again: past its review, or unverified and over twelve months old.

    `as_at` is the day for which the pack states the law; it stands in where the item has no `checked` day.
    """
    if item.review_by < today:
        return f"It was to be reviewed by {item.review_by.day} {item.review_by:%B %Y}."
    looked_up = item.checked or as_at
    if item.status and item.status is not Status.VERIFIED and looked_up and (today - looked_up).days > 366:
        return "What it says of law, bodies or numbers is unverified and over twelve months old."
    return None
