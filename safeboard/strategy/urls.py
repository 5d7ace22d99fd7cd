"""Addresses of the strategy room."""

from django.urls import URLPattern, URLResolver

app_name = "strategy"
urlpatterns: list[URLPattern | URLResolver] = []
