from django.apps import AppConfig


class SitelogsConfig(AppConfig):
    name = "safeboard.sitelogs"
    label = "sitelogs"

    def ready(self) -> None:
        from . import clocks, rules  # noqa: F401  (registers the clock and the permissions)
        from .queries import naming  # noqa: F401  (says how questions and reviews are called)
