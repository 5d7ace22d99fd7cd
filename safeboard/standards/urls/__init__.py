"""Addresses of the standards room, by subject."""

from django.urls import URLPattern, URLResolver

from .rounds import ROUNDS
from .surveys import SURVEYS

app_name = "standards"
urlpatterns: list[URLPattern | URLResolver] = [*ROUNDS, *SURVEYS]
