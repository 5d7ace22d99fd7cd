"""The agency wall: records that cannot be queried outside a scope.

Four scopes stand side by side. *agency* opens an agency's register data (settings, contacts), for that agency
and for the boards it sits in. *casework* opens what agencies know about children and incidents; a board's place
never opens it. *board* opens a board's own records; *shared* what a board shows to its agencies. Values are ids, or a
query that gives them; a query outside raises ScopeError.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager, get_scope, scope
from django_scopes.manager import DisabledQuerySet

from .labels import Labelled

if TYPE_CHECKING:
    from .access import Access

Ids = Iterable[int] | models.QuerySet
Scopes = Callable[["Access"], Mapping[str, Ids]]


class Opened(NamedTuple):
    """For whom the wall is open, and what says how far."""

    access: Access
    scopes: Scopes


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
    ids = {"agency": _ids(agencies), "casework": _ids(casework), "board": _ids(boards), "shared": _ids(shared)}
    with scope(**ids, opened=None):
        yield


@contextmanager
def open_as(access: Access, scopes: Scopes) -> Iterator[None]:
    """Open the wall as far as ``scopes`` says for this access, and remember for whom it is open."""
    with open_for(**scopes(access)), scope(opened=Opened(access, scopes)):
        yield


def opened_as() -> Opened | None:
    """For whom the wall is open; None where a job or a command opened it by ids, and where it is shut."""
    scopes = get_scope()
    found: Opened | None = scopes.get("opened") if scopes.get("_enabled") else None
    return found


class AgencyRecord(Labelled):
    """Register data of an agency: seen by the agency and by the boards it sits in."""

    agency = models.ForeignKey(
        "partnership.Agency", on_delete=models.PROTECT, related_name="+", verbose_name=_("agency")
    )
    objects = ScopedManager(agency="agency__in")
    wall = "agency"

    class Meta:
        abstract = True


class CaseRecord(Labelled):
    """Casework of an agency: never open in a board's place."""

    agency = models.ForeignKey(
        "partnership.Agency", on_delete=models.PROTECT, related_name="+", verbose_name=_("agency")
    )
    objects = ScopedManager(casework="agency__in")
    wall = "casework"

    class Meta:
        abstract = True


class BoardRecord(Labelled):
    """A board's own records."""

    board = models.ForeignKey("partnership.Board", on_delete=models.PROTECT, related_name="+", verbose_name=_("board"))
    objects = ScopedManager(board="board__in")
    wall = "board"

    class Meta:
        abstract = True


class SharedRecord(Labelled):
    """What a board shows to the agencies that sit in it, such as its local contacts."""

    board = models.ForeignKey("partnership.Board", on_delete=models.PROTECT, related_name="+", verbose_name=_("board"))
    objects = ScopedManager(shared="board__in")
    wall = "shared"

    class Meta:
        abstract = True


class Reach(models.TextChoices):
    """Who may read a joint record."""

    AGENCY = "agency", _("The agency alone")
    BOARD = "board", _("The board, and the agency that it names")
    EVERYBODY = "everybody", _("The board and all its agencies")


def joint_manager(path: str = "") -> models.Manager:
    """A manager that finds joint records as far as their reach goes, and refuses outside the scopes.

    ``path`` leads from a part to the record that bears the reach.
    """

    class JointManager(models.Manager):
        def get_queryset(self) -> models.QuerySet:
            scopes = get_scope()
            if not scopes.get("_enabled", True):
                return super().get_queryset()
            missing = {"board", "casework", "shared"} - set(scopes)
            if missing:
                return DisabledQuerySet(self.model, using=self._db, missing_scopes=missing)
            return super().get_queryset().filter(_within(scopes, path))

    return JointManager()


def _within(scopes: dict[str, object], path: str) -> models.Q:
    """The condition that a joint record reaches one of the places that are open."""
    boards = models.Q(**{f"{path}board__in": scopes["board"]}) & ~models.Q(**{f"{path}reach": Reach.AGENCY})
    own = models.Q(**{f"{path}agency__in": scopes["casework"]})
    shared = models.Q(**{f"{path}board__in": scopes["shared"], f"{path}reach": Reach.EVERYBODY})
    return boards | own | shared


class Joint(Labelled):
    """What a board and an agency share, as far as ``reach`` says. Inherit JointRecord, or set ``objects`` of a part."""

    wall = "joint"

    class Meta:
        abstract = True


class JointRecord(Joint):
    """A record between a board and one agency, or the board's own where ``agency`` is empty."""

    board = models.ForeignKey("partnership.Board", on_delete=models.PROTECT, related_name="+", verbose_name=_("board"))
    agency = models.ForeignKey(
        "partnership.Agency",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("agency"),
    )
    reach = models.CharField(_("who may read it"), max_length=10, choices=Reach, default=Reach.BOARD)
    objects = joint_manager()

    class Meta:
        abstract = True
