"""Hold lines against the register of one board: what would be added, changed, left alone, refused.

Only agencies that sit in the board are looked at: what another board's agencies have is never compared, so that no
message can tell that they exist.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from safeboard.documents.reading import Sheet, UnreadableSheet

from ..choices import Layout
from ..models import Agency, Board, Setting
from ..queries import agencies_in
from . import gias, own
from .lines import Fault, Line, Reading, fold

ADDED, CHANGED, SAME, REFUSED = "added", "changed", "same", "refused"
AGENCY_KEPT = ("reference", "kind", "gives_technology", "reaches_children")


@dataclass
class Entry:
    """What would become of one agency or setting. ``changes``: field to [now, then]."""

    row: int
    what: str  # agency or setting
    state: str  # added, changed, same
    name: str
    agency: str  # the agency's name
    pk: int | None  # of what is there already
    agency_key: str  # where the agency is new, or its id
    values: dict[str, str] = field(default_factory=dict)
    changes: dict[str, list[str]] = field(default_factory=dict)
    note: str = ""


@dataclass
class Plan:
    """All entries and faults, in the order of the sheet."""

    entries: list[Entry] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """How many agencies and settings would be added, changed and left alone, and how many rows are refused."""
        found = Counter(f"{entry.what}_{entry.state}" for entry in self.entries)
        return {**found, REFUSED: len({fault.row for fault in self.faults})}


def understand(sheet: Sheet, pack: str) -> Reading:
    """Find out the layout by the headings and read the lines. UnreadableSheet where it is neither layout."""
    headings = {fold(name) for name in sheet.header}
    if {fold(name) for name in (gias.URN, gias.NAME)} <= headings:
        _need(headings, gias.NEEDED)
        return gias.read(sheet, pack)
    if fold("Agency") in headings:
        _need(headings, own.NEEDED)
        return own.read(sheet, pack)
    raise UnreadableSheet(
        _(
            "The headings are neither those of our template nor those of Get Information About Schools. "
            "The first heading of the template is “Agency”. Nothing was changed."
        )
    )


def _need(headings: set[str], needed: Iterable[str]) -> None:
    missing = [name for name in needed if fold(name) not in headings]
    if missing:
        names = ", ".join(f"“{name}”" for name in missing)
        raise UnreadableSheet(_("These columns are missing: %(names)s. Nothing was changed.") % {"names": names})


def make_plan(board: Board, layout: str, lines: list[Line], faults: Iterable[Fault] = ()) -> Plan:
    """Hold the lines against the board's register. Reads with three queries, whatever the number of lines."""
    return _Planner(board, layout).plan(lines, list(faults))


class _Planner:
    def __init__(self, board: Board, layout: str) -> None:
        self.layout = layout
        seated = Agency.objects.filter(seats__board=board, seats__until__isnull=True).annotate(kind=F("seats__kind"))
        self.agencies = {agency.pk: agency for agency in seated}
        settings = list(Setting.objects.filter(agency_id__in=agencies_in(board.pk)))
        self.by_urn: dict[str, list[Setting]] = defaultdict(list)
        self.by_name: dict[tuple[int, str], Setting] = {}
        for setting in settings:
            if setting.urn:
                self.by_urn[setting.urn].append(setting)
            self.by_name[setting.agency_id, fold(setting.name)] = setting
        self.by_reference = {fold(a.reference): a for a in self.agencies.values() if a.reference}
        self.named: dict[str, list[Agency]] = defaultdict(list)
        for agency in self.agencies.values():
            self.named[fold(agency.name)].append(agency)
        self.done = Plan()
        self.planned: dict[str, Entry] = {}
        self.first: dict[str, Line] = {}
        self.bearers: Counter[str] = Counter()

    def plan(self, lines: list[Line], faults: list[Fault]) -> Plan:
        faults += self._doubled(lines)
        bad = {fault.row for fault in faults}
        self.done.faults = faults
        # How many agencies of the sheet bear a name: two schools may be called the same.
        self.bearers = Counter(name for name, _key in {(fold(line.agency["name"]), self._key(line)) for line in lines})
        for line in lines:
            if line.row not in bad:
                self._line(line)
        self.done.faults.sort(key=lambda fault: (fault.row, fault.column))
        return self.done

    def _doubled(self, lines: list[Line]) -> list[Fault]:
        """URNs, and names of settings without one, that stand in the sheet twice."""
        seen: dict[object, int] = {}
        faults = []
        for line in lines:
            if line.setting is None:
                continue
            urn, name = line.setting.get("urn"), line.setting.get("name", "")
            key: object = urn or (self._key(line), fold(name))
            if key in seen:
                reason = _("It stands in row %(row)s already. Each setting is listed once.") % {"row": seen[key]}
                faults.append(Fault(line.row, "URN" if urn else "Setting", reason))
            seen.setdefault(key, line.row)
        return faults

    def _key(self, line: Line) -> str:
        return fold(line.agency.get("reference", "")) or fold(line.agency["name"])

    def _line(self, line: Line) -> None:
        setting = self._known_setting(line)
        if isinstance(setting, Fault):
            self.done.faults.append(setting)
            return
        if setting is not None:
            agency: Agency | None = self.agencies[setting.agency_id]
        else:
            found = self._known_agency(line)
            if isinstance(found, Fault):
                self.done.faults.append(found)
                return
            agency = found
        agency_key = self._agency(line, agency)
        if line.setting is not None and agency_key:
            if setting is None and agency is not None:
                setting = self._named_setting(agency, line)
            self._setting(line, setting, agency, agency_key)

    def _known_setting(self, line: Line) -> Setting | Fault | None:
        urn = (line.setting or {}).get("urn", "")
        found = self.by_urn.get(urn, []) if urn else []
        if len(found) > 1:
            where = ", ".join(sorted(self.agencies[s.agency_id].name for s in found))
            reason = _("Several settings of the register have this URN: %(where)s.") % {"where": where}
            return Fault(line.row, "URN", reason)
        return found[0] if found else None

    def _named_setting(self, agency: Agency, line: Line) -> Setting | None:
        """The agency's setting of that name, where it has no URN yet or none is given."""
        found = self.by_name.get((agency.pk, fold((line.setting or {}).get("name", ""))))
        if found and found.urn and (line.setting or {}).get("urn"):
            return None
        return found

    def _known_agency(self, line: Line) -> Agency | Fault | None:
        reference = fold(line.agency.get("reference", ""))
        if reference in self.by_reference:
            return self.by_reference[reference]
        name = fold(line.agency["name"])
        found = [agency for agency in self.named.get(name, []) if not (reference and agency.reference)]
        if len(found) == 1 and self.bearers[name] == 1:
            return found[0]
        if len(found) > 1 and self.layout == Layout.OWN:
            reason = _("Several agencies of the register have this name. Give the reference of the one you mean.")
            return Fault(line.row, "Agency", reason)
        return None

    def _agency(self, line: Line, agency: Agency | None) -> str:
        """Plan the agency once; gives its id or, for a new one, its key. '' where the line is refused."""
        key = str(agency.pk) if agency else self._key(line)
        if key in self.planned:
            return self._again(line, key)
        if agency is None and not line.agency.get("kind"):
            self.done.faults.append(Fault(line.row, own.KIND, _("This agency is new: say what kind of member it is.")))
            return ""
        entry = Entry(
            row=line.row,
            what="agency",
            state=ADDED,
            name=line.agency["name"],
            agency=line.agency["name"],
            pk=None,
            agency_key=key,
            values=dict(line.agency),
        )
        if agency is not None:
            entry.name, entry.agency, entry.pk = agency.name, agency.name, agency.pk
            kept = AGENCY_KEPT if self.layout == Layout.OWN and fold(agency.name) == fold(line.agency["name"]) else ()
            entry.changes = _differences(agency, {name: line.agency.get(name, "") for name in kept})
            entry.state, entry.values = (CHANGED if entry.changes else SAME), {}
        self.planned[key] = entry
        self.first[key] = line
        self.done.entries.append(entry)
        return key

    def _again(self, line: Line, key: str) -> str:
        """The agency stands in an earlier row too: both must say the same of it."""
        first = self.first[key]
        for name in ("kind", "gives_technology", "reaches_children"):
            said, before = line.agency.get(name), first.agency.get(name)
            if said and before and said != before and self.layout == Layout.OWN:
                column = next((c for c, f in own.AGENCY_ANSWERS.items() if f == name), own.KIND)
                reason = _("Row %(row)s says something else of the same agency.") % {"row": first.row}
                self.done.faults.append(Fault(line.row, column, reason))
                return ""
        return key

    def _setting(self, line: Line, setting: Setting | None, agency: Agency | None, key: str) -> None:
        values = line.setting or {}
        if setting is None and not values.get("kind"):
            reason = _("This setting is new: say what kind of setting it is.")
            self.done.faults.append(Fault(line.row, own.SETTING_KIND, reason))
            return
        entry = Entry(
            row=line.row,
            what="setting",
            state=ADDED,
            name=values["name"],
            agency=agency.name if agency else line.agency["name"],
            pk=setting.pk if setting else None,
            agency_key=key,
            values=dict(values),
        )
        if setting is not None:
            entry.note = self._note(line, setting)
            entry.changes = {} if setting.closed_on else _differences(setting, values)
            entry.state, entry.values = (CHANGED if entry.changes else SAME), {}
        self.done.entries.append(entry)

    def _note(self, line: Line, setting: Setting) -> str:
        if setting.closed_on:
            return _("It is closed in the register and stays so. Open it there if that is wrong.")
        if fold(self.agencies[setting.agency_id].name) == fold(line.agency["name"]):
            return ""
        if self.layout == Layout.GIAS and fold(line.agency["name"]) == fold((line.setting or {}).get("name", "")):
            return ""
        words = _("The sheet puts it under “%(other)s”. An import moves nothing: it stays where it is.")
        return words % {"other": line.agency["name"]}


def _differences(record: Any, values: dict[str, str]) -> dict[str, list[str]]:
    return {name: [str(getattr(record, name)), v] for name, v in values.items() if v and getattr(record, name) != v}
