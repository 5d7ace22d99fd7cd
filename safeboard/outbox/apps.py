from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "safeboard.outbox"
    label = "outbox"
