"""What the forms of this room share."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from safeboard.core.forms import KeyedForm

__all__ = ["NO_NAMES", "KeyedForm"]

NO_NAMES = gettext_lazy("Name no child here, and nothing that tells who it was.")
