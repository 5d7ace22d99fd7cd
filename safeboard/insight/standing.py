"""What the subgroup looks at in every meeting of the board's indicators."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeboard.core.access import Access
from safeboard.core.standing import Line, standing_item

from .queries.dashboard import changes_since, latest_snapshot
from .queries.indicators import AWAY, courses


@standing_item("indicators", gettext_lazy("Indicators"), order=40)
def indicators(access: Access, since: date) -> Iterator[Line]:
    """What moved since the day of the last meeting, and which indicators are not on the way to their target."""
    if access.board_id is None or not access.can("insight.picture"):
        return
    latest = latest_snapshot(access.board_id)
    at = timezone.make_aware(datetime.combine(since, time.max))
    url = reverse("insight:dashboard")
    for change in changes_since(access, access.board_id, at, latest):
        yield Line(change, url)
    for course in courses(access, access.board_id):
        if course.state == AWAY:
            words = _("Not on the way to its target: %(title)s") % {"title": course.indicator.title}
            yield Line(words, reverse("insight:indicator", args=[course.indicator.pk]), course.said)
