"""Evidence, and the alerts of filtering and monitoring products."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EvidenceKind(models.TextChoices):
    """What a piece of evidence is."""

    DEVICE = "device", _("Device: a telephone, a computer, a camera")
    STORAGE = "storage", _("Storage: a memory stick, a disk, a card")
    PRINTOUT = "printout", _("Paper: a printout, a letter, a note")
    ACCOUNT = "account", _("What somebody saw on a screen, in words")
    LOG = "log", _("Log or record of a system")
    FILE = "file", _("File")
    OTHER = "other", _("Something else")


class Custody(models.TextChoices):
    """Where a piece of evidence stands: what the last handover made of it."""

    KEPT = "kept", _("Kept here")
    HANDED_ON = "handed_on", _("With somebody else")
    RETURNED = "returned", _("Given back to its owner")
    DISPOSED = "disposed", _("Disposed of")


class Scan(models.TextChoices):
    """What the virus scanner said of a file that is kept. A file that it refused is not kept."""

    CLEAN = "clean", _("Scanned, nothing found")
    NOT_SCANNED = "not_scanned", _("Not scanned: no scanner is set up")


# Alerts of filtering and monitoring products ------------------------------------------------------------------


class AlertCategory(models.TextChoices):
    """What an alert is about. Products' own words are mapped to these (safeboard/api/mappings)."""

    IMAGES = "images", _("Pictures of sexual abuse, perhaps")
    NUDES = "nudes", _("Naked or sexual pictures, perhaps of a child")
    GROOMING = "grooming", _("An adult seeking a child, perhaps")
    SELF_HARM = "self-harm", _("Self-harm or suicide")
    BULLYING = "bullying", _("Bullying or hate")
    EXTREMISM = "extremism", _("Extremism")
    VIOLENCE = "violence", _("Violence or weapons")
    ADULT = "adult", _("Pornography or other adult material")
    SUBSTANCES = "substances", _("Drugs, alcohol or gambling")
    GETTING_ROUND = "getting-round", _("Getting round the filter")
    OTHER = "other", _("Something else")


# What may be about images of children: nothing that a product sends with it is read or kept (PCA 1978 s.1).
GRAVE_ALERTS = frozenset({AlertCategory.IMAGES, AlertCategory.NUDES})


class Severity(models.TextChoices):
    """How grave a product thinks an alert is."""

    LOW = "low", _("Low")
    MEDIUM = "medium", _("Medium")
    HIGH = "high", _("High")


# Looking back: debriefs, serious reviews, lessons ---------------------------------------------------------------
