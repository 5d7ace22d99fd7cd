from django.apps import AppConfig


class StandardsConfig(AppConfig):
    name = "safeboard.standards"
    label = "standards"

    def ready(self) -> None:
        from . import rules  # noqa: F401  (registers the permissions)
