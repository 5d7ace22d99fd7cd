from django.apps import AppConfig


class InsightConfig(AppConfig):
    name = "safeboard.insight"
    label = "insight"
