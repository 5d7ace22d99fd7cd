"""Addresses of the insight room."""

from django.urls import URLPattern, URLResolver, path

from .views import picture as views

app_name = "insight"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.picture, name="picture"),
    path("paper.pdf", views.paper, name="paper"),
    path("download/<slug:kind>/", views.download, name="download"),
]
