from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "safeboard.documents"
    label = "documents"
