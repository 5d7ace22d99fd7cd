"""Forms of surveys: the board's, and the one that people answer."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeboard.core.forms import Area, Checkboxes, DateField, Form, KeyedForm, Radios
from safeboard.core.sealed import CannotOpen, seal, unseal
from safeboard.library.shapes.standards import Review
from safeboard.library.shapes.surveys import Survey as Begun

from ..choices.surveys import LONGEST_WORDS, Acted, Asks, Audience, Came

LABEL = "standards.survey.so-far"
NO_NAMES = gettext_lazy("Everybody with the link reads it. Name no child and nobody else.")
OWN, SAME = "own-", "same-"
MOST_ANSWERS = 12
WEEKS = timedelta(weeks=4)


class DaysForm(KeyedForm):
    """From when until when a survey can be answered."""

    opens_on = DateField(label=gettext_lazy("First day"))
    closes_on = DateField(label=gettext_lazy("Last day"))

    def __init__(self, data: Any = None, *, initial: Mapping[str, Any] | None = None) -> None:
        today = timezone.localdate()
        super().__init__(data, initial={"opens_on": today, "closes_on": today + WEEKS, **(initial or {})})

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        given = super().clean() or {}
        first, last = given.get("opens_on"), given.get("closes_on")
        if first and last and last < first:
            self.add_error("closes_on", _("The last day must be on the first day or after it"))
        return given


ONE_A_DEVICE = gettext_lazy("Take one answer from each phone or computer")
ONE_A_DEVICE_HINT = gettext_lazy(
    "A cookie on the device says only that this survey was answered there. Do not choose it where people share one."
)
BY_AGENCY = gettext_lazy("Give each agency a link of its own")
BY_AGENCY_HINT = gettext_lazy(
    "Nobody has to say where they work. From five answers on, the agency and the board see whether most of them agree."
)


class NewSurveyForm(DaysForm):
    """Which survey to begin from, and its days."""

    label_sizes = {"begun": "m"}
    begun = forms.ChoiceField(label=gettext_lazy("Begin from"), widget=Radios())
    title = forms.CharField(label=gettext_lazy("What is it called?"), max_length=160, required=False)
    one_a_device = forms.BooleanField(label=ONE_A_DEVICE, help_text=ONE_A_DEVICE_HINT, required=False)
    by_agency = forms.BooleanField(label=BY_AGENCY, help_text=BY_AGENCY_HINT, required=False)
    field_order = ("begun", "title", "opens_on", "closes_on", "one_a_device", "by_agency")

    def __init__(self, data: Any = None, *, templates: Sequence[Begun], reviews: Sequence[Review] = ()) -> None:
        super().__init__(data)
        same = _("The same questions to staff as to leads: %(review)s")
        empty = [
            (f"{OWN}{one}", _("Your own questions to: %(whom)s") % {"whom": label}) for one, label in Audience.choices
        ]
        choose = self.fields["begun"]
        choose.choices = [
            *((one.id, str(one.title)) for one in templates),
            *((f"{SAME}{one.id}", same % {"review": one.title}) for one in reviews),
            *empty,
        ]  # type: ignore[attr-defined]
        choose.widget.hints = {one.id: str(one.summary or "") for one in templates}  # type: ignore[attr-defined]
        self.fields["title"].help_text = _("Leave it empty to keep the title that it has.")

    def clean(self) -> dict[str, Any]:
        """A survey of one's own needs a title."""
        given = super().clean()
        if str(given.get("begun", "")).startswith(OWN) and not given.get("title"):
            self.add_error("title", _("Write what the survey is called"))
        return given


class SurveyForm(DaysForm):
    """What a survey says around its questions, and how it is answered."""

    title = forms.CharField(label=gettext_lazy("What is it called?"), max_length=160)
    opening = forms.CharField(
        label=gettext_lazy("What it says before the questions"),
        help_text=gettext_lazy("What it is for, that no name is asked, and what will be done with it."),
        max_length=1500,
        widget=Area(5),
    )
    thanks = forms.CharField(label=gettext_lazy("What it says at the end"), max_length=1500, widget=Area(3))
    one_a_device = forms.BooleanField(label=ONE_A_DEVICE, help_text=ONE_A_DEVICE_HINT, required=False)
    by_agency = forms.BooleanField(label=BY_AGENCY, help_text=BY_AGENCY_HINT, required=False)
    field_order = ("title", "opening", "thanks", "opens_on", "closes_on", "one_a_device", "by_agency")


class QuestionForm(Form):
    """One question of a draft."""

    question = forms.CharField(label=gettext_lazy("The question"), max_length=300)
    hint = forms.CharField(label=gettext_lazy("A word of help below it"), max_length=300, required=False)
    asks = forms.ChoiceField(label=gettext_lazy("How is it answered?"), choices=Asks, widget=Radios())
    answers = forms.CharField(
        label=gettext_lazy("The answers, each on a line of its own"),
        help_text=gettext_lazy("From two to twelve. Leave it empty where they write their own words."),
        required=False,
        max_length=1500,
        widget=Area(6),
    )

    def __init__(self, data: Any = None, *, old: Mapping[str, Any] | None = None) -> None:
        initial: dict[str, Any] = {"asks": Asks.ONE}
        if old:
            lines = "\n".join(words for _code, words in old["answers"])
            initial = {"question": old["question"], "hint": old["hint"], "asks": old["asks"], "answers": lines}
        super().__init__(data, initial=initial)

    def clean(self) -> dict[str, Any]:
        """The answers as a list; two or more, all different, unless they write their own words."""
        given = super().clean() or {}
        lines = [line.strip()[:160] for line in given.get("answers", "").splitlines() if line.strip()]
        given["answers"] = list(dict.fromkeys(lines))
        if given.get("asks") != Asks.WORDS and not 2 <= len(given["answers"]) <= MOST_ANSWERS:
            self.add_error("answers", _("Write two to twelve different answers, each on a line of its own"))
        return given


class ActForm(Form):
    """What was done about words that were read."""

    acted = forms.ChoiceField(
        label=gettext_lazy("What did you do?"), choices=Acted, widget=Radios(small=True), label_suffix=""
    )


class HeardForm(KeyedForm):
    """You said, we did."""

    said = forms.CharField(label=gettext_lazy("You said"), help_text=NO_NAMES, max_length=300)
    did = forms.CharField(label=gettext_lazy("We did"), max_length=600, widget=Area(3))
    came = forms.ChoiceField(label=gettext_lazy("What came of it"), choices=Came, widget=Radios(inline=True))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"came": Came.DOING})


# What people answer ------------------------------------------------------------------------------------------------


@dataclass
class SoFar:
    """What somebody answered on the screens so far. It travels with the page, sealed; nothing is kept here before."""

    key: str
    ticked: dict[str, list[str]] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)

    def sealed(self) -> str:
        """As it stands in a hidden field of the page."""
        return urlsafe_b64encode(seal(json.dumps(asdict(self)), LABEL)).decode()

    @property
    def uuid(self) -> UUID:
        """The key of the reply."""
        return UUID(self.key)

    def initial(self) -> dict[str, Any]:
        """What stands in the boxes again."""
        return {**self.ticked, **self.words}


def so_far(sealed: str) -> SoFar:
    """What the page brought with it; a beginning where it brought nothing of ours."""
    try:
        kept = json.loads(unseal(urlsafe_b64decode(sealed), LABEL))
        return SoFar(str(UUID(kept["key"])), kept["ticked"], kept["words"])
    except (CannotOpen, NotBase64, ValueError, KeyError):
        return SoFar(str(uuid4()))


class AnswerForm(Form):
    """Some questions of a survey as they are answered. Every one can be left out."""

    label_size = "m"
    mark_optional = False

    def __init__(self, data: Any, questions: Sequence[Mapping[str, Any]], given: SoFar, *, alone: bool) -> None:
        self.label_is_heading = alone
        self.questions = questions
        super().__init__(data, initial=_single(questions, given.initial()))
        if alone:
            self.label_size = "l"
        for one in questions:
            self.fields[one["id"]] = _asking(one)

    def full_clean(self) -> None:
        """Clean as every form does; a file dressed as text and what is too long is said plainly."""
        super().full_clean()
        for name, errors in list((self._errors or {}).items()):
            code = errors.as_data()[0].code
            words = (
                _("That is too long. Please make it shorter.")
                if code == "max_length"
                else _("Please write words only.")
            )
            self._errors[name] = self.error_class([ValidationError(words)])  # type: ignore[index]

    def into(self, given: SoFar) -> None:
        """Add what was answered to what was said so far."""
        for one in self.questions:
            value = self.cleaned_data.get(one["id"])
            if one["asks"] == Asks.WORDS:
                given.words[one["id"]] = value or ""
            else:
                given.ticked[one["id"]] = [value] if isinstance(value, str) and value else list(value or [])


def _single(questions: Sequence[Mapping[str, Any]], initial: dict[str, Any]) -> dict[str, Any]:
    """Initial values as the fields take them: of one answer, itself."""
    for one in questions:
        if one["asks"] == Asks.ONE and initial.get(one["id"]):
            initial[one["id"]] = initial[one["id"]][0]
    return initial


def _asking(question: Mapping[str, Any]) -> forms.Field:
    common = {"label": question["question"], "help_text": question["hint"], "required": False}
    choices = [(code, words) for code, words in question["answers"]]
    if question["asks"] == Asks.WORDS:
        return forms.CharField(max_length=LONGEST_WORDS, widget=Area(5), **common)
    if question["asks"] == Asks.SEVERAL:
        return forms.MultipleChoiceField(choices=choices, widget=Checkboxes(), **common)
    return forms.ChoiceField(choices=choices, widget=Radios(), **common)
