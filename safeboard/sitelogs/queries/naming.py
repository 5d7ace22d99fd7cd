"""What questions and random reviews are called where another record came from them (core.because)."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from safeboard.core import because, times
from safeboard.core.access import Access

from ..models import Authority, Question, RandomReview
from .records import authorities_of, visible_to


def name_question(access: Access, pk: int) -> because.Named | None:
    """A question, for who may open it."""
    found = visible_to(access).filter(pk=pk).first() if access.can("sitelogs.ask") else None
    return _question(found) if found else None


def _question(found: Question) -> because.Named:
    words = _("Question %(n)s to the filter logs, %(when)s") % {"n": found.pk, "when": times.exact(found.asked_at)}
    return because.Named(words, reverse("sitelogs:question", args=[found.pk]))


def name_review(access: Access, pk: int) -> because.Named | None:
    """A random review of the own agency."""
    if not access.can("sitelogs.see"):
        return None
    rows = RandomReview.objects.filter(agency_id=access.agency_id or 0, pk=pk).select_related("plan__log__setting")
    found = rows.first()
    if found is None:
        return None
    words = _("Random review of the filter logs of %(where)s, %(when)s")
    where, when = found.plan.log.setting.name, times.exact(found.drawn_at)
    return because.Named(words % {"where": where, "when": when}, reverse("sitelogs:review", args=[found.pk]))


def name_authority(access: Access, pk: int) -> because.Named | None:
    """An authority: that the logs were asked, for whoever may open the authority."""
    found = authorities_of(access).filter(pk=pk).first() if access.can("sitelogs.ask") else None
    if found is None:
        return None
    words = _("Filter logs asked, authority %(n)s") % {"n": found.pk}
    return because.Named(words, reverse("sitelogs:authority", args=[found.pk]))


because.named_by(Question._meta.label_lower, name_question)
because.named_by(RandomReview._meta.label_lower, name_review)
because.named_by(Authority._meta.label_lower, name_authority)
