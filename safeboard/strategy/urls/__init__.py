"""Addresses of the strategy room, a list a subject."""

from django.urls import URLPattern, URLResolver

from .documents import DOCUMENTS
from .plan import PLAN

app_name = "strategy"

urlpatterns: list[URLPattern | URLResolver] = [
    *PLAN,
    *DOCUMENTS,
]
