"""Spreadsheets of this room: the register, the template of the import, and its guide."""

from __future__ import annotations

from django.db.models import QuerySet, TextChoices
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.documents.sheets import Column, Table, csv_bytes, workbook
from safeboard.library import queries as library

from .choices import Known, Missing
from .importing import own
from .models import Agency, Board

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _answer(content: bytes, name: str, ending: str) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX if ending == "xlsx" else "text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return response


def _sent(table: Table, name: str, ending: str) -> HttpResponse:
    return _answer(workbook([table], title=table.title) if ending == "xlsx" else csv_bytes(table), name, ending)


def register_download(board: Board, rows: QuerySet[Agency], ending: str) -> HttpResponse:
    """A board's register as a workbook or CSV: register data alone, and what is missing."""
    kinds = dict(library.choices(board.pack, "agency-kinds"))
    answers = dict(Known.choices)
    lines = [
        {
            "name": row.name,
            "reference": row.reference,
            "kind": kinds.get(row.kind, row.kind),
            "gives": str(answers[row.gives_technology]),
            "reaches": str(answers[row.reaches_children]),
            "subgroup": _("Yes") if row.in_subgroup else _("No"),
            "missing": "; ".join(str(name.label) for name in Missing if getattr(row, f"missing_{name.value}")),
        }
        for row in rows
    ]
    columns = [
        Column("name", _("Agency")),
        Column("reference", _("Reference")),
        Column("kind", _("Kind of member")),
        Column("gives", _("Gives children access")),
        Column("reaches", _("Gives us access to children")),
        Column("subgroup", _("In the e-safety subgroup")),
        Column("missing", _("What is missing")),
    ]
    table = Table(title=_("Agencies of %(board)s") % {"board": board.name}, columns=columns, rows=lines)
    return _sent(table, f"agencies-{timezone.localdate().isoformat()}", ending)


def template_download(ending: str) -> HttpResponse:
    """The empty template: headings to be filled in below, and read back as they are."""
    table = Table(title="Agencies and settings", columns=_template_columns(), rows=[], plain=True)
    return _sent(table, "agencies-and-settings", ending)


def _template_columns() -> list[Column]:
    return [Column(name, name) for name in own.HEADINGS]


EXAMPLE = [
    {
        "Agency": "Alder Bank Trust",
        "Agency reference": "A-17",
        own.KIND: "other-member",
        "Gives children access": "Yes",
        "Gives us access to children": "Yes",
        "Setting": "Alder Bank Primary",
        own.SETTING_KIND: "school",
        "URN": "900001",
        "Street": "1 Wharf Lane",
        "Town": "Aldermouth",
        "Postcode": "ZZ1 1AA",
        "Telephone": "01632 960001",
        "Who may use it": "Pupils, staff, visitors with a guest account",
        "Filtering provider": "Alder Networks",
        "Whose equipment": "Both",
        "Connection": "Wireless",
        "Filtering plan": "Yes",
        "Acceptable-use policy": "No",
    },
    {"Agency": "Alder Bank Trust", "Setting": "Alder Bank Youth Club", own.SETTING_KIND: "youth-club"},
    {"Agency": "Eastmarch Police", own.KIND: "board-partner", "Gives children access": "No"},
]


def guide_download(pack: str) -> HttpResponse:
    """How the template is filled in: an example, the kinds of this board, and the answers that are known."""
    words = [Column("id", _("Write this")), Column("title", _("or this")), Column("examples", _("Examples"))]
    tables = [Table(title=_("Example"), columns=_template_columns(), rows=EXAMPLE, plain=True)]
    for kind, title in (("agency-kinds", own.KIND), ("setting-kinds", own.SETTING_KIND)):
        rows = [
            {"id": item.id, "title": str(item.title), "examples": str(getattr(item, "examples", None) or "")}
            for item in library.items(pack, kind)
        ]
        tables.append(Table(title=title, columns=words, rows=rows, plain=True))
    rows = [
        {"column": column, "answers": "; ".join(str(label) for label in choices.labels)}
        for column, choices in _answer_columns().items()
    ]
    columns = [Column("column", _("Column")), Column("answers", _("Answers"))]
    tables.append(Table(title=_("Answers"), columns=columns, rows=rows, plain=True))
    return _answer(workbook(tables, title=_("How to fill in the template")), "guide-to-the-template", "xlsx")


def _answer_columns() -> dict[str, type[TextChoices]]:
    found: dict[str, type[TextChoices]] = dict.fromkeys(own.AGENCY_ANSWERS, Known)
    return found | {column: choices for column, (_field, choices) in own.SETTING_ANSWERS.items()}
