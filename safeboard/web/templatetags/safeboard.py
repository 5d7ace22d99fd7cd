"""What Safeboard's pages say in one way everywhere: ``{% load safeboard %}``."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.http import QueryDict
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from safeboard.core import times

register = template.Library()
TAG_COLOURS = {"red", "yellow", "green", "blue", "purple", "grey", "orange"}


@register.simple_tag
def tag(text: str, colour: str = "grey") -> SafeString:
    """A state in a word: red late or danger, yellow soon, green done, blue information, purple confidential, grey."""
    if colour not in TAG_COLOURS:
        raise ValueError(f"A tag cannot be {colour!r}")
    return format_html('<strong class="govuk-tag govuk-tag--{}">{}</strong>', colour, text)


@register.simple_tag
def when(moment: datetime | date | None, kind: str = "") -> SafeString | str:
    """A time as a person says it, the exact one in the markup: ``{% when duty.by "due" %}``.

    ``kind``: "due" for what is owed (late ones are marked), "exact" for the plain date and time, else how near it is.
    """
    return times.element(moment, kind) if moment else ""


@register.simple_tag
def telephone(number: str, text: str = "") -> SafeString | str:
    """A number that dials on a phone: ``{% telephone "0800 1111" %}``. An extension is shown, and not dialled."""
    if not number:
        return ""
    dialled = re.sub(r"[^0-9+*#]", "", re.split(r"(?i)ext|x", str(number))[0].replace("(0)", ""))
    return format_html('<a class="govuk-link sb-telephone" href="tel:{}">{}</a>', dialled, text or number)


@register.simple_tag
def defanged(address: Any) -> SafeString:
    """An address made inert: hxxps://example[.]org, never a link, read from left to right whatever stands in it."""
    text = re.sub(r"(?i)\b(h)tt(ps?)(?=:)", r"\1xx\2", str(address or ""))
    for sign, safe in ((".", "[.]"), ("@", "[@]"), ("://", "[:]//")):
        text = text.replace(sign, safe)
    return format_html('<bdi class="sb-defanged" dir="ltr" translate="no">{}</bdi>', text)


@register.inclusion_tag("web/_pagination.html", takes_context=True)
def pagination(context: Context, page: Page, name: str = "page") -> dict[str, Any]:
    """Links to the other pages of a list, with the rest of the address kept: ``{% pagination page_obj %}``."""
    pages = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    entries = [
        {"number": number, "href": query(context, **{name: number}), "current": number == page.number}
        if isinstance(number, int)
        else {"gap": True}
        for number in pages
    ]
    return {
        "page": page,
        "entries": entries,
        "before": query(context, **{name: page.number - 1}) if page.has_previous() else "",
        "after": query(context, **{name: page.number + 1}) if page.has_next() else "",
    }


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: Any) -> str:
    """The query of this page with some parts changed: ``{% query sort="name" page=None %}`` (None takes one out)."""
    request = context.get("request")
    given = request.GET.copy() if request else QueryDict(mutable=True)
    for key, value in changes.items():
        if value in (None, ""):
            given.pop(key, None)
        else:
            given[key] = value
    return f"?{given.urlencode()}"


@register.simple_tag(takes_context=True)
def may(context: Context, permission: str) -> bool:
    """Whether whoever looks at the page carries a permission: for a link to a page of another room."""
    access = context.get("access")
    return access is not None and access.can(permission)


@register.simple_tag
def count_in_words(number: int, one: str, many: str) -> str:
    """'No incidents', '1 incident', '1,204 incidents': ``{% count_in_words total "incident" "incidents" %}``."""
    if number == 0:
        return _("No %(many)s") % {"many": many}
    return f"{thousands(number)} {one if number == 1 else many}"


@register.filter
def thousands(number: Any) -> str:
    """A count as every page shows one: '1,686'. What is no whole number stays as it is."""
    return f"{number:,}" if type(number) is int else str(number)


@register.inclusion_tag("web/_column_head.html", takes_context=True)
def column_head(context: Context, text: str, sort: str = "", number: bool = False) -> dict[str, Any]:
    """A heading of a column, with a link that sorts by it: ``{% column_head "Name" sort="name" %}``.

    The view reads ``sort`` from the query: the word, with a minus before it for descending.
    """
    if not sort:
        return {"text": text, "number": number}
    request = context.get("request")
    now = request.GET.get("sort", "") if request else ""
    order = {sort: "ascending", f"-{sort}": "descending"}.get(now, "")
    target = f"-{sort}" if order == "ascending" else sort
    return {"text": text, "number": number, "order": order, "href": query(context, sort=target, page=None)}


@register.filter
def beside(row: Any, columns: list[Any]) -> list[tuple[Any, Any]]:
    """The cells of a row, each with its column."""
    return list(zip(columns, row["cells"] if isinstance(row, dict) else row, strict=False))
