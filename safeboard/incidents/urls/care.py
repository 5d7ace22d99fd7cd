"""Addresses of support, strategy discussions and concerns about staff."""

from django.urls import URLPattern, path

from ..views import concern, discussion, support

CARE: list[URLPattern] = [
    path("<int:pk>/support/<slug:question>/", support.support, name="support"),
    path("<int:pk>/support/<slug:question>/nobody/", support.nobody, name="support-nobody"),
    path("<int:pk>/support/<slug:question>/<int:involved>/", support.support, name="support-person"),
    path("<int:pk>/discussions/", discussion.discussions, name="discussions"),
    path("<int:pk>/discussions/arrange/", discussion.arrange, name="discussion-arrange"),
    path("<int:pk>/discussions/new/", discussion.new, name="discussion-new"),
    path("<int:pk>/discussions/<int:discussion>/", discussion.discussion, name="discussion"),
    path("<int:pk>/discussions/<int:discussion>/add/<slug:kind>/", discussion.minute, name="minute-add"),
    path("<int:pk>/discussions/<int:discussion>/minutes.pdf", discussion.paper, name="discussion-paper"),
    path("<int:pk>/concern/", concern.concern, name="concern"),
    path("<int:pk>/concern/threshold/", concern.threshold, name="concern-threshold"),
    path("<int:pk>/concern/risk/", concern.risk, name="concern-risk"),
    path("<int:pk>/concern/online/", concern.online, name="concern-online"),
    path("<int:pk>/concern/record.pdf", concern.paper, name="concern-paper"),
]
