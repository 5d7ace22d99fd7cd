"""Whom to ring for an incident: names and numbers for what a chart or a duty names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from safeboard.core.access import Access
from safeboard.library.schemas import Do
from safeboard.partnership import queries as partnership
from safeboard.partnership.queries import ContactLine

from ..models import Incident
from .handling import subjects


@dataclass(frozen=True)
class Task:
    """Something to do, and whom it is done with."""

    text: str
    line: ContactLine | None


def lines_for(access: Access, incident: Incident) -> Mapping[str, ContactLine]:
    """Whom to ring, by kind, for the setting of the incident; never whoever the concern is about (Harrow 5.2)."""
    return partnership.contact_lines(access, setting_id=incident.setting_id, left_out=subjects(incident).rung)


def tasks(do: Iterable[Do], lines: Mapping[str, ContactLine]) -> list[Task]:
    """What a step or outcome says to do, in order; the same number is shown once in a row."""
    found, before = [], None
    for one in do:
        line = lines.get(one.contact) if one.contact else None
        found.append(Task(str(one.text), None if line is not None and line == before else line))
        before = line or before
    return found


def numbered(kinds: Iterable[str], lines: Mapping[str, ContactLine]) -> list[ContactLine]:
    """The lines of these kinds, each once, though it stand in for another kind as well."""
    found: dict[tuple[str, str, str], ContactLine] = {}
    for line in map(lines.get, kinds):
        if line:
            found.setdefault((line.title, line.name, line.telephone), line)
    return list(found.values())
