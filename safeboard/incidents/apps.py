from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    name = "safeboard.incidents"
    label = "incidents"

    def ready(self) -> None:
        from safeboard.outbox.operations import mark_quiet

        from . import clocks, rules  # noqa: F401  (registers the permissions and the clocks)

        mark_quiet("duty-raised-quiet")
