"""The wall: nothing of an agency is read outside a scope, and nothing of another within one."""

import pytest
from django_scopes import ScopeError

from safeboard.core import wall
from safeboard.partnership.models import Agency, BoardContact, Setting

pytestmark = pytest.mark.django_db

ASKED = [
    lambda q: list(q.all()),
    lambda q: q.count(),
    lambda q: q.exists(),
    lambda q: list(q.exclude(pk=0)),
    lambda q: q.first(),
    lambda q: q.in_bulk([1]),
    lambda q: list(q.values("pk")),
    lambda q: q.update(name="x"),
    lambda q: q.aggregate(),
    lambda q: list(q.distinct()),
]


@pytest.mark.parametrize("ask", ASKED)
@pytest.mark.parametrize("model", [Agency, Setting, BoardContact])
def test_a_query_outside_a_scope_is_refused(cast, model, ask):
    with pytest.raises(ScopeError):
        ask(model.objects)


def test_an_empty_scope_finds_nothing(cast):
    with wall.open_for():
        assert Setting.objects.count() == 0


def test_a_scope_shows_its_own_and_no_other(cast):
    with wall.open_for(agencies=[cast.agency.pk]):
        assert list(Setting.objects.all()) == [cast.setting]
        assert list(Agency.objects.all()) == [cast.agency]
    with pytest.raises(ScopeError):
        Setting.objects.count()
