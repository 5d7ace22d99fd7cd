from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "safeboard.meetings"
    label = "meetings"

    def ready(self) -> None:
        from . import clocks, rules  # noqa: F401  (registers the permissions and the clocks)
