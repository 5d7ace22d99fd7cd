from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    name = "safeboard.incidents"
    label = "incidents"
