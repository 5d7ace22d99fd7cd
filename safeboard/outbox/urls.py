"""Addresses of the outbox room."""

from django.urls import URLPattern, URLResolver, path

from . import views

app_name = "outbox"
urlpatterns: list[URLPattern | URLResolver] = [
    path("messages/", views.messages, name="messages"),
    path("messages/<int:pk>/", views.message, name="message"),
    path("service/", views.service, name="service"),
    path("service/messages/<int:pk>/again/", views.again, name="again"),
]
