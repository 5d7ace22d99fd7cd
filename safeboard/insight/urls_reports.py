"""Addresses of annual reports, and of what is laid before reviewers."""

from django.urls import URLPattern, URLResolver, path

from .views import months, report_parts, report_steps, reports, reviewers

urlpatterns: list[URLPattern | URLResolver] = [
    path("reports/", reports.reports, name="reports"),
    path("reports/new/", reports.report_new, name="report-new"),
    path("reports/months/", months.months, name="months"),
    path("reports/months/set/", months.months_set, name="months-set"),
    path("reports/months/send/", months.months_send, name="months-send"),
    path("reports/<uuid:report>/", reports.report, name="report"),
    path("reports/<uuid:report>/part/<uuid:part>/", report_parts.change, name="report-part"),
    path("reports/<uuid:report>/part/<uuid:part>/move/", report_parts.move, name="report-part-move"),
    path("reports/<uuid:report>/part/<uuid:part>/remove/", report_parts.remove, name="report-part-remove"),
    path("reports/<uuid:report>/parts/add/", report_parts.add, name="report-part-add"),
    path("reports/<uuid:report>/file/<slug:kind>/", reports.report_file, name="report-file"),
    path("reports/<uuid:report>/freeze/", report_steps.freeze, name="report-freeze"),
    path("reports/<uuid:report>/consult/", report_steps.consult, name="report-consult"),
    path("reports/<uuid:report>/redraft/", report_steps.redraft, name="report-redraft"),
    path("reports/<uuid:report>/sign/", report_steps.sign, name="report-sign"),
    path("reports/<uuid:report>/publish/", report_steps.publish, name="report-publish"),
    path("reports/<uuid:report>/comments/", report_steps.comments, name="report-comments"),
    path("reports/comments/<uuid:comment>/", report_steps.answer, name="report-answer"),
    path("reports/issues/<uuid:issue>/", report_steps.issue, name="issue"),
    path("reports/issues/<uuid:issue>/file/<slug:kind>/", report_steps.issue_file, name="issue-file"),
    path("reports/issues/<uuid:issue>/comment/<uuid:part>/", report_steps.comment, name="report-comment"),
    path("public/<int:board>/<uuid:issue>/", report_steps.public, name="report-public"),
    path("guide/", reviewers.guide, name="guide"),
    path("packs/", reviewers.packs, name="packs"),
    path("packs/new/", reviewers.pack_new, name="pack-new"),
    path("packs/<uuid:pack>/", reviewers.pack, name="pack"),
    path("packs/<uuid:pack>/close/", reviewers.pack_close, name="pack-close"),
]
