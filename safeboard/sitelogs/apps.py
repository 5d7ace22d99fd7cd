from django.apps import AppConfig


class SitelogsConfig(AppConfig):
    name = "safeboard.sitelogs"
    label = "sitelogs"

    def ready(self) -> None:
        from . import rules  # noqa: F401  (registers the permissions)
