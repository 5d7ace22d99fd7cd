"""Addresses of the list, the record and what hangs on it."""

from django.urls import URLPattern, path

from .views import listing

RECORD: list[URLPattern] = [
    path("", listing.incident_list, name="list"),
    path("download/<slug:kind>/", listing.download, name="list-download"),
]
