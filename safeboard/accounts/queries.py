"""Reads about people."""

from django.http import HttpRequest


def has_second_factor(request: HttpRequest) -> bool:
    """Whether this session was opened with a second factor (allauth notes each method in the session)."""
    methods = request.session.get("account_authentication_methods", [])
    return any(method.get("method") == "mfa" for method in methods)
