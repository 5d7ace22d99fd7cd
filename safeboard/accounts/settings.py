"""Settings of sign-in (django-allauth), second factor and session limits; taken over whole by web/settings.py."""

import os
from urllib.parse import urlsplit

_address = urlsplit(os.environ.get("SAFEBOARD_ADDRESS") or "http://127.0.0.1:8000")

# Sign-in by e-mail address and password. Nobody signs up: people are invited.
AUTHENTICATION_BACKENDS = ["safeboard.accounts.backends.PersonBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "safeboard.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # the invitation went to the address
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # an unknown address gets no message, and the page says the same
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False  # the second factor is still asked
ACCOUNT_LOGIN_TIMEOUT = 15 * 60
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
PASSWORD_RESET_TIMEOUT = 60 * 60
ACCOUNT_RATE_LIMITS = {
    # A whole county may come from one address, so that the limits of an address are wide and those of a person tight.
    "login": "120/m/ip",
    "login_failed": "30/m/ip,5/5m/key,50/d/key",
    "reset_password": "20/m/ip,3/15m/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}
# Behind a reverse proxy the limits count by the address it forwards.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("SAFEBOARD_PROXIES") or 0)
ACCOUNT_FORMS = {
    "login": "safeboard.accounts.forms.SignInForm",
    "change_password": "safeboard.accounts.forms.ChangePasswordForm",
    "set_password": "safeboard.accounts.forms.SetPasswordForm",
    "reset_password": "safeboard.accounts.forms.ForgottenPasswordForm",
    "reset_password_from_key": "safeboard.accounts.forms.NewPasswordForm",
    "reauthenticate": "safeboard.accounts.forms.PasswordAgainForm",
}

# The second factor.
MFA_ADAPTER = "safeboard.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_TOTP_ISSUER = "Safeboard"
MFA_TOTP_PERIOD = 30
MFA_TOTP_TOLERANCE = 1
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
MFA_FORMS = {
    "authenticate": "safeboard.accounts.forms.SecurityCodeForm",
    "reauthenticate": "safeboard.accounts.forms.SecurityCodeAgainForm",
    "activate_totp": "safeboard.accounts.forms.AddAppForm",
    "add_webauthn": "safeboard.accounts.forms.AddPasskeyForm",
    "edit_webauthn": "safeboard.accounts.forms.NamePasskeyForm",
}

# Sign-in with an organisation's own accounts (OpenID Connect): set all three to offer it.
SAFEBOARD_OIDC = {
    "server": os.environ.get("SAFEBOARD_OIDC_SERVER", ""),
    "client_id": os.environ.get("SAFEBOARD_OIDC_CLIENT_ID", ""),
    "secret": os.environ.get("SAFEBOARD_OIDC_SECRET", ""),
    "name": os.environ.get("SAFEBOARD_OIDC_NAME") or "the account of your organisation",
    # Where the provider does not say that it verified an address, its word is taken for these domains.
    "domains": os.environ.get("SAFEBOARD_OIDC_DOMAINS", "").lower().replace(",", " ").split(),
}
SAFEBOARD_OIDC_SET = all(SAFEBOARD_OIDC[part] for part in ("server", "client_id", "secret"))
SOCIALACCOUNT_ADAPTER = "safeboard.accounts.adapters.OutsideAccountAdapter"
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # the adapter matches people itself: allauth would wipe their passwords
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_LOGIN_ON_GET = True  # a link: the page may post its forms to this service alone
SOCIALACCOUNT_PROVIDERS = {}
if SAFEBOARD_OIDC_SET:
    SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "organisation",
                    "name": SAFEBOARD_OIDC["name"],
                    "client_id": SAFEBOARD_OIDC["client_id"],
                    "secret": SAFEBOARD_OIDC["secret"],
                    "settings": {
                        "server_url": SAFEBOARD_OIDC["server"],
                        "verified_email": SAFEBOARD_OIDC["domains"] or None,
                    },
                }
            ],
        }
    }

# How long a session lasts, in seconds: without a page asked for, and at most.
SESSION_IDLE_LIMIT = int(os.environ.get("SAFEBOARD_SESSION_IDLE") or 30 * 60)
SESSION_LIMIT = int(os.environ.get("SAFEBOARD_SESSION_LIMIT") or 10 * 60 * 60)
SESSION_COOKIE_AGE = SESSION_LIMIT

# Messages of this room go out by this function of a room above; see adapters.send.
ACCOUNTS_SEND = "safeboard.outbox.operations.send"

# The demonstration lists people with a button each. It has to be asked for, and reached on this machine alone.
ACCOUNTS_DEMONSTRATION_SIGN_IN = (
    os.environ.get("SAFEBOARD_DEMO", "").lower() in {"1", "true", "yes", "on"}
    and _address.scheme == "http"
    and _address.hostname in {"127.0.0.1", "localhost", "::1"}
)
