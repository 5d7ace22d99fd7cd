"""The standing item of the plan: what is late, and what agencies have not answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeboard.core.access import Access
from safeboard.core.standing import Line, standing_item
from safeboard.strategy import queries as strategy
from safeboard.strategy.choices import LIVE

MOST = 15  # lines; the plan shows the rest


@standing_item("overdue-actions", gettext_lazy("Actions that are late"), 20)
def overdue_actions(access: Access, since: date) -> Iterator[Line]:
    """How many actions of the plan are late, and the latest of them by name."""
    late = strategy.visible_to(access).filter(due_on__lt=timezone.localdate(), state__in=LIVE)
    count = late.count()
    if not count:
        return
    yield Line(_("Actions past their date"), figure=str(count))
    for one in late.select_related("agency", "owner").order_by("due_on", "pk")[:MOST]:
        who = one.agency.name if one.agency else one.owner.name if one.owner else _("the board")
        words = {"title": one.title, "who": who, "day": date_format(one.due_on, "j F Y")}
        yield Line(_("%(title)s: %(who)s, by %(day)s") % words, one.url)
