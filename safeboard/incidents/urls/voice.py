"""Addresses for the adult whom a child tells, and for those who read what was sent in."""

from django.urls import URLPattern, path

from ..views import voice

VOICE: list[URLPattern] = [
    path("a-child-tells/", voice.child_tells, name="child-tells"),
    path("worries/", voice.worries, name="worries"),
    path("worries/<int:worry>/", voice.worry, name="worry"),
    path("worries/<int:worry>/incident/", voice.make_incident, name="worry-incident"),
    path("worries/<int:worry>/pass/", voice.pass_on, name="worry-pass"),
    path("worries/<int:worry>/end/", voice.close, name="worry-end"),
]
