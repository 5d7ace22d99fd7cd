from django.apps import AppConfig


class InsightConfig(AppConfig):
    name = "safeboard.insight"
    label = "insight"

    def ready(self) -> None:
        from . import clocks, objectives, rules, standing  # noqa: F401  (registers clocks, permissions, what others show)
