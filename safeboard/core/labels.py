"""What a record's choices are called: Django makes the list of all of them anew for each that it is asked for."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db import models
from django.utils.encoding import force_str


@cache
def _labels(field: Any) -> dict[Any, Any]:
    """The labels of a field by its values; each is put into the language of the request when it is asked for."""
    return dict(field.flatchoices)


class Labelled(models.Model):
    """A record whose ``get_..._display`` is quick: a table asks for hundreds."""

    class Meta:
        abstract = True

    def _get_FIELD_display(self, field: Any) -> Any:
        """The label of what the field holds; what it holds, where that is none of its choices."""
        value = getattr(self, field.attname)
        return force_str(_labels(field).get(value, value), strings_only=True)
