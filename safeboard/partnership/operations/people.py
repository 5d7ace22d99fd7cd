"""Writes about who may do what where: invitations and memberships."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.accounts import operations as accounts
from safeboard.accounts.models import Person
from safeboard.accounts.queries import find_person
from safeboard.core import history, times
from safeboard.core.access import Access, Place, require
from safeboard.core.roles import DATED_ROLES, PlaceKind, Role, roles_for
from safeboard.outbox import operations as outbox

from .. import queries
from ..models import Invitation, Membership, Placed
from ..queries.people import in_place, secret_digest
from ..rules import MAY_GIVE, Grant

RUNS_OUT_AFTER = timedelta(days=7)


class NotUsable(Exception):
    """An invitation cannot be accepted. ``why``: unknown, used, withdrawn, ran-out, sign-in, other-person, own."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def place_of(placed: Placed) -> Place:
    """The place of a membership or an invitation."""
    if placed.agency_id:
        return Place(PlaceKind.AGENCY, placed.agency_id, placed.place_name)
    if placed.board_id:
        return Place(PlaceKind.BOARD, placed.board_id, placed.place_name)
    return Place(PlaceKind.SERVICE, None, placed.place_name)


def _keys(place: Place) -> dict[str, int | None]:
    return {
        "agency_id": place.id if place.is_agency else None,
        "board_id": place.id if place.is_board else None,
    }


def grant_of(role: Role, place: Place, email: str) -> Grant:
    """A role to be given or taken, with what the rule asks about its place."""
    boards = queries.boards_of(place.id).values_list("board_id", flat=True) if place.is_agency and place.id else ()
    unled = bool(place.is_board and place.id and queries.board_is_unled(place.id))
    return Grant(role=Role(role), place=place, email=email, boards=frozenset(boards), unled=unled)


def _check_role(role: Role, place: Place, ends: date | None) -> None:
    if role not in roles_for(place.kind):
        raise ValidationError({"role": _("This role is not held in such a place.")})
    if role in DATED_ROLES and ends is None:
        raise ValidationError({"ends": _("Give the last day: an inspector's access always ends.")})
    if ends is not None and ends < timezone.localdate():
        raise ValidationError({"ends": _("The last day must be today or in the future.")})


# Invitations -----------------------------------------------------------------------------------------------


@transaction.atomic
def invite(
    *, by: Access, email: str, name: str, role: Role, place: Place, ends: date | None = None
) -> tuple[Invitation, str]:
    """Invite somebody to a role; gives the invitation and its one-time link, of which only a digest is kept.

    Who may invite whom is rules.MAY_GIVE; a job may always. An earlier invitation to the same role that waits is
    withdrawn. Raises PermissionDenied; ValidationError by field.
    """
    email, role = email.strip().lower(), Role(role)
    if not by.job:
        require(by, "partnership.invite", grant_of(role, place, email))
    _check_role(role, place, ends)
    _check_email(email)
    if Membership.objects.filter(queries.current(), in_place(place), person__email=email, role=role).exists():
        raise ValidationError({"role": _("This person has this role already.")})
    waiting = Invitation.objects.filter(in_place(place), email=email, role=role, used_at=None, withdrawn_at=None)
    waiting.update(withdrawn_at=timezone.now())
    secret = secrets.token_urlsafe(32)
    invitation = Invitation(
        email=email,
        name=name.strip(),
        role=role,
        ends=ends,
        invited_by=by.person,
        secret_digest=secret_digest(secret),
        runs_out_at=timezone.now() + RUNS_OUT_AFTER,
        **_keys(place),
    )
    invitation.clean_fields(exclude=["invited_by"])
    invitation.save()
    facts = {"role": role.value, "place": place.key}
    history.record(by=by, verb="partnership.invited", obj=invitation, facts=facts, digests={"email": email})
    return invitation, _send(by, invitation, secret)


def _check_email(email: str) -> None:
    try:
        validate_email(email)
    except ValidationError:
        raise ValidationError({"email": _("Write an email address like name@example.org.")}) from None


def _send(by: Access, invitation: Invitation, secret: str) -> str:
    """Send the link to the address that is invited, and give it back."""
    link = outbox.link(reverse("partnership:accept", args=[secret]))
    times.exact(invitation.runs_out_at)
    lines = [
        _("%(name)s, you are invited to %(place)s as: %(role)s.")
        % {
            "name": invitation.name,
            "place": invitation.place_name,
            "role": Role(invitation.role).label,
        },
        _("Invited by: %(name)s") % {"name": by.person.name if by.person else "Safeboard"},
        "",
        _("Open this address to accept. It works once, until %(time)s:")
        % {"time": times.exact(invitation.runs_out_at)},
        link,
        "",
        _("If you do not know what this is about, do nothing: the invitation runs out by itself."),
    ]
    outbox.send(
        by=by,
        to=None,
        email=invitation.email,
        kind="invitation",
        subject=_("You are invited to %(place)s") % {"place": invitation.place_name},
        body="\n".join(lines),
        about=invitation,
    )
    return link


@transaction.atomic
def withdraw(*, by: Access, invitation: Invitation) -> None:
    """Withdraw an invitation that waits. Who may give the role may do so, whoever invited."""
    require(by, "partnership.invite", grant_of(Role(invitation.role), place_of(invitation), invitation.email))
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    history.record(by=by, verb="partnership.invitation_withdrawn", obj=invitation)


@transaction.atomic
def resend(*, by: Access, invitation: Invitation) -> str:
    """Send an invitation that waits, or ran out, once more with a new link; the old link stops working."""
    require(by, "partnership.invite", grant_of(Role(invitation.role), place_of(invitation), invitation.email))
    if invitation.used_at or invitation.withdrawn_at:
        raise ValidationError(_("This invitation was used or withdrawn. Invite the person again."))
    secret = secrets.token_urlsafe(32)
    invitation.secret_digest = secret_digest(secret)
    invitation.runs_out_at = timezone.now() + RUNS_OUT_AFTER
    invitation.invited_by = by.person
    invitation.save()
    history.record(by=by, verb="partnership.invitation_resent", obj=invitation)
    return _send(by, invitation, secret)


def why_not(invitation: Invitation | None, person: Person | None) -> str:
    """Why an invitation cannot be accepted by this person (None: nobody is signed in); '' where it can."""
    if invitation is None:
        return "unknown"
    if invitation.used_at:
        return "used"
    if invitation.withdrawn_at:
        return "withdrawn"
    if invitation.runs_out_at <= timezone.now():
        return "ran-out"
    if person is None:
        return "sign-in" if find_person(invitation.email) else ""
    if person.email.casefold() != invitation.email.casefold():
        return "other-person"
    return "own" if person.pk == invitation.invited_by_id else ""


@transaction.atomic
def accept(*, by: Access, secret: str, name: str = "", password: str = "") -> Membership:
    """Turn an invitation into a membership, once. A new person is made with ``name`` and ``password``.

    Raises NotUsable; ValidationError (password) where the password is too weak; then the link still works.
    """
    found = queries.find_invitation(secret)
    if found is not None:
        found = Invitation.objects.select_for_update(of=("self",)).get(pk=found.pk)
    why = why_not(found, by.person)
    if why or found is None:
        raise NotUsable(why)
    person = by.person
    if person is None:
        by = Access(person=None, place=None, job="partnership.accept")
        person = accounts.create_person(by=by, email=found.email, name=name or found.name)
        accounts.set_password(by=by, person=person, password=password)
    found.used_at = timezone.now()
    found.save(update_fields=["used_at"])
    by = Access(person=person, place=place_of(found))
    history.record(by=by, verb="partnership.accepted", obj=found)
    return _give(by=by, person=person, role=Role(found.role), place=place_of(found), ends=found.ends)


# Memberships -----------------------------------------------------------------------------------------------


def _give(*, by: Access, person: Person, role: Role, place: Place, ends: date | None) -> Membership:
    """Make the membership; one that has run out is ended, one that holds gets the new last day."""
    today = timezone.localdate()
    rows = Membership.objects.filter(in_place(place), person=person, role=role, ended_at__isnull=True)
    rows.filter(ends__lt=today).update(ended_at=timezone.now())
    membership = rows.first()
    if membership is None:
        membership = Membership(person=person, role=role, starts=today, ends=ends, **_keys(place))
    membership.ends = ends
    membership.save()
    facts = {"role": role.value, "place": place.key, "person": person.pk}
    history.record(by=by, verb="partnership.membership_made", obj=membership, facts=facts)
    return membership


@transaction.atomic
def give_role(*, by: Access, person: Person, role: Role, place: Place, ends: date | None = None) -> Membership:
    """Give a person who has an account a role at once, by whoever may invite to it (a job may always)."""
    if not by.job:
        require(by, "partnership.invite", grant_of(role, place, person.email))
    _check_role(role, place, ends)
    return _give(by=by, person=person, role=Role(role), place=place, ends=ends)


@transaction.atomic
def end_membership(*, by: Access, membership: Membership) -> Membership:
    """End a role from this moment: at the person's next request it is gone.

    By whoever may give it, or by the person. Their invitations from this place that wait are withdrawn.
    """
    place, person = place_of(membership), membership.person
    if not by.job:
        require(by, "partnership.end_membership", grant_of(Role(membership.role), place, person.email))
    now = timezone.now()
    if not Membership.objects.filter(pk=membership.pk, ended_at__isnull=True).update(ended_at=now):
        return membership
    membership.ended_at = now
    facts = {"role": membership.role, "place": place.key, "person": person.pk}
    history.record(by=by, verb="partnership.membership_ended", obj=membership, facts=facts)
    if membership.role in MAY_GIVE:
        _withdraw_of(by, person, place)
    return membership


def _withdraw_of(by: Access, person: Person, place: Place) -> None:
    reach = in_place(place)
    if place.is_board and place.id:
        reach |= Q(agency_id__in=queries.agencies_in(place.id))
    waiting = Invitation.objects.filter(reach, invited_by=person, used_at=None, withdrawn_at=None)
    for invitation in waiting:
        history.record(by=by, verb="partnership.invitation_withdrawn", obj=invitation)
    waiting.update(withdrawn_at=timezone.now())


@transaction.atomic
def change_roles(*, by: Access, person: Person, place: Place, roles: Iterable[Role], ends: date | None = None) -> None:
    """Make ``roles`` the roles that a person holds in a place: gives what is new, ends what is not named.

    The person must hold a role there already; roles that ``by`` may not give are left as they are where they stay,
    and refused where they would change. Raises PermissionDenied, ValidationError.
    """
    wanted = {Role(role) for role in roles}
    held = {Role(row.role): row for row in Membership.objects.filter(queries.current(), in_place(place), person=person)}
    if not held:
        raise PermissionDenied("the person holds no role here")
    for role in sorted(wanted - set(held)):
        give_role(by=by, person=person, role=role, place=place, ends=ends)
    for role in sorted(set(held) - wanted):
        end_membership(by=by, membership=held[role])
