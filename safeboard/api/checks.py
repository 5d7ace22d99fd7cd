"""What is looked at when the service starts: the addresses and the secret of its calls to other programs."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from .posting import faults

SHORTEST = 32


@register()
def webhooks(app_configs: Any, **_options: Any) -> list[CheckMessage]:
    """An error for each address that may not be called, and for a secret that is missing or short."""
    urls = settings.SAFEBOARD_WEBHOOK_URLS
    found: list[CheckMessage] = [
        Error(f"SAFEBOARD_WEBHOOK_URLS, number {number}: {'; '.join(wrong)}.", id="api.E001")
        for number, url in enumerate(urls, 1)
        if (wrong := faults(url))
    ]
    if urls and len(settings.SAFEBOARD_WEBHOOK_SECRET) < SHORTEST:
        found.append(Error(f"SAFEBOARD_WEBHOOK_SECRET must have {SHORTEST} letters or more.", id="api.E002"))
    return found
