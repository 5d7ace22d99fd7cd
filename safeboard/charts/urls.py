"""Addresses of the charts: reading them, and keeping a local copy of one."""

from django.urls import URLPattern, URLResolver, path, register_converter

from .editing import KINDS
from .views import agencies, drafts, publishing, reading

app_name = "charts"


class Paper:
    """A size of paper."""

    regex = "a4|a3"
    to_python = to_url = staticmethod(str)


class Sort:
    """A question or an outcome."""

    regex = "step|outcome"
    to_python = to_url = staticmethod(str)


class PartKind:
    """A kind of parts of a question or an outcome."""

    regex = "|".join(sorted({kind for kinds in KINDS.values() for kind in kinds}))
    to_python = to_url = staticmethod(str)


register_converter(Paper, "paper")
register_converter(Sort, "sort")
register_converter(PartKind, "part")

urlpatterns: list[URLPattern | URLResolver] = [
    path("", reading.charts, name="list"),
    path("help/", reading.directory, name="directory"),
    path("agencies/", agencies.adapted, name="agencies"),
    path("agencies/<int:copy>/", agencies.of_agency, name="agency"),
    path("<slug:name>/", reading.chart, name="chart"),
    path("<slug:name>/poster-<paper:paper>.pdf", reading.chart_poster, name="poster"),
    path("<slug:name>/own/", drafts.own, name="own"),
    path("<slug:name>/own/begin/", drafts.begin, name="begin"),
    path("<slug:name>/own/about/", drafts.about, name="about"),
    path("<slug:name>/own/add/<sort:sort>/", drafts.add, name="add"),
    path("<slug:name>/own/arrange/", drafts.arrange, name="arrange"),
    path("<slug:name>/own/take-back/", drafts.take_back, name="take-back"),
    path("<slug:name>/own/at/<slug:node>/", drafts.at, name="at"),
    path("<slug:name>/own/at/<slug:node>/<part:kind>/", drafts.part, name="part-add"),
    path("<slug:name>/own/at/<slug:node>/<part:kind>/<slug:part>/", drafts.part, name="part"),
    path("<slug:name>/own/trial/", publishing.trial, name="trial"),
    path("<slug:name>/own/publish/", publishing.publish, name="publish"),
    path("<slug:name>/own/discard/", publishing.discard, name="discard"),
    path("<slug:name>/own/withdraw/", publishing.withdraw, name="withdraw"),
    path("<slug:name>/own/original/", publishing.original, name="original"),
    path("<slug:name>/own/versions/<int:number>/", publishing.version, name="version"),
]
