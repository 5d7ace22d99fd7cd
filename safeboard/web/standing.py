"""The pages that are the same for everybody: help, accessibility, privacy."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from safeboard.core import keys
from safeboard.core.page import open_page

MINUTES, HOURS = 60, 60 * 60


@open_page(reason="who cannot sign in needs help most; holds nothing of anybody")
def help_page(request: HttpRequest) -> HttpResponse:
    """Help: a child in danger, reporting, signing in, and what the words mean."""
    access = getattr(request, "access", None)
    reports = access is None or access.person is None or access.can("incidents.report")
    return render(request, "web/help.html", {**_limits(), "fingerprint": keys.fingerprint(), "reports": reports})


@open_page(reason="a statement to the public; holds nothing of anybody")
def accessibility(request: HttpRequest) -> HttpResponse:
    """How far everybody can use it, and how that was tested (Public Sector Bodies Accessibility Regulations 2018)."""
    return render(request, "web/accessibility.html")


@open_page(reason="people may read it before they sign in; holds nothing of anybody")
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about whom, and who may read it (UK GDPR articles 13 and 14)."""
    return render(request, "web/privacy.html", _limits())


def _limits() -> dict[str, int]:
    return {"idle_minutes": settings.SESSION_IDLE_LIMIT // MINUTES, "session_hours": settings.SESSION_LIMIT // HOURS}
