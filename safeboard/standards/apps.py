from django.apps import AppConfig


class StandardsConfig(AppConfig):
    name = "safeboard.standards"
    label = "standards"

    def ready(self) -> None:
        from safeboard.strategy.operations import when_done

        from . import clocks, clocks_surveys, rules, standing  # noqa: F401  (clocks, permissions, a standing item)
        from .operations.judging import close_gap

        when_done("standards.gap", close_gap)
