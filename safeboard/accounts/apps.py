from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "safeboard.accounts"
    label = "accounts"

    def ready(self) -> None:
        from safeboard.core.sealed import RESEALERS

        from . import operations, receivers  # noqa: F401

        RESEALERS.append(operations.reseal_second_factors)
