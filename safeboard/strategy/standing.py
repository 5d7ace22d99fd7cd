"""What every meeting of the board's group looks at of the plan (Toolkit s2)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext_lazy as _

from safeboard.core.access import Access
from safeboard.core.standing import Line, standing_item

from .queries.plan_home import late_lines


@standing_item("overdue-actions", _("Actions that are overdue, at risk or unanswered"), 20)
def overdue_actions(access: Access, since: date) -> Iterable[Line]:
    """The plan's late actions, and how many were done since the last meeting."""
    return late_lines(access, since)
