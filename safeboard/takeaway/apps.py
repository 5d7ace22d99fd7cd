from django.apps import AppConfig


class TakeawayConfig(AppConfig):
    name = "safeboard.takeaway"
    label = "takeaway"

    def ready(self) -> None:
        from . import rules  # noqa: F401  (registers the permissions)
