"""Addresses of the partnership room."""

from django.urls import URLPattern, URLResolver

app_name = "partnership"
urlpatterns: list[URLPattern | URLResolver] = []
