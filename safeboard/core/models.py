"""The history chain, its checkpoints, and links between records of different rooms."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .privacy import Kept, Privacy
from .roles import PlaceKind


class ChainHead(models.Model):
    """The one row that says where the chain ends. Writers lock it, so that entries follow one another."""

    unwalled = "one row for the whole service, without any agency's data"
    privacy = Privacy(kept=Kept.HISTORY, open=("number", "hash"))

    number = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)


class Entry(models.Model):
    """One change, or one look at something sensitive. Never case text: ids, choices and salted digests only."""

    unwalled = "read only through history.of(record), after the record itself was found behind the wall"
    privacy = Privacy(
        kept=Kept.HISTORY,
        open=(
            "number",
            "at",
            "job",
            "place_kind",
            "place_id",
            "verb",
            "object_type",
            "object_id",
            "facts",
            "previous",
            "hash",
            "mac",
        ),
        personal=("person",),
    )

    number = models.BigIntegerField(_("number"), primary_key=True)
    at = models.DateTimeField(_("when"))
    # No foreign key constraint: the history outlives the person's record.
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    job = models.CharField(_("job"), max_length=60, blank=True)
    place_kind = models.CharField(max_length=10, choices=PlaceKind.choices, blank=True)
    place_id = models.BigIntegerField(null=True)
    verb = models.CharField(_("what was done"), max_length=60)
    object_type = models.CharField(max_length=60)
    object_id = models.BigIntegerField(null=True)
    facts = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    mac = models.CharField(max_length=64)

    class Meta:
        ordering = ["-number"]
        indexes = [models.Index(fields=["object_type", "object_id", "-number"], name="entry_by_object")]


class DigestSalt(models.Model):
    """The salt of an entry's digests. Removing it makes the digests say nothing: that is how a record is erased."""

    unwalled = "random bytes"
    privacy = Privacy(kept=Kept.CASE, open=("entry", "salt"))

    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, primary_key=True, related_name="salt")
    salt = models.BinaryField(max_length=16)


class Checkpoint(models.Model):
    """The chain's newest hash at a moment, signed with a key outside the database and exported."""

    unwalled = "hashes and signatures only"
    privacy = Privacy(kept=Kept.HISTORY, open=("id", "at", "number", "hash", "signature"))

    at = models.DateTimeField()
    number = models.BigIntegerField(help_text=_("the newest entry it covers"))
    hash = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)

    class Meta:
        ordering = ["-number"]


class Link(models.Model):
    """One thread between records of two rooms: an incident led to a lesson, a lesson to an action."""

    unwalled = "two ids and a word; each end is looked up behind its own wall before anything of it is shown"
    privacy = Privacy(
        kept=Kept.CASE,
        open=("id", "from_type", "from_id", "to_type", "to_id", "kind", "made_at"),
    )

    from_type = models.CharField(max_length=60)
    from_id = models.BigIntegerField()
    to_type = models.CharField(max_length=60)
    to_id = models.BigIntegerField()
    kind = models.CharField(max_length=30)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["from_type", "from_id", "to_type", "to_id", "kind"], name="link_once")
        ]
        indexes = [models.Index(fields=["to_type", "to_id"], name="link_back")]
