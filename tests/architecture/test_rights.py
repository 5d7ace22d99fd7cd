"""How far the wall opens for each person, and what no page shows by itself: permissions that operations ask for."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
import rules
from django.db import models

from safeboard.core import wall
from safeboard.core.access import Access
from safeboard.core.roles import Role
from safeboard.incidents.models import Incident, SeriousReview
from safeboard.outbox.models import Message
from safeboard.partnership import operations as partnership
from safeboard.partnership import queries
from safeboard.partnership.models import Agency, Membership, Seat
from safeboard.standards.models import Return
from tests.architecture import expected, rooms
from tests.architecture.addresses import routes
from tests.architecture.carriers import CASE, LEAD, NOBODY, RUNNERS, Kinds, kinds
from tests.architecture.conftest import Watch
from tests.architecture.planting import World
from tests.architecture.test_models import walled
from tests.architecture.viewers import Viewer

pytestmark = pytest.mark.django_db

# For each wall, the places whose records are open to somebody who acts in a place.
OPEN: dict[str, dict[str, str]] = {
    "agency": {"a": "a", "b": "b", "c": "c", "e": "ab", "w": "c", "s": ""},
    "casework": {"a": "a", "b": "b", "c": "c", "e": "", "w": "", "s": ""},
    "board": {"a": "", "b": "", "c": "", "e": "e", "w": "w", "s": ""},
    "shared": {"a": "e", "b": "e", "c": "w", "e": "e", "w": "w", "s": ""},
    "joint": {"a": "ae", "b": "be", "c": "cw", "e": "eab", "w": "wc", "s": ""},
}
# Who carries the permissions that stand on no page's mark, for the record named (of agency a).
RIGHTS: dict[str, Kinds] = {
    "outbox.read_text": kinds("staff"),
    "partnership.keep_seat": RUNNERS,
    "partnership.end_membership": LEAD | kinds("staff"),
    "incidents.send_alerts": CASE,
    "incidents.confirm_review": CASE | kinds("responsible_person"),
    "incidents.add_file": CASE,
    "incidents.share_views": LEAD,
    "incidents.send_worry": NOBODY,
    "insight.release": NOBODY,
    **rooms.gathered("RIGHTS"),
}
# Of those, what is asked about the own place and no record: whoever carries it does in their own agency.
OF_OWN_PLACE = frozenset({"incidents.send_alerts", "incidents.share_views", "insight.reads_guide"})
# What the service does of itself, or for somebody who is not known: no person carries it, a job does.
JOBS = frozenset({"incidents.send_worry", "insight.release"}) | rooms.named("JOBS")


def access_of(viewer: Viewer) -> Access:
    """What somebody acts as, with the second factor."""
    access = queries.access_of(viewer.person, chosen=viewer.place_key)
    access.extras["second_factor"] = True
    return access


def wall_findings(world: World, viewer: Viewer, found: Iterable[type[models.Model]] | None = None) -> list[str]:
    """Walled models of which this person's requests find more, or fewer, than the places of the table."""
    cast, wrong = world.cast, []
    agencies = {cast.agency.pk: "a", cast.other_agency.pk: "b", cast.far_agency.pk: "c"}
    boards = {cast.board.pk: "e", cast.other_board.pk: "w"}
    with wall.open_for(**queries.scopes(access_of(viewer))):
        for model in walled() if found is None else found:
            key, letters = ("board_id", boards) if model.wall in ("board", "shared") else ("agency_id", agencies)
            if model is Agency:
                key = "pk"
            if model.wall == "joint":
                seen = joint_places(model, agencies, boards)
            else:
                seen = {letters[value] for value in model._default_manager.values_list(key, flat=True)}
            more = seen - set(OPEN[model.wall][viewer.place])
            if more:
                wrong.append(f"{viewer.name} finds a {model._meta.label} of {', '.join(sorted(more))}")
    return wrong


def joint_places(model: type[models.Model], agencies: dict[int, str], boards: dict[int, str]) -> set[str]:
    """The places of the joint records that are found: the agency that each names, else its board."""
    path = "action__" if hasattr(model, "action") else ""
    pairs = model._default_manager.values_list(f"{path}agency_id", f"{path}board_id")
    return {agencies[agency] if agency else boards[board] for agency, board in pairs}


def record_of(world: World, permission: str) -> object:
    """The record of agency a that the permission is asked for; None where it is asked for none."""
    stock, cast = world.stocks["a"], world.cast
    if permission == "incidents.confirm_review":
        with wall.open_for(casework=[cast.agency.pk]):
            return SeriousReview.objects.select_related("incident").get(pk=stock.cases["plain"]["serious"])
    if permission in OF_OWN_PLACE:
        return None
    if permission.startswith("incidents."):
        with wall.open_for(casework=[cast.agency.pk]):
            return Incident.objects.get(pk=stock.cases["plain"]["incident"])
    if permission == "standards.submit":
        with wall.open_for(agencies=[cast.agency.pk]):
            return Return.objects.get(key=stock.things["return"])
    if permission == "outbox.read_text":
        return Message.objects.get(pk=stock.things["message"])
    if permission == "partnership.keep_seat":
        return Seat.objects.get(agency_id=cast.agency.pk)
    if permission == "partnership.end_membership":
        held = Membership.objects.get(pk=stock.things["membership"])
        return partnership.grant_of(Role(held.role), partnership.place_of(held), held.person.email)
    return None


def rights_findings(world: World, permission: str, viewers: Iterable[Viewer]) -> list[str]:
    """Who carries a permission for the record without being in the table, or the other way round."""
    if permission not in RIGHTS:
        return [f"{permission}: say in RIGHTS of tests/architecture/test_rights.py who carries it"]
    record, wrong = record_of(world, permission), []
    for viewer in viewers:
        related = viewer.place == "a" or (viewer.place == "e" and viewer.kind in RUNNERS) or permission in OF_OWN_PLACE
        want = viewer.kind in RIGHTS[permission] and related
        access = access_of(viewer)
        with wall.open_for(**queries.scopes(access)):
            if access.can(permission, record) != want:
                wrong.append(f"{viewer.name} {'lacks' if want else 'carries'} {permission}")
    job = Access(person=None, place=None, job="a job")
    with wall.open_for():
        if job.can(permission, record) != (permission in JOBS):
            wrong.append(f"a job {'lacks' if permission in JOBS else 'carries'} {permission}")
    return wrong


def nobody_findings(names: Iterable[str]) -> list[str]:
    """Permissions that even nobody, nowhere, carries."""
    nobody = Access(person=None, place=None)
    return [f"{name}: nobody has to carry it" for name in names if nobody.can(name)]


def on_no_page() -> list[str]:
    """Permissions that stand on no page's mark."""
    marked = {route.mark.permission for route in routes() if route.mark}
    return sorted(set(rules.permissions.permissions) - marked)


def insiders(watch: Watch) -> list[Viewer]:
    """Everybody who acts in a place."""
    return [viewer for viewer in watch.viewers.values() if viewer.place]


def test_the_wall_opens_for_the_own_place_alone(watch: Watch):
    assert [one for viewer in insiders(watch) for one in wall_findings(watch.world, viewer)] == []


def test_every_permission_that_stands_on_no_page_is_carried_by_whom_the_table_says(watch: Watch):
    assert sorted(RIGHTS) == on_no_page(), "RIGHTS holds the permissions of no page, and only those"
    assert [one for name in on_no_page() for one in rights_findings(watch.world, name, insiders(watch))] == []


def test_nobody_carries_nothing():
    assert nobody_findings(rules.permissions.permissions) == []


def test_whoever_is_outside_acts_nowhere(watch: Watch):
    for name in ("stranger", "leaver", "yesterday"):
        access = access_of(watch.viewers[name])
        assert (access.place, access.roles) == (None, frozenset()), name
        assert queries.scopes(access) == {}, name


def test_the_tables_speak_of_everybody(watch: Watch):
    known = set().union(*(line.page for line in expected.ROUTES.values()))
    assert {viewer.kind for viewer in insiders(watch)} <= known
