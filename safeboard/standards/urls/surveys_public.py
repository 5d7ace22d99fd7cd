"""Addresses for somebody who answers a survey; mounted at ``/survey/`` (see core.unseen)."""

from django.urls import URLPattern, path

from ..views import surveys_public

app_name = "survey"

urlpatterns: list[URLPattern] = [path("<str:token>/", surveys_public.answer, name="answer")]
