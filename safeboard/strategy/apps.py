from django.apps import AppConfig


class StrategyConfig(AppConfig):
    name = "safeboard.strategy"
    label = "strategy"

    def ready(self) -> None:
        from . import clocks, naming, rules, rules_documents, standing  # noqa: F401  (each registers something)
