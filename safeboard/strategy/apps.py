from django.apps import AppConfig


class StrategyConfig(AppConfig):
    name = "safeboard.strategy"
    label = "strategy"

    def ready(self) -> None:
        from . import clocks, rules  # noqa: F401  (registers the permissions and the clocks)
