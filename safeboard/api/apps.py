from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "safeboard.api"
    label = "api"

    def ready(self) -> None:
        from . import checks, clocks, rules  # noqa: F401  (registers the checks, the clocks and the permissions)
