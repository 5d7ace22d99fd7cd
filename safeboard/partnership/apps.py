from django.apps import AppConfig


class PartnershipConfig(AppConfig):
    name = "safeboard.partnership"
    label = "partnership"

    def ready(self) -> None:
        from . import rules  # noqa: F401  (registers the permissions)
