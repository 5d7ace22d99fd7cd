"""Addresses of the takeaway room."""

from django.urls import URLPattern, URLResolver, path

from . import views

app_name = "takeaway"
urlpatterns: list[URLPattern | URLResolver] = [path("", views.take, name="take")]
