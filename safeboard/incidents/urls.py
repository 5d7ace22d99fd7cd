"""Addresses of the incidents room."""

from django.urls import URLPattern, URLResolver, path

from .record_urls import RECORD  # the list, the record, the walk, referrals
from .views import attachments, report

app_name = "incidents"

# Writing a report
REPORT: list[URLPattern] = [
    path("report/", report.start, name="report"),
    path("report/<uuid:key>/images/", report.images, name="report-images"),
    path("report/<uuid:key>/kind/", report.kind, name="report-kind"),
    path("report/<uuid:key>/what/", report.what, name="report-what"),
    path("report/<uuid:key>/where/", report.where, name="report-where"),
    path("report/<uuid:key>/who/", report.who, name="report-who"),
    path("report/<uuid:key>/who/<uuid:entry>/", report.person, name="report-person"),
    path("report/<uuid:key>/who/<uuid:entry>/remove/", report.person_remove, name="report-person-remove"),
    path("report/<uuid:key>/done/", report.done, name="report-done"),
    path("report/<uuid:key>/sort/", report.sort, name="report-sort"),
    path("report/<uuid:key>/check/", report.check, name="report-check"),
    path("report/<uuid:key>/sent/", report.sent, name="report-sent"),
    path("report/<uuid:key>/discard/", report.discard, name="report-discard"),
    path("drafts/", report.drafts, name="drafts"),
]
# Files
ATTACHMENTS: list[URLPattern] = [
    path("<int:pk>/files/", attachments.attach, name="attach"),
    path("<int:pk>/files/<int:file>/", attachments.download, name="attachment"),
]
urlpatterns: list[URLPattern | URLResolver] = [*REPORT, *ATTACHMENTS, *RECORD]
