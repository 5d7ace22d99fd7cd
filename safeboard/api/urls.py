"""Addresses of the API, of its description, and of the pages for tokens."""

from django.urls import URLPattern, URLResolver, include, path

from . import views
from .description import endpoints

app_name = "api"

urlpatterns: list[URLPattern | URLResolver] = [
    path("tokens/", views.tokens, name="tokens"),
    path("tokens/new/", views.new, name="token-new"),
    path("tokens/<int:pk>/revoke/", views.revoke, name="token-revoke"),
    path("api/", views.about, name="about"),
    path("api/v1/openapi.json", views.openapi, name="openapi"),
    path("api/v1/", include(endpoints())),
]
