"""Fields of forms as GOV.UK components: which component a widget becomes, and with which options."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseForm, BoundField
from django.forms.widgets import Input
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .components import component

Params = dict[str, Any]
# Said by the component itself, or not wanted: the browser's own limit would cut off pasted text without a word.
OWN_ATTRIBUTES = {"class", "id", "name", "type", "value", "rows", "maxlength", "minlength", "required", "aria-invalid"}
OWN_ATTRIBUTES |= {"autocomplete", "inputmode", "spellcheck", "disabled", "autocapitalize", "aria-describedby"}


def field_html(field: BoundField, *, size: str | None = None, heading: bool | None = None) -> SafeString:
    """The markup of one field with its label, hint and error.

    ``size`` is the label's (xl, l, m, s, or "" for plain); ``heading`` makes the label the heading of the page. Where
    they are not given, the form says (``label_sizes``, ``label_size``, ``label_is_heading``).
    """
    widget = field.field.widget
    if field.is_hidden:
        return SafeString(field.as_widget())
    size, heading = _looks(field, size, heading)
    if hasattr(widget, "parts"):
        return _date(field, size, heading)
    for kinds, render in RENDERERS:
        if isinstance(widget, kinds):
            return render(field, size, heading)
    return _other(field, size, heading)


def form_html(form: BaseForm) -> SafeString:
    """All the fields of a form, in order; those that a choice reveals stand inside that choice."""
    revealed = {name for field in form.fields.values() for name in getattr(field.widget, "reveals", {}).values()}
    return format_html_join("\n", "{}", ((field_html(f),) for f in form if f.name not in revealed))


def error_links(form: BaseForm) -> list[Params]:
    """What the error summary lists for a form: text, and the address of the box that it is about."""
    links: list[Params] = [{"text": message} for message in form.non_field_errors()]
    for name, errors in form.errors.as_data().items():
        if name not in form.fields:
            continue
        field = form[name]
        for error in errors:
            links += [{"text": message, "href": f"#{_target(field, error)}"} for message in error.messages]
    return links


def _target(field: BoundField, error: ValidationError) -> str:
    """The id of the box to mend: a part of a date where the error names one."""
    parts = getattr(field.field.widget, "parts", None)
    if not parts:
        return field.auto_id
    named = (error.params or {}).get("parts") or parts[:1]
    return f"{field.auto_id}_{named[0]}"


def _looks(field: BoundField, size: str | None, heading: bool | None) -> tuple[str, bool]:
    form = field.form
    if heading is None:
        said = getattr(form, "label_is_heading", False)
        heading = said == field.name if isinstance(said, str) else bool(said)
    if size is None:
        sizes = getattr(form, "label_sizes", {})
        size = sizes.get(field.name, "l" if heading else getattr(form, "label_size", "s"))
    return str(size), heading


# Options that components share ----------------------------------------------------------------------------


def _text(field: BoundField) -> str:
    text = str(field.label)
    optional = not field.field.required and getattr(field.form, "mark_optional", False)
    return _("%(label)s (optional)") % {"label": text} if optional and text else text


def _label(field: BoundField, size: str, heading: bool) -> Params:
    return {"text": _text(field), "classes": f"govuk-label--{size}" if size else None, "isPageHeading": heading or None}


def _fieldset(field: BoundField, size: str, heading: bool) -> Params:
    classes = f"govuk-fieldset__legend--{size}" if size else None
    return {"legend": {"text": _text(field), "classes": classes, "isPageHeading": heading or None}}


def _around(field: BoundField) -> Params:
    """Name, hint and error."""
    around: Params = {"name": field.html_name}
    if field.help_text:
        around["hint"] = {"text": field.help_text}
    if field.errors:
        message = format_html_join(SafeString("<br>"), "{}", ((error,) for error in field.errors))
        around["errorMessage"] = {"html": message, "visuallyHiddenText": _("Error")}
    return around


def _attributes(field: BoundField, *more: str) -> Params:
    """The widget's further attributes: those with a value, and those that are merely there."""
    attrs = {**field.field.widget.attrs}
    return {
        key: {"value": True, "optional": True} if value is True else str(value)
        for key, value in attrs.items()
        if key not in OWN_ATTRIBUTES and key not in more and value not in (None, False)
    }


def _box(field: BoundField, size: str, heading: bool) -> Params:
    """What every single box has."""
    attrs = field.field.widget.attrs
    return {
        **_around(field),
        "id": field.auto_id,
        "label": _label(field, size, heading),
        "classes": attrs.get("class"),
        "value": _value(field),
        "autocomplete": attrs.get("autocomplete"),
        "spellcheck": attrs.get("spellcheck"),
        "disabled": field.field.disabled or None,
        "attributes": _attributes(field),
    }


def _value(field: BoundField) -> str | None:
    value = field.field.widget.format_value(field.value())
    return None if value is None else str(value)


# One function for each kind --------------------------------------------------------------------------------


def _input(field: BoundField, size: str, heading: bool) -> SafeString:
    widget = field.field.widget
    kind = widget.attrs.get("type") or widget.input_type
    number = isinstance(widget, forms.NumberInput)
    return component(
        "input",
        {
            **_box(field, size, heading),
            # a number box changes when scrolled over and drops letters without a word
            "type": "text" if number else kind,
            "inputmode": widget.attrs.get("inputmode") or ("numeric" if number else None),
            "spellcheck": False if kind in {"email", "tel", "url"} else widget.attrs.get("spellcheck"),
            "autocapitalize": "none" if kind in {"email", "url"} else None,
        },
    )


def _password(field: BoundField, size: str, heading: bool) -> SafeString:
    words = {
        "showPasswordText": _("Show"),
        "hidePasswordText": _("Hide"),
        "showPasswordAriaLabelText": _("Show password"),
        "hidePasswordAriaLabelText": _("Hide password"),
    }
    return component("password-input", {**_box(field, size, heading), "value": None, **words})


def _area(field: BoundField, size: str, heading: bool) -> SafeString:
    widget = field.field.widget
    params = {**_box(field, size, heading), "rows": str(widget.attrs.get("rows", 5))}
    limit = getattr(field.field, "max_length", None)
    if getattr(widget, "count", False) and limit:
        return component("character-count", {**params, "maxlength": str(limit), "threshold": "50"})
    return component("textarea", params)


def _select(field: BoundField, size: str, heading: bool) -> SafeString:
    """A list to choose from. Its options are written here: the component takes ten times as long for each."""
    options = "".join(
        f'<option value="{escape(str(value))}"{" selected" if selected else ""}>{escape(str(text))}</option>\n'
        for value, text, selected in _options(field)
    )
    box = component("select", {**_box(field, size, heading), "value": None})
    return SafeString(f"{options}</select>".join(box.rsplit("</select>", 1)))


def _options(field: BoundField) -> Iterable[tuple[Any, Any, bool]]:
    """Value, text and whether it is chosen, of every choice; groups are laid flat."""
    widget = field.field.widget
    chosen = {str(value) for value in _chosen(field)}
    for value, text in widget.choices:
        if isinstance(text, list | tuple):
            for inner, inner_text in text:
                yield inner, inner_text, str(inner) in chosen
        else:
            value = "" if value is None else value
            yield value, text, str(value) in chosen


def _chosen(field: BoundField) -> Iterable[Any]:
    return field.field.widget.format_value(field.value()) or [""]


def _choices(field: BoundField, size: str, heading: bool) -> SafeString:
    """Radios and checkboxes."""
    widget = field.field.widget
    many = isinstance(widget, forms.CheckboxSelectMultiple)
    name = "checkboxes" if many else "radios"
    classes = [f"govuk-{name}--inline" if getattr(widget, "inline", False) else ""]
    classes.append(f"govuk-{name}--small" if getattr(widget, "small", False) else "")
    return component(
        name,
        {
            **_around(field),
            "idPrefix": field.auto_id,
            "fieldset": _fieldset(field, size, heading),
            "classes": " ".join(filter(None, classes)) or None,
            "items": list(_items(field, many)),
        },
    )


def _items(field: BoundField, many: bool) -> Iterable[Params]:
    widget = field.field.widget
    hints, reveals = getattr(widget, "hints", {}), getattr(widget, "reveals", {})
    apart = getattr(widget, "apart", None)
    number = 0
    for value, text, chosen in _options(field):
        if value == "" and not many and field.field.required:
            continue
        number += 1
        if str(value) == apart:
            yield {"divider": _("or")}
        item: Params = {"value": str(value), "text": text, "checked": chosen or None}
        item["id"] = field.auto_id if number == 1 else f"{field.auto_id}-{number}"
        if hint := hints.get(str(value)):
            item["hint"] = {"text": hint}
        if (name := reveals.get(str(value))) in field.form.fields:
            item["conditional"] = {"html": field_html(field.form[name])}
        if many and str(value) == apart:
            item["behaviour"] = "exclusive"
        if field.field.disabled:
            item["disabled"] = True
        yield item


def _tick(field: BoundField, size: str, heading: bool) -> SafeString:
    """One box to tick: its label stands beside it."""
    item: Params = {"value": "on", "text": str(field.label), "id": field.auto_id}
    item["checked"] = bool(field.field.widget.check_test(field.value())) or None
    item["disabled"] = field.field.disabled or None
    around = _around(field)
    if hint := around.pop("hint", None):
        item["hint"] = hint
    return component("checkboxes", {**around, "idPrefix": field.auto_id, "items": [item]})


def _date(field: BoundField, size: str, heading: bool) -> SafeString:
    widget = field.field.widget
    value = field.value()
    values = value if isinstance(value, list) else widget.decompress(value)
    wrong = {part for error in field.form.errors.as_data().get(field.name, ()) for part in _parts(error)}
    names = {"day": _("Day"), "month": _("Month"), "year": _("Year"), "time": _("Time")}
    items = []
    for part, written in zip(widget.parts, values, strict=False):
        marked = bool(field.errors) and (not wrong or part in wrong)
        width = "4" if part == "year" else "5" if part == "time" else "2"
        items.append(
            {
                "name": f"{field.html_name}_{part}",
                "id": f"{field.auto_id}_{part}",
                "label": names[part],
                "value": None if written is None else str(written),
                "classes": f"govuk-input--width-{width}" + (" govuk-input--error" if marked else ""),
                "inputmode": "text" if part == "time" else "numeric",
            }
        )
    around = {key: value for key, value in _around(field).items() if key != "name"}
    return component(
        "date-input", {**around, "id": field.auto_id, "fieldset": _fieldset(field, size, heading), "items": items}
    )


def _parts(error: ValidationError) -> Iterable[str]:
    return (error.params or {}).get("parts", ())


def _file(field: BoundField, size: str, heading: bool) -> SafeString:
    params = {key: value for key, value in _box(field, size, heading).items() if key != "value"}
    params["attributes"] = {**params["attributes"], **({"multiple": "multiple"} if _takes_several(field) else {})}
    return component("file-upload", params)


def _takes_several(field: BoundField) -> bool:
    return bool(getattr(field.field.widget, "allow_multiple_selected", False))


def _other(field: BoundField, size: str, heading: bool) -> SafeString:
    """A widget that no component is for: its own markup between label, hint and error of ours."""
    around = _around(field)
    hint, error = around.get("hint"), around.get("errorMessage")
    return format_html(
        '<div class="govuk-form-group{}">{}{}{}{}</div>',
        " govuk-form-group--error" if error else "",
        component("label", {**_label(field, size, heading), "for": field.id_for_label}),
        component("hint", {**hint, "id": f"{field.auto_id}-hint"}) if hint else "",
        component("error-message", {**error, "id": f"{field.auto_id}-error"}) if error else "",
        SafeString(field.as_widget()),
    )


RENDERERS = (
    (forms.CheckboxSelectMultiple, _choices),
    (forms.RadioSelect, _choices),
    (forms.PasswordInput, _password),
    (forms.FileInput, _file),
    (forms.CheckboxInput, _tick),
    (forms.SelectMultiple, _other),
    (forms.Select, _select),
    (forms.Textarea, _area),
    (Input, _input),
)
