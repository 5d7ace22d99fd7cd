"""The extract of Get Information About Schools, as the service serves it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from safeboard.documents.reading import Sheet

from ..choices import Layout
from ..models import Agency, Setting
from .lines import Cells, Line, Reading, fold, longest, register_names

URN, NAME = "URN", "EstablishmentName"
TYPE, GROUP, STATUS = "TypeOfEstablishment (name)", "EstablishmentTypeGroup (name)", "EstablishmentStatus (name)"
TRUST, TRUST_CODE = "Trusts (name)", "Trusts (code)"
NEEDED = (URN, NAME, TYPE, STATUS)
TEXTS = {NAME: "name", "Town": "town", "Postcode": "postcode", "TelephoneNum": "telephone"}
KIND_OF_MEMBER = "other-member"  # schools are other members in each pack (Toolkit, Definitions)


def read(sheet: Sheet, pack: str) -> Reading:
    """Each open establishment is a setting. One in a trust belongs to the trust as agency, else to itself as one."""
    kinds = register_names(pack)
    reading = Reading(Layout.GIAS)
    for row, values in sheet.records():
        if not fold(values.get(STATUS, "")).startswith("open"):
            reading.closed += 1
            continue
        cells = Cells(row, values, [])
        setting = _setting(cells, kinds)
        agency = _agency(cells, setting)
        reading.faults += cells.faults
        if not cells.faults:
            reading.lines.append(Line(row, agency, setting))
    return reading


def _setting(cells: Cells, kinds: dict[str, str]) -> dict[str, str]:
    found = {field: cells.text(name, longest=longest(Setting, field)) for name, field in TEXTS.items()}
    found["urn"] = _urn(cells)
    parts = [cells.text(name, longest=160) for name in ("Street", "Locality")]
    found["street"] = ", ".join(part for part in parts if part)[:160]
    if not found["name"] and not any(fault.column == NAME for fault in cells.faults):
        cells.fault(NAME, _("The establishment's name is missing."))
    type_, group = cells.values.get(TYPE, ""), cells.values.get(GROUP, "")
    found["kind"] = kinds.get(fold(type_)) or kinds.get(fold(group)) or ""
    if not found["kind"]:
        reason = _("“%(value)s” is no type of establishment that the board's list of kinds knows.")
        cells.fault(TYPE, reason % {"value": type_[:80]})
    return {field: value for field, value in found.items() if value}


def _urn(cells: Cells) -> str:
    urn = cells.text(URN, longest=20)
    if not urn and not any(fault.column == URN for fault in cells.faults):
        return cells.fault(URN, _("The URN is missing. Every establishment has one, by which it is known again."))
    if urn and not (urn.isascii() and urn.isdigit()):
        return cells.fault(URN, _("“%(value)s” is not a URN: it has figures only.") % {"value": urn})
    return urn


def _agency(cells: Cells, setting: dict[str, str]) -> dict[str, str]:
    size = longest(Agency, "name")
    trust = cells.text(TRUST, longest=size)
    if trust:
        code = cells.text(TRUST_CODE, longest=30)
        return {"name": trust, "kind": KIND_OF_MEMBER, "reference": f"Trust {code}" if code else ""}
    return {"name": setting.get("name", ""), "kind": KIND_OF_MEMBER, "reference": f"URN {setting.get('urn', '')}"}
