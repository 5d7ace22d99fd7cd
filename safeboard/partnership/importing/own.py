"""Our own template: a row for each setting of an agency, or for an agency alone."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from safeboard.documents.reading import Sheet

from ..choices import KINDS_WITH_URN, Connection, Equipment, Known, Layout
from ..models import Agency, Setting
from .lines import Cells, Line, Reading, answer_names, fold, kind_names, longest

# Headings are part of the file's format and are not translated, so that a file can be sent to any board.
AGENCY_TEXTS = {"Agency": "name", "Agency reference": "reference"}
AGENCY_ANSWERS = {"Gives children access": "gives_technology", "Gives us access to children": "reaches_children"}
SETTING_TEXTS = {
    "Setting": "name",
    "URN": "urn",
    "Street": "street",
    "Town": "town",
    "Postcode": "postcode",
    "Telephone": "telephone",
    "Who may use it": "users",
    "Filtering provider": "filtering_provider",
}
SETTING_ANSWERS: dict[str, tuple[str, type[TextChoices]]] = {
    "Whose equipment": ("equipment", Equipment),
    "Connection": ("connection", Connection),
    "Filtering plan": ("filtering_plan", Known),
    "Acceptable-use policy": ("acceptable_use", Known),
}
KIND, SETTING_KIND = "Kind of member", "Kind of setting"
HEADINGS = (
    "Agency",
    "Agency reference",
    KIND,
    *AGENCY_ANSWERS,
    "Setting",
    SETTING_KIND,
    *(name for name in SETTING_TEXTS if name != "Setting"),
    *SETTING_ANSWERS,
)
NEEDED = ("Agency", KIND, "Setting", SETTING_KIND)


def read(sheet: Sheet, pack: str) -> Reading:
    """Understand a sheet in our own layout, whose headings may be in any order and case."""
    canonical = {fold(name): name for name in HEADINGS}
    headings = {heading: canonical[fold(heading)] for heading in sheet.header if fold(heading) in canonical}
    reading = Reading(Layout.OWN)
    agency_kinds, setting_kinds = kind_names(pack, "agency-kinds"), kind_names(pack, "setting-kinds")
    for row, values in sheet.records():
        cells = Cells(row, {name: values[heading] for heading, name in headings.items()}, [])
        agency = _agency(cells, agency_kinds)
        setting = _setting(cells, setting_kinds)
        reading.faults += cells.faults
        if not cells.faults:
            reading.lines.append(Line(row, agency, setting))
    return reading


def _agency(cells: Cells, kinds: dict[str, str]) -> dict[str, str]:
    found = {field: cells.text(name, longest=longest(Agency, field)) for name, field in AGENCY_TEXTS.items()}
    if not found["name"] and not any(fault.column == "Agency" for fault in cells.faults):
        cells.fault("Agency", _("The agency's name is missing."))
    unknown = _("“%(value)s” is not a kind of member in this board's list; the guide names them.")
    found["kind"] = cells.choice(KIND, kinds, unknown=unknown)
    for name, field in AGENCY_ANSWERS.items():
        found[field] = cells.choice(name, answer_names(Known), unknown=_answer_expected())
    return {field: value for field, value in found.items() if value}


def _answer_expected() -> str:
    return _("“%(value)s” is not one of the answers; the guide names them.")


def _setting(cells: Cells, kinds: dict[str, str]) -> dict[str, str] | None:
    before = len(cells.faults)
    found = {field: cells.text(name, longest=longest(Setting, field)) for name, field in SETTING_TEXTS.items()}
    unknown = _("“%(value)s” is not a kind of setting in this board's list; the guide names them.")
    found["kind"] = cells.choice(SETTING_KIND, kinds, unknown=unknown)
    for name, (field, choices) in SETTING_ANSWERS.items():
        found[field] = cells.choice(name, answer_names(choices), unknown=_answer_expected())
    found = {field: value for field, value in found.items() if value}
    if not found or len(cells.faults) > before:
        return None
    if "name" not in found:
        cells.fault("Setting", _("The setting's name is missing."))
    if "urn" not in found and found.get("kind") in KINDS_WITH_URN:
        cells.fault("URN", _("The URN is missing. Every school has one, by which it is known again."))
    return found
