"""The guards bite: each permission, scope, visibility and check of ``@page`` is taken away, and a guard notices."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any
from unittest import mock

import pytest
import rules
from django.db import models
from django.db.models import Q
from rules.permissions import permissions

from safeboard.core import built
from safeboard.core.page import PageMark
from safeboard.core.privacy import Privacy
from safeboard.incidents.models import Draft, Duty, Incident, Involved
from safeboard.incidents.queries import visible as incidents
from safeboard.outbox import queries as outbox
from safeboard.outbox.models import Message
from safeboard.partnership.models import ImportRun, Membership
from safeboard.partnership.queries import access, people
from safeboard.partnership.queries.access import scopes
from tests.architecture.addresses import named, routes
from tests.architecture.conftest import Watch
from tests.architecture.matrix import asked
from tests.architecture.mutations import CHECKS, everywhere, without_check
from tests.architecture.test_canary import changes
from tests.architecture.test_models import field_findings, wall_findings
from tests.architecture.test_pages import unknown_permissions, unmarked
from tests.architecture.test_rights import insiders, nobody_findings, on_no_page, rights_findings, walled
from tests.architecture.test_rights import wall_findings as opened

pytestmark = pytest.mark.django_db

# Permissions that a page asks for and that nobody would miss there, with the reason. They are looked at by themselves.
SIGNED_IN = "everybody who is signed in carries it; sign-in and a place are asked for before, and are taken away below"
DOUBLE = {
    "outbox.read": SIGNED_IN,
    "partnership.see_place": SIGNED_IN,
}
GET_AND_POST = ("GET", "POST")


@pytest.fixture(autouse=True)
def built_anew() -> Iterator[None]:
    """Queries that were built before a check is taken away, or without it, say nothing of the other."""
    built.forget()
    yield
    built.forget()


ALL_PERMISSIONS = sorted(permissions)
UNHELD = {"insight.sign_report"}  # whoever holds the chair: nobody of the cast does, so taking it away changes nothing
QUICK = ("colleague", "inspector", "administrator", "board_inspector", "lead", "subgroup_member", "infrastructure")


def noticed(
    watch: Watch, names: Iterable[str], viewers: Iterable[str], methods: Iterable[str] = ("GET", "POST")
) -> str:
    """The first thing that the matrix finds wrong with those routes; '' for nothing."""
    for route in named(*names):
        for name in viewers:
            found = asked(watch.browser, watch.world, route, watch.viewers[name], methods=methods)
            if found:
                return found[0]
    return ""


@pytest.mark.parametrize("permission", ALL_PERMISSIONS)
def test_a_permission_that_everybody_carries_is_noticed(watch: Watch, permission: str):
    pages = [route.name for route in routes() if route.mark and route.mark.permission == permission]
    with mock.patch.dict(permissions, {permission: rules.always_true}):
        if permission in on_no_page():
            assert rights_findings(watch.world, permission, insiders(watch))
        elif permission in DOUBLE:
            assert nobody_findings([permission])
            assert not noticed(watch, pages, QUICK), f"{permission}: a page misses it now; take it out of DOUBLE"
        else:
            assert noticed(watch, pages, QUICK), f"{permission}: no page misses it; say why in DOUBLE"


@pytest.mark.parametrize("permission", [one for one in ALL_PERMISSIONS if one not in UNHELD])
def test_a_permission_that_nobody_carries_is_noticed(watch: Watch, permission: str):
    pages = [route.name for route in routes() if route.mark and route.mark.permission == permission][:2]
    with mock.patch.dict(permissions, {permission: rules.always_false}):
        if permission in on_no_page():
            assert rights_findings(watch.world, permission, insiders(watch))
        else:
            assert noticed(watch, pages, ("lead", "designated_officer", "board_officer", "administrator"))


def wide(watch: Watch, dimension: str) -> Callable[..., dict[str, Any]]:
    """The scopes of an access, with one of them open for every place."""
    cast = watch.world.cast
    agencies = [cast.agency.pk, cast.other_agency.pk, cast.far_agency.pk]
    every = agencies if dimension in ("agencies", "casework") else [cast.board.pk, cast.other_board.pk]
    return lambda access: {**scopes(access), dimension: every}


WIDE = {
    "agencies": ("lead", ["partnership:settings", "partnership:agency"]),
    "casework": ("lead", ["incidents:record"]),
    "boards": ("board_officer", []),  # the pages ask for the own board's records besides
    "shared": ("lead", []),
}


@pytest.mark.parametrize("dimension", WIDE)
def test_a_scope_open_wide_is_noticed(watch: Watch, dimension: str):
    name, pages = WIDE[dimension]
    with everywhere(scopes, wide(watch, dimension)):
        assert opened(watch.world, watch.viewers[name])
        assert opened(watch.world, watch.viewers["administrator"])
        if pages:
            assert noticed(watch, pages, [name], ["GET"])
        else:
            assert noticed(watch, ["partnership:import", "partnership:contacts"], [name], ["GET"]) == "", (
                "move to pages"
            )


def test_a_boards_place_that_opens_casework_is_noticed(watch: Watch):
    with everywhere(scopes, wide(watch, "casework")):
        assert opened(watch.world, watch.viewers["board_officer"])


@pytest.mark.parametrize("model", walled(), ids=lambda model: model._meta.label)
def test_a_manager_without_its_wall_is_noticed(watch: Watch, model: type[models.Model]):
    free = models.Manager()
    free.model = model
    with mock.patch.object(type(model), "_default_manager", free):
        assert opened(watch.world, watch.viewers["administrator"], [model])


def everything(model: type[models.Model], **filters: Any) -> Callable[..., Any]:
    """A look-up that leaves nobody out."""
    return lambda *_args, **_named: model._default_manager.filter(**filters)


def test_incidents_that_everybody_knows_of_are_noticed(watch: Watch):
    with everywhere(incidents.visible_to, everything(Incident)):
        assert noticed(watch, ["incidents:record"], ["colleague"], ["GET"])
        assert changes(watch, watch.viewers["lead"], "a", ["allegation"], "incidents:list")
        assert changes(watch, watch.viewers["inspector"], "a", ["allegation"], "incidents:list-download")


def test_what_hangs_on_incidents_that_everybody_knows_of_is_noticed(watch: Watch):
    with everywhere(incidents.visible_where, lambda _access, of="": Q()):
        assert noticed(watch, ["incidents:record"], ["colleague"], ["GET"])
        assert changes(watch, watch.viewers["inspector"], "a", ["allegation"], "home")


def test_a_subject_who_is_not_kept_out_is_noticed(watch: Watch):
    with everywhere(incidents.about, lambda _access: Involved.objects.none().values("incident_id")):
        assert noticed(watch, ["incidents:record"], ["subject"], ["GET"])
        assert noticed(watch, ["incidents:record"], ["responsible_person"], ["GET"])
        assert changes(watch, watch.viewers["subject"], "a", ["about_subject"], "incidents:list")


def test_a_subject_who_is_known_by_name_alone_is_noticed(watch: Watch):
    with mock.patch.object(incidents, "blind_index", return_value="no name"):
        assert noticed(watch, ["incidents:record"], ["responsible_person"], ["GET"])


def test_drafts_that_everybody_sees_are_noticed(watch: Watch):
    with everywhere(incidents.drafts_of, everything(Draft, sent=None)):
        assert changes(watch, watch.viewers["colleague"], "a", ["plain"], "incidents:drafts")
    with everywhere(incidents.find_draft, lambda _access, key: Draft.objects.select_related("sent").get(form_key=key)):
        assert noticed(watch, ["incidents:report-what"], ["colleague"], ["GET"])


def test_duties_that_everybody_sees_are_noticed(watch: Watch):
    with everywhere(incidents.owed_by, lambda _access: Duty.objects.select_related("incident").order_by("due_at")):
        assert changes(watch, watch.viewers["colleague"], "a", ["plain"], "home")


def test_messages_that_everybody_sees_are_noticed(watch: Watch):
    with everywhere(outbox.visible_to, everything(Message)):
        assert noticed(watch, ["outbox:message"], ["colleague"], ["GET"])
        assert noticed(watch, ["outbox:messages"], ["administrator"], ["GET"])


def test_people_of_every_place_are_noticed(watch: Watch):
    with everywhere(people.in_place, lambda _place: Q()):
        assert noticed(watch, ["partnership:people"], ["lead"], ["GET"])


def test_a_membership_that_never_ends_is_noticed(watch: Watch):
    columns, everybody = access._COLUMNS, Membership.objects.order_by("pk")
    held = mock.Mock(rows=lambda pk, _today: everybody.filter(person=pk).values_list(*columns))
    with mock.patch.object(access, "_HELD", held):
        assert noticed(watch, ["incidents:list"], ["leaver"], ["GET"])
        assert noticed(watch, ["incidents:list"], ["yesterday"], ["GET"])


PROBES = {
    "method": ("lead", "incidents:list", "DELETE"),
    "sign-in": ("anonymous", "incidents:list", "GET"),
    "second factor": ("no_factor", "incidents:list", "GET"),
    "place": ("stranger", "incidents:list", "GET"),
    "permission": ("lead", "outbox:service", "GET"),
}


@pytest.mark.parametrize("check", CHECKS)
def test_a_page_without_one_of_its_checks_is_noticed(watch: Watch, check: str):
    name, route, method = PROBES[check]
    assert noticed(watch, [route], [name], [method]) == ""
    with without_check(CHECKS[check]):
        assert noticed(watch, [route], [name], [method])


def test_a_view_without_a_mark_is_noticed():
    route = named("incidents:list")[0]
    assert unmarked([replace(route, view=route.view.__wrapped__)])
    assert unmarked([named("account_login")[0]], listed={})


def test_a_mark_with_an_unknown_permission_is_noticed():
    def view() -> None: ...

    view.page_mark = PageMark(permission="incidents.lst", methods=("GET",))  # type: ignore[attr-defined]
    assert unknown_permissions([replace(named("incidents:list")[0], view=view)])


def test_a_route_without_a_line_is_noticed(watch: Watch):
    strange = replace(named("incidents:record")[0], name="incidents:strange")
    found = asked(watch.browser, watch.world, strange, watch.viewers["lead"])
    assert "add it to ROUTES" in found[0]


def test_a_field_without_a_class_is_noticed():
    less = Privacy(kept=Incident.privacy.kept, open=Incident.privacy.open, personal=Incident.privacy.personal)
    with mock.patch.object(Incident, "privacy", less):
        assert any("narrative" in one for one in field_findings([Incident]))
    more = Privacy(kept=Incident.privacy.kept, open=(*Incident.privacy.open, "gone"))
    with mock.patch.object(Incident, "privacy", more):
        assert any("gone" in one for one in field_findings([Incident]))
    clear = replace(ImportRun.privacy, confidential=("filename",))
    with mock.patch.object(ImportRun, "privacy", clear):
        assert any("SealedTextField" in one for one in field_findings([ImportRun]))


def test_a_model_without_a_wall_is_noticed():
    with mock.patch.object(Incident, "wall", ""):
        assert wall_findings([Incident])
