"""The long tables of the plan, written at once: in a loop of the template, their rows take longer than all the rest.

Every value is escaped here, by the standard library: Django's escaping looks for lazy and safe strings first, which are
not among them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from html import escape
from typing import Any

from django import template
from django.forms import Form
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from safeboard.core import times
from safeboard.documents.sheets import Table

from ..queries.plan_standing import Seen, Standing

register = template.Library()


@register.simple_tag
def plan_rows(rows: Iterable[tuple[Seen, Iterable[str]]]) -> SafeString:
    """The rows of the table of actions: what, under which objective, what it waits for, who, by when, how it stands."""
    who, due, state = (_label(one) for one in (_("Who"), _("Expected"), _("How it stands")))
    was, waits = _("was %(name)s’s, who left"), _("waits for")
    made = []
    for action, first in rows:
        below = [action.objective] if action.objective else []
        below += [f"{waits} {title}" for title in first]
        left = [was % {"name": action.left}] if action.left else []
        made.append(
            f'<tr><th scope="row">{_link(action)}{_below(below)}</th><td{who}>{escape(action.whose)}{_below(left)}</td>'
            f"<td{due}>{_due(action)}</td><td{state}>{_tag(action.how)}</td></tr>\n"
        )
    return SafeString("".join(made))


@register.simple_tag
def plan_cards(actions: Iterable[Seen], title: str) -> SafeString:
    """The cards of a column of the board by state; a card says how it stands where that is not the column's title."""
    return SafeString("".join(_card(one, title) for one in actions))


def _card(action: Seen, title: str) -> str:
    how = _tag(action.how) if action.how.word != title else ""
    return (
        f'<li class="sb-states__card">{_link(action)}<span class="sb-states__line">{escape(action.whose)}</span>'
        f'<span class="sb-states__line">{_day(action.due_on)} {how}</span></li>\n'
    )


@register.simple_tag
def cells(table: Table) -> SafeString:
    """The rows of a table of words and days: the first cell of each is its head."""
    made = []
    for row in table.cells():
        head, *rest = (escape(times.exact(one) if isinstance(one, date) else str(one or "")) for one in row)
        inside = "".join(f'<td class="govuk-table__cell">{text}</td>' for text in rest)
        first = f'<th scope="row" class="govuk-table__header">{head}</th>'
        made.append(f'<tr class="govuk-table__row">{first}{inside}</tr>')
    return SafeString("\n".join(made))


@register.simple_tag
def filter_fields(form: Form) -> SafeString:
    """The boxes of a filter: those of text, and lists. What cannot be used is said as every form says it."""
    if form.errors:
        return form.render()
    return SafeString("".join(_box(form, name) for name in form.fields))


def _box(form: Form, name: str) -> str:
    field: Any = form.fields[name]
    value, label = str(form.data.get(name, "")), escape(str(field.label))
    if hasattr(field, "choices"):
        options = (
            f'<option value="{escape(str(one))}"{" selected" if str(one) == value else ""}>{escape(str(text))}</option>'
            for one, text in field.choices
        )
        box = f'<select class="govuk-select" id="id_{name}" name="{name}">{"".join(options)}</select>'
    else:
        listed, names = _suggested(name, getattr(field, "suggested", ()))
        box = f'<input class="govuk-input" id="id_{name}" name="{name}" type="text" value="{escape(value)}"{listed}>'
        box += names
    head = f'<label class="govuk-label govuk-label--s" for="id_{name}">{label}</label>'
    return f'<div class="govuk-form-group">{head}{box}</div>\n'


def _suggested(name: str, words: Iterable[str]) -> tuple[str, str]:
    """What a browser proposes for a box of text: the attribute of the box, and the list."""
    options = "".join(f'<option value="{escape(one)}"></option>' for one in words)
    return (f' list="{name}-list"', f'<datalist id="{name}-list">{options}</datalist>') if options else ("", "")


def _label(words: str) -> str:
    """What a cell is called where the table folds into cards."""
    return f' data-label="{escape(words)}"'


def _link(action: Seen) -> str:
    return f'<a class="govuk-link" href="{escape(action.url)}">{escape(action.title)}</a>'


def _below(lines: Iterable[str]) -> str:
    return "".join(f'<br><span class="sb-quiet">{escape(line)}</span>' for line in lines)


def _day(day: date) -> str:
    words = escape(times.exact(day))
    return f'<time class="sb-when" datetime="{day.isoformat()}" title="{words}">{words}</time>'


def _due(action: Seen) -> str:
    if action.due_on == action.first_due_on:
        return _day(action.due_on)
    before = f"{escape(_('first expected by'))} {_day(action.first_due_on)}"
    return f'{_day(action.due_on)}<br><span class="sb-quiet">{before}</span>'


def _tag(how: Standing) -> str:
    return f'<strong class="govuk-tag govuk-tag--{escape(how.colour)}">{escape(how.word)}</strong>'
