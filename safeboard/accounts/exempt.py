"""The pages of django-allauth that are mounted. They cannot bear @page; the guards read here why each is open."""

OUTSIDE = "reached before sign-in; shows the same whether or not an account exists"
OWN = "allauth asks for sign-in itself; a person sees and changes nothing but their own account"
AGAIN = f"{OWN}; the password or second factor is asked again"
STEP = "a step of signing in, reached only with the password given in this session"

# Names of routes, each with the reason why anybody may ask for it.
OPEN_ROUTES: dict[str, str] = {
    "account_login": OUTSIDE,
    "account_logout": "ends the own session, and only when posted",
    "account_inactive": "says that an account is closed, to whoever has given its password",
    "account_reset_password": OUTSIDE,
    "account_reset_password_done": OUTSIDE,
    "account_reset_password_from_key": "opened by a one-time link sent to the person's address",
    "account_reset_password_from_key_done": "says that a password was set; names nobody",
    "account_reauthenticate": OWN,
    "account_change_password": OWN,
    "account_set_password": AGAIN,
    "mfa_authenticate": STEP,
    "mfa_login_webauthn": "sign-in with a passkey: a challenge for anybody, a session for its holder",
    "mfa_reauthenticate": OWN,
    "mfa_reauthenticate_webauthn": OWN,
    "mfa_index": OWN,
    "mfa_list_webauthn": "leads on to mfa_index",
    "mfa_activate_totp": AGAIN,
    "mfa_deactivate_totp": AGAIN,
    "mfa_add_webauthn": AGAIN,
    "mfa_edit_webauthn": AGAIN,
    "mfa_remove_webauthn": AGAIN,
    "mfa_view_recovery_codes": AGAIN,
    "mfa_generate_recovery_codes": AGAIN,
    "mfa_download_recovery_codes": AGAIN,
    "socialaccount_login_cancelled": "says that sign-in elsewhere was given up; names nobody",
    "socialaccount_login_error": "says that sign-in elsewhere did not work; names nobody",
    "openid_connect_login": "leads to the organisation's own sign-in; mounted only where that is set",
    "openid_connect_callback": "comes back from there; mounted only where that is set",
}
