"""Marked content where it stands: in what draws a page (ISO 32000-1, 14.6)."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

import pikepdf
from pikepdf import ContentStreamInstruction, Dictionary, Name, Operator, Page, Pdf

BEGIN = "BDC"  # begins marked content that has properties, its number among them
ARTIFACT = ContentStreamInstruction([Name.Artifact], Operator("BMC"))


def set_apart(pdf: Pdf, page: Page, held: Container[int]) -> None:
    """Make an artefact of numbered content that no element holds, such as a running title: nobody would reach it."""
    try:
        marks = [_number(page, one) for one in pikepdf.parse_content_stream(page, BEGIN)]
        if all(mark is None or mark in held for mark in marks):
            return
        drawn = [_or_artifact(page, one, held) for one in pikepdf.parse_content_stream(page)]
    except (pikepdf.PdfError, TypeError, ValueError):
        return  # an empty page, or one that is drawn in a way of its own: it stays as it is
    page.obj.Contents = pdf.make_stream(pikepdf.unparse_content_stream(drawn))


def _or_artifact(page: Page, step: Any, held: Container[int]) -> Any:
    mark = _number(page, step) if str(step.operator) == BEGIN else None
    return step if mark is None or mark in held else ARTIFACT


def _number(page: Page, step: Any) -> int | None:
    """The number of what begins here, if it has one; its properties may stand among the page's resources."""
    said = step.operands[1] if len(step.operands) > 1 else None
    if isinstance(said, Name):
        said = page.resources.get("/Properties", Dictionary()).get(str(said))
    mark = said.get("/MCID") if isinstance(said, Dictionary) else None
    return mark if isinstance(mark, int) else None
