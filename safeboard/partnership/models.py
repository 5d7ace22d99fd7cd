"""Boards, agencies, settings, contacts, and who may do what where (Toolkit Definitions, s2, s3, Annex D)."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from safeboard.core.privacy import Kept, Privacy
from safeboard.core.roles import AGENCY_ROLES, BOARD_ROLES, SERVICE_ROLES, Role
from safeboard.core.wall import AgencyRecord, BoardRecord, SharedRecord

from .choices import Connection, Equipment, Known


class Board(models.Model):
    """The body that leads safeguarding in an area and runs the e-safety strategy."""

    unwalled = "a board's name and pack are known to everyone who works with it"
    privacy = Privacy(kept=Kept.WHILE_NEEDED, open=("id", "name", "label", "pack", "area", "duty_point", "made_at"))

    name = models.CharField(_("name"), max_length=120, unique=True)
    label = models.CharField(
        _("what the board is called here"), max_length=80, default="Safeguarding children partnership"
    )
    pack = models.CharField(_("content pack"), max_length=40, default="england-2026")
    area = models.CharField(_("area"), max_length=120, blank=True)
    duty_point = models.ForeignKey(
        "partnership.Agency",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("who reads worries that may not go to the place they are about"),
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Agency(models.Model):
    """An organisation in a board's work. It may sit in several boards, in each as its own kind of member."""

    wall = "agency"
    privacy = Privacy(
        kept=Kept.WHILE_NEEDED,
        open=("id", "name", "home_board", "reference", "gives_technology", "reaches_children", "made_at"),
    )

    name = models.CharField(_("name"), max_length=160)
    home_board = models.ForeignKey(
        Board,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("the board whose charts and contacts it follows"),
    )
    reference = models.CharField(_("the board's reference for it"), max_length=40, blank=True)
    gives_technology = models.CharField(
        _("gives children access to the internet"), max_length=8, choices=Known, default=Known.UNKNOWN
    )
    reaches_children = models.CharField(
        _("gives the board access to children"), max_length=8, choices=Known, default=Known.UNKNOWN
    )
    made_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager(agency="pk__in")

    class Meta:
        ordering = ["name"]
        verbose_name_plural = _("agencies")

    def __str__(self) -> str:
        return self.name


class Seat(models.Model):
    """An agency's place in a board, of one of the pack's four kinds."""

    unwalled = "which agencies sit in a board is known to its members; the wall itself is built from it"
    privacy = Privacy(kept=Kept.WHILE_NEEDED, open=("id", "board", "agency", "kind", "in_subgroup", "since", "until"))

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="seats")
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="seats")
    kind = models.CharField(_("kind of member"), max_length=40)
    in_subgroup = models.BooleanField(_("sits in the e-safety subgroup"), default=False)
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["board", "agency"], name="seat_once")]


class Setting(AgencyRecord):
    """A place where children reach technology: a school, a library branch, a children's home (Toolkit s3)."""

    privacy = Privacy(
        kept=Kept.WHILE_NEEDED,
        open=(
            "name",
            "kind",
            "urn",
            "street",
            "town",
            "postcode",
            "telephone",
            "users",
            "equipment",
            "connection",
            "filtering_provider",
            "filtering_plan",
            "acceptable_use",
            "closed_on",
            "changed_at",
        ),
    )

    name = models.CharField(_("name"), max_length=160)
    kind = models.CharField(_("kind of setting"), max_length=40)
    urn = models.CharField(_("unique reference number"), max_length=20, blank=True)
    street = models.CharField(_("street"), max_length=160, blank=True)
    town = models.CharField(_("town"), max_length=80, blank=True)
    postcode = models.CharField(_("postcode"), max_length=10, blank=True)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    users = models.CharField(_("who may use the technology here"), max_length=200, blank=True)
    equipment = models.CharField(_("whose equipment"), max_length=8, choices=Equipment, default=Equipment.UNKNOWN)
    connection = models.CharField(_("connection"), max_length=8, choices=Connection, default=Connection.UNKNOWN)
    filtering_provider = models.CharField(_("filtering provider"), max_length=120, blank=True)
    filtering_plan = models.CharField(
        _("has a filtering and monitoring plan"), max_length=8, choices=Known, default=Known.UNKNOWN
    )
    acceptable_use = models.CharField(
        _("has an acceptable-use policy"), max_length=8, choices=Known, default=Known.UNKNOWN
    )
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["agency", "urn"], condition=~Q(urn=""), name="setting_urn_once")]
        indexes = [models.Index(fields=["urn"], name="setting_by_urn")]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> list[str]:
        """Street, town and postcode, those that are known."""
        return [part for part in (self.street, self.town, self.postcode) if part]


class ContactFields(models.Model):
    """What is known of somebody to ring: shared by an agency's contacts and a board's."""

    privacy = Privacy(
        kept=Kept.WHILE_NEEDED,
        open=("kind", "hours", "note", "changed_at"),
        personal=("name", "telephone", "email"),
    )

    kind = models.CharField(_("kind of contact"), max_length=40)
    name = models.CharField(_("name"), max_length=120)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("email address"), blank=True)
    hours = models.CharField(_("when they can be reached"), max_length=120, blank=True)
    note = models.CharField(_("what to know"), max_length=200, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class Contact(AgencyRecord, ContactFields):
    """An agency's contact: its lead, designated officer, technician (Toolkit Annex D parts 2 and 5)."""

    privacy = Privacy(kept=Kept.WHILE_NEEDED, open=("setting", "person"))

    setting = models.ForeignKey(
        Setting,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="contacts",
        verbose_name=_("only for this setting"),
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["kind", "name"]


class BoardContact(SharedRecord, ContactFields):
    """A local service that the board's agencies ring: the police team, the duty team, the designated officer."""

    class Meta:
        ordering = ["kind", "name"]


PLACED = {
    "board": Q(board__isnull=False, agency__isnull=True, role__in=sorted(BOARD_ROLES)),
    "agency": Q(agency__isnull=False, board__isnull=True, role__in=sorted(AGENCY_ROLES)),
    "service": Q(agency__isnull=True, board__isnull=True, role__in=sorted(SERVICE_ROLES)),
}


class Placed(models.Model):
    """A role in a place: an agency, a board, or the service itself."""

    privacy = Privacy(kept=Kept.MEMBERSHIP, open=("role", "board", "agency"))

    role = models.CharField(_("role"), max_length=24, choices=Role)
    board = models.ForeignKey(Board, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    @property
    def place_name(self) -> str:
        """The place in words."""
        return str(self.agency or self.board or _("This service"))


class Membership(Placed):
    """What a person may do where, from when until when. It ends; it is never removed."""

    unwalled = "the wall is built from it; read through queries.access_of and members_of_place"
    privacy = Privacy(kept=Kept.MEMBERSHIP, open=("id", "starts", "ends", "ended_at"), personal=("person",))

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    starts = models.DateField(_("from"))
    ends = models.DateField(_("last day"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=PLACED["board"] | PLACED["agency"] | PLACED["service"],
                name="membership_in_one_place",
            ),
            models.CheckConstraint(
                condition=~Q(role=Role.INSPECTOR) | Q(ends__isnull=False), name="inspector_has_an_end"
            ),
            models.UniqueConstraint(
                fields=["person", "role", "agency"],
                condition=Q(ended_at__isnull=True, agency__isnull=False),
                name="membership_once_in_agency",
            ),
            models.UniqueConstraint(
                fields=["person", "role", "board"],
                condition=Q(ended_at__isnull=True, board__isnull=False),
                name="membership_once_in_board",
            ),
            models.UniqueConstraint(
                fields=["person", "role"],
                condition=Q(ended_at__isnull=True, agency__isnull=True, board__isnull=True),
                name="membership_once_in_service",
            ),
        ]
        indexes = [models.Index(fields=["agency", "role"], name="members_by_agency")]


class Invitation(Placed):
    """A one-time link that makes a membership. Only a digest of its secret is kept."""

    unwalled = "read by its secret, or through queries.invitations_of_place"
    privacy = Privacy(
        kept=Kept.SHORT,
        open=("id", "ends", "made_at", "runs_out_at", "used_at", "withdrawn_at"),
        personal=("email", "name", "invited_by"),
        confidential=("secret_digest",),
    )

    email = models.EmailField(_("email address"))
    name = models.CharField(_("full name"), max_length=120)
    ends = models.DateField(_("last day of the role"), null=True, blank=True)
    secret_digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    runs_out_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=PLACED["board"] | PLACED["agency"] | PLACED["service"],
                name="invitation_in_one_place",
            ),
        ]


class ImportRun(BoardRecord):
    """A spreadsheet that was read: what it would change, and whether that was done."""

    privacy = Privacy(
        kept=Kept.WHILE_NEEDED,
        open=("id", "filename", "sha256", "layout", "plan", "made_at", "done_at", "form_key"),
        personal=("made_by",),
    )

    filename = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    layout = models.CharField(max_length=20)
    plan = models.JSONField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, blank=True)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
