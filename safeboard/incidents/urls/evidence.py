"""Addresses of an incident's files."""

from django.urls import URLPattern, path

from ..views import attachments

EVIDENCE: list[URLPattern] = [
    path("<int:pk>/files/", attachments.attach, name="attach"),
    path("<int:pk>/files/<int:file>/", attachments.download, name="attachment"),
]
