"""What the register knows already of an agency, so that a return need not ask it again: it only has to be confirmed."""

from __future__ import annotations

from collections.abc import Callable

from safeboard.core.roles import Role
from safeboard.library.shapes.standards import Fact
from safeboard.partnership import queries as partnership
from safeboard.partnership.choices import Known
from safeboard.partnership.models import Agency, Setting

from ..asking import Told

MOST_NAMES = 3


def known(agency: Agency, fact: Fact) -> Told | None:
    """The answer that the register gives, or None where it does not know."""
    return _KNOWN[fact](agency)


def _holder(role: Role) -> Callable[[Agency], Told | None]:
    def found(agency: Agency) -> Told | None:
        names = [person.name for person in partnership.holders(agency.pk, role)[:MOST_NAMES]]
        return Told(words=", ".join(names)) if names else None

    return found


def _of_settings(field: str) -> Callable[[Agency], Told | None]:
    def found(agency: Agency) -> Told | None:
        values = set(partnership.settings_of(agency).values_list(field, flat=True))
        if not values or Known.UNKNOWN in values:
            return None
        return Told(value="partly" if len(values) > 1 else "yes" if values == {Known.YES} else "no")

    return found


def _provider(agency: Agency) -> Told | None:
    rows = partnership.settings_of(agency).exclude(filtering_provider="")
    names = sorted(set(rows.values_list("filtering_provider", flat=True)))
    return Told(words=", ".join(names[:MOST_NAMES])) if names else None


def _settings(agency: Agency) -> Told | None:
    count = Setting.objects.filter(agency=agency, closed_on__isnull=True).count()
    return Told(value=str(count)) if count else None


_KNOWN: dict[Fact, Callable[[Agency], Told | None]] = {
    Fact.LEAD: _holder(Role.AGENCY_LEAD),
    Fact.DESIGNATED_OFFICER: _holder(Role.DESIGNATED_OFFICER),
    Fact.RESPONSIBLE_PERSON: _holder(Role.RESPONSIBLE_PERSON),
    Fact.ACCEPTABLE_USE: _of_settings("acceptable_use"),
    Fact.FILTERING_PLAN: _of_settings("filtering_plan"),
    Fact.FILTERING_PROVIDER: _provider,
    Fact.SETTINGS: _settings,
}
