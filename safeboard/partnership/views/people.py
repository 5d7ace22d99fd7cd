"""The people of a place, and invitations to it."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core.access import Access, Place
from safeboard.core.page import page
from safeboard.core.roles import PlaceKind, Role
from safeboard.outbox import queries as outbox

from .. import operations, queries
from ..forms import InviteForm, RolesForm
from ..models import Agency, Board, Invitation, Membership
from ..rules import Where, roles_to_give
from .common import add_errors, form_page


def asked_place(request: HttpRequest) -> tuple[Place, frozenset[Role]]:
    """The place that a page of people is about, and the roles that may be given there.

    It is the place acted in, or by ``?agency=`` an agency of the board, or by ``?board=`` a board that an
    administrator sets up.
    """
    access: Access = request.access
    agency_id, board_id = request.GET.get("agency", ""), request.GET.get("board", "")
    if agency_id and access.board_id:
        agency = get_object_or_404(Agency, pk=agency_id if agency_id.isdecimal() else 0)
        return Place(PlaceKind.AGENCY, agency.pk, agency.name), roles_to_give(access, Where.SEATED_AGENCY)
    if board_id and access.place and access.place.kind == PlaceKind.SERVICE:
        board = get_object_or_404(Board, pk=board_id if board_id.isdecimal() else 0)
        return Place(PlaceKind.BOARD, board.pk, board.name), roles_to_give(access, Where.UNLED_BOARD)
    if access.place is None:
        raise Http404
    where = Where.OWN_BOARD if access.place.is_board else Where.OWN_AGENCY
    roles = roles_to_give(access, where) if access.place.id else frozenset()
    return access.place, roles


def _invited() -> str:
    """What the sender of an invitation is told: it was posted, or is theirs to hand over."""
    if outbox.posts_mail():
        return _("The invitation is on its way. The link in it works once, for seven days.")
    return _("The invitation stands among your messages: hand it over. The link in it works once, for seven days.")


def _query(request: HttpRequest) -> str:
    kept = {name: request.GET[name] for name in ("agency", "board") if request.GET.get(name, "").isdecimal()}
    return "".join(f"?{name}={value}" for name, value in list(kept.items())[:1])


def _shown(access: Access, place: Place, roles: Iterable[Role]) -> list[Role] | None:
    """Of another place than the own, only those roles are shown that can be given from here."""
    return None if access.place == place else list(roles)


@page("partnership.see_people")
def people(request: HttpRequest) -> HttpResponse:
    """Who holds which role here, and which invitations wait."""
    place, roles = asked_place(request)
    shown = _shown(request.access, place, roles)
    own = request.access.person.pk
    members = [
        {"member": member, "own": member.person.pk == own, "may": bool(roles & set(member.roles))}
        for member in queries.members_of_place(place, roles=shown)
    ]
    context = {
        "place": place,
        "members": members,
        "waiting": queries.invitations_of_place(place, roles=shown),
        "may_invite": bool(roles),
        "query": _query(request),
        "now": timezone.now(),
        "elsewhere": place != request.access.place,
    }
    return render(request, "partnership/people.html", context)


@page("partnership.invite", methods=("GET", "POST"))
def invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody to a role in a place."""
    place, roles = asked_place(request)
    if not roles:
        raise PermissionDenied("no role may be given there")
    form = InviteForm(request.POST or None, roles=roles, initial={"role": request.GET.get("role")})
    back = reverse("partnership:people") + _query(request)
    if form.is_valid():
        try:
            operations.invite(by=request.access, place=place, **form.cleaned_data)
            messages.success(request, _invited())
            return redirect(back)
        except ValidationError as error:
            add_errors(form, error)
        except PermissionDenied:
            form.add_error("role", _("You may not give this role to this person. Nobody gives a role to themselves."))
    title = _("Invite somebody to %(place)s") % {"place": place.name}
    return form_page(request, form, title=title, back=back, button=_("Send the invitation"))


def _invitation_or_404(request: HttpRequest, pk: int) -> Invitation:
    """A waiting invitation that this place may know of."""
    found = get_object_or_404(Invitation.objects.select_related("agency", "board"), pk=pk)
    grant = operations.grant_of(Role(found.role), operations.place_of(found), "")
    if not (grant.relations(request.access) and request.access.can("partnership.invite", grant)):
        raise Http404
    return found


@page("partnership.invite", methods=("POST",))
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw an invitation that waits."""
    operations.withdraw(by=request.access, invitation=_invitation_or_404(request, pk))
    messages.success(request, _("The invitation was withdrawn. Its link does not work any more."))
    return redirect(reverse("partnership:people") + _query(request))


@page("partnership.invite", methods=("POST",))
def resend(request: HttpRequest, pk: int) -> HttpResponse:
    """Send an invitation once more, with a new link."""
    try:
        operations.resend(by=request.access, invitation=_invitation_or_404(request, pk))
        messages.success(request, _("It was sent again with a new link. The old link does not work any more."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(reverse("partnership:people") + _query(request))


@page("partnership.invite", methods=("GET", "POST"))
def roles(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what a person may do in a place, or end all of it."""
    place, may = asked_place(request)
    members = queries.members_of_place(place, roles=_shown(request.access, place, may))
    member = next((member for member in members if member.person.pk == pk), None)
    if member is None:
        raise Http404
    form = RolesForm(request.POST or None, roles=may | set(member.roles), initial={"roles": member.roles})
    back = reverse("partnership:people") + _query(request)
    if form.is_valid():
        try:
            kept = queries.roles_outside(member, place, may) if place != request.access.place else []
            wanted = [*form.cleaned_data["roles"], *kept]
            ends = form.cleaned_data["ends"]
            operations.change_roles(by=request.access, person=member.person, place=place, roles=wanted, ends=ends)
            messages.success(request, _("Saved. It holds from the person's next click."))
            return redirect(back)
        except ValidationError as error:
            add_errors(form, error)
        except PermissionDenied:
            form.add_error("roles", _("You may not change one of these roles. Nothing was saved."))
    title = _("Roles of %(name)s") % {"name": member.person.name}
    intro = _("Untick all to end the person's access to %(place)s at once.") % {"place": place.name}
    return form_page(request, form, title=title, back=back, intro=intro)


@page("partnership.see_place", methods=("GET", "POST"))
def give_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Give up a role of one's own, after a question."""
    found = get_object_or_404(Membership, pk=pk, person=request.access.person, ended_at__isnull=True)
    if request.method == "POST":
        operations.end_membership(by=request.access, membership=found)
        messages.success(request, _("You have given up that role."))
        return redirect("home")
    context = {
        "question": _("Give up your role: %(role)s?") % {"role": found.get_role_display()},
        "lines": [_("You lose at once what it lets you see and do. You cannot give it back to yourself.")],
        "button": _("Give it up"),
        "back": reverse("partnership:people" if request.access.can("partnership.see_people") else "home"),
    }
    return render(request, "web/ask.html", context)
