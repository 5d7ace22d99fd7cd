"""Addresses of the list, the record and what hangs on it."""

from django.urls import URLPattern, path

from ..views import change, duties, listing, record, referral_answers, referrals, walk

RECORD: list[URLPattern] = [
    path("", listing.incident_list, name="list"),
    path("download/<slug:kind>/", listing.download, name="list-download"),
    path("<int:pk>/", record.record, name="record"),
    path("<int:pk>/note/", record.note, name="note"),
    path("<int:pk>/people/", record.people, name="people"),
    path("<int:pk>/people/add/", record.person_add, name="person-add"),
    path("<int:pk>/people/<int:involved>/account/", record.person_account, name="person-account"),
    path("<int:pk>/history/", record.history, name="history"),
    path("<int:pk>/change/", change.change, name="change"),
    path("<int:pk>/conclude/", record.conclude, name="conclude"),
    path("<int:pk>/reopen/", record.reopen, name="reopen"),
    path("<int:pk>/walk/", walk.start, name="walk-start"),
    path("<int:pk>/walk/<int:walk>/", walk.walk, name="walk"),
    path("<int:pk>/walk/<int:walk>/back/", walk.back, name="walk-back"),
    path("<int:pk>/walk/<int:walk>/chart/", walk.chart, name="walk-chart"),
    path("<int:pk>/duties/", duties.duties, name="duties"),
    path("<int:pk>/duties/<int:duty>/done/", duties.done, name="duty-done"),
    path("<int:pk>/duties/<int:duty>/drop/", duties.drop, name="duty-drop"),
    path("<int:pk>/written-record/", duties.written_record, name="written-record"),
    path("<int:pk>/referrals/", referrals.referrals, name="referrals"),
    path("<int:pk>/referrals/new/", referrals.new, name="referral-new"),
    path("<int:pk>/referrals/<int:referral>/", referrals.referral, name="referral"),
    path("<int:pk>/referrals/<int:referral>/made/", referrals.made, name="referral-made"),
    path("<int:pk>/referrals/<int:referral>/details/", referrals.details, name="referral-details"),
    path("<int:pk>/referrals/<int:referral>/received/", referral_answers.acknowledge, name="referral-received"),
    path("<int:pk>/referrals/<int:referral>/answered/", referral_answers.answered, name="referral-answered"),
    path("<int:pk>/referrals/<int:referral>/withdraw/", referral_answers.withdraw, name="referral-withdraw"),
    path("<int:pk>/referrals/<int:referral>/summary.pdf", referrals.summary, name="referral-summary"),
]
