"""Reads the YAML of a content file safely, and says in plain words what is wrong on which line."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from .schemas import ShapeError


@dataclass(frozen=True)
class FileFault:
    """What is wrong with a file of a pack: where, and what to do about it."""

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}"
        return f"{where}: {self.field}: {self.message}" if self.field else f"{where}: {self.message}"


class PackError(Exception):
    """One or more files of a pack cannot be used; nothing of them was taken over."""

    def __init__(self, faults: Iterable[FileFault]):
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


# --- YAML ---------------------------------------------------------------------------------------------


_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the one in C takes a sixth of the time


class _Reader(_Loader):
    """Safe loading without doubled keys, and with YAML 1.2's true and false."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.MarkedYAMLError(
                    problem=f"the key '{key.value}' stands here twice", problem_mark=key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep)


_Reader.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in pairs if tag != "tag:yaml.org,2002:bool"]
    for letter, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Reader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


def _refuse_anchors(text: str) -> None:
    """MarkedYAMLError where a text has an anchor or points to one."""
    if "&" not in text and "*" not in text:
        return
    for event in yaml.parse(text, Loader=_Reader):
        if getattr(event, "anchor", None):
            problem, mark = "anchors (& and *) are not read here", event.start_mark
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=mark)


def _lines(node: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], int]]:
    yield at, node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield (*at, key.value), key.start_mark.line + 1
            for place, line in _lines(value, (*at, key.value)):
                if place != (*at, key.value):
                    yield place, line
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            yield from _lines(value, (*at, number))


def read_yaml(text: str, name: str) -> tuple[Any, dict[tuple[Any, ...], int]]:
    """Gives what a YAML text holds, and the line of every field. Raises PackError where it cannot be read."""
    try:
        _refuse_anchors(text)
        reader = _Reader(text)
        try:
            node = reader.get_single_node()
            if node is None:
                raise PackError([FileFault(name, 1, "", "The file is empty.")])
            return reader.construct_document(node), dict(_lines(node))
        finally:
            reader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise PackError([FileFault(name, line, "", f"This is not YAML as read here: {error.problem}.")]) from None
    except (yaml.YAMLError, ValueError) as error:
        raise PackError([FileFault(name, 1, "", f"This cannot be read as YAML: {error}.")]) from None


# --- shapes -------------------------------------------------------------------------------------------


PLAIN = {
    "missing": "This must be given.",
    "extra_forbidden": "Nothing of this name belongs here. Is it spelt as in the other files?",
    "string_type": "This must be words. Put a number or a telephone number in quotes.",
    "string_too_short": "This is empty.",
    "date_from_datetime_parsing": "This must be a date such as 2027-11-22.",
    "date_type": "This must be a date such as 2027-11-22.",
    "dict_type": 'Words are keyed by language here: {en: "..."}.',
    "tuple_type": "This must be a list, each entry on a line that begins with a dash.",
    "int_parsing": "This must be a whole number.",
    "int_type": "This must be a whole number.",
    "bool_parsing": "This must be true or false.",
    "model_type": "This must be a group of fields with their values.",
    "time_delta_parsing": "This must be a length of time such as PT12H (twelve hours) or P1D (a day).",
}


def _plain(error: Mapping[str, Any]) -> str:
    kind = error["type"]
    if kind == "string_pattern_mismatch":
        return f"'{error['input']}' is no id: small letters, figures and single dashes only."
    if kind in PLAIN:
        return PLAIN[kind]
    message = str(error["msg"]).removeprefix("Value error, ")
    return message[:1].upper() + message[1:].rstrip(".") + "."


def shape_faults(
    error: ShapeError, name: str, lines: Mapping[tuple[Any, ...], int], at: tuple[Any, ...] = ()
) -> list[FileFault]:
    """Puts pydantic's findings into words, each with the line of the nearest field that is in the file."""
    faults = []
    for found in error.errors(include_url=False):
        place = (*at, *found["loc"])
        known = place
        while known and known not in lines:
            known = known[:-1]
        spoken = ".".join(str(part + 1) if isinstance(part, int) else str(part) for part in place)
        faults.append(FileFault(name, lines.get(known, 1), spoken, _plain(found)))
    return faults
