"""Who asks for what: people of the large county with sessions of their own, printed as JSON.

    python -m bench.people

Sessions are made in the database, with the second factor given, as the tests do it.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from datetime import timedelta

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db.models import Count  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench import actions, dashboards, filter_logs, meetings, rounds  # noqa: E402
from safeboard.accounts.models import Person  # noqa: E402
from safeboard.core import wall  # noqa: E402
from safeboard.core.roles import Role  # noqa: E402
from safeboard.incidents.choices import NoteKind, Owner  # noqa: E402
from safeboard.incidents.models import Duty, Incident, Note  # noqa: E402
from safeboard.partnership.models import Membership  # noqa: E402
from safeboard.partnership.queries import current, every_agency  # noqa: E402
from tests.cast import client_for  # noqa: E402

MANY = 50
HUNDRED = 100
BOARD_ROLES = (Role.ESAFETY_OFFICER, Role.BOARD_MANAGER)

Asker = tuple[str, str]  # the value of the session's cookie, the address


def cookie(person: Person) -> str:
    """A session in which the person is signed in."""
    return client_for(person).cookies[settings.SESSION_COOKIE_NAME].value


def searched(person: Person, words: str = "pictures parents") -> Asker:
    """A session in which the person has searched for words, and the address of what was found."""
    client = client_for(person)
    answer = client.post(reverse("incidents:search"), {"words": words}, SERVER_NAME="127.0.0.1")
    return client.cookies[settings.SESSION_COOKIE_NAME].value, answer.headers["Location"]


def officers() -> dict[int, Person]:
    """The designated officer of each agency that has one, the busiest agencies first."""
    held = Membership.objects.filter(current(), role=Role.DESIGNATED_OFFICER, person__is_active=True)
    people = {one.agency_id: one.person for one in held.select_related("person").order_by("-pk")}
    busy = Incident.objects.order_by().values_list("agency_id").annotate(Count("pk"))
    return {agency: people[agency] for agency, _count in sorted(busy, key=lambda row: -row[1]) if agency in people}


def records(agencies: list[int]) -> dict[int, int]:
    """For each agency the incident with most duties: a long record."""
    found: dict[int, int] = {}
    rows = Duty.objects.filter(agency_id__in=agencies, incident__allegation=False).order_by()
    for agency, incident, _count in sorted(
        rows.values_list("agency_id", "incident_id").annotate(Count("pk")), key=lambda row: row[2]
    ):
        found[agency] = incident
    return found


def lengthen(incident: int) -> None:
    """A hundred notes on one record, for counting queries."""
    one, now = Incident.objects.get(pk=incident), timezone.now()
    Note.objects.bulk_create(
        Note(
            agency_id=one.agency_id,
            incident=one,
            kind=NoteKind.CONTACT,
            at=now - timedelta(minutes=number),
            written_at=now,
            by=one.reported_by,
            text="Rang again; nobody was there.",
        )
        for number in range(HUNDRED)
    )


def short_record(agency: int, like: int) -> int:
    """An incident of the agency about which least was written, and which stands where another stands.

    An open record and a concluded one show different things; what is compared is few rows with many.
    """
    where = Incident.objects.values_list("status", flat=True).get(pk=like)
    rows = Incident.objects.filter(agency_id=agency, allegation=False, status=where)
    rows = rows.annotate(count=Count("notes") + Count("duties"))
    return rows.order_by("count", "pk").values_list("pk", flat=True)[0]


def one_day(agency: int) -> str:
    """The filter of a day on which the agency had exactly one report."""
    moments = Incident.objects.filter(agency_id=agency, allegation=False).values_list("reported_at", flat=True)
    days = Counter(timezone.localdate(moment) for moment in moments)
    day = next(day for day, count in days.items() if count == 1).isoformat()
    return f"?since={day}&until={day}"


def least_owed(people: dict[int, Person]) -> int:
    """The agency whose officer owes least, but something."""
    owed = Duty.objects.filter(done_at=None, dropped_at=None, owner=Owner.DESIGNATED_OFFICER, person=None).order_by()
    counts = dict(owed.values_list("agency_id").annotate(Count("pk")))
    return min((agency for agency in people if agency in counts), key=lambda agency: counts[agency])


def plan() -> dict[str, object]:
    """For each page: who asks alone, who ask together, and what is asked for with few rows and with many."""
    people = officers()
    chosen = list(people)[:MANY]
    busiest = chosen[0]
    longest = records(chosen)
    signed_in = {agency: cookie(people[agency]) for agency in chosen}
    held = Membership.objects.filter(
        current(), board__isnull=False, role__in=(Role.ESAFETY_OFFICER, Role.BOARD_MANAGER)
    )
    of_board = [one.person for one in held.select_related("person").order_by("role", "pk")]
    boards = [cookie(of_board[number % len(of_board)]) for number in range(MANY)]
    listing, home = reverse("incidents:list"), reverse("home")
    filtered = f"{listing}?since={(timezone.localdate() - timedelta(days=365)).isoformat()}"
    pages: dict[str, dict[str, object]] = {
        "home page of an agency": {
            "askers": [(signed_in[one], home) for one in chosen],
            "few": (cookie(people[least_owed(people)]), home),
        },
        "home page of the board": {"askers": [(one, home) for one in boards]},
        "incident list, 50 rows, filtered": {
            "askers": [(signed_in[one], filtered) for one in chosen],
            "few": (signed_in[busiest], listing + one_day(busiest)),
        },
    }
    pages["search by words"] = {
        "askers": [searched(people[one]) for one in chosen],
        "few": searched(people[busiest], "2026-0001"),
    }
    record = lambda pk: f"{listing}{pk}/"  # noqa: E731
    lengthened = longest[busiest]
    pages["one incident"] = {
        "askers": [(signed_in[one], record(longest[one])) for one in chosen[1:]],
        "few": (signed_in[busiest], record(short_record(busiest, lengthened))),
        "many": (signed_in[busiest], record(lengthened)),
    }
    pages["the board’s picture"] = {"askers": [(one, reverse("insight:picture")) for one in boards]}
    lengthen(lengthened)
    runner = next(one for one in held if one.person_id == of_board[0].pk)
    pages |= meetings.pages_of(boards[0], runner.board)
    pages |= rounds.pages_of(boards[0], runner.board)
    pages |= actions.pages_of(boards[0], runner.board)
    pages |= dashboards.pages_of(boards[0], runner.board)
    pages |= filter_logs.pages_of(signed_in[busiest], people[busiest], busiest)
    sends = rounds.returns_to_send(runner.board)
    submitter = {
        "cookie": cookie(sends["person"]),
        "sections": sends["sections"],
        "returns": [reverse("standards:return", args=[key]) for key in sends["returns"]],
    }
    return {
        "pages": pages,
        "submitter": submitter,
        "importer": cookie(of_board[-1]),
        "imports": reverse("partnership:imports"),
    }


if __name__ == "__main__":
    with wall.open_for(casework=every_agency(), agencies=every_agency()):
        json.dump(plan(), sys.stdout)
