"""Addresses for somebody who writes without an account; mounted at ``/worry/`` (see core.unseen)."""

from django.urls import URLPattern, path

from ..views import voice_public

app_name = "worry"

urlpatterns: list[URLPattern] = [
    path("", voice_public.start, name="start"),
    path("<int:board>/", voice_public.board, name="board"),
    path("<int:board>/back/", voice_public.back, name="back"),
    path("<int:board>/<slug:sender>/", voice_public.before, name="before"),
    path("<int:board>/<slug:sender>/write/", voice_public.write, name="write"),
]
