"""Addresses of the incidents room, a list a subject."""

from django.urls import URLPattern, URLResolver

from .alerts import ALERTS
from .care import CARE
from .evidence import EVIDENCE
from .looking_back import LOOKING_BACK
from .record import RECORD
from .register import REGISTER
from .report import REPORT
from .sharing import SHARING
from .voice import VOICE

app_name = "incidents"

urlpatterns: list[URLPattern | URLResolver] = [
    *ALERTS,
    *REPORT,
    *EVIDENCE,
    *REGISTER,
    *RECORD,
    *SHARING,
    *CARE,
    *VOICE,
    *LOOKING_BACK,
]
