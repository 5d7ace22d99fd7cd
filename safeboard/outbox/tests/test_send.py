import pytest
from django.db import transaction

from safeboard.accounts.models import Person
from safeboard.core.access import Access
from safeboard.outbox import operations
from safeboard.outbox.models import Message

pytestmark = pytest.mark.django_db


def test_smoke(settings):
    person = Person.objects.create_user("a@example.org", name="A")
    m = operations.send(by=Access(person, None), to=person, kind="invitation", subject="x\nBcc: y", body="b", dedupe="k")
    n = operations.send(by=Access(person, None), to=person, kind="invitation", subject="x\nBcc: y", body="b", dedupe="k")
    assert m.pk == n.pk
    assert n.state == "shown" and n.body == "b"
