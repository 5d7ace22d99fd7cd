"""Addresses of the insight room."""

from django.urls import URLPattern, URLResolver, path

from . import urls_reports
from .views import dashboards, indicators, neighbours, picture

app_name = "insight"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", picture.picture, name="picture"),
    path("paper.pdf", picture.paper, name="paper"),
    path("download/<slug:kind>/", picture.download, name="download"),
    path("dashboard/", dashboards.dashboard, name="dashboard"),
    path("dashboard/agencies/", dashboards.agencies, name="agencies"),
    path("dashboard/meeting.pdf", dashboards.meeting, name="meeting"),
    path("dashboard/count/", dashboards.snapshot, name="snapshot"),
    path("ours/", dashboards.ours, name="ours"),
    path("indicators/", indicators.indicators, name="indicators"),
    path("indicators/add/", indicators.indicator_add, name="indicator-add"),
    path("indicators/<int:pk>/", indicators.indicator, name="indicator"),
    path("indicators/<int:pk>/set/", indicators.indicator_set, name="indicator-set"),
    path("indicators/<int:pk>/retire/", indicators.indicator_retire, name="indicator-retire"),
    path("boards/", neighbours.neighbours, name="neighbours"),
    path("boards/take-in/", neighbours.take, name="neighbours-take"),
    path("boards/give/<int:baseline>/", neighbours.give, name="neighbours-give"),
    *urls_reports.urlpatterns,
]
