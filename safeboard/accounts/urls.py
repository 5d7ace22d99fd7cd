"""Addresses of the accounts room; those of django-allauth are in routes.py."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, path

from . import views

app_name = "accounts"
urlpatterns: list[URLPattern | URLResolver] = [
    path("account/second-factor/needed/", views.second_factor_needed, name="second-factor-needed"),
    path("account/go-on/", views.go_on, name="go-on"),
    path("account/no-role/", views.no_place, name="no-place"),
]

if settings.DEMONSTRATION and settings.ACCOUNTS_DEMONSTRATION_SIGN_IN:
    urlpatterns += [path("demonstration/", views.demo_sign_in, name="demo-sign-in")]
