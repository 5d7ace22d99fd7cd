"""Words and states of meetings for templates."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safeboard.core.times import element, exact
from safeboard.strategy.models import Action

from ..choices import MeetingState
from ..models import AgendaItem, Attendance, Decision, Interest, Meeting
from ..paper import said_of as in_words
from ..paper import said_of_action
from ..queries.meetings import Attended

register = template.Library()


@register.filter
def time_taken(minutes: int) -> str:
    """Minutes as a person says them: '45 minutes', '2 hours', '1 hour 30 minutes', 'none'."""
    whole, rest = divmod(minutes, 60)
    hours = ngettext("%(n)s hour", "%(n)s hours", whole) % {"n": whole} if whole else ""
    minute = ngettext("%(n)s minute", "%(n)s minutes", rest) % {"n": rest} if rest else ""
    return " ".join(filter(None, (hours, minute))) or _("none")


@register.filter
def said_of(row: Attendance) -> str:
    """Somebody at a meeting in words."""
    return in_words(row)


@register.filter
def action_cells(action: Any) -> list[str]:
    """An action as the cells of a row."""
    return said_of_action(action)


@register.simple_tag
def meeting_tag(meeting: Meeting) -> SafeString:
    """Where a meeting stands, with its minutes."""
    word, colour = _state(meeting)
    return format_html('<strong class="govuk-tag govuk-tag--{}">{}</strong>', colour, word)


@register.simple_tag
def meeting_rows(rows: Iterable[Any], decided: bool = False) -> SafeString:
    """The rows of a list of meetings: which, when, how many decisions where they are counted, where it stands."""
    when, number, stands = (f' data-label="{escape(one)}"' for one in (_("When"), _("Decisions"), _("Where it stands")))
    base, made = reverse("meetings:meetings"), []
    for one in rows:
        count = f'<td{number} class="sb-table__number">{one.decided}</td>' if decided else ""
        made.append(
            f'<tr><th scope="row"><a class="govuk-link" href="{base}{one.pk}/">{escape(one.title)}</a></th>'
            f"<td{when}>{element(one.starts_at, 'exact')}</td>{count}<td{stands}>{meeting_tag(one)}</td></tr>"
        )
    return SafeString("\n".join(made))


@register.simple_tag
def item_tools(item: AgendaItem, base: str, first: bool, last: bool) -> SafeString:
    """What can be done to an item of the agenda; its buttons belong to the form "agenda-tools" of the page."""
    at, name = f"{base}items/{item.pk}/", escape(item.title)
    made = [
        f'<a class="govuk-link" href="{at}">{_named(_("Change"), name)}</a>',
        f'<a class="govuk-link" href="{at}papers/add/">{_named(_("Add a paper"), name)}</a>',
        "" if first else _button(f"{at}move-up/", _named(_("Up"), name)),
        "" if last else _button(f"{at}move-down/", _named(_("Down"), name)),
        _button(f"{at}remove/", _named(_("Take off"), name)),
    ]
    return SafeString(f'<div class="sb-tools">{" ".join(filter(None, made))}</div>')


def _named(words: str, escaped_name: str) -> str:
    return f'{escape(words)}<span class="govuk-visually-hidden">: {escaped_name}</span>'


def _button(address: str, inside: str) -> str:
    form = f'type="submit" form="agenda-tools" formaction="{address}"'
    return f'<button {form} class="govuk-link sb-as-link">{inside}</button>'


@register.simple_tag
def taken(shown: Any) -> SafeString:
    """What was taken down under an item or in a meeting: interests, decisions, actions; written at once."""
    made = [f'<p class="govuk-body-s">{_strong(_("Interest:"))} {_interest(one)}</p>' for one in _interests(shown)]
    made += [_decision(one) for one in shown.decisions]
    made += [_action(one) for one in shown.actions]
    return SafeString("\n".join(made))


def _interests(shown: Any) -> list[Interest]:
    return getattr(shown, "interests", [])


def _strong(words: str) -> str:
    return f"<strong>{escape(words)}</strong>"


def _interest(one: Interest) -> str:
    return escape(f"{one.member.name}: {one.what} ({one.get_done_display()})")


def _decision(one: Decision) -> str:
    head = _strong(_("Decision %(number)s:") % {"number": one.label})
    none = f' <strong class="govuk-tag govuk-tag--yellow">{escape(_("No quorum"))}</strong>'
    return f'<p class="govuk-body sb-words">{head} {escape(one.text)}{"" if one.quorate else none}</p>'


def _action(one: Action) -> str:
    who = one.owner or one.agency
    name = f"{escape(who.name)}, " if who else ""
    when = escape(_("by %(day)s") % {"day": exact(one.due_on)})
    link = f'<a class="govuk-link" href="{escape(one.url)}">{escape(one.title)}</a>'
    state = f'<span class="sb-quiet">({escape(one.get_state_display())})</span>'
    return f'<p class="govuk-body">{_strong(_("Action:"))} {link}, {name}{when} {state}</p>'


@register.simple_tag
def people(attended: Attended) -> SafeString:
    """The rows of who is coming, or who came: name, part, answer; whether they came, once that is noted."""
    part, answer, came = (f' data-label="{escape(one)}"' for one in (_("Part"), _("Answer"), _("Came")))
    noted = attended.noted
    made = []
    for row in attended.rows:
        name, what, said = _person(row)
        end = f"<td{came}>{escape(str(row.get_came_display()))}</td>" if noted else ""
        cells = f"<td{part}>{escape(what)}</td><td{answer}>{escape(said)}</td>{end}"
        made.append(f'<tr><th scope="row">{escape(name)}</th>{cells}</tr>')
    return SafeString("\n".join(made))


def _person(row: Attendance) -> tuple[str, str, str]:
    """Name, what they are, and what they answered, with their deputy."""
    deputy = f": {row.deputy}" if row.deputy else ""
    if row.member is None:
        return row.guest, _("Guest"), deputy.removeprefix(": ")
    said = str(row.get_answer_display()) if row.pk else _("Not invited yet")
    return row.member.name, str(row.member.get_part_display()), f"{said}{deputy}"


def _state(meeting: Meeting) -> tuple[str, str]:
    if meeting.approved_on:
        return _("Minutes approved"), "green"
    if meeting.state == MeetingState.CANCELLED:
        return str(MeetingState.CANCELLED.label), "grey"
    if meeting.state == MeetingState.HELD:
        return _("Minutes in draft"), "yellow"
    if meeting.is_over:
        return _("No minutes yet"), "red"
    return str(meeting.get_state_display()), "blue" if meeting.state == MeetingState.CALLED else "grey"
