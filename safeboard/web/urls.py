"""The one list of addresses: each room has its own below."""

from django.urls import include, path

from . import standing, views

handler400 = "safeboard.web.errors.bad_request"
handler403 = "safeboard.web.errors.refused"
handler404 = "safeboard.web.errors.not_found"
handler500 = "safeboard.web.errors.broken"

urlpatterns = [
    path("", views.home, name="home"),
    path("help/", standing.help_page, name="help"),
    path("accessibility/", standing.accessibility, name="accessibility"),
    path("privacy/", standing.privacy, name="privacy"),
    path("account/", include("safeboard.accounts.routes")),
    path("", include("safeboard.accounts.urls")),
    path("", include("safeboard.partnership.urls")),
    path("charts/", include("safeboard.charts.urls")),
    path("", include("safeboard.outbox.urls")),
    path("incidents/", include("safeboard.incidents.urls")),
    path("worry/", include("safeboard.incidents.urls.voice_public")),
    path("strategy/", include("safeboard.strategy.urls")),
    path("subgroup/", include("safeboard.meetings.urls")),
    path("standards/", include("safeboard.standards.urls")),
    path("survey/", include("safeboard.standards.urls.surveys_public")),
    path("logs/", include("safeboard.sitelogs.urls")),
    path("picture/", include("safeboard.insight.urls")),
    path("take-away/", include("safeboard.takeaway.urls")),
    path("", include("safeboard.api.urls")),
]
