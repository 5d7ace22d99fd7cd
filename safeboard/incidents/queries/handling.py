"""Who may handle an incident: the path leads round whoever the concern is about (Harrow 5.2; Checklists).

For each duty, message and page a substitute is found. Where nobody here is left, whoever reported it keeps the duty,
and rings the number that the pack names.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from safeboard.accounts.models import Person
from safeboard.core.roles import Role
from safeboard.core.sealed import blind_index
from safeboard.partnership import queries as partnership

from ..choices import Owner, Part
from ..models import Incident, Involved

ROLES = {
    Owner.DESIGNATED_OFFICER: Role.DESIGNATED_OFFICER,
    Owner.AGENCY_LEAD: Role.AGENCY_LEAD,
    Owner.RESPONSIBLE_PERSON: Role.RESPONSIBLE_PERSON,
    Owner.HR: Role.ALLEGATIONS_OFFICER,
}
# Who may know of an allegation, and of every other incident; and who stands in, in this order, for whom nobody is free.
FEW = (Owner.DESIGNATED_OFFICER, Owner.RESPONSIBLE_PERSON, Owner.HR)
CASEWORKERS = (Owner.DESIGNATED_OFFICER, Owner.AGENCY_LEAD)
# The duty that is first with a concern about staff: HR or the LADO hears of it (Leeds; KCSIE part 4).
ALLEGATION_FIRST = "allegation-first"
# The duty to look at a new report, which the end of a walk through a chart settles.
FIRST_LOOK = "first-look"


@dataclass(frozen=True)
class Subjects:
    """Whom the concern of an incident is about, as they can be known again: by account, by name, by address."""

    accounts: frozenset[int]
    names: frozenset[str]
    emails: frozenset[str]

    def has(self, person: Person) -> bool:
        """Whether it is about this person."""
        return person.pk in self.accounts or (bool(self.names) and blind_index(person.name) in self.names)

    def rung(self, name: str, email: str) -> bool:
        """Whether somebody of this name or address would be one of them: a contact who must not be rung."""
        known = bool(name.strip()) and bool(self.names) and blind_index(name) in self.names
        return known or (bool(email) and email.casefold() in self.emails)


def subjects(incident: Incident) -> Subjects:
    """Whom the concern is about."""
    rows = list(Involved.objects.filter(incident=incident, part=Part.CONCERN).select_related("person"))
    accounts = [row.person for row in rows if row.person]
    names = {row.name_index for row in rows} | {blind_index(person.name) for person in accounts if person.name}
    return Subjects(
        frozenset(person.pk for person in accounts),
        frozenset(names - {""}),
        frozenset(person.email.casefold() for person in accounts if person.email),
    )


def allowed(incident: Incident) -> tuple[Owner, ...]:
    """Which owners may know of the incident, its reporter aside."""
    return FEW if incident.allegation else CASEWORKERS


def _substitutes(incident: Incident) -> tuple[Owner, ...]:
    last = () if incident.allegation else (Owner.RESPONSIBLE_PERSON,)
    return (*allowed(incident), *last, Owner.REPORTER)


def _holders(incident: Incident, owner: str) -> Iterable[Person]:
    if owner != Owner.REPORTER:
        return partnership.holders(incident.agency_id, ROLES[Owner(owner)])
    works_here = incident.reported_by_id and partnership.people_of(incident.agency_id).filter(
        pk=incident.reported_by_id
    )
    return [incident.reported_by] if works_here and incident.reported_by else []


def free_holders(incident: Incident, owner: str, about: Subjects | None = None) -> list[Person]:
    """Those who hold the owner's role in the agency and are not the subject of the concern (``about``, where known)."""
    about = subjects(incident) if about is None else about
    return [one for one in _holders(incident, owner) if not about.has(one)]


def owner_for(incident: Incident, wanted: str) -> str:
    """The owner, or the substitute where the wanted one may not know of it or nobody free holds the role.

    The responsible person stands in for every other incident only where nobody else is left; whoever reported it is the
    last. Where it is about them too, it stays with the wanted owner, for whoever comes to hold that post.
    """
    about = subjects(incident)
    may_know = wanted in (*allowed(incident), Owner.REPORTER)
    ways: tuple[str, ...] = ((wanted,) if may_know else ()) + _substitutes(incident)
    return next((owner for owner in ways if free_holders(incident, owner, about)), wanted)


def handlers(incident: Incident) -> list[Person]:
    """Everybody who may handle it, each once, by name: the free holders of the posts that may know."""
    about = subjects(incident)
    found = {one.pk: one for owner in allowed(incident) for one in free_holders(incident, owner, about)}
    if not found:
        found = {one.pk: one for one in free_holders(incident, Owner.RESPONSIBLE_PERSON, about)}
    return sorted(found.values(), key=lambda person: person.name)


@dataclass(frozen=True)
class Post:
    """One of the posts that handle an allegation: who holds it and may know, and why somebody is not told."""

    title: str
    names: tuple[str, ...]
    note: str


def posts(incident: Incident) -> list[Post]:
    """Who is handling an allegation and why, for those who may know of it: the officer for staff allegations first."""
    about = subjects(incident)
    return [_post(owner, list(_holders(incident, owner)), about) for owner in (Owner.HR, *FEW[:2])]


def _post(owner: Owner, held: list[Person], about: Subjects) -> Post:
    free = tuple(one.name for one in held if not about.has(one))
    note = ""
    if not held:
        note = _("Nobody here holds this post.")
    elif not free:
        note = _("Not told, because the concern is about them.")
    elif len(free) < len(held):
        out = ", ".join(one.name for one in held if about.has(one))
        note = _("%(who)s is not told, because the concern is about them.") % {"who": out}
    return Post(str(owner.label), free, note)


def nobody_left(incident: Incident) -> bool:
    """Whether nobody here who may handle the incident is free of it."""
    return not handlers(incident)
