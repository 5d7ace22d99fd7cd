"""The file in which a board's indicators go to another board: its shape, its signature, and reading it back.

A file is of one quarter that has ended and was frozen, so there is one file of a quarter for ever: two of them never
differ, and nothing can be found by taking one from the other. Shares and totals go as they were released; a figure of
fewer than five agencies, and what was hidden, goes as "c" (Toolkit s5, s8: boards beside each other).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from safeboard.core import keys

FORMAT: Literal["safeboard indicators 1"] = "safeboard indicators 1"
FEWEST_AGENCIES = 5
LARGEST = 1_000_000  # bytes of a file
WHOLE = 100

Line = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]
Figure = Annotated[int, Field(ge=0, le=100_000_000, strict=True)] | Literal["c", ":"]


class Shape(BaseModel):
    """Unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class BoardFacts(Shape):
    """Whose figures they are."""

    name: Line
    area: Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")] = ""


class QuarterFacts(Shape):
    """The quarter they are of."""

    year: Annotated[int, Field(ge=2000, le=2100, strict=True)]
    number: Annotated[int, Field(ge=1, le=4, strict=True)]


class FigureFacts(Shape):
    """One indicator: its name in the content pack, what it is called, what is counted, and how much it was.

    `c`: it is not shown, because it could identify somebody; `:`: it was not counted.
    """

    name: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,60}$")]
    title: Line
    unit: Literal["of_hundred", "count"]
    figure: Figure


class IndicatorFile(Shape):
    """The whole file. The signature (Ed25519) is of all the rest as JSON: keys in order, no blanks, in ASCII."""

    format: Literal["safeboard indicators 1"]
    board: BoardFacts
    quarter: QuarterFacts
    figures: Annotated[tuple[FigureFacts, ...], Field(max_length=200)]
    public_key: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    signature: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{128}$")]


class NotTaken(ValueError):
    """The file is not taken; the message says why and what to do."""


def figure_of(value: Mapping[str, Any]) -> int | str:
    """What goes of a frozen value: a share of agencies, of answers, or a released total."""
    if "whole" in value:
        whole = int(value["whole"])
        if whole >= FEWEST_AGENCIES and value.get("unknown") == whole:
            return ":"
        return round(WHOLE * int(value["has"]) / whole) if whole >= FEWEST_AGENCIES else "c"
    figure = value.get("figure", ":")
    return figure if isinstance(figure, int) or figure == "c" else ":"


def made(board: BoardFacts, quarter: QuarterFacts, figures: Iterable[FigureFacts]) -> bytes:
    """The file, signed with this installation's key. The same figures give the same bytes."""
    rest = {
        "format": FORMAT,
        "board": board.model_dump(),
        "quarter": quarter.model_dump(),
        "figures": [one.model_dump() for one in figures],
        "public_key": keys.public_bytes().hex(),
    }
    whole = rest | {"signature": keys.signing_key().sign(_signed(rest)).hex()}
    return _written(whole)


def _written(whole: Mapping[str, Any]) -> bytes:
    """The one way in which a file is written: a changed blank is a changed file too."""
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def read(content: bytes) -> IndicatorFile:
    """The file, its shape and its signature checked. Raises NotTaken, whatever was changed in it."""
    if len(content) > LARGEST:
        raise NotTaken(_("The file is larger than 1 MB: it is no file of indicators. Nothing was taken in."))
    try:
        plain = json.loads(content.decode("utf-8"), object_pairs_hook=_once)
        found = IndicatorFile.model_validate(plain)
        if content != _written(plain):
            raise ValueError("it is not as it was written")
    except (ValidationError, ValueError, RecursionError) as error:
        raise NotTaken(_("This is no file of indicators, or it was changed. Nothing was taken in.")) from error
    rest = {name: value for name, value in plain.items() if name != "signature"}
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(found.public_key)).verify(
            bytes.fromhex(found.signature), _signed(rest)
        )
    except (InvalidSignature, ValueError) as error:
        words = _("The file was changed since it was signed. Ask the other board for it again. Nothing was taken in.")
        raise NotTaken(words) from error
    return found


def _signed(rest: Mapping[str, Any]) -> bytes:
    return json.dumps(rest, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A mapping in which no key stands twice: of two, programs disagree which one counts."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found
