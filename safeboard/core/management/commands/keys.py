"""``safeboard keys rotate``: a new sealing key, and every sealed text sealed with it."""

from collections.abc import Iterator

from django.apps import apps
from django.core.management.base import BaseCommand, CommandParser
from django.db import models, transaction
from django_scopes import scopes_disabled

from safeboard.core import history, keys
from safeboard.core.access import job_access
from safeboard.core.sealed import RESEALERS, SealedBytesField, SealedTextField

BATCH = 500
BATCH_OF_FILES = 5  # rows that hold whole files


def sealed_models() -> Iterator[tuple[type[models.Model], list[str]]]:
    """Every model with sealed fields, and the names of these."""
    for model in apps.get_models():
        names = [field.name for field in model._meta.local_fields if isinstance(field, SealedTextField)]
        if names:
            yield model, names


class Command(BaseCommand):
    help = "Make a new sealing key and seal every text anew with it (rotate), or say which keys are in use (show)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["rotate", "show"])

    def handle(self, *args: object, **options: object) -> None:
        if options["action"] == "show":
            self.stdout.write(f"Sealing keys: {', '.join(map(str, keys.sealing_numbers()))}; the last one seals.")
            self.stdout.write(f"Signing key, its public half's fingerprint: {keys.fingerprint()}")
            return
        number = keys.add_sealing_key()
        self.stdout.write(f"Made sealing key {number}. Restart the service now, so that it seals with the new key.")
        with scopes_disabled():
            for model, names in sealed_models():
                self.stdout.write(f"{model._meta.label}: {self._reseal(model, names)} rows sealed anew")
        with transaction.atomic():
            for reseal in RESEALERS:
                self.stdout.write(f"{reseal.__module__}: {reseal()} values sealed anew")
            history.record(by=job_access("keys rotate"), verb="core.keys_rotated", facts={"key": number})
        self.stdout.write("Done. Keep the old keys as long as you keep backups that were made with them.")

    def _reseal(self, model: type[models.Model], names: list[str]) -> int:
        count = last = 0
        files = any(isinstance(model._meta.get_field(name), SealedBytesField) for name in names)
        batch = BATCH_OF_FILES if files else BATCH
        while True:
            with transaction.atomic():
                rows = list(
                    model._base_manager.select_for_update()
                    .filter(pk__gt=last)
                    .order_by("pk")
                    .only("pk", *names)[:batch]
                )
                if not rows:
                    return count
                model._base_manager.bulk_update(rows, names, batch_size=50)
            count, last = count + len(rows), rows[-1].pk
