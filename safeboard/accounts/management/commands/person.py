"""`safeboard person`: what an administrator does about accounts on the machine itself."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from safeboard.accounts import operations, queries
from safeboard.accounts.choices import Reason
from safeboard.accounts.models import Person
from safeboard.core.access import job_access

BY = job_access("person")


class Command(BaseCommand):
    """Lists, closes and opens accounts; takes away second factors; each change is an entry of the history."""

    help = "Accounts: list them, close or open one, reset a second factor, change an address, print a password link."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One word for what is to be done, then whose account."""
        what = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
        what.add_parser("list", help="every account with its state and its number of second factors")
        reasons = ", ".join(f"{reason.value} ({reason.label})" for reason in Reason)
        for name, text in (
            ("deactivate", "close an account: signed out everywhere, and no way in"),
            ("activate", "open a closed account again"),
            ("reset-second-factor", "take away app, passkeys and recovery codes, after making sure who asks"),
        ):
            command = what.add_parser(name, help=text)
            command.add_argument("email")
            command.add_argument("--reason", required=True, choices=Reason.values, help=reasons)
        link = what.add_parser("link", help="print a link with which the person sets a password: one hour, once")
        link.add_argument("email")
        email = what.add_parser("email", help="give a person another address to sign in with")
        email.add_argument("email")
        email.add_argument("new")

    def handle(self, *args: Any, **given: Any) -> None:
        """Do it and say so."""
        if given["what"] == "list":
            self.list()
            return
        person = queries.find_person(given["email"])
        if person is None:
            raise CommandError(f"Nobody has the address {given['email']}. Nothing was changed.")
        self.stdout.write(getattr(self, given["what"].replace("-", "_"))(person, given))

    def list(self) -> None:
        """A line for each person."""
        for person in queries.people():
            state = "open  " if person.is_active else "closed"
            self.stdout.write(f"{state}  {len(queries.second_factors(person))} factors  {person.email}  {person.name}")

    def deactivate(self, person: Person, given: dict[str, Any]) -> str:
        """Close the account."""
        operations.deactivate(by=BY, person=person, reason=given["reason"])
        return f"{person.email} is closed and signed out everywhere."

    def activate(self, person: Person, given: dict[str, Any]) -> str:
        """Open the account."""
        operations.activate(by=BY, person=person, reason=given["reason"])
        return f"{person.email} is open again."

    def reset_second_factor(self, person: Person, given: dict[str, Any]) -> str:
        """Take the second factors away."""
        factors = operations.reset_second_factor(by=BY, person=person, reason=given["reason"])
        return f"{person.email} had {factors} second factors and has none now; signed out everywhere."

    def link(self, person: Person, given: dict[str, Any]) -> str:
        """Print the link."""
        return operations.password_link(person)

    def email(self, person: Person, given: dict[str, Any]) -> str:
        """Change the address."""
        try:
            operations.change_email(by=BY, person=person, email=given["new"])
        except ValidationError as error:
            raise CommandError(f"{' '.join(error.messages)} Nothing was changed.") from error
        return f"They sign in as {person.email} now."
