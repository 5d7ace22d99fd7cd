"""The questions to somebody who writes without an account, one a screen. Every word of them is content of the pack."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from safeboard.core.forms import Area, Form, Radios
from safeboard.core.sealed import CannotOpen, seal, unseal
from safeboard.library.spoken import Screen, Voice
from safeboard.partnership.models import Board, Setting

from .. import receipt
from ..choices import Asked, Wish
from ..operations.voice import Said
from ..queries.voice import place_of, places_found

LABEL = "incidents.worry.so-far"
LONGEST, LONGEST_NAME = 10_000, 120
RATHER_NOT = "rather-not"


@dataclass(frozen=True)
class SoFar:
    """What somebody has told us on the screens so far, and the seven words that they will be given.

    It travels with the page, sealed: there is no session to keep it in, and the address bar holds nothing of it.
    """

    words: str
    text: str = ""
    danger: str = ""
    place: str = ""
    look: str = ""
    about_adult: str = ""
    adult_name: str = ""
    wish: str = ""
    name: str = ""

    def with_answers(self, answers: dict[str, str]) -> SoFar:
        """The same with these answers in place of older ones."""
        return replace(self, **{name: value for name, value in answers.items() if hasattr(self, name)})

    def sealed(self) -> str:
        """As it stands in a hidden field of the page."""
        return urlsafe_b64encode(seal(json.dumps(asdict(self)), LABEL)).decode()

    def said(self, board: Board) -> Said:
        """As the operation takes it."""
        place = place_of(board, self.place)
        return Said(
            text=self.text,
            danger=self.danger,
            place=place,
            typed_place="" if place else self.look,
            about_adult=self.about_adult,
            adult_name=self.adult_name if self.about_adult in (Asked.YES, Asked.UNSURE) else "",
            wish=self.wish if place else "",
            name=self.name,
        )


def so_far(sealed: str) -> SoFar:
    """What the page brought with it; a beginning where it brought nothing of ours."""
    try:
        kept = json.loads(unseal(urlsafe_b64decode(sealed), LABEL))
    except (CannotOpen, NotBase64, ValueError):
        return SoFar(words=receipt.make())
    return SoFar(**{one.name: kept[one.name] for one in fields(SoFar) if one.name in kept})


class StepForm(Form):
    """One screen: it takes its words from the pack, and its errors too."""

    label_size = "l"
    mark_optional = False
    screen_name = ""

    def __init__(self, data: Any, given: SoFar, voice: Voice, board: Board) -> None:
        self.given, self.voice, self.board = given, voice, board
        super().__init__(data, initial=asdict(given))
        self.prepare(voice.screens[self.screen_name])

    def prepare(self, screen: Screen) -> None:
        """Give the fields their words."""

    def full_clean(self) -> None:
        """Clean as every form does; then say what is amiss in words that a child understands."""
        super().full_clean()
        if not self.is_bound:
            return
        said = {"max_length": "too-long", "file": "words-only", "control_characters": "words-only"}
        for name, errors in list(self._errors.items()):  # type: ignore[union-attr]
            codes = [error.code or "" for error in errors.as_data()]
            words = self.voice.words[said.get(codes[0], "say-something")]
            self._errors[name] = self.error_class([ValidationError(str(words))])  # type: ignore[index]

    def answers(self) -> dict[str, str]:
        """What is kept of a clean screen."""
        return {name: str(value or "") for name, value in self.cleaned_data.items()}


def _asking(name: str, screen: Screen, form: StepForm) -> None:
    field = form.fields[name]
    field.label, field.help_text = str(screen.title), str(screen.hint or "")
    field.choices = [(key, str(words)) for key, words in screen.answers.items()]  # type: ignore[attr-defined]


class WriteForm(StepForm):
    """What happened, in their own words: the one answer that is needed."""

    label_is_heading = True
    screen_name = "write"
    text = forms.CharField(max_length=LONGEST, widget=Area(8))

    def prepare(self, screen: Screen) -> None:
        """One box under the heading."""
        self.fields["text"].label, self.fields["text"].help_text = str(screen.title), str(screen.hint or "")


class DangerForm(StepForm):
    """Whether somebody is in danger now."""

    label_is_heading = True
    screen_name = "danger"
    danger = forms.ChoiceField(choices=Asked, required=False, widget=Radios())

    def prepare(self, screen: Screen) -> None:
        """Large answers under the heading."""
        _asking("danger", screen, self)


class NowForm(StepForm):
    """Nothing is asked: the screen says to ring 999."""

    screen_name = "now"


class PlaceForm(StepForm):
    """Which school or club: looked for by a part of its name, and chosen from what was found."""

    label_sizes = {"look": "m", "place": "m"}
    screen_name = "place"
    look = forms.CharField(max_length=LONGEST_NAME, required=False)
    place = forms.ChoiceField(required=False, widget=Radios())

    def prepare(self, screen: Screen) -> None:
        """The box, and what was found with it."""
        look = self.fields["look"]
        look.label, look.help_text = str(screen.label), str(screen.hint or "")
        look.widget.attrs.update({"autocomplete": "off", "spellcheck": "false"})
        typed = str(self.data.get("look", "")) if self.is_bound else self.given.look
        self.found: list[Setting] = places_found(self.board, typed[:LONGEST_NAME])
        self.looked = bool(typed.strip())
        rather_not = (RATHER_NOT, str(screen.answers[RATHER_NOT]))
        shown = [(str(one.pk), f"{one.name}, {one.town}" if one.town else one.name) for one in self.found]
        place = self.fields["place"]
        place.label = str(screen.text[0])
        place.choices = [*shown, rather_not]  # type: ignore[attr-defined]
        place.widget.apart = RATHER_NOT  # type: ignore[attr-defined]

    @property
    def only_looked(self) -> bool:
        """Whether a name was typed that is not the one looked for before, and nothing was chosen yet."""
        answers = self.cleaned_data
        return bool(answers["look"]) and answers["look"] != self.given.look and not answers["place"]


class AdultForm(StepForm):
    """Whether it is about a grown-up who works there, and who."""

    label_is_heading = "about_adult"
    label_sizes = {"adult_name": "s"}
    screen_name = "adult"
    about_adult = forms.ChoiceField(choices=Asked, required=False, widget=Radios())
    adult_name = forms.CharField(
        max_length=LONGEST_NAME, required=False, widget=forms.TextInput({"autocomplete": "off"})
    )

    def prepare(self, screen: Screen) -> None:
        """Large answers; a box for the name, always there: nothing needs a script."""
        _asking("about_adult", screen, self)
        self.fields["adult_name"].label = str(screen.label)


class ReaderForm(StepForm):
    """Who should read it."""

    label_is_heading = True
    screen_name = "reader"
    wish = forms.ChoiceField(choices=Wish, required=False, widget=Radios())

    def prepare(self, screen: Screen) -> None:
        """Two large answers."""
        _asking("wish", screen, self)


class NameForm(StepForm):
    """Their name, which may be left out."""

    label_sizes = {"name": "m"}
    screen_name = "name"
    name = forms.CharField(max_length=LONGEST_NAME, required=False, widget=forms.TextInput({"autocomplete": "off"}))

    def prepare(self, screen: Screen) -> None:
        """One box."""
        self.fields["name"].label, self.fields["name"].help_text = str(screen.label), str(screen.hint or "")


STEPS: dict[str, type[StepForm]] = {
    one.screen_name: one for one in (WriteForm, DangerForm, NowForm, PlaceForm, AdultForm, ReaderForm, NameForm)
}


def way(given: SoFar) -> list[str]:
    """The screens that this sender meets, in order: 999 where it is needed, who reads it where there is a choice."""
    left_out = set()
    if given.danger not in (Asked.YES, Asked.UNSURE):
        left_out.add("now")
    if not given.place.isdigit() or given.about_adult in (Asked.YES, Asked.UNSURE):
        left_out.add("reader")
    return [name for name in STEPS if name not in left_out]


class BackForm(StepForm):
    """The seven words, typed again."""

    label_is_heading = True
    screen_name = "back"
    words = forms.CharField(
        max_length=400, widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"})
    )

    def prepare(self, screen: Screen) -> None:
        """One box under the heading; nothing stands in it."""
        self.fields["words"].label, self.fields["words"].help_text = str(screen.title), str(screen.hint or "")
        self.initial = {}


class MoreForm(StepForm):
    """Something more, written by who came back."""

    label_sizes = {"text": "m"}
    screen_name = "talk"
    text = forms.CharField(max_length=LONGEST, widget=Area(5))

    def prepare(self, screen: Screen) -> None:
        """One box."""
        self.fields["text"].label, self.fields["text"].help_text = str(screen.label), str(screen.hint or "")
