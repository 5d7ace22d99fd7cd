"""Prepared queries: they give what the query itself gives, for other values too, and follow what changes."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from safeboard.accounts.backends import COLUMNS, PersonBackend
from safeboard.accounts.models import Person
from safeboard.core.prepared import Prepared
from safeboard.core.sessions import SessionStore

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def person(name, **fields):
    return Person.objects.create_user(f"{name}@example.org", name=name, **fields)


def test_it_gives_what_the_query_gives():
    wren, robin = person("wren"), person("robin", is_active=False)
    asked = Prepared(lambda pk: Person.objects.filter(pk=pk).values_list(*COLUMNS), -1)
    for one in (wren, robin):
        there = list(Person.objects.filter(pk=one.pk).values_list(*COLUMNS))
        assert [tuple(row) for row in asked.rows(one.pk)] == there
    assert asked.rows(0) == []


def test_values_stand_where_they_belong_however_often():
    wren = person("wren")
    query = Person.objects.values_list("pk")
    asked = Prepared(
        lambda pk, at, name: query.filter(name=name, joined__gte=at, pk=pk) | query.filter(name=name, pk=pk),
        -1,
        datetime(2000, 1, 1, tzinfo=UTC),
        "a name",
    )
    before = timezone.now() - timedelta(hours=1)
    assert asked.rows(wren.pk, before, "wren") == [[wren.pk]]
    assert asked.rows(wren.pk, before, "robin") == asked.rows(wren.pk + 1, before, "wren") == []


def test_a_constant_in_the_query_is_refused():
    with pytest.raises(ValueError, match="not in"):
        Prepared(lambda pk: Person.objects.filter(pk=pk, name="wren").values_list("pk"), -1).rows(1)


def test_who_is_signed_in_is_read_afresh():
    wren = person("wren")
    assert PersonBackend().get_user(wren.pk) == wren
    assert PersonBackend().get_user(wren.pk).joined == Person.objects.get(pk=wren.pk).joined
    Person.objects.filter(pk=wren.pk).update(is_active=False)
    assert PersonBackend().get_user(wren.pk) is None
    assert PersonBackend().get_user(0) is None


def test_a_session_is_read_while_it_holds():
    store = SessionStore()
    store["place"] = "agency-1"
    store.save()
    assert SessionStore(store.session_key).load() == {"place": "agency-1"}
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    late = SessionStore(store.session_key)
    assert late.load() == {}
    assert late.session_key is None
