"""What the pages and messages of sign-in say, by the names that django-allauth has for them."""

from django.utils.translation import gettext_lazy as _

WRONG = _("The e-mail address or the password is not right. Check both and try again.")
LIMIT = _("There were too many attempts. Wait five minutes, then try again. Nothing is lost and your account is safe.")
WRONG_CODE = _("That security code is not right, or was used already. Wait for the next one and try again.")

ERRORS = {
    "email_password_mismatch": WRONG,
    "invalid_login": WRONG,
    "incorrect_password": _("The password is not right. Try again."),
    "enter_current_password": _("The password you have now is not right. Try again."),
    "incorrect_code": WRONG_CODE,
    "too_many_login_attempts": LIMIT,
    "rate_limited": LIMIT,
    "account_inactive": _("This account is closed."),
    "invalid_password_reset": _("This link was used already, or has run out."),
}
FACTOR_ERRORS = {
    "incorrect_code": WRONG_CODE,
    "cannot_delete_authenticator": _("This second factor cannot be taken away."),
    "cannot_generate_recovery_codes": _("Add an authenticator app or a passkey first."),
}

# Shown at the top of the next page.
MESSAGES = {
    "account/messages/logged_out.txt": _("You are signed out."),
    "account/messages/password_changed.txt": _("Your password is changed. You are signed out everywhere else."),
    "account/messages/password_set.txt": _("Your password is set."),
    "mfa/messages/totp_activated.txt": _("Your authenticator app is added."),
    "mfa/messages/totp_deactivated.txt": _("Your authenticator app is removed."),
    "mfa/messages/webauthn_added.txt": _("Your passkey is added."),
    "mfa/messages/webauthn_removed.txt": _("Your passkey is removed."),
}

# Sent to the person's own address.
NOTICES = {
    "account/email/password_changed": _("Your password was changed."),
    "account/email/password_set": _("A password was set."),
    "account/email/password_reset": _("A new password was chosen with a link that we sent to you."),
    "mfa/email/totp_activated": _("An authenticator app was added."),
    "mfa/email/totp_deactivated": _("Your authenticator app was removed."),
    "mfa/email/webauthn_added": _("A passkey was added."),
    "mfa/email/webauthn_removed": _("A passkey was removed."),
    "mfa/email/recovery_codes_generated": _("New recovery codes were made. The old ones no longer work."),
}
