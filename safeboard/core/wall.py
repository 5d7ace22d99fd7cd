"""The agency wall: records that cannot be queried outside a scope.

Four scopes stand side by side. *agency* opens an agency's register data (settings, contacts), for that agency
and for the boards it sits in. *casework* opens what agencies know about children and incidents; a board's place
never opens it. *board* opens a board's own records; *shared* what a board shows to its agencies. Values are ids, or a
query that gives them; a query outside raises ScopeError.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager, scope
from django_scopes.manager import DisabledQuerySet

Ids = Iterable[int] | models.QuerySet

# django-scopes leaves these open on a query without its scope; each could say that a record exists.
for _name in (
    "exists",
    "exclude",
    "contains",
    "in_bulk",
    "distinct",
    "explain",
    "bulk_update",
    "defer",
    "alias",
):
    setattr(DisabledQuerySet, _name, DisabledQuerySet.error)


def _ids(value: Ids) -> object:
    return value if isinstance(value, models.QuerySet) else frozenset(value)


@contextmanager
def open_for(*, agencies: Ids = (), casework: Ids = (), boards: Ids = (), shared: Ids = ()) -> Iterator[None]:
    """Open the wall for these ids; what is not named stays shut (its queries find nothing).

    Jobs and commands call this by name; requests are opened by the middleware.
    """
    with scope(agency=_ids(agencies), casework=_ids(casework), board=_ids(boards), shared=_ids(shared)):
        yield


class AgencyRecord(models.Model):
    """Register data of an agency: seen by the agency and by the boards it sits in."""

    agency = models.ForeignKey(
        "partnership.Agency", on_delete=models.PROTECT, related_name="+", verbose_name=_("agency")
    )
    objects = ScopedManager(agency="agency__in")
    wall = "agency"

    class Meta:
        abstract = True


class CaseRecord(models.Model):
    """Casework of an agency: never open in a board's place."""

    agency = models.ForeignKey(
        "partnership.Agency", on_delete=models.PROTECT, related_name="+", verbose_name=_("agency")
    )
    objects = ScopedManager(casework="agency__in")
    wall = "casework"

    class Meta:
        abstract = True


class BoardRecord(models.Model):
    """A board's own records."""

    board = models.ForeignKey("partnership.Board", on_delete=models.PROTECT, related_name="+", verbose_name=_("board"))
    objects = ScopedManager(board="board__in")
    wall = "board"

    class Meta:
        abstract = True


class SharedRecord(models.Model):
    """What a board shows to the agencies that sit in it, such as its local contacts."""

    board = models.ForeignKey("partnership.Board", on_delete=models.PROTECT, related_name="+", verbose_name=_("board"))
    objects = ScopedManager(shared="board__in")
    wall = "shared"

    class Meta:
        abstract = True
