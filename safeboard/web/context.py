"""What every template knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from .navigation import footer, look, navigation


def safeboard(request: HttpRequest) -> dict[str, Any]:
    """The access of the request, the navigation it sees, and whether this is the demonstration."""
    return {
        "access": getattr(request, "access", None),
        "navigation": lambda: navigation(request),
        "navigation_look": lambda: look(request),
        "footer": lambda: footer(request),
        "demonstration": settings.DEMONSTRATION,
    }
