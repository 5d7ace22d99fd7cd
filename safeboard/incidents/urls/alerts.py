"""Addresses of alerts."""

from django.urls import URLPattern, path

from ..views import alerts

ALERTS: list[URLPattern] = [
    path("alerts/", alerts.alerts, name="alerts"),
    path("alerts/dismiss/", alerts.dismiss, name="alerts-dismiss"),
    path("alerts/<int:pk>/", alerts.alert, name="alert"),
]
