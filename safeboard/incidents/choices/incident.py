"""What an incident is, who is in it, where it stands, and what is owed."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Images(models.TextChoices):
    """Whether a matter is about indecent images of children. Chosen before anything can be attached."""

    NO = "no", _("No")
    MAYBE = "maybe", _("Perhaps, or I am not sure")
    YES = "yes", _("Yes")


class Status(models.TextChoices):
    """Where an incident stands."""

    OPEN = "open", _("Open")
    REFERRED = "referred", _("With another body")
    CONCLUDED = "concluded", _("Concluded")


class Kin(models.TextChoices):
    """Whether somebody involved is a child, staff, or neither."""

    CHILD = "child", _("A child or young person")
    STAFF = "staff", _("A member of staff or volunteer")
    OTHER = "other", _("Somebody else")


class Part(models.TextChoices):
    """What part somebody had. Words without blame: what is known, not what is thought."""

    AFFECTED = "affected", _("Was harmed or put at risk")
    INVOLVED = "involved", _("Took part")
    CONCERN = "concern", _("The concern is about them")
    TOLD = "told", _("Told us about it")
    SAW = "saw", _("Saw it or may know more")


class DutyKind(models.TextChoices):
    """What is owed."""

    RECORD = "record", _("Write a record")
    REFER = "refer", _("Refer")
    TELL = "tell", _("Tell")
    CONFIRM = "confirm", _("Ask whether it arrived")
    ANSWER = "answer", _("Get an answer")
    PRESERVE = "preserve", _("Keep evidence safe")
    DECIDE = "decide", _("Decide")
    SUPPORT = "support", _("Arrange support")
    DEBRIEF = "debrief", _("Hold a debrief")
    DISCUSS = "discuss", _("Arrange a strategy discussion")


class Owner(models.TextChoices):
    """Who owes a duty."""

    REPORTER = "reporter", _("The person who reported")
    DESIGNATED_OFFICER = "designated_officer", _("Designated child protection officer")
    AGENCY_LEAD = "agency_lead", _("Agency e-safety lead")
    RESPONSIBLE_PERSON = "responsible_person", _("Head, governor or trustee responsible")
    HR = "hr", _("Designated officer for staff allegations")


class How(models.TextChoices):
    """How a referral was made."""

    TELEPHONE = "telephone", _("By telephone")
    ONLINE = "online", _("On their website")
    EMAIL = "email", _("By secure email")
    LETTER = "letter", _("In writing")
    IN_PERSON = "in_person", _("In person")


class NoteKind(models.TextChoices):
    """What an entry of the story is."""

    ACTION = "action", _("Something was done")
    RECORD = "record", _("Written record of what a child or adult said")
    CONTACT = "contact", _("Conversation or message")
    DECISION = "decision", _("Decision and its reason")
    REOPENED = "reopened", _("Reopened")
    CONCLUDED = "concluded", _("Concluded")
    CHANGED = "changed", _("Details were changed")
