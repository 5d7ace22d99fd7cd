"""Looking back (Toolkit s5), and taking the register away."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Prevented(models.TextChoices):
    """Whether it could have been prevented."""

    YES = "yes", _("Yes")
    PARTLY = "partly", _("In part")
    NO = "no", _("No")
    UNKNOWN = "unknown", _("We cannot say")


class Effective(models.TextChoices):
    """Whether the response was effective; and, after three months, whether a lesson worked."""

    YES = "yes", _("Yes")
    PARTLY = "partly", _("In part")
    NO = "no", _("No")


class LessonKind(models.TextChoices):
    """What a lesson becomes."""

    ACTION = "action", _("Something to do")
    POLICY = "policy", _("A change of policy or practice")
    TRAINING = "training", _("A training need")


class Origin(models.TextChoices):
    """What a lesson was learned from."""

    DEBRIEF = "debrief", _("A debrief")
    SERIOUS = "serious", _("A review of a serious incident")
    NEAR_MISS = "near_miss", _("A near miss")
    LOG = "log", _("A review of the log")
    ELSEWHERE = "elsewhere", _("Something else")


class SeriousState(models.TextChoices):
    """Where the text about a serious incident stands, on its way to the board."""

    DRAFT = "draft", _("Being written")
    ASKED = "asked", _("Waits for a second person")
    RELEASED = "released", _("With the board")


class Asks(models.TextChoices):
    """The four questions about a serious incident (Toolkit s5)."""

    WHY = "why", _("Why it happened")
    PREVENTED = "prevented", _("Whether it could have been prevented")
    RESPONSE = "response", _("The response")
    LESSONS = "lessons", _("Lessons")


class Every(models.TextChoices):
    """How often an agency reviews its log."""

    MONTH = "month", _("Every month")
    TERM = "term", _("Every term")


# The register: its filter and its exports -------------------------------------------------------------------


class ExportKind(models.TextChoices):
    """As what incidents leave the service."""

    XLSX = "xlsx", _("One spreadsheet (XLSX)")
    CSV = "csv", _("One table for other programs (CSV)")
    RECORDS = "records", _("Each record printed as a PDF, in one ZIP file")


class ExportGroup(models.TextChoices):
    """What of the incidents a spreadsheet holds beside reference, dates, kind and state."""

    WORDS = "words", _("What happened, where, what was done, the conclusion")
    PEOPLE = "people", _("Who is involved: names, dates of birth, their part")
    REFERRALS = "referrals", _("Referrals: to whom, when, their reference, their answer")
    DUTIES = "duties", _("What was owed, by when, and when it was done")
