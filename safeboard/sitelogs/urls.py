"""Addresses of the sitelogs room."""

from django.urls import URLPattern, URLResolver

app_name = "sitelogs"
urlpatterns: list[URLPattern | URLResolver] = []
