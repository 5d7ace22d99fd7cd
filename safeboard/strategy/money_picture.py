"""Where the gap is: a bar an objective of what was asked, with what is committed and what is spent in it."""

from __future__ import annotations

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from safeboard.documents.charts import Picture

from .choices import Means
from .gantt import FONT, GRID, INK, PAPER, fitting
from .queries.money import Side, Sum, said, tables

WIDE, NAMES, WORDS, ROW, HEAD, BAR = 900, 300, 170, 34, 34, 18
SPENT, COMMITTED = "#123b45", "#9dbfc7"


def picture(side: Side, year: int) -> Picture | None:
    """The picture of a year's time, or money, with its table; None where there is nothing to show."""
    if not side.sums:
        return None
    money = side.means == Means.MONEY
    question = _("Where is money missing?") if money else _("Where is people’s time missing?")
    return Picture(question, _answer(side), _svg(side, question), tables([side], year)[0])


def _answer(side: Side) -> str:
    total = side.total
    if not total.gap:
        return _("Nothing is missing: %(asked)s was asked, and it is committed.") % {
            "asked": said(total.asked, side.means)
        }
    widest = max(side.sums, key=lambda one: one.gap)
    words = _("Of %(asked)s asked, %(gap)s is committed by nobody, most of it for “%(name)s”.")
    return words % {"asked": said(total.asked, side.means), "gap": said(total.gap, side.means), "name": widest.name}


def _svg(side: Side, title: str) -> SafeString:
    prefix = f"means-{side.means}"
    high = HEAD + ROW * len(side.sums) + 6
    most = max(max(one.asked, one.committed, one.spent) for one in side.sums) or 1
    room = WIDE - NAMES - WORDS
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {high}" width="{WIDE}" height="{high}" '
        f'role="img" class="app-picture__svg app-picture__svg--wide" aria-labelledby="{prefix}-title {prefix}-desc" '
        f'font-family="{escape(FONT)}" font-size="13" fill="{INK}">',
        f'<title id="{prefix}-title">{escape(title)}</title>',
        f'<desc id="{prefix}-desc">{escape(_described(side))}</desc>',
        f'<defs><pattern id="{prefix}-gap" width="8" height="8" patternUnits="userSpaceOnUse">'
        f'<rect width="8" height="8" fill="{PAPER}"/>'
        '<path d="M-2,2l4,-4M0,8l8,-8M6,10l4,-4" stroke="#aa2a16" stroke-width="1.5"/></pattern></defs>',
        f'<rect width="{WIDE}" height="{high}" fill="{PAPER}"/>',
        _legend(prefix),
        *(_bar(one, HEAD + ROW * n, float(room / float(most)), prefix) for n, one in enumerate(side.sums)),
        "</svg>",
    ]
    return mark_safe("".join(parts))  # noqa: S308  every text is escaped


def _described(side: Side) -> str:
    words = _("%(name)s: asked %(asked)s, committed %(committed)s, spent %(spent)s")
    return "; ".join(
        words
        % {
            "name": one.name,
            "asked": said(one.asked, one.means),
            "committed": said(one.committed, one.means),
            "spent": said(one.spent, one.means),
        }
        for one in side.sums
    )


def _legend(prefix: str) -> str:
    parts, x = [], NAMES
    for fill, words in (
        (SPENT, _("spent")),
        (COMMITTED, _("committed, not spent")),
        (f"url(#{prefix}-gap)", _("asked, committed by nobody")),
    ):
        parts.append(f'<rect x="{x}" y="6" width="18" height="14" fill="{fill}" stroke="{INK}"/>')
        parts.append(f'<text x="{x + 24}" y="18">{escape(words)}</text>')
        x += 60 + 7 * len(words)
    return "".join(parts)


def _bar(one: Sum, top: int, unit: float, prefix: str) -> str:
    y, middle = top + (ROW - BAR) / 2, top + ROW / 2 + 4.5
    spent, committed, asked = (float(value) * unit for value in (one.spent, one.committed, one.asked))
    end = max(spent, committed, asked)
    gap = said(one.gap, one.means)
    words = _("%(gap)s missing") % {"gap": gap} if one.gap else said(one.asked, one.means)
    boxes = (
        (committed, asked - committed, f"url(#{prefix}-gap)"),
        (min(spent, committed), committed - min(spent, committed), COMMITTED),
        (0.0, spent, SPENT),
    )
    drawn = "".join(
        f'<rect x="{NAMES + left:.1f}" y="{y:.1f}" width="{width:.1f}" height="{BAR}" fill="{fill}" stroke="{INK}"/>'
        for left, width, fill in boxes
        if width > 0
    )
    return (
        f'<path d="M0,{top + ROW}H{WIDE}" stroke="{GRID}"/>'
        f'<text x="4" y="{middle:.1f}">{escape(fitting(one.name, NAMES - 16))}</text>{drawn}'
        f'<text x="{NAMES + end + 6:.1f}" y="{middle:.1f}" font-weight="bold">{escape(words)}</text>'
    )
