"""Addresses of decisions to share, of handing on, of refusals, and of referrals to us."""

from django.urls import URLPattern, path

from ..views import received, referral_answers, sharing

SHARING: list[URLPattern] = [
    path("received/", received.received_list, name="received-list"),
    path("received/call/", received.call, name="received-call"),
    path("received/<int:received>/", received.received, name="received"),
    path("received/<int:received>/have-it/", received.acknowledge, name="received-acknowledge"),
    path("received/<int:received>/accept/", received.accept, name="received-accept"),
    path("received/<int:received>/refuse/", received.refuse, name="received-refuse"),
    path("received/<int:received>/answer/", received.answer, name="received-answer"),
    path("received/<int:received>/written/", received.written, name="received-written"),
    path("<int:pk>/sharing/", sharing.decisions, name="sharing"),
    path("<int:pk>/sharing/new/", sharing.decide, name="sharing-new"),
    path("<int:pk>/referrals/hand-on/", sharing.hand_on, name="hand-on"),
    path("<int:pk>/referrals/<int:referral>/accepted/", referral_answers.accepted, name="referral-accepted"),
    path("<int:pk>/referrals/<int:referral>/refused/", referral_answers.refused, name="referral-refused"),
    path("<int:pk>/referrals/<int:referral>/decide/", referral_answers.decide, name="referral-decide"),
    path("<int:pk>/referrals/<int:referral>/close/", referral_answers.close, name="referral-close"),
]
