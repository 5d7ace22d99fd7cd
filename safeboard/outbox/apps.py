from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "safeboard.outbox"
    label = "outbox"

    def ready(self) -> None:
        from . import housekeeping, rules  # noqa: F401  (registers the clocks and the permissions)
