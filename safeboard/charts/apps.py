from django.apps import AppConfig


class ChartsConfig(AppConfig):
    name = "safeboard.charts"
    label = "charts"

    def ready(self) -> None:
        from safeboard.outbox.operations import mark_quiet

        from . import rules  # noqa: F401  (registers the permissions)
        from .operations import PUBLISHED

        mark_quiet(PUBLISHED)
