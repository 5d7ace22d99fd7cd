"""The routes of django-allauth that Safeboard uses, each by name; web/urls.py includes them. No sign-up among them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as outside
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path
from django.utils.cache import add_never_cache_headers
from django.views.generic import RedirectView

View = Callable[..., HttpResponse]


def private(view: View) -> View:
    """The view's pages are kept by no browser and no proxy."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    return wrapped


def whole(view: View) -> View:
    """What the view changes, and the history of it, is done together or not at all."""
    together = transaction.atomic(view)

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return (together if request.method == "POST" else view)(request, *args, **kwargs)

    return private(wrapped)


urlpatterns: list[URLPattern] = [
    path("sign-in/", private(account.login), name="account_login"),
    path("sign-out/", private(account.logout), name="account_logout"),
    path("closed/", private(account.account_inactive), name="account_inactive"),
    path("confirm/", private(account.reauthenticate), name="account_reauthenticate"),
    path("password/change/", whole(account.password_change), name="account_change_password"),
    path("password/set/", whole(account.password_set), name="account_set_password"),
    path("password/forgotten/", private(account.password_reset), name="account_reset_password"),
    path("password/forgotten/sent/", private(account.password_reset_done), name="account_reset_password_done"),
    re_path(
        r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        whole(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/new/done/", private(account.password_reset_from_key_done), name="account_reset_password_from_key_done"
    ),
    path("", private(mfa.index), name="mfa_index"),
    path("second-factor/code/", private(mfa.authenticate), name="mfa_authenticate"),
    path("second-factor/confirm/", private(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("second-factor/app/add/", whole(totp.activate_totp), name="mfa_activate_totp"),
    path("second-factor/app/remove/", whole(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("second-factor/codes/", private(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("second-factor/codes/new/", whole(codes.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("second-factor/codes/file/", private(codes.download_recovery_codes), name="mfa_download_recovery_codes"),
    path("second-factor/passkeys/", RedirectView.as_view(pattern_name="mfa_index"), name="mfa_list_webauthn"),
    path("second-factor/passkeys/add/", whole(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path("second-factor/passkeys/<int:pk>/name/", whole(webauthn.edit_webauthn), name="mfa_edit_webauthn"),
    path("second-factor/passkeys/<int:pk>/remove/", whole(webauthn.remove_webauthn), name="mfa_remove_webauthn"),
    path("second-factor/passkey/sign-in/", private(webauthn.login_webauthn), name="mfa_login_webauthn"),
    path(
        "second-factor/passkey/confirm/", private(webauthn.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"
    ),
    path("elsewhere/given-up/", private(outside.login_cancelled), name="socialaccount_login_cancelled"),
    path("elsewhere/failed/", private(outside.login_error), name="socialaccount_login_error"),
]

if settings.SAFEBOARD_OIDC_SET:
    urlpatterns += [
        path("elsewhere/at/<slug:provider_id>/", private(oidc.login), name="openid_connect_login"),
        path("elsewhere/at/<slug:provider_id>/back/", private(oidc.callback), name="openid_connect_callback"),
    ]
