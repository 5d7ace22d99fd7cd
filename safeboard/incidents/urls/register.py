"""Addresses of the register: search, saved views, the calendar, exports."""

from django.urls import URLPattern, path

from ..views import calendar, exports, saved, searching

REGISTER: list[URLPattern] = [
    path("search/", searching.search, name="search"),
    path("views/", saved.views, name="views"),
    path("views/save/", saved.save, name="view-save"),
    path("views/<int:view>/", saved.use, name="view"),
    path("views/<int:view>/rename/", saved.rename, name="view-rename"),
    path("views/<int:view>/default/", saved.default, name="view-default"),
    path("views/<int:view>/remove/", saved.remove, name="view-remove"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("export/", exports.export, name="export"),
    path("export/<int:export>/", exports.made, name="export-made"),
    path("export/<int:export>/file/", exports.file, name="export-file"),
]
