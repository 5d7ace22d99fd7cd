"""What was published from the packs: every version of every item, kept as it was shown."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from safeboard.core.privacy import Kept, Privacy


class PublishedItem(models.Model):
    """One version of one item of a pack. Its words never change: a trigger in the database refuses it.

    Records keep pack, id and version (and the wording that was shown), and find the whole item here. Local charts
    lie here too, so that an incident keeps the words it walked when its agency leaves the board they were of.
    """

    unwalled = "shipped words, and local charts under keys that only walled records hold (charts, incidents)"
    privacy = Privacy(
        kept=Kept.ALWAYS,
        open=("id", "pack", "kind", "item", "version", "sha256", "body", "published_at"),
    )

    pack = models.CharField(_("pack"), max_length=60)
    kind = models.CharField(_("kind"), max_length=60)
    item = models.CharField(_("item"), max_length=60)
    version = models.PositiveIntegerField(_("version"))
    sha256 = models.CharField(_("digest"), max_length=64)
    body = models.JSONField(_("body"))
    published_at = models.DateTimeField(_("published"), auto_now_add=True)

    class Meta:
        verbose_name = _("published item")
        verbose_name_plural = _("published items")
        ordering = ["pack", "kind", "item", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["pack", "kind", "item", "version"], name="published_once"),
            models.CheckConstraint(condition=models.Q(version__gte=1), name="published_version_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.pack}/{self.kind}/{self.item} {self.version}"
