"""What the forms of this room share."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeboard.core.forms import Form, KeyedForm

__all__ = ["NO_NAMES", "FirstDayFirst", "KeyedForm"]

NO_NAMES = gettext_lazy("Name no child here, and nothing that tells who it was.")


class FirstDayFirst(Form):
    """A form with ``since`` and ``until``: the first day does not lie after the last one."""

    def clean(self) -> dict[str, Any]:
        """What was given; an error at ``until`` where it lies before ``since``."""
        given = super().clean() or {}
        if given.get("since") and given.get("until") and given["until"] < given["since"]:
            self.add_error("until", _("The last day must not lie before the first one"))
        return given
