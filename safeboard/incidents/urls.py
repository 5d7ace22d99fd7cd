"""Addresses of the incidents room."""

from django.urls import URLPattern, URLResolver

app_name = "incidents"

# Writing a report
REPORT: list[URLPattern] = []
# Files
ATTACHMENTS: list[URLPattern] = []
# The record, the walk, referrals
RECORD: list[URLPattern] = []

urlpatterns: list[URLPattern | URLResolver] = [*REPORT, *ATTACHMENTS, *RECORD]
