"""GOV.UK components for Django templates and forms: one Jinja environment, kept; everything escaped."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from django.forms import BaseForm
from django.forms.renderers import TemplatesSetting
from django.utils.functional import Promise
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from jinja2 import ChainableUndefined, Environment, PackageLoader, PrefixLoader, TemplateNotFound

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
    return mark_safe(str(_macro(name)(_plain(params))).strip())  # noqa: S308 - Jinja escaped it


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
