"""Forms of those who read what was sent in without an account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from safeboard.core.forms import Area, Form, Radios
from safeboard.library import queries as library
from safeboard.library.schemas import IncidentKind

from ..choices import Author, ClosedWhy, Images
from ..models import Worry
from ..queries.walking import TOLD


class AnswerForm(Form):
    """What is written back to a child or a parent."""

    label_size = "m"
    text = forms.CharField(
        label=gettext_lazy("Write back"),
        help_text=gettext_lazy(
            "Short sentences, one thing at a time. Thank them first, say that it is not their fault, then what you "
            "will do and when. Promise no secret. Ask one open question at most. Name nobody."
        ),
        widget=Area(6),
    )


class MakeIncidentForm(Form):
    """What a report needs, chosen by whoever read the worry. Nothing is attached where images may be part of it."""

    label_size = "m"
    images = forms.ChoiceField(
        label=gettext_lazy("Is it about naked or sexual pictures or films of a child?"),
        help_text=gettext_lazy("If it is, or may be, nothing can be attached, and nobody asks to see them."),
        choices=Images,
        widget=Radios(),
    )
    scenario = forms.ChoiceField(label=gettext_lazy("What kind of incident is it?"), widget=Radios(small=True))
    classification = forms.ChoiceField(label=gettext_lazy("What is it counted as?"), widget=Radios(small=True))
    narrative = forms.CharField(
        label=gettext_lazy("What happened"),
        help_text=gettext_lazy("Their own words stand here. Leave them as they are; add below them what you know."),
        widget=Area(10),
    )

    def __init__(self, data: Any, worry: Worry, pack: str) -> None:
        super().__init__(data, initial={"narrative": "\n\n".join(_their_words(worry))})
        self.worry = worry
        kinds = [one for one in library.items(pack, "incident-kinds") if isinstance(one, IncidentKind)]
        scenario: Any = self.fields["scenario"]
        scenario.choices = [(one.id, str(one.title)) for one in kinds]
        scenario.widget.hints = {one.id: str(one.summary) for one in kinds if one.summary}
        aspects = [one for one in library.items(pack, "classifications") if getattr(one, "group", "") == "aspect"]
        classification: Any = self.fields["classification"]
        classification.choices = [(one.id, str(one.title)) for one in aspects]

    def report(self) -> dict[str, Any]:
        """The fields as ``operations.report`` takes them."""
        day = timezone.localtime(self.worry.sent_at).date()
        return {**self.cleaned_data, "how_found": TOLD, "happened_on": day, "setting": self.worry.setting_if_own}


def _their_words(worry: Worry) -> list[str]:
    return [one.text for one in worry.messages.all() if one.author == Author.SENDER]


class PassForm(Form):
    """Where a worry goes that came to the wrong place."""

    agency = forms.TypedChoiceField(
        label=gettext_lazy("Who should read it?"),
        help_text=gettext_lazy("Their designated officer is told at once. You will not see it any more."),
        coerce=int,
    )

    def __init__(self, data: Any, places: list[Any]) -> None:
        super().__init__(data)
        field: Any = self.fields["agency"]
        field.choices = [("", "")] + [(one.pk, one.name) for one in places]


class CloseForm(Form):
    """Why a worry is ended."""

    label_size = "m"
    why = forms.ChoiceField(label=gettext_lazy("Why does it end?"), choices=ClosedWhy, widget=Radios())
    closing = forms.CharField(
        label=gettext_lazy("What was decided"),
        help_text=gettext_lazy("For whoever looks at it later. They do not see this."),
        required=False,
        widget=Area(4),
    )
