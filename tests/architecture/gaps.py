"""What fills the gaps of addresses, what is posted, and the pages that anybody is shown."""

from __future__ import annotations

from tests.architecture import rooms

# What fills the gaps of an address, by room and gap, or by route and gap: a word of planting.Stock, or '=' and a value.
# Several values are each tried. Incidents are tried in every case of cases.CASES.
GAPS: dict[str, str] = {
    "incidents:pk": "incident",
    "incidents:alert:pk": "alert",
    "api:pk": "incident",
    "api:token-revoke:pk": "token",
    "api:shape": "=generic",
    "incidents:item": "item",
    "incidents:file": "file",
    "incidents:pack": "pack",
    "incidents:key": "draft",
    "incidents:entry": "entry",
    "incidents:walk": "walk",
    "incidents:referral": "referral",
    "incidents:duty": "duty",
    "incidents:received": "received",
    "incidents:serious": "serious",
    "incidents:board_review": "board_review",
    "incidents:lesson": "lesson",
    "incidents:near_miss": "near_miss",
    "incidents:log_review": "log_review",
    "incidents:involved": "involved",
    "incidents:worry": "worry",
    "worry:board": "home_board",
    "worry:sender": "=child =parent",
    "incidents:question": "=harmed =others =did-it",
    "incidents:support-person:question": "=harmed",
    "incidents:minute-add:kind": "=decision =child =parents =action =added",
    "incidents:discussion": "discussion",
    "incidents:list-download:kind": "=csv =xlsx",
    "incidents:view": "view",
    "incidents:export": "export",
    "insight:kind": "=csv =xlsx",
    "partnership:pk": "agency",
    "partnership:board_pk": "home_board",
    "partnership:ending": "=csv =xlsx",
    "charts:paper": "=a4",
    "charts:name": "chart",
    "charts:sort": "=step =outcome",
    "charts:node": "=what",
    "charts:kind": "=answers =do =dont =duties",
    "charts:part:kind": "=dont",
    "charts:part": "=1",
    "charts:number": "=1",
    "charts:copy": "agency_chart",
    "partnership:accept:secret": "=nobody-was-sent-this-secret",
    "partnership:setting:pk": "setting",
    "partnership:setting-change:pk": "setting",
    "partnership:setting-close:pk": "setting",
    "partnership:contact:pk": "contact",
    "partnership:board-contact:pk": "board_contact",
    "partnership:import:pk": "import",
    "partnership:import-run:pk": "import",
    "partnership:roles:pk": "person",
    "partnership:give-up:pk": "membership",
    "partnership:withdraw:pk": "invitation",
    "partnership:resend:pk": "invitation",
    "outbox:message:pk": "message",
    "outbox:again:pk": "failed",
    "mfa_edit_webauthn:pk": "=1",
    "mfa_remove_webauthn:pk": "=1",
    "account_reset_password_from_key:uidb36": "=1",
    "account_reset_password_from_key:key": "=abc-def",
    **rooms.gathered("GAPS"),
}

# The cases of incidents that only these people are asked about: for everybody else they are as another one is.
CASES_OF = {"about_subject": {"subject", "staff"}, "by_name": {"responsible_person"}}

# Gaps whose value says nothing about whose record it is.
PUBLIC_GAPS = frozenset(
    {"board", "sender", "question", "ending", "paper", "name", "kind", "secret", "sort", "node", "part", "number"}
) | rooms.named("PUBLIC_GAPS")

# What is posted where an empty form says too little to tell refusing from reaching.
POSTS: dict[str, dict[str, str]] = {
    "partnership:choose-place": {"place": "{place_key}"},
    "incidents:walk": {"step": "none", "answer": "none"},
    **rooms.gathered("POSTS"),
}

# Open pages and those of sign-in that somebody who is not signed in is shown, or led on from.
SHOWN_TO_ANYBODY = frozenset(
    {
        "account_login",
        "account_logout",
        "account_inactive",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "mfa_login_webauthn",
        "mfa_list_webauthn",
        "accounts:go-on",
        "api:about",
        "api:openapi",
        "accessibility",
        "help",
        "privacy",
        "socialaccount_login_cancelled",
        "socialaccount_login_error",
        "openid_connect_login",
        "openid_connect_callback",
        "partnership:accept",
        "worry:start",
        "worry:board",
        "worry:before",
        "worry:write",
        "worry:back",
    }
) | rooms.named("SHOWN_TO_ANYBODY")
# Open pages that answer some with a refusal of their own: kept to what they may say.
MAY_REFUSE = {
    "account_inactive": {200, 403},
    "mfa_deactivate_totp": {404},
    "mfa_download_recovery_codes": {404},
    "mfa_view_recovery_codes": {404},
    "socialaccount_login_error": {401},
    "mfa_edit_webauthn": {404},
    "mfa_remove_webauthn": {404},
    "partnership:accept": {404, 410},
    "mfa_reauthenticate_webauthn": {404, 403},
    **rooms.gathered("MAY_REFUSE"),
}
