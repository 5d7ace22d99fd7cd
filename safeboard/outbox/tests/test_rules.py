from datetime import UTC, datetime

import pytest

from safeboard.accounts.models import Person
from safeboard.core.access import Access, Place
from safeboard.core.roles import PlaceKind, Role
from safeboard.outbox.choices import State
from safeboard.outbox.models import Message
from safeboard.outbox.rules import next_digest

ADDRESSEE, CAUSE, OTHER = Person(pk=1), Person(pk=2), Person(pk=3)


@pytest.mark.parametrize(
    ("to", "person", "state", "reads"),
    [
        (ADDRESSEE, ADDRESSEE, State.SENT, True),
        (ADDRESSEE, ADDRESSEE, State.SHOWN, True),
        (ADDRESSEE, ADDRESSEE, State.FAILED, True),
        (ADDRESSEE, CAUSE, State.SHOWN, False),
        (ADDRESSEE, CAUSE, State.SENT, False),
        (None, CAUSE, State.SHOWN, True),
        (None, CAUSE, State.SENT, False),
        (None, CAUSE, State.QUEUED, False),
        (None, CAUSE, State.FAILED, False),
        (None, OTHER, State.SHOWN, False),
        (None, None, State.SHOWN, False),
    ],
)
def test_who_reads_the_text(to, person, state, reads):
    message = Message(to=to, caused_by=CAUSE, state=state)
    place = Place(PlaceKind.SERVICE, None, "")
    assert Access(person, place, frozenset({Role.ADMINISTRATOR})).can("outbox.read_text", message) is reads


def test_a_job_reads_no_message_that_nobody_caused():
    assert not Access(None, None).can("outbox.read_text", Message(state=State.SHOWN))


@pytest.mark.parametrize("role", Role)
def test_only_administrators_watch(role):
    access = Access(OTHER, Place(PlaceKind.SERVICE, None, ""), frozenset({role}))
    assert access.can("outbox.watch") is (role == Role.ADMINISTRATOR)


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (datetime(2026, 11, 19, 7, 0, tzinfo=UTC), datetime(2026, 11, 19, 7, 30, tzinfo=UTC)),
        (datetime(2026, 11, 19, 7, 30, tzinfo=UTC), datetime(2026, 11, 20, 7, 30, tzinfo=UTC)),
        (datetime(2026, 11, 20, 9, 0, tzinfo=UTC), datetime(2026, 11, 23, 7, 30, tzinfo=UTC)),
        (datetime(2026, 11, 22, 3, 0, tzinfo=UTC), datetime(2026, 11, 23, 7, 30, tzinfo=UTC)),
        (datetime(2026, 7, 1, 0, 0, tzinfo=UTC), datetime(2026, 7, 1, 6, 30, tzinfo=UTC)),
    ],
)
def test_the_digest_goes_on_weekday_mornings_local_time(now, then):
    assert next_digest(now) == then
