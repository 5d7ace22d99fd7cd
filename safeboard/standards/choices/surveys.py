"""Fixed choices and numbers of surveys."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

FEWEST_STAFF = 5  # answers of one agency's staff from which anything is said of them
MOST_AGREE = (7, 10)  # from this share on, most of the staff say that it is so
FEWEST_ANSWERS = 6  # of fewer, no figure of a survey is shown
LONGEST_WORDS = 2000
SHORTEST_TOKEN = 16  # bytes: 128 bits


class Audience(models.TextChoices):
    """Whom a survey asks."""

    CHILD = "child", _("Children and young people")
    PARENT = "parent", _("Parents and carers")
    STAFF = "staff", _("Staff")


class SurveyState(models.TextChoices):
    """How far a survey is."""

    DRAFT = "draft", _("Being written")
    PUBLISHED = "published", _("Published")
    COUNTED = "counted", _("Closed and counted")


class Asks(models.TextChoices):
    """What sort of answer a question of a survey asks for."""

    ONE = "one", _("One answer of a few")
    SEVERAL = "several", _("Any of a few")
    WORDS = "words", _("Their own words")


class Acted(models.TextChoices):
    """What an officer did about words that were read."""

    READ = "read", _("Read: there is nothing to do")
    PASSED_ON = "passed-on", _("Read, and passed on as a concern about a child")


class Came(models.TextChoices):
    """What came of something that was said."""

    DONE = "done", _("Done")
    DOING = "doing", _("Being done")
    NOT = "not", _("Cannot be done")
