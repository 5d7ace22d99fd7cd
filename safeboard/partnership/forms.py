"""Forms of the partnership room."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeboard.core.forms import Checkboxes, DateField, Form, KeyedForm, ModelForm, Radios
from safeboard.core.roles import DATED_ROLES, Role
from safeboard.library import queries as library

from . import queries
from .choices import Known, Missing
from .models import Agency, Board, BoardContact, Contact, Seat, Setting
from .operations import BOARD_FIELDS, CONTACT_FIELDS, SEAT_FIELDS, SETTING_FIELDS

ALL = ("", gettext_lazy("All"))
WIDE, MIDDLE = {"class": "govuk-!-width-two-thirds"}, {"class": "govuk-input--width-20"}


class KindField(forms.ChoiceField):
    """One of a pack's kinds: radios where they are few, with their examples, else a list."""

    def __init__(self, *, pack: str, kind: str, few: bool = False, **options: Any) -> None:
        items = library.items(pack, kind)
        choices: list[tuple[str, Any]] = [(item.id, str(item.title)) for item in items]
        if few:
            options["widget"] = Radios(hints={item.id: str(getattr(item, "examples", "") or "") for item in items})
        else:
            choices.insert(0, ("", gettext_lazy("Choose")))
        super().__init__(choices=choices, **options)


class VersionedForm(ModelForm):
    """A form that remembers when the record was last saved, so that two people do not overwrite one another."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.pk:
            self.initial["seen"] = self.instance.changed_at.isoformat()

    def clean_seen(self) -> datetime | None:
        """The time, or None where it is missing or was tampered with."""
        try:
            return datetime.fromisoformat(self.cleaned_data["seen"]) if self.cleaned_data["seen"] else None
        except ValueError:
            return None

    def values(self) -> dict[str, Any]:
        """What was filled in, without the time."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}

    def show_differences(self, record: Any) -> None:
        """Somebody else saved meanwhile: say beside each field what they wrote, and let the person save over it."""
        self.add_error(
            None,
            _(
                "Somebody else saved this while you wrote. Nothing of yours is lost: it is below. "
                "Beside each field that differs stands what they wrote. Save again to put yours in its place."
            ),
        )
        for name, value in self.values().items():
            theirs = getattr(record, name)
            if theirs != value:
                shown = getattr(record, f"get_{name}_display", lambda theirs=theirs: theirs)()
                self.add_error(name, _("They wrote: %(theirs)s") % {"theirs": shown or _("nothing")})
        self.data = self.data.copy()
        self.data["seen"] = record.changed_at.isoformat()


class AgencyForm(ModelForm):
    """An agency's details and Brent's two questions (Toolkit Annex A)."""

    class Meta:
        model = Agency
        fields = ("name", "reference", "gives_technology", "reaches_children")
        labels = {
            "gives_technology": gettext_lazy("Does it give children access to the internet?"),
            "reaches_children": gettext_lazy("Does it give the board access to children?"),
        }
        help_texts = {
            "reference": gettext_lazy("Such as a number in the board's own list. An import knows the agency by it."),
            "gives_technology": gettext_lazy("On its own devices, or through its own connection."),
            "reaches_children": gettext_lazy("For example by lessons, visits, newsletters or surveys."),
        }
        widgets = {
            "name": forms.TextInput(WIDE),
            "reference": forms.TextInput(MIDDLE),
            "gives_technology": Radios(inline=True),
            "reaches_children": Radios(inline=True),
        }


class NewAgencyForm(AgencyForm):
    """An agency that is to sit in the board."""

    field_order = ("name", "kind")

    def __init__(self, *args: Any, pack: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"] = KindField(
            pack=pack, kind="agency-kinds", few=True, label=gettext_lazy("What kind of member is it?")
        )
        self.order_fields(self.field_order)


class SeatForm(ModelForm):
    """An agency's seat in the board."""

    class Meta:
        model = Seat
        fields = SEAT_FIELDS
        field_classes = {"since": DateField}
        widgets = {"since": DateField.widget}

    def __init__(self, *args: Any, pack: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"] = KindField(
            pack=pack, kind="agency-kinds", few=True, label=gettext_lazy("What kind of member is it?")
        )


class OtherBoardForm(Form):
    """A further board that an agency sits in."""

    board = forms.ModelChoiceField(Board.objects.none(), label=gettext_lazy("Board"))

    def __init__(self, *args: Any, agency: Agency, **options: Any) -> None:
        super().__init__(*args, **options)
        here = agency.seats.filter(until__isnull=True).values("board_id")
        self.fields["board"].queryset = Board.objects.exclude(pk__in=here)  # type: ignore[attr-defined]


class SettingForm(VersionedForm):
    """A setting: where it is, who may use what there (Toolkit s3)."""

    class Meta:
        model = Setting
        fields = SETTING_FIELDS
        help_texts = {
            "urn": gettext_lazy("Every school has one. Leave it empty for other places."),
            "users": gettext_lazy("For example: pupils, staff, visitors with a guest account."),
        }
        widgets = {
            "name": forms.TextInput(WIDE),
            "urn": forms.TextInput({"class": "govuk-input--width-10", "inputmode": "numeric"}),
            "street": forms.TextInput(WIDE),
            "town": forms.TextInput(MIDDLE),
            "postcode": forms.TextInput({"class": "govuk-input--width-10"}),
            "telephone": forms.TextInput({"class": "govuk-input--width-20", "type": "tel"}),
            "filtering_provider": forms.TextInput(WIDE),
            "equipment": Radios(),
            "connection": Radios(),
            "filtering_plan": Radios(inline=True),
            "acceptable_use": Radios(inline=True),
        }

    def __init__(self, *args: Any, pack: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"] = KindField(pack=pack, kind="setting-kinds", label=gettext_lazy("What kind of setting?"))


class ContactForm(VersionedForm):
    """Somebody to ring in an agency or at one of its settings."""

    class Meta:
        model = Contact
        fields = CONTACT_FIELDS
        widgets = {
            "name": forms.TextInput(WIDE),
            "telephone": forms.TextInput({"class": "govuk-input--width-20", "type": "tel"}),
            "hours": forms.TextInput(WIDE),
        }
        help_texts = {"hours": gettext_lazy("For example: school days, 8am to 5pm.")}

    def __init__(self, *args: Any, pack: str, agency: Agency | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"] = KindField(pack=pack, kind="contact-kinds", label=gettext_lazy("Whom is it about?"))
        if agency is not None:  # declared here: a list of settings is only asked for behind the wall
            self.fields["setting"] = forms.ModelChoiceField(
                Setting.objects.filter(agency=agency, closed_on__isnull=True),
                label=gettext_lazy("Where is it for?"),
                empty_label=gettext_lazy("The whole agency"),
                required=False,
            )
            self.initial.setdefault("setting", getattr(self.instance, "setting_id", None))


class BoardContactForm(ContactForm):
    """A local service that the board's agencies ring."""

    class Meta(ContactForm.Meta):
        model = BoardContact
        fields = CONTACT_FIELDS


class BoardForm(ModelForm):
    """A board's name, label and area."""

    class Meta:
        model = Board
        fields = BOARD_FIELDS
        widgets = {name: forms.TextInput(WIDE) for name in BOARD_FIELDS}


class DutyPointForm(Form):
    """Which agency reads what children and parents send in, where it may not go to the place it is about."""

    agency = forms.TypedChoiceField(
        label=gettext_lazy("Which agency reads worries that may not go to the place they are about?"),
        help_text=gettext_lazy(
            "Its designated officer reads what is about somebody who works with children, what names no place, and "
            "what asks for somebody from outside. Until one is named, children and parents cannot write to the board."
        ),
        coerce=int,
        empty_value=None,
        required=False,
    )

    def __init__(self, *args: Any, board: Board, **options: Any) -> None:
        super().__init__(*args, initial={"agency": board.duty_point_id}, **options)
        field: Any = self.fields["agency"]
        nobody = ("", gettext_lazy("Nobody: the public form is closed"))
        field.choices = [nobody, *((one.pk, one.name) for one in queries.possible_duty_points(board))]


class NewBoardForm(BoardForm):
    """A board and the pack that it works with."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(pack.id, str(pack.about.title)) for pack in library.packs().values()]
        self.fields["pack"] = forms.ChoiceField(
            choices=choices, widget=Radios(), label=gettext_lazy("Which content pack does it use?")
        )


class InviteForm(Form):
    """Whom to invite to what."""

    name = forms.CharField(label=gettext_lazy("Full name"), max_length=120, widget=forms.TextInput(WIDE))
    email = forms.EmailField(
        label=gettext_lazy("Email address"),
        help_text=gettext_lazy("The invitation goes to this address and to no other."),
        widget=forms.EmailInput(WIDE),
    )
    role = forms.ChoiceField(label=gettext_lazy("Role"), widget=Radios())
    ends = DateField(
        label=gettext_lazy("Last day"),
        help_text=gettext_lazy("Leave it empty for a role without an end. An inspector's access always ends."),
        required=False,
        future=True,
    )

    def __init__(self, *args: Any, roles: Iterable[Role], **options: Any) -> None:
        super().__init__(*args, **options)
        wanted = set(roles)
        self.fields["role"].choices = [(r.value, r.label) for r in Role if r in wanted]  # type: ignore[attr-defined]
        if not wanted & DATED_ROLES:
            self.fields["ends"].help_text = _("Leave it empty for a role without an end.")


class RolesForm(Form):
    """The roles that a person holds in a place."""

    roles = forms.MultipleChoiceField(label=gettext_lazy("Roles"), widget=Checkboxes(), required=False)
    ends = DateField(
        label=gettext_lazy("Last day of the roles that are new"),
        help_text=gettext_lazy("Leave it empty for no end. An inspector's access always ends."),
        required=False,
        future=True,
    )

    def __init__(self, *args: Any, roles: Iterable[Role], **options: Any) -> None:
        super().__init__(*args, **options)
        wanted = set(roles)
        self.fields["roles"].choices = [(r.value, r.label) for r in Role if r in wanted]  # type: ignore[attr-defined]


class AcceptForm(Form):
    """What somebody new chooses when they accept an invitation."""

    name = forms.CharField(
        label=gettext_lazy("Your full name"),
        max_length=120,
        widget=forms.TextInput({**WIDE, "autocomplete": "name"}),
    )
    password = forms.CharField(
        label=gettext_lazy("A password"),
        help_text=gettext_lazy("At least twelve characters. Three or four words that do not belong together do well."),
        strip=False,
        widget=forms.PasswordInput({**WIDE, "autocomplete": "new-password"}),
    )


class ImportForm(KeyedForm):
    """The spreadsheet to look at."""

    file = forms.FileField(
        label=gettext_lazy("Spreadsheet"),
        help_text=gettext_lazy("Excel workbook (.xlsx) or CSV, at most 20 MB."),
    )


class RegisterFilter(Form):
    """The filter of the register of agencies."""

    mark_optional = False

    words = forms.CharField(label=gettext_lazy("Name"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind of member"), required=False)
    town = forms.ChoiceField(label=gettext_lazy("Town"), required=False)
    missing = forms.ChoiceField(label=gettext_lazy("What is missing"), required=False)

    def __init__(self, *args: Any, pack: str, towns: Iterable[str], **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        fields["kind"].choices = [ALL, *library.choices(pack, "agency-kinds")]
        fields["town"].choices = [ALL, *((town, town) for town in towns)]
        fields["missing"].choices = [ALL, *Missing.choices]


class SettingsFilter(Form):
    """The filter of the list of settings."""

    mark_optional = False

    words = forms.CharField(label=gettext_lazy("Name"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind of setting"), required=False)
    town = forms.ChoiceField(label=gettext_lazy("Town"), required=False)
    plan = forms.ChoiceField(label=gettext_lazy("Filtering plan"), required=False, choices=[ALL, *Known.choices])
    policy = forms.ChoiceField(
        label=gettext_lazy("Acceptable-use policy"), required=False, choices=[ALL, *Known.choices]
    )
    closed = forms.BooleanField(label=gettext_lazy("With closed settings"), required=False)

    def __init__(self, *args: Any, pack: str, towns: Iterable[str], **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        fields["kind"].choices = [ALL, *library.choices(pack, "setting-kinds")]
        fields["town"].choices = [ALL, *((town, town) for town in towns)]
