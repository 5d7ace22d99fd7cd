from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "safeboard.meetings"
    label = "meetings"

    def ready(self) -> None:
        from . import rules  # noqa: F401  (registers the permissions)
