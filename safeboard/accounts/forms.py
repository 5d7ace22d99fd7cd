"""The forms of sign-in: allauth's, with the house's labels, hints and errors."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from safeboard.core.forms import FormMixin

from . import wording
from .models import Person

PASSWORD_HINT = _("At least 12 characters. Three or four words that do not belong together are easy to remember.")
CODE_HINT = _("6 figures from your authenticator app, or one of your recovery codes.")


class Plain(FormMixin):
    """Labels and hints by field name; no placeholders, which vanish when somebody types."""

    labels: dict[str, Any] = {}
    hints: dict[str, Any] = {}
    widths: dict[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")
            if name in self.widths:
                field.widget.attrs["class"] = self.widths[name]


class SignInForm(Plain, account.LoginForm):
    """E-mail address and password."""

    labels = {"login": _("E-mail address"), "password": _("Password")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # "username" is what password managers look for; "webauthn" lets them offer a passkey as well.
        self.fields["login"].widget.attrs.update(autocomplete="username webauthn", spellcheck="false")


class PasswordAgainForm(Plain, account.ReauthenticateForm):
    """The password once more, before something that matters."""

    labels = {"password": _("Password")}


class ForgottenPasswordForm(Plain, account.ResetPasswordForm):
    """Where to send the link."""

    labels = {"email": _("E-mail address")}


class NewPasswordForm(Plain, account.ResetPasswordKeyForm):
    """A new password, by a link."""

    labels = {"password1": _("New password"), "password2": _("New password again")}
    hints = {"password1": PASSWORD_HINT}


class SetPasswordForm(Plain, account.SetPasswordForm):
    """A first password, for somebody who came in another way."""

    labels = {"password1": _("New password"), "password2": _("New password again")}
    hints = {"password1": PASSWORD_HINT}


class ChangePasswordForm(Plain, account.ChangePasswordForm):
    """Another password."""

    labels = {
        "oldpassword": _("The password you have now"),
        "password1": _("New password"),
        "password2": _("New password again"),
    }
    hints = {"password1": PASSWORD_HINT}


class CodeForm(Plain):
    """A security code of six figures, or a recovery code of eight; spaces do not matter."""

    labels = {"code": _("Security code")}
    hints = {"code": CODE_HINT}
    widths = {"code": "govuk-input--width-10"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        attrs = {"inputmode": "numeric", "autocomplete": "one-time-code", "spellcheck": "false"}
        self.fields["code"].widget.attrs.update(attrs)
        self.fields["code"].max_length = 20

    def clean_code(self) -> str:
        """The code without what people put between its figures."""
        self.cleaned_data["code"] = self.cleaned_data["code"].replace(" ", "").replace("-", "")
        return super().clean_code()  # type: ignore[misc]


class OnceForm(CodeForm):
    """A code of an app is good once for as long as it is taken, which is longer than allauth remembers it."""

    user: Person

    def clean_code(self) -> str:
        """The code, unless it was used before."""
        code = super().clean_code()
        known_for = settings.MFA_TOTP_PERIOD * (2 * settings.MFA_TOTP_TOLERANCE + 2)
        if not cache.add(f"accounts:code:{self.user.pk}:{code}", True, timeout=known_for):
            raise ValidationError(wording.WRONG_CODE)
        return code


class SecurityCodeForm(OnceForm, mfa.AuthenticateForm):
    """The second step of signing in."""


class SecurityCodeAgainForm(OnceForm, mfa.ReauthenticateForm):
    """The second factor once more, before something that matters."""


class AddAppForm(CodeForm, totp.ActivateTOTPForm):
    """The first code of an app, which shows that it was set up."""

    hints = {"code": _("The 6 figures that the app shows now.")}


class AddPasskeyForm(Plain, webauthn.AddWebAuthnForm):
    """What a new passkey is called, and whether it is enough to sign in with."""

    mark_optional = False
    labels = {"name": _("What to call it"), "passwordless": _("Let me sign in with this passkey alone")}
    hints = {
        "name": _("So that you know it again, such as “Work laptop”."),
        "passwordless": _("Leave this unticked for a security key without a PIN."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"passwordless": True, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.fields["name"].max_length = 60
        self.fields["credential"].max_length = 20_000  # what a device says of a new passkey is long


class NamePasskeyForm(Plain, webauthn.EditWebAuthnForm):
    """Another name for a passkey."""

    labels = {"name": _("What to call it")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].max_length = 60


class DemonstrationForm(forms.Form):
    """Which of the made-up people to be."""

    person = forms.IntegerField(min_value=1)
