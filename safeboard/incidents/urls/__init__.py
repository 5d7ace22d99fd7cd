"""Addresses of the incidents room, a list a subject."""

from django.urls import URLPattern, URLResolver

from .evidence import EVIDENCE
from .record import RECORD
from .report import REPORT

app_name = "incidents"

urlpatterns: list[URLPattern | URLResolver] = [*REPORT, *EVIDENCE, *RECORD]
