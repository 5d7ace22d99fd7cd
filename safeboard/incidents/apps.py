from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    name = "safeboard.incidents"
    label = "incidents"

    def ready(self) -> None:
        from safeboard.core.sealed import RESEALERS
        from safeboard.outbox.operations import mark_quiet

        from . import clocks, rules, standing  # noqa: F401  (registers the permissions, clocks and standing items)
        from .operations import searching
        from .queries import naming  # noqa: F401  (says how incidents are called)

        RESEALERS.append(searching.rebuild)
        searching.watch_texts()
        mark_quiet("duty-raised-quiet", "alerts-waiting-quiet", "looking-back-due-quiet")
