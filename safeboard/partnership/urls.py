"""Addresses of the partnership room."""

from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, path

app_name = "partnership"
urlpatterns: list[URLPattern | URLResolver] = [
    path("invitations/<str:secret>/", lambda r, secret: HttpResponse(), name="accept")
]
