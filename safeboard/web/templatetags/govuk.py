"""GOV.UK components, fields and the error summary in Django templates: ``{% load govuk %}``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.forms import BaseForm, BaseFormSet, BoundField
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from safeboard.web import components, fields

register = template.Library()


@register.simple_tag
def component(which: str, **params: Any) -> SafeString:
    """A component: ``{% component "button" text="Save" %}``. ``label__text="Name"``: {"label": {"text": "Name"}}."""
    return components.component(which, _nested(params))


@register.simple_block_tag
def componentblock(content: str, which: str, **params: Any) -> SafeString:
    """A component around markup: ``{% componentblock "details" summaryText="More" %}…{% endcomponentblock %}``."""
    return components.component(which, {**_nested(params), "html": content})


@register.simple_block_tag
def row(content: str, label: str, change: str = "", what: str = "", text: str = "") -> SafeString:
    """A row of a ``<dl class="govuk-summary-list">``: ``{% row "Name" %}{{ name }}{% endrow %}``.

    ``change`` is the address that changes it, ``what`` names it for those who hear the link alone, ``text`` is the
    link's word ("Change" where none is given).
    """
    link = format_html(
        '<dd class="govuk-summary-list__actions"><a class="govuk-link" href="{}">{}'
        '<span class="govuk-visually-hidden"> {}</span></a></dd>',
        change,
        text or _("Change"),
        what or label,
    )
    return format_html(
        '<div class="govuk-summary-list__row{}"><dt class="govuk-summary-list__key">{}</dt>'
        '<dd class="govuk-summary-list__value">{}</dd>{}</div>',
        "" if change else " govuk-summary-list__row--no-actions",
        label,
        content,
        link if change else "",
    )


@register.simple_tag
def field(bound: BoundField, size: str | None = None, heading: bool | None = None) -> SafeString:
    """A field with another look than its form gives it: ``{% field form.name size="l" heading=True %}``."""
    return fields.field_html(bound, size=size, heading=heading)


@register.simple_tag
def error_summary(*forms: BaseForm | BaseFormSet) -> SafeString | str:
    """What has to be put right in these forms, each error leading to its box; nothing where all is well."""
    links = [link for form in _each(forms) if form.is_bound and form.errors for link in fields.error_links(form)]
    links += [{"text": text} for form in forms if isinstance(form, BaseFormSet) for text in form.non_form_errors()]
    if not links:
        return ""
    title = _("There is something to put right. What you wrote is still here.")
    return components.component("error-summary", {"titleText": title, "errorList": links})


@register.simple_tag(takes_context=True)
def error_in_title(context: Context) -> str:
    """'Error: ' for the title of a page where a form has errors."""
    values = [value for layer in context.dicts for value in layer.values()]
    # by type(): isinstance() would wake lazy values, such as the token against forged posts
    forms = [value for value in values if issubclass(type(value), BaseForm | BaseFormSet)]
    return _("Error: ") if any(form.is_bound and form.errors for form in _each(forms)) else ""


def _each(forms: Iterable[Any]) -> Iterable[BaseForm]:
    for form in forms:
        if isinstance(form, BaseFormSet):
            yield from form.forms
        elif form:
            yield form


def _nested(params: dict[str, Any]) -> dict[str, Any]:
    nested: dict[str, Any] = {}
    for key, value in params.items():
        *path, last = key.split("__")
        place = nested
        for part in path:
            place = place.setdefault(part, {})
        place[last] = value
    return nested
