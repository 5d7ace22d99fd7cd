from django.apps import AppConfig


class InsightConfig(AppConfig):
    name = "safeboard.insight"
    label = "insight"

    def ready(self) -> None:
        from . import clocks, rules  # noqa: F401  (registers the clock and the permissions)
