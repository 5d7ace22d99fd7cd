"""Who may see what, told a second time: plain sets, no database, after docs/security.md and not after the code."""

from __future__ import annotations

from dataclasses import dataclass, field

from safeboard.core.roles import Role

WORKING = {Role.AGENCY_LEAD, Role.DESIGNATED_OFFICER}
FEW = {Role.DESIGNATED_OFFICER, Role.RESPONSIBLE_PERSON, Role.ALLEGATIONS_OFFICER}
READING = WORKING | {Role.INSPECTOR}


@dataclass
class Case:
    """An incident, or a referral that reached an agency: what decides who may know of it."""

    agency: str
    reporter: str
    allegation: bool = False
    about: set[str] = field(default_factory=set)
    images: bool = False
    concluded: bool = False
    head_owes: bool = False
    words: set[str] = field(default_factory=set)

    def seen_by(self, who: str, roles: set[Role]) -> bool:
        """Whether somebody who holds these roles in the agency may know of it."""
        if who in self.about:
            return False
        if self.head_owes and Role.RESPONSIBLE_PERSON in roles:
            return True
        return who == self.reporter or bool(roles & (FEW if self.allegation else READING))

    def handled_by(self, who: str, roles: set[Role]) -> bool:
        """Whether they may work with the whole of it."""
        return self.seen_by(who, roles) and bool(roles & (FEW if self.allegation else WORKING))


@dataclass
class Post:
    """What one agency was handed by another; ``case`` once it was accepted."""

    case: Case
    accepted: Case | None = None

    def seen_by(self, who: str, roles: set[Role]) -> bool:
        """Before it is accepted: who may deal with it. Afterwards whoever may know of the incident made of it."""
        if who in self.case.about:
            return False
        return self.accepted.seen_by(who, roles) if self.accepted else self.case.handled_by(who, roles)


@dataclass
class Model:
    """The county: who holds what where, and what there is to know."""

    roles: dict[tuple[str, str], set[Role]]
    cases: list[Case] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)

    def of(self, who: str, agency: str) -> set[Role]:
        """The roles of somebody in an agency."""
        return self.roles.get((who, agency), set())

    def works_in(self, who: str) -> list[str]:
        """The agencies in which somebody holds a role."""
        return sorted(agency for (name, agency), held in self.roles.items() if name == who and held)

    def seen(self, who: str, agency: str) -> set[int]:
        """The numbers of the cases that somebody may know of in an agency."""
        held = self.of(who, agency)
        return {n for n, one in enumerate(self.cases) if one.agency == agency and one.seen_by(who, held)}

    def received(self, who: str, agency: str) -> set[int]:
        """The numbers of the referrals to an agency that somebody may know of."""
        held = self.of(who, agency)
        return {n for n, one in enumerate(self.posts) if one.case.agency == agency and one.seen_by(who, held)}
