"""GOV.UK components for Django templates and forms: one Jinja environment, kept; everything escaped."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Hashable, Mapping
from functools import cache
from typing import Any

from django.forms import BaseForm
from django.forms.renderers import TemplatesSetting
from django.utils.functional import Promise
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from jinja2 import ChainableUndefined, Environment, PackageLoader, PrefixLoader, TemplateNotFound
from markupsafe import escape

ENVIRONMENT = Environment(
    loader=PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
    autoescape=True,
    undefined=ChainableUndefined,
    auto_reload=False,
    trim_blocks=True,
    lstrip_blocks=True,
)


def component(name: str, params: Mapping[str, Any]) -> SafeString:
    """The markup of a GOV.UK component, such as ``component("button", {"text": "Save"})``.

    ``name`` is the component's name in the design system, ``params`` are its options. Text is escaped; so is what
    is given as ``html`` unless it was marked safe. ValueError where there is no such component, or where
    ``attributes`` is ready markup instead of a mapping.
    """
    given = _plain(params)
    if name not in KEPT or _says_what_was_typed(given):
        return mark_safe(_made(name, given))  # noqa: S308 - Jinja escaped it
    given, typed = _apart(name, given)
    made = _kept(name, given)
    return mark_safe(_HERE.sub(lambda at: str(escape(typed[int(at[1])])), made) if typed else made)  # noqa: S308


def _made(name: str, given: Mapping[str, Any]) -> str:
    return str(_macro(name)(given)).strip()


# The boxes of a form and its buttons take long to make and are the same again and again: their markup is kept, by all
# that it is made of. What somebody typed, and what is said of it, is not: it is put in each time.
KEPT = {*("button", "input", "textarea", "character-count", "date-input"), *("select", "radios", "checkboxes")}
TYPED = {"input", "textarea", "character-count"}
MOST, LONGEST = 500, 50_000  # pieces of markup, and characters of each
_MARKUP: dict[Hashable, str] = {}
_PLACE = secrets.token_hex(8)
_HERE = re.compile(_PLACE + r"-(\d+);")


def _says_what_was_typed(given: Mapping[str, Any]) -> bool:
    """Whether the options hold an error, or boxes that a choice reveals."""
    return "errorMessage" in given or any("conditional" in item for item in given.get("items", ()) if item)


def _kept(name: str, given: Mapping[str, Any]) -> str:
    """The markup, made once for the same options."""
    try:
        key = (name, _frozen(given))
    except TypeError:  # an option that could change
        return _made(name, given)
    made = _MARKUP.get(key)
    if made is None:
        made = _made(name, given)
        if len(_MARKUP) >= MOST:
            _MARKUP.clear()
        if len(made) <= LONGEST:
            _MARKUP[key] = made
    return made


def _apart(name: str, given: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """The options with places for what was typed into the boxes, and what was typed."""
    typed: list[str] = []
    if name in TYPED:
        return _without_value(given, typed), typed
    if name == "date-input":
        return {**given, "items": [_without_value(item, typed) for item in given.get("items", ())]}, typed
    return given, typed


def _without_value(given: dict[str, Any], typed: list[str]) -> dict[str, Any]:
    value = given.get("value")
    if not value or not isinstance(value, str):
        return given
    typed.append(value)
    return {**given, "value": f"{_PLACE}-{len(typed) - 1};"}


def _frozen(value: Any) -> Hashable:
    """What the same options have in common; text that is markup is not the text. TypeError where it could change."""
    if type(value) is str:
        return value
    if isinstance(value, dict):
        return tuple((key, _frozen(one)) for key, one in value.items())
    if isinstance(value, list):
        return ("list", *map(_frozen, value))
    if isinstance(value, str | int | float | None):
        return type(value), value
    raise TypeError(f"{value!r} could change")


@cache
def _macro(name: str) -> Callable[[Any], str]:
    try:
        template = ENVIRONMENT.get_template(f"govuk_frontend_jinja/components/{name}/macro.html")
    except TemplateNotFound as error:
        raise ValueError(f"There is no GOV.UK component called {name!r}") from error
    macro = "govuk" + "".join(part.capitalize() for part in name.split("-"))
    return getattr(template.module, macro)


def _plain(value: Any, key: str = "") -> Any:
    """What the macros can work on: real strings, no None, and no markup that nobody marked safe."""
    if isinstance(value, Mapping):
        return {str(k): _plain(v, str(k)) for k, v in value.items() if v is not None}
    if key == "attributes" and value:
        raise ValueError("attributes are given as a mapping, so that they can be escaped")
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Promise):
        value = str(value)
    if isinstance(value, str) and key.lower().endswith("html"):
        return conditional_escape(value)
    return value


class GovukRenderer(TemplatesSetting):
    """Renders a form, and each of its fields, as GOV.UK components."""

    form_template_name = "web/forms/form.html"
    formset_template_name = "web/forms/formset.html"
    field_template_name = "web/forms/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        """A field goes straight to its component, everything else to its template."""
        if template_name == self.field_template_name:
            from .fields import field_html

            return field_html(context["field"])
        if template_name == self.form_template_name and isinstance(context.get("form"), BaseForm):
            from .fields import form_html

            return form_html(context["form"])
        return super().render(template_name, context, request)
