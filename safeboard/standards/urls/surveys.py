"""Addresses of surveys."""

from django.urls import URLPattern, path

from ..views import surveys as views

SURVEYS: list[URLPattern] = [
    path("surveys/", views.surveys, name="surveys"),
    path("surveys/new/", views.survey_new, name="survey-new"),
    path("surveys/<int:pk>/", views.survey, name="survey"),
    path("surveys/<int:pk>/change/", views.survey_change, name="survey-change"),
    path("surveys/<int:pk>/questions/add/", views.survey_question, name="survey-question-add"),
    path("surveys/<int:pk>/questions/<int:at>/", views.survey_question, name="survey-question"),
    path("surveys/<int:pk>/questions/<int:at>/arrange/", views.survey_arrange, name="survey-arrange"),
    path("surveys/<int:pk>/publish/", views.survey_publish, name="survey-publish"),
    path("surveys/<int:pk>/close/", views.survey_close, name="survey-close"),
    path("surveys/<int:pk>/repeat/", views.survey_repeat, name="survey-repeat"),
    path("surveys/<int:pk>/poster/<int:link>/", views.survey_poster, name="survey-poster"),
    path("surveys/<int:pk>/words/", views.survey_words, name="survey-words"),
    path("surveys/<int:pk>/words/<int:words>/", views.survey_words_act, name="survey-words-act"),
    path("surveys/results/<int:pk>/", views.survey_result, name="survey-result"),
    path("surveys/results/<int:pk>/heard/", views.survey_heard, name="survey-heard"),
    path("surveys/results/<int:pk>/publish/", views.survey_result_publish, name="survey-result-publish"),
]
