"""What every template knows."""

from django.conf import settings
from django.http import HttpRequest


def safeboard(request: HttpRequest) -> dict[str, object]:
    """The access of the request, and whether this is the demonstration."""
    return {"access": getattr(request, "access", None), "demonstration": settings.DEMONSTRATION}
