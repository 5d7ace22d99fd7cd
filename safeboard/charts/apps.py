from django.apps import AppConfig


class ChartsConfig(AppConfig):
    name = "safeboard.charts"
    label = "charts"

    def ready(self) -> None:
        from . import rules  # noqa: F401  (registers the permissions)
