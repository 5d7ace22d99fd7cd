"""Addresses of writing a report."""

from django.urls import URLPattern, path

from ..views import report

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
