"""What every form of the editor does: it knows the part that it changes, and gives the change as a function."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from safeboard.core.forms import Form
from safeboard.library.schemas import Chart

from .. import editing
from ..editing import Edit
from ..queries import contact_choices
from ..wording import Difference

LINE, LINES = 200, 1_000  # characters; a drawing has no room for more


class Words(forms.CharField):
    """Words of a chart: without the marks that a chart may not hold."""

    def clean(self, value: Any) -> str:
        """The words; refused where nothing that can be seen is left of them."""
        words = editing.visible(super().clean(value))
        if self.required and not words:
            raise ValidationError(self.error_messages["required"], code="required")
        return words


class DraftForm(Form):
    """A form over a draft. ``edition`` says which edition of it the page showed; ``edit`` gives the change."""

    edit: Callable[[], Edit]  # each form's own
    kind = ""  # of the parts that it is about, as ``editing`` calls them

    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self, data: QueryDict | None, *, chart: Chart, pack: str, edition: int, node: str = "", part: str = ""
    ):
        self.chart, self.node, self.part = chart, node, part
        self.made = ""  # the id of what was added
        self.meanwhile: list[Difference] = []  # what somebody else changed since the page was opened
        super().__init__(data, initial={"edition": edition, **(self.before() if part or not self.kind else {})})
        for name in ("contact", "to"):
            if name in self.fields:
                self.offer(name, [("", _("Nobody")), *contact_choices(pack)])
        self.arrange()

    def before(self) -> dict[str, Any]:
        """What the boxes hold at first."""
        return {}

    def arrange(self) -> None:
        """Fill in the choices."""

    def offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        """Let these be chosen in a field."""
        field: Any = self.fields[name]
        field.choices = choices

    @property
    def there(self) -> Any:
        """The part as it is; None where one is added."""
        return editing.part_of(self.chart, self.node, self.kind, self.part) if self.part else None

    def put(self, value: Any) -> Edit:
        """The part changed or added."""
        return lambda chart: editing.put_part(chart, self.node, self.kind, self.part, value)
