from django.apps import AppConfig


class InsightConfig(AppConfig):
    name = "safeboard.insight"
    label = "insight"

    def ready(self) -> None:
        from . import clocks, rules, standing  # noqa: F401  (registers the clocks, permissions and the standing item)
